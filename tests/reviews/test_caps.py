"""Caps at their edges: what they print, ties that stay open, and what a random round can never break."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phancong.reviews.caps import CapState, Graded, allowed, states
from phancong.reviews.schemes import CAP_ROUNDINGS, Cap, Corrected, Scheme, scheme_on

NOW = date(2026, 11, 23)
OF_2016 = date(2016, 12, 31)
DECISION = "12-HD/TU ngày 01/12/2026"


def graded(**counts: int) -> list[Graded]:
    """So many members of one cell with each grade; `none` for those without one yet."""
    return [
        Graded(grade="" if grade == "none" else grade, cell=1, grassroots=7, group="member")
        for grade, count in counts.items()
        for _ in range(count)
    ]


def only(scheme: Scheme, rows: list[Graded]) -> CapState:
    [state] = states(scheme, rows)
    return state


def today(*corrections: Corrected) -> Scheme:
    return scheme_on(NOW, corrections)


def test_the_sentence_shows_the_share_the_rounding_and_who_is_over() -> None:
    assert only(today(), graded(good=38, excellent=9)).sentence == (
        "20 % của 38 đồng chí xếp loại “Tốt” trong tổ chức cơ sở đảng là 7,6, làm tròn xuống: "
        "nhiều nhất 7 đồng chí “Xuất sắc”, hiện có 9. Thừa 2; chọn đồng chí nào do tập thể quyết định. "
        "Tỷ lệ này chưa đối chiếu được với văn bản."
    )


def test_a_whole_share_needs_no_word_of_rounding() -> None:
    sentence = only(today(), graded(good=40, excellent=8)).sentence
    assert "là 8: nhiều nhất 8 đồng chí" in sentence
    assert "làm tròn" not in sentence
    assert "Thừa" not in sentence


@pytest.mark.parametrize(("excellent", "over", "left"), [(6, 0, 1), (7, 0, 0), (8, 1, 0)])
def test_one_below_at_and_one_above_the_cap(excellent: int, over: int, left: int) -> None:
    state = only(today(), graded(good=38, excellent=excellent))
    assert (state.over, state.left) == (over, left)


def test_the_excellent_are_not_counted_in_the_base_of_today() -> None:
    """One more excellent does not raise the cap for the others."""
    assert {only(today(), graded(good=38, excellent=count)).base for count in (0, 9, 30)} == {38}


def test_the_cap_of_2014_counts_both_good_grades() -> None:
    """15 % of 85 + 15 is exactly 15."""
    state = only(scheme_on(OF_2016), graded(qualified_good=85, qualified_excellent=15))
    assert (state.base, state.allowed, state.over) == (100, 15, 0)


def test_excellent_alone_are_all_over_where_nobody_is_good() -> None:
    state = only(today(), graded(excellent=3, completed=20))
    assert (state.base, state.allowed, state.over) == (0, 0, 3)


def test_whoever_has_no_grade_yet_counts_nowhere() -> None:
    assert states(today(), graded(none=12)) == []
    assert only(today(), graded(good=5, none=12)).base == 5


def test_the_most_exceeded_scope_comes_first() -> None:
    scheme = today(Corrected("cap.excellent.scope", "cell", DECISION))
    rows = [
        Graded(grade=grade, cell=cell, grassroots=7, group="member")
        for cell, grades in {1: ["good"] * 5, 2: ["excellent"] * 2, 3: ["excellent"] * 3}.items()
        for grade in grades
    ]
    assert [(state.key, state.over) for state in states(scheme, rows)] == [((3,), 3), ((2,), 2), ((1,), 0)]


def test_nobody_is_picked_where_too_many_have_the_grade() -> None:
    """A state holds counts and a sentence; no member stands in it."""
    state = only(today(), graded(good=5, excellent=2))
    assert state.over == 1
    assert not hasattr(state, "members")
    assert "tập thể quyết định" in state.sentence


def test_a_decision_on_the_share_takes_the_doubt_away() -> None:
    sentence = only(today(Corrected("cap.excellent.percent", 25, DECISION)), graded(good=38)).sentence
    assert sentence.startswith("25 % của 38")
    assert "chưa đối chiếu" not in sentence


@pytest.mark.parametrize(
    ("field", "value"), [("rounding", "ceil"), ("scope", "cell"), ("base", ("good", "excellent"))]
)
def test_a_decision_on_how_to_count_leaves_the_share_in_doubt(field: str, value: object) -> None:
    scheme = today(Corrected(f"cap.excellent.{field}", value, DECISION))
    assert not scheme.caps[0].confirmed
    assert "chưa đối chiếu" in only(scheme, graded(good=38)).sentence


def cap(percent: int, rounding: str) -> Cap:
    return replace(scheme_on(NOW).caps[0], percent=percent, rounding=rounding)


@given(base=st.integers(0, 3000), percent=st.integers(0, 100))
def test_roundings_stand_in_order_and_differ_by_one_at_most(base: int, percent: int) -> None:
    down, half, up = (allowed(cap(percent, rounding), base) for rounding in ("floor", "half_up", "ceil"))
    assert down <= half <= up <= down + 1
    assert (down == up) == (percent * base % 100 == 0)


@given(
    base=st.integers(0, 3000),
    percent=st.integers(0, 99),
    rounding=st.sampled_from(sorted(CAP_ROUNDINGS)),
)
def test_a_larger_share_never_lowers_a_cap(base: int, percent: int, rounding: str) -> None:
    assert allowed(cap(percent, rounding), base) <= allowed(cap(percent + 1, rounding), base)


members = st.builds(
    Graded,
    grade=st.sampled_from(["", "excellent", "good", "completed", "not_completed"]),
    cell=st.integers(1, 4),
    grassroots=st.integers(1, 2),
    group=st.sampled_from(["leader", "member"]),
)


@settings(deadline=None)
@given(
    rows=st.lists(members, max_size=80),
    scope=st.sampled_from(["grassroots", "cell", "group"]),
    rounding=st.sampled_from(sorted(CAP_ROUNDINGS)),
)
def test_every_excellent_is_counted_once_and_is_within_or_over(
    rows: list[Graded], scope: str, rounding: str
) -> None:
    scheme = today(
        Corrected("cap.excellent.scope", scope, DECISION),
        Corrected("cap.excellent.rounding", rounding, DECISION),
    )
    found = states(scheme, rows)
    assert sum(state.given for state in found) == sum(row.grade == "excellent" for row in rows)
    assert sum(state.base for state in found) == sum(row.grade == "good" for row in rows)
    assert all(state.given == state.allowed + state.over - state.left for state in found)
