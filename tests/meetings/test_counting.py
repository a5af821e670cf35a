"""Who a vote is counted against, and what it needs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phancong.meetings.counting import Person, electorate, needed, percent, result
from phancong.meetings.enums import Presence, Stay
from phancong.meetings.packs import vote_rules
from phancong.members.enums import ENDED, Status
from tests.factories import TODAY

RULES = vote_rules(TODAY)
STATUSES = sorted(set(Status) - ENDED)
people = st.builds(
    Person,
    name=st.just("Đ/c"),
    status=st.sampled_from(STATUSES),
    stay=st.sampled_from(list(Stay)),
    presence=st.sampled_from(list(Presence)),
)


def person(
    status: Status = Status.OFFICIAL, stay: Stay = Stay.HERE, presence: Presence = Presence.PRESENT
) -> Person:
    return Person(name="Đ/c", status=status, stay=stay, presence=presence)


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (person(), True),
        (person(presence=Presence.ABSENT), True),
        (person(Status.REDUCED), True),
        (person(presence=Presence.EXCUSED), False),
        (person(presence=Presence.BARRED), False),
        (person(Status.PROBATIONARY), False),
        (person(Status.SUSPENDED), False),
        (person(Status.EXEMPT), True),
        (person(Status.EXEMPT, presence=Presence.EXCUSED), False),
        (person(Status.EXEMPT, presence=Presence.ABSENT), False),
        (person(Status.TEMPORARILY_EXEMPT, presence=Presence.EXCUSED), False),
        (person(stay=Stay.TEMPORARY_ELSEWHERE), False),
        (person(stay=Stay.TEMPORARY_HERE), False),
    ],
)
def test_the_denominator_leaves_out_exactly_the_five_and_who_never_votes(one: Person, counts: bool) -> None:
    found = electorate([one], RULES)
    assert (len(found.counted), len(found.left_out)) == ((1, 0) if counts else (0, 1))


@given(st.lists(people, max_size=80))
def test_everybody_is_counted_or_left_out_with_a_reason(room: list[Person]) -> None:
    found = electorate(room, RULES)
    assert len(found.counted) + len(found.left_out) == len(room)
    assert all(why for _, why in found.left_out)
    assert all(one.status not in (Status.PROBATIONARY, Status.SUSPENDED) for one in found.counted)


@given(st.lists(people, max_size=60))
def test_one_more_probationary_member_never_changes_the_denominator(room: list[Person]) -> None:
    more = [*room, person(Status.PROBATIONARY)]
    assert electorate(room, RULES).counted == electorate(more, RULES).counted


@given(st.sampled_from(RULES.kinds), st.integers(1, 2000))
def test_the_fewest_votes_reach_the_share_and_one_fewer_does_not(kind, eligible: int) -> None:  # type: ignore[no-untyped-def]
    share, least = Fraction(kind.numerator, kind.denominator), needed(kind, eligible)

    def reaches(votes: int) -> bool:
        part = Fraction(votes, eligible)
        return part > share if kind.strictly else part >= share

    assert reaches(least)
    assert not reaches(least - 1)
    assert least <= eligible


@given(st.sampled_from(RULES.kinds), st.integers(0, 300), st.integers(0, 300))
def test_more_votes_never_turn_reached_into_not_reached(kind, eligible: int, votes: int) -> None:  # type: ignore[no-untyped-def]
    fewer = result(kind, in_favour=votes, eligible=eligible).is_reached
    assert not fewer or result(kind, in_favour=votes + 1, eligible=eligible).is_reached


def test_nobody_to_vote_reaches_nothing() -> None:
    assert not result(RULES.kind("plan"), in_favour=0, eligible=0).is_reached


@pytest.mark.parametrize(
    ("kind", "in_favour", "eligible", "sentence"),
    [
        ("plan", 9, 12, "Đạt: 9/12 = 75 %, cần hơn một nửa của 12, tức là 7"),
        ("plan", 6, 12, "Chưa đạt: 6/12 = 50 %, cần hơn một nửa của 12, tức là 7"),
        ("admission", 8, 12, "Đạt: 8/12 = 66,6 %, cần ít nhất hai phần ba của 12, tức là 8"),
        ("admission", 8, 13, "Chưa đạt: 8/13 = 61,5 %, cần ít nhất hai phần ba của 13, tức là 9"),
    ],
)
def test_the_result_is_said_with_its_share(kind: str, in_favour: int, eligible: int, sentence: str) -> None:
    assert result(RULES.kind(kind), in_favour=in_favour, eligible=eligible).sentence == sentence


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(0, 9, "0"), (9, 9, "100"), (7, 10, "70"), (1, 3, "33,3")]
)
def test_shares_are_said_in_per_cent(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words
