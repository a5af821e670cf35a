"""Ballots: the share a grade needs, and the sheet of a whole cell, written as one or not at all."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.reviews import actions
from phancong.reviews.actions import BallotRow, RowsRefused
from phancong.reviews.models import Line, Rating, Tally
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.schemes import Ballot, scheme_on
from tests.factories import TODAY, make_user
from tests.planning.test_two_writers import at_once
from tests.reviews.halls import Hall, make_hall, meet

pytestmark = pytest.mark.django_db


def share(numerator: int, denominator: int, *, strictly: bool) -> Ballot:
    known = scheme_on(TODAY).ballot
    return replace(known, numerator=numerator, denominator=denominator, strictly=strictly)


@pytest.mark.parametrize(
    ("eligible", "ballot", "least"),
    [
        (14, share(1, 2, strictly=True), 8),
        (15, share(1, 2, strictly=True), 8),
        (14, share(1, 2, strictly=False), 7),
        (15, share(1, 2, strictly=False), 8),
        (9, share(2, 3, strictly=False), 6),
        (10, share(2, 3, strictly=False), 7),
        (9, share(2, 3, strictly=True), 7),
        (1, share(1, 2, strictly=True), 1),
    ],
)
def test_the_votes_a_grade_needs_by_hand(eligible: int, ballot: Ballot, least: int) -> None:
    assert ballot.least_votes(eligible) == least


@given(
    eligible=st.integers(1, 200),
    denominator=st.integers(2, 6),
    part=st.integers(1, 5),
    strictly=st.booleans(),
)
def test_the_least_number_of_votes_is_the_first_that_reaches_the_share(
    *, eligible: int, denominator: int, part: int, strictly: bool
) -> None:
    numerator = min(part, denominator - 1)
    least = share(numerator, denominator, strictly=strictly).least_votes(eligible)

    def reaches(votes: int) -> bool:
        had, needed = votes * denominator, eligible * numerator
        return had > needed if strictly else had >= needed

    assert reaches(least)
    assert not reaches(least - 1)


@pytest.fixture
def hall() -> Hall:
    found = make_hall(people=4)
    meet(found, eligible=4)
    return found


def row(hall: Hall, person: Member, votes: Mapping[str, int], **told: object) -> BallotRow:
    rating = hall.rating(person)
    told = {"seen": rating.version, "invalid": 0, "grade": "", "reason": "", **told}
    return BallotRow(rating=rating, votes=votes, **told)  # type: ignore[arg-type]


def record(hall: Hall, *rows: BallotRow, handed_out: int = 4, by: Actor | None = None) -> int:
    return actions.record_ballots(hall.review, rows, handed_out=handed_out, by=by or hall.secretary)


def graded(hall: Hall) -> dict[int, str]:
    rows = Rating.objects.filter(review=hall.review).values_list("member", "cell_grade")
    return {member: grade for member, grade in rows if grade}


def test_a_sheet_writes_the_votes_and_the_proposed_grades_of_the_cell(hall: Hall) -> None:
    _, second, third, _ = hall.people
    written = record(
        hall, row(hall, second, {"good": 3, "completed": 1}, grade="good"), row(hall, third, {"excellent": 4})
    )
    votes = dict(Tally.objects.values_list("rating__member", "votes"))
    assert written == 2
    assert votes == {second.pk: {"good": 3, "completed": 1}, third.pk: {"excellent": 4}}
    assert graded(hall) == {second.pk: "good"}


def test_a_sheet_with_one_wrong_row_writes_nothing_and_tells_each_fault(hall: Hall) -> None:
    _, second, third, fourth = hall.people
    wrong, weak = row(hall, third, {"good": 5}), row(hall, fourth, {"good": 2, "completed": 2}, grade="good")
    before = Line.objects.count()
    with pytest.raises(RowsRefused) as told:
        record(hall, row(hall, second, {"good": 4}, grade="good"), wrong, weak)
    assert set(told.value.sentences) == {wrong.rating.pk, weak.rating.pk}
    assert (Tally.objects.count(), graded(hall), Line.objects.count()) == (0, {}, before)


def test_the_same_sheet_sent_again_writes_nothing_more(hall: Hall) -> None:
    second = hall.people[1]
    record(hall, row(hall, second, {"good": 4}, grade="good"))
    before = Line.objects.count()
    assert record(hall, row(hall, second, {"good": 4}, grade="good")) == 0
    assert Line.objects.count() == before


def test_a_row_without_numbers_stays_uncounted(hall: Hall) -> None:
    assert record(hall, row(hall, hall.people[1], {"good": 0})) == 0
    assert not Tally.objects.exists()


def test_nobody_writes_the_own_row(hall: Hall) -> None:
    own = row(hall, hall.people[0], {"good": 4})
    with pytest.raises(RowsRefused) as told:
        record(hall, own)
    assert set(told.value.sentences) == {own.rating.pk}
    assert record(hall, row(hall, hall.people[0], {"good": 4}), by=hall.deputy) == 1


def test_a_row_changed_by_somebody_else_is_refused(hall: Hall) -> None:
    stale = row(hall, hall.people[2], {"good": 4})
    actions.propose_grade(stale.rating, grade="good", reason="", seen=stale.seen, by=hall.deputy)
    with pytest.raises(RowsRefused):
        record(hall, stale)
    assert not Tally.objects.exists()


@pytest.mark.parametrize("votes", [{"good": 2, "completed": 2}, {"completed": 4}])
def test_a_grade_without_enough_votes_needs_a_reason(hall: Hall, votes: dict[str, int]) -> None:
    second = hall.people[1]
    record(hall, row(hall, second, votes))
    rating = hall.rating(second)
    with pytest.raises(Refused, match="cần từ 3 phiếu"):
        actions.propose_grade(rating, grade="good", reason="", seen=rating.version, by=hall.secretary)
    actions.propose_grade(
        rating, grade="good", reason="Chi bộ bàn lại", seen=rating.version, by=hall.secretary
    )
    assert graded(hall) == {second.pk: "good"}


def test_the_rule_of_the_day_says_how_many_votes(hall: Hall) -> None:
    assert scheme_of(hall.round).ballot.least_votes(4) == 3


def test_the_page_takes_the_whole_cell_and_leaves_the_own_row_to_others(client: Client, hall: Hall) -> None:
    first, second, third, fourth = hall.people
    client.force_login(make_user(first))
    page = reverse("reviews:ballots", args=[hall.review.pk])
    offered = [row.line.rating.member_id for row in client.get(page).context["rows"] if row.form]
    sent: dict[str, object] = {"handed_out": 4}
    for person in (second, third, fourth):
        rating = hall.rating(person)
        sent |= {f"dc{rating.pk}-seen": rating.version, f"dc{rating.pk}-muc-good": 3}
        sent |= {
            f"dc{rating.pk}-muc-completed": 1,
            f"dc{rating.pk}-grade": "good",
            f"dc{rating.pk}-reason": "",
        }
    client.post(page, sent)
    assert set(offered) == {second.pk, third.pk, fourth.pk}
    assert graded(hall) == {second.pk: "good", third.pk: "good", fourth.pk: "good"}


def test_the_page_keeps_what_was_typed_and_names_the_row_at_fault(client: Client, hall: Hall) -> None:
    client.force_login(make_user(hall.people[0]))
    page = reverse("reviews:ballots", args=[hall.review.pk])
    sent: dict[str, object] = {"handed_out": 4}
    for person in hall.people[1:]:
        rating = hall.rating(person)
        sent |= {f"dc{rating.pk}-seen": rating.version, f"dc{rating.pk}-muc-good": 3}
    wrong = hall.rating(hall.people[2])
    sent[f"dc{wrong.pk}-muc-good"] = 9
    answered = client.post(page, sent)
    faults = {row.line.rating.pk: row.fault for row in answered.context["rows"] if row.fault}
    assert set(faults) == {wrong.pk}
    assert 'value="9"' in answered.content.decode()
    assert not Tally.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_of_two_sheets_sent_at_once_one_is_refused() -> None:
    hall = make_hall(people=3)
    meet(hall)
    second = hall.people[2]
    sheets = [row(hall, second, {"good": 3}), row(hall, second, {"completed": 3})]
    ends = at_once(
        lambda: record(hall, sheets[0], handed_out=3),
        lambda: record(hall, sheets[1], handed_out=3, by=hall.deputy),
    )
    assert sorted(ends) == ["done", "refused"]
    assert Tally.objects.count() == 1
