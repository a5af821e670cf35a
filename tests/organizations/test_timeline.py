"""Dated facts as plain values."""

from datetime import date

import pytest

from phancong.organizations.timeline import (
    Facts,
    OrphanError,
    Placed,
    Segment,
    changed_from,
    ended_on,
    joined,
    placed,
)

A, B, C, D = (date(2026, month, 1) for month in (1, 4, 7, 10))
ONE, TWO = Facts("Một", "cell", 1), Facts("Hai", "cell", 1)


def test_equal_neighbours_become_one_segment() -> None:
    assert joined([Segment(A, B, ONE), Segment(B, C, ONE), Segment(C, None, TWO)]) == [
        Segment(A, C, ONE),
        Segment(C, None, TWO),
    ]


def test_a_change_reaches_over_later_changes_of_other_facts() -> None:
    moved = Facts("Một", "cell", 2)
    changed = changed_from([Segment(A, C, ONE), Segment(C, None, moved)], B, name="Mới")
    assert changed == [
        Segment(A, B, ONE),
        Segment(B, C, Facts("Mới", "cell", 1)),
        Segment(C, None, Facts("Mới", "cell", 2)),
    ]


def test_a_change_outside_of_the_life_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="outside"):
        changed_from([Segment(B, C, ONE)], A, name="Mới")


def test_an_end_cuts_what_comes_after() -> None:
    assert ended_on([Segment(A, C, ONE), Segment(C, None, TWO)], B) == [Segment(A, B, ONE)]


def test_a_segment_is_cut_where_its_parent_moves() -> None:
    above = [Placed(A, B, ONE, "01"), Placed(B, None, ONE, "0201")]
    assert placed([Segment(A, D, ONE)], step="07", parents={1: above}) == [
        Placed(A, B, ONE, "0107"),
        Placed(B, D, ONE, "020107"),
    ]


@pytest.mark.parametrize(
    ("above", "day"), [([Placed(B, None, ONE, "01")], A), ([Placed(A, B, ONE, "01")], B), ([], A)]
)
def test_a_day_without_the_parent_is_named(above: list[Placed], day: date) -> None:
    with pytest.raises(OrphanError) as caught:
        placed([Segment(A, C, ONE)], step="07", parents={1: above})
    assert (caught.value.day, caught.value.parent_id) == (day, 1)
