"""Two people write one review at the same moment: one wins, the other is told, nothing is lost."""

import pytest
from django.db import connection

from phancong.audit.log import first_broken_line
from phancong.reviews import actions
from phancong.reviews.enums import Stage
from phancong.reviews.models import CellReview, Closing, Line, Rating, Round, SelfReview
from tests.factories import TODAY, make_cell, make_committee, make_member
from tests.planning.test_two_writers import at_once
from tests.reviews.halls import BASIS, decided, grade_all, make_hall, meet, office_of, proposed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def test_a_round_is_opened_once() -> None:
    committee = make_committee()
    make_member(make_cell(parent=committee))
    ends = at_once(
        *[
            lambda: actions.open_round(
                committee, year=2026, rules_on=TODAY, counted_on=TODAY, basis=BASIS, by=office_of(committee)
            )
        ]
        * 2
    )
    assert sorted(ends) == ["done", "refused"]
    assert (Round.objects.count(), Rating.objects.count()) == (1, 1)


def test_of_two_grades_for_one_member_the_second_is_told() -> None:
    hall = make_hall()
    meet(hall)
    rating = hall.rating(hall.people[2])
    ends = at_once(
        *(
            lambda grade=grade, by=by: actions.propose_grade(
                rating, grade=grade, reason="", seen=rating.version, by=by
            )
            for grade, by in (("good", hall.secretary), ("completed", hall.deputy))
        )
    )
    assert sorted(ends) == ["done", "refused"]
    assert Line.objects.filter(kind="cell_grade").count() == 1


def test_a_part_is_proposed_once_and_nothing_slips_in_behind() -> None:
    hall = make_hall()
    meet(hall)
    grade_all(hall)
    review, rating = hall.review, hall.rating(hall.people[2])
    ends = at_once(
        lambda: actions.propose(review, seen=review.version, by=hall.secretary),
        lambda: actions.propose(review, seen=review.version, by=hall.deputy),
        lambda: actions.propose_grade(
            rating, grade="completed", reason="", seen=rating.version, by=hall.secretary
        ),
    )
    assert ends[:2] in (["done", "refused"], ["refused", "done"])
    assert CellReview.objects.get().stage == Stage.PROPOSED
    assert first_broken_line() is None


def test_of_appraising_and_sending_back_one_happens() -> None:
    hall = make_hall()
    proposed(hall)
    review = hall.review
    ends = at_once(
        lambda: actions.appraise(review, seen=review.version, by=hall.office),
        lambda: actions.send_back(review, reason="Thiếu", seen=review.version, by=hall.above),
    )
    assert sorted(ends) == ["done", "refused"]


def test_a_round_closes_once() -> None:
    hall = make_hall()
    decided(hall)
    ends = at_once(*[lambda: actions.close_round(hall.round, seen=1, by=hall.office)] * 2)
    assert sorted(ends) == ["done", "refused"]
    assert Closing.objects.count() == 1


def test_two_windows_of_one_self_review_lose_nothing() -> None:
    hall = make_hall()
    person = hall.people[2]
    by = hall.member(person)
    ends = at_once(
        *(
            lambda words=words: actions.save_self_review(
                hall.rating(person), written=actions.Written(strengths=words), send=False, seen=0, by=by
            )
            for words in ("một", "hai")
        )
    )
    assert sorted(ends) == ["done", "refused"]
    assert SelfReview.objects.get().version == 1
