"""Cells that meet, for the tests of meetings."""

from datetime import date, time

from phancong.access.actor import Actor
from phancong.accounts.models import User
from phancong.meetings import actions
from phancong.meetings.enums import ItemKind, Method
from phancong.meetings.models import AgendaItem, Meeting
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Plan
from tests.factories import TODAY, make_actor, make_member, make_post, make_user
from tests.planning.cells import belonging_member, make_duty, make_plan

CALL = actions.Call(kind="regular", held_on=TODAY, starts_at=time(19, 30), place="Nhà văn hóa thôn 1")


def writer(cell: Organization, user: User | None = None) -> Actor:
    """The secretary of the cell, with an account of their own."""
    return make_actor("secretary", cell.path, name="Bí thư", user_id=(user or make_user()).pk)


def people_of(cell: Organization, count: int = 3) -> list[Member]:
    """The first of them is the secretary of the cell."""
    people = [belonging_member(cell) for _ in range(count)]
    make_post(people[0], cell)
    return people


def call_of(people: list[Member], *, held_on: date = TODAY, kind: str = "regular") -> actions.Call:
    return actions.Call(
        kind=kind,
        held_on=held_on,
        starts_at=CALL.starts_at,
        place=CALL.place,
        chair_id=people[0].pk,
        secretary_id=people[1].pk,
    )


def begun(cell: Organization, people: list[Member], *, by: Actor, held_on: date = TODAY) -> Meeting:
    """A meeting under way, everybody present."""
    meeting = actions.plan_meeting(cell, call=call_of(people, held_on=held_on), by=by)
    actions.hold(meeting, version=meeting.version, by=by)
    return Meeting.objects.select_related("cell__parent").get(pk=meeting.pk)


def first_item(meeting: Meeting) -> AgendaItem:
    return items(meeting)[0]


def items(meeting: Meeting) -> list[AgendaItem]:
    return list(
        AgendaItem.objects.filter(meeting=meeting).select_related("meeting__cell").order_by("position")
    )


def item_of(meeting: Meeting, kind: ItemKind) -> AgendaItem:
    return next(item for item in items(meeting) if item.kind == kind)


def tally(in_favour: int, against: int = 0, other: int = 0, *, kind: str = "resolution") -> actions.Tally:
    return actions.Tally(kind=kind, method=Method.HANDS, in_favour=in_favour, against=against, other=other)


def draft_with_work(cell: Organization, people: list[Member], *, year: int = TODAY.year) -> Plan:
    plan = make_plan(cell, year=year)
    for member in people:
        duty = make_duty(plan, due_on=date(year, 12, 15), headcount_max=9)
        Assignment.objects.create(duty=duty, member=member, source="chosen")
    return plan


def finished(meeting: Meeting, *, by: Actor) -> Meeting:
    """Read back and signed."""
    meeting.refresh_from_db()
    actions.read_back(meeting, ends_at=time(21, 15), version=meeting.version, by=by)
    actions.sign(meeting, version=meeting.version, by=by)
    return Meeting.objects.select_related("cell__parent", "signed").get(pk=meeting.pk)


def another(cell: Organization, **fields: object) -> Member:
    return make_member(cell, **fields)  # type: ignore[arg-type]
