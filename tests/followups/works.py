"""Adopted plans with work under way, for the tests of following up."""

from datetime import date

from phancong.access.actor import Actor, Grant
from phancong.followups import actions
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Plan
from tests.factories import FOUNDED, TODAY, make_actor, moment
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

ADOPTED = date(2026, 1, 5)
DUE = date(2026, 12, 15)


def make_work(
    cell: Organization,
    *,
    member: Member | None = None,
    title: str = "",
    due_on: date = DUE,
    adopted_on: date = ADOPTED,
    is_substantive: bool = True,
) -> Assignment:
    """One duty of an adopted plan, given to one member."""
    return make_works(
        cell, [(member or belonging_member(cell), title, due_on, is_substantive)], adopted_on=adopted_on
    )[0]


def make_works(
    cell: Organization,
    wanted: list[tuple[Member, str, date, bool]],
    *,
    adopted_on: date = ADOPTED,
    year: int = YEAR,
) -> list[Assignment]:
    plan = make_plan(cell, year=year)
    given = []
    for member, title, due_on, is_substantive in wanted:
        fields = {"title": title} if title else {}
        duty = make_duty(plan, due_on=due_on, is_substantive=is_substantive, headcount_max=9, **fields)
        given.append(Assignment.objects.create(duty=duty, member=member, source="chosen"))
    actions.adopt(
        plan,
        version=plan.version,
        adopted_on=adopted_on,
        basis="Biên bản số 01-BB/CB",
        by=make_actor("secretary", cell.path),
    )
    return list(
        Assignment.objects.filter(pk__in=[one.pk for one in given])
        .select_related("duty__plan__cell", "member")
        .order_by("pk")
    )


def plan_of(assignment: Assignment) -> Plan:
    return Plan.objects.get(pk=assignment.duty.plan_id)


def member_actor(member: Member, *, today: date = TODAY, hour: int = 9) -> Actor:
    """The member, signed in: no office, only what is their own."""
    path = member.cell.path if member.cell else ""
    return Actor(None, member.pk, member.full_name, moment(today, hour), (Grant("member", path, FOUNDED),))


def seen(assignment: Assignment) -> int:
    """The last line that a page would show now; 0 when there is none."""
    last = assignment.entries.order_by("-id").first()
    return last.pk if last else 0
