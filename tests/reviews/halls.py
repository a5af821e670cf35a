"""Cells under review, for the tests of this room."""

from dataclasses import dataclass
from datetime import date

from phancong.access.actor import Actor, Grant
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.reviews import actions
from phancong.reviews.models import CellReview, Rating, Round
from tests.factories import TODAY, make_actor, make_cell, make_committee, make_member, make_post, moment

BASIS = "Kế hoạch số 12-KH/ĐU"


@dataclass(slots=True)
class Hall:
    """A committee with one cell of which the first member is the secretary, in a round of this year."""

    committee: Organization
    cell: Organization
    people: list[Member]
    round: Round

    @property
    def review(self) -> CellReview:
        return CellReview.objects.select_related("round__committee", "cell").get(
            round=self.round, cell=self.cell
        )

    def rating(self, member: Member) -> Rating:
        return Rating.objects.select_related("review__round", "review__cell").get(
            review__round=self.round, member=member
        )

    @property
    def secretary(self) -> Actor:
        """The account of the first member, as secretary of the cell."""
        return acting("secretary", self.cell, self.people[0], user_id=101)

    @property
    def deputy(self) -> Actor:
        """A second person in the same office."""
        return acting("secretary", self.cell, self.people[1], user_id=102)

    @property
    def office(self) -> Actor:
        return acting("office", self.committee, user_id=201)

    @property
    def above(self) -> Actor:
        """The secretary of the committee."""
        return acting("secretary", self.committee, user_id=202)

    def member(self, person: Member) -> Actor:
        return acting("member", self.cell, person, user_id=300 + person.pk)


def acting(role: str, place: Organization, person: Member | None = None, *, user_id: int) -> Actor:
    grants = (Grant(role, place.path, date(1930, 2, 3)),)
    return Actor(
        user_id, person.pk if person else None, person.full_name if person else role, moment(), grants
    )


def make_hall(*, people: int = 3, year: int = TODAY.year, day: date = TODAY) -> Hall:
    committee = make_committee()
    cell = make_cell(parent=committee)
    members = [make_member(cell) for _ in range(people)]
    make_post(members[0], cell)
    opened = actions.open_round(
        committee, year=year, rules_on=day, counted_on=day, basis=BASIS, by=office_of(committee)
    )
    return Hall(committee, cell, members, opened)


def office_of(committee: Organization) -> Actor:
    return make_actor("office", committee.path, user_id=201)


def meet(hall: Hall, *, eligible: int = 3) -> None:
    """The meeting of the review was held today."""
    actions.record_meeting(
        hall.review, held_on=TODAY, method="secret", eligible=eligible, seen=hall.review.version,
        by=hall.secretary,
    )  # fmt: skip


def grade_all(hall: Hall, grade: str = "good") -> None:
    """A proposed grade for everybody; nobody writes their own."""
    for person in hall.people:
        rating = hall.rating(person)
        by = hall.deputy if person == hall.people[0] else hall.secretary
        if not rating.not_rated:
            actions.propose_grade(rating, grade=grade, reason="", seen=rating.version, by=by)


def proposed(hall: Hall, grade: str = "good") -> None:
    meet(hall)
    grade_all(hall, grade)
    actions.propose(hall.review, seen=hall.review.version, by=hall.secretary)


def decided(hall: Hall, grade: str = "good") -> None:
    proposed(hall, grade)
    actions.appraise(hall.review, seen=hall.review.version, by=hall.office)
    actions.decide([hall.review], decision="45-QĐ/ĐU", by=hall.above)
