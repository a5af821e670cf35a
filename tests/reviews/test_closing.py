"""Totals: the article's table to the digit, both ways, and that sums close for any round."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from phancong.reviews.closing import Counted, share, totals_of
from phancong.reviews.schemes import scheme_on

OF_2012 = scheme_on(date(2012, 12, 31))
ARTICLE = [
    *[Counted("qualified_excellent")] * 155,
    *[Counted("qualified_good")] * 1005,
    *[Counted("qualified_completed")] * 126,
    *[Counted("violated")] * 5,
    *[Counted()] * 52,
]


def test_the_table_of_2012_is_the_articles_to_the_digit() -> None:
    """Excellent inside good, percentages cut to one decimal."""
    printed = {row.code: (row.printed, row.printed_share) for row in totals_of(OF_2012, ARTICLE).rows}
    assert printed == {
        "qualified_excellent": (155, "11,5"),
        "qualified_good": (1160, "86,3"),
        "qualified_completed": (126, "9,3"),
        "violated": (5, "0,3"),
    }


def test_the_table_as_it_should_be_has_grades_apart_and_rounds() -> None:
    own = {row.code: (row.own, row.own_share) for row in totals_of(OF_2012, ARTICLE).rows}
    assert own == {
        "qualified_excellent": (155, "11,5"),
        "qualified_good": (1005, "74,8"),
        "qualified_completed": (126, "9,4"),
        "violated": (5, "0,4"),
    }


def test_the_table_of_2012_does_not_close_and_says_by_how_many() -> None:
    totals = totals_of(OF_2012, ARTICLE)
    assert (totals.roll, totals.to_rate, totals.graded, totals.missing, totals.closes) == (
        1343,
        1343,
        1291,
        52,
        False,
    )
    assert totals.sentence == "Còn 52 đồng chí chưa xếp loại; tổng 1.291/1.343."


def test_with_reasons_for_the_rest_it_closes() -> None:
    people = [*ARTICLE[:-52], *[Counted("", "exempt")] * 50, *[Counted("", "suspended")] * 2]
    totals = totals_of(OF_2012, people)
    assert totals.closes
    assert (
        totals.sentence
        == "Khớp: 1.291 đồng chí xếp loại + 52 không xếp loại = 1.343 đồng chí trong danh sách."
    )
    assert totals.reasons == (
        ("Được miễn công tác và sinh hoạt đảng", 50),
        ("Đang bị đình chỉ sinh hoạt đảng", 2),
    )


counted = st.one_of(
    st.just(Counted()),
    st.sampled_from(["exempt", "suspended", "other"]).map(lambda code: Counted("", code)),
    st.sampled_from(sorted(OF_2012.codes)).map(Counted),
)


@given(st.lists(counted, max_size=200))
def test_the_sums_of_any_round_close(people: list[Counted]) -> None:
    totals = totals_of(OF_2012, people)
    assert sum(row.own for row in totals.rows) == totals.graded
    assert totals.graded + totals.missing + totals.not_rated == totals.roll == len(people)
    assert sum(count for _, count in totals.reasons) == totals.not_rated
    inside = sum(row.own for row in totals.rows if row.counted_inside)
    assert sum(row.printed for row in totals.rows) == totals.graded + inside


def test_shares_are_cut_or_rounded_and_of_nobody_are_nothing() -> None:
    assert share(1160, 1343, rounding="cut", decimals=1) == "86,3"
    assert share(1160, 1343, rounding="half_up", decimals=1) == "86,4"
    assert share(1, 8, rounding="half_up", decimals=1) == "12,5"
    assert share(1, 16, rounding="half_up", decimals=1) == "6,3"
    assert share(0, 0, rounding="cut", decimals=1) == "0"
