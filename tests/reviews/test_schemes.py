"""The rule of each time: grades, who is rated, caps, conditions; and what a decision may set."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phancong.common.refusal import Refused
from phancong.members.enums import Status
from phancong.reviews.caps import Graded, allowed, states
from phancong.reviews.ceiling import Measured, ceiling_of
from phancong.reviews.rule_values import read_value, values_on
from phancong.reviews.schemes import Cap, Corrected, first_days, has_scheme, scheme_on
from phancong.rules import loader
from phancong.rules.model import RuleError

ERAS = {
    date(2012, 12, 31): ("qualified_excellent", "qualified_good", "qualified_completed", "violated"),
    date(2016, 12, 31): ("qualified_excellent", "qualified_good", "qualified_completed", "violated"),
    date(2019, 12, 31): ("excellent", "good", "completed", "not_completed"),
    date(2024, 12, 31): ("excellent", "good", "completed", "not_completed"),
    date(2026, 11, 23): ("excellent", "good", "completed", "not_completed"),
}


@pytest.mark.parametrize(("day", "codes"), ERAS.items())
def test_each_time_has_its_own_grades_best_first(day: date, codes: tuple[str, ...]) -> None:
    assert tuple(level.code for level in scheme_on(day).best_first) == codes


def test_no_day_since_the_first_version_is_without_a_rule_or_has_two() -> None:
    for first in first_days():
        assert has_scheme(first)
        assert has_scheme(first - timedelta(days=1)) == (first != min(first_days()))


def test_before_the_first_version_there_is_no_rule() -> None:
    with pytest.raises(RuleError):
        scheme_on(min(first_days()) - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "status", "admitted_on", "reason"),
    [
        (date(2012, 12, 31), Status.EXEMPT, date(2000, 1, 1), "exempt"),
        (date(2012, 12, 31), Status.OFFICIAL, date(2012, 12, 1), ""),
        (date(2019, 12, 31), Status.SUSPENDED, date(2000, 1, 1), "suspended"),
        (date(2024, 12, 31), Status.PROBATIONARY, date(2024, 7, 1), "new"),
        (date(2024, 12, 31), Status.PROBATIONARY, date(2024, 6, 30), ""),
        (date(2026, 6, 30), Status.PROBATIONARY, date(2025, 12, 31), "new"),
        (date(2026, 7, 1), Status.PROBATIONARY, date(2026, 1, 1), ""),
        (date(2026, 11, 23), Status.TEMPORARILY_EXEMPT, date(2000, 1, 1), ""),
    ],
)
def test_who_is_not_rated_follows_the_rule_of_the_day(
    day: date, status: Status, admitted_on: date, reason: str
) -> None:
    assert scheme_on(day).not_rated_because(status=status, admitted_on=admitted_on, day=day) == reason


def cap(
    rounding: str = "floor", percent: int = 20, base: tuple[str, ...] = ("good",), scope: str = "cell"
) -> Cap:
    return Cap(
        code="x", level="excellent", percent=percent, base=base, scope=scope, rounding=rounding, source="x"
    )


@pytest.mark.parametrize(
    ("rounding", "base", "most"),
    [
        ("floor", 0, 0), ("floor", 4, 0), ("floor", 5, 1), ("floor", 38, 7), ("floor", 40, 8),
        ("half_up", 2, 0), ("half_up", 3, 1), ("half_up", 12, 2), ("half_up", 13, 3), ("half_up", 38, 8),
        ("ceil", 0, 0), ("ceil", 1, 1), ("ceil", 5, 1), ("ceil", 6, 2), ("ceil", 38, 8),
    ],
)  # fmt: skip
def test_a_cap_is_counted_exactly_and_rounded_as_it_says(rounding: str, base: int, most: int) -> None:
    assert allowed(cap(rounding), base) == most


@given(
    base=st.integers(0, 5000),
    percent=st.integers(0, 100),
    rounding=st.sampled_from(["floor", "half_up", "ceil"]),
)
def test_more_people_never_lower_a_cap_and_it_never_exceeds_them(
    base: int, percent: int, rounding: str
) -> None:
    one = cap(rounding, percent)
    assert allowed(one, base) <= allowed(one, base + 1) <= base + 1
    assert abs(allowed(one, base) * 100 - percent * base) < 100


def graded(
    count: int, grade: str, *, cell: int = 1, grassroots: int = 7, group: str = "member"
) -> list[Graded]:
    return [Graded(grade=grade, cell=cell, grassroots=grassroots, group=group)] * count


def test_the_cap_of_today_counts_the_good_of_one_grassroots_organisation() -> None:
    """20 % of 38 is 7.6, so 7; nine are two too many, and people choose which."""
    rows = graded(30, "good") + graded(8, "good", cell=2) + graded(9, "excellent") + graded(4, "", cell=2)
    [state] = states(scheme_on(date(2026, 11, 23)), rows)
    assert (state.base, state.allowed, state.given, state.over, state.left) == (38, 7, 9, 2, 0)
    assert "7,6" in state.sentence
    assert "Thừa 2; chọn đồng chí nào do tập thể quyết định." in state.sentence


def test_each_scope_has_a_cap_of_its_own() -> None:
    scheme = scheme_on(date(2026, 11, 23))
    rows = (
        graded(10, "good", cell=1, grassroots=1, group="a")
        + graded(5, "good", cell=2, grassroots=1, group="b")
        + graded(3, "excellent", cell=2, grassroots=1, group="b")
        + graded(5, "good", cell=3, grassroots=2, group="b")
    )

    def found(scope: str) -> dict[tuple[int | str, ...], tuple[int, int]]:
        held = scheme_on(date(2026, 11, 23), (Corrected("cap.excellent.scope", scope, "1-QĐ"),))
        return {state.key: (state.allowed, state.over) for state in states(held, rows)}

    assert scheme.caps[0].scope == "grassroots"
    assert found("grassroots") == {(1,): (3, 0), (2,): (1, 0)}
    assert found("cell") == {(1,): (2, 0), (2,): (1, 2), (3,): (1, 0)}
    assert found("group") == {(1, "a"): (2, 0), (1, "b"): (1, 2), (2, "b"): (1, 0)}


def test_2011_knew_no_cap_and_2014_counted_both_good_grades() -> None:
    assert scheme_on(date(2012, 12, 31)).caps == ()
    [old] = scheme_on(date(2016, 12, 31)).caps
    assert (old.percent, old.base) == (15, ("qualified_good", "qualified_excellent"))


NOW = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("measured", "level"),
    [
        (Measured(duties=10, done=10, on_time=10, exceeded=3, points=90, fixed=True), "excellent"),
        (Measured(duties=10, done=10, on_time=10, exceeded=3, points=89, fixed=True), "good"),
        (Measured(duties=10, done=10, on_time=10, exceeded=2, points=95, fixed=True), "good"),
        (Measured(duties=10, done=10, on_time=10, exceeded=3, points=95, fixed=False), "good"),
        (Measured(duties=10, done=10, on_time=9, late=1, exceeded=5, points=95), "completed"),
        (Measured(duties=10, done=9, on_time=9, exceeded=5, points=95), "completed"),
        (Measured(duties=10, done=10, on_time=10, exceeded=5, points=70), "good"),
        (Measured(duties=10, done=10, on_time=10, exceeded=5, points=69), "completed"),
        (Measured(duties=10, done=10, on_time=10, points=49), "not_completed"),
        # What nobody recorded lowers nothing.
        (Measured(duties=3, done=3, on_time=3, exceeded=1), "excellent"),
        (Measured(), "excellent"),
    ],
)
def test_the_highest_grade_that_recorded_work_allows_today(measured: Measured, level: str) -> None:
    assert ceiling_of(scheme_on(NOW), measured, group="member").level.code == level


def test_why_a_higher_grade_is_ruled_out_is_said_with_the_numbers() -> None:
    found = ceiling_of(
        scheme_on(NOW), Measured(duties=3, done=3, on_time=2, late=1, exceeded=1), group="member"
    )
    assert found.reasons == (
        "Chưa tới “Xuất sắc”: 2/3 việc hoàn thành đúng hạn (66,6 %), quy định cần 100 %.",
        "Chưa tới “Tốt”: 2/3 việc hoàn thành đúng hạn (66,6 %), quy định cần 100 %.",
    )


def test_a_condition_that_no_source_confirms_lowers_nothing_and_says_so() -> None:
    found = ceiling_of(scheme_on(NOW), Measured(duties=2, done=1, on_time=1, late=1), group="member")
    assert found.level.code == "completed"
    assert sum("chưa đối chiếu được" in words for words in found.unknown) == 2


def test_where_nothing_is_recorded_no_grade_is_named() -> None:
    assert "Chưa ghi đủ căn cứ" in ceiling_of(scheme_on(NOW), Measured(), group="member").sentence
    old = ceiling_of(scheme_on(date(2012, 12, 31)), Measured(duties=1, done=0), group="member")
    assert "không nêu điều kiện bằng số" in old.sentence


def test_only_values_without_a_source_can_be_set() -> None:
    may = {value.address for value in values_on(NOW) if value.may_be_corrected}
    assert may >= {"cap.excellent.percent", "condition.completed_late.at_most", "vote..numerator"}
    assert not may & {"part.common.most", "condition.excellent_points.at_least"}


def test_a_value_that_was_set_counts_and_names_its_decision() -> None:
    held = scheme_on(NOW, (Corrected("cap.excellent.percent", 25, "12-HD/TU ngày 01/12/2026"),))
    assert (held.caps[0].percent, held.caps[0].source, held.caps[0].confirmed) == (
        25,
        "12-HD/TU ngày 01/12/2026",
        True,
    )
    assert scheme_on(NOW).caps[0].percent == 20


def test_the_pack_itself_is_never_changed_by_a_decision() -> None:
    before = repr(loader.version("classification", NOW))
    scheme_on(NOW, (Corrected("cap.excellent.base", ("good", "excellent"), "1-QĐ"),))
    assert repr(loader.version("classification", NOW)) == before


@pytest.mark.parametrize(
    ("address", "text", "read"),
    [
        ("cap.excellent.percent", "25", 25),
        ("cap.excellent.base", "good excellent", ["good", "excellent"]),
        ("cap.excellent.scope", "cell", "cell"),
        ("presentation..rounding", "cut", "cut"),
        ("group.member.form", "Mẫu 2B", "Mẫu 2B"),
    ],
)
def test_what_the_office_writes_is_read_in_the_kind_of_the_value(
    address: str, text: str, read: object
) -> None:
    value = next(one for one in values_on(NOW) if one.address == address)
    assert read_value(value, text, levels=scheme_on(NOW).codes) == read


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("cap.excellent.percent", "101"), ("cap.excellent.percent", "-1"), ("cap.excellent.percent", "hai"),
        ("cap.excellent.base", "tốt"), ("cap.excellent.scope", "tinh"), ("presentation..rounding", ""),
        ("condition.completed_late.at_most", "101"), ("presentation..rounding", "ceil"),
        ("cap.excellent.rounding", "cut"), ("vote..denominator", "0"), ("group.member.form", " "),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_can(address: str, text: str) -> None:
    value = next(one for one in values_on(NOW) if one.address == address)
    with pytest.raises(Refused):
        read_value(value, text, levels=scheme_on(NOW).codes)
