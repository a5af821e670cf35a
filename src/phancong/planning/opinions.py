"""What members may see of a draft before the meeting: their own part, and what they said of it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from phancong import rules
from phancong.access.actor import Actor
from phancong.members.models import Member
from phancong.planning.enums import PlanStage
from phancong.planning.models import Assignment, Objection, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDuty:
    """A duty that the draft gives to the member, in the six points, with what they said of it."""

    assignment: Assignment
    field: str
    objections: tuple[Objection, ...]

    @property
    def waits(self) -> bool:
        return any(one.state == "open" for one in self.objections)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDraft:
    """The member's part of one draft that is open for opinions; once it is closed only what they said, with answers."""

    plan: Plan
    is_open: bool
    duties: tuple[OwnDuty, ...]
    other: tuple[Objection, ...]

    @property
    def hours(self) -> int:
        return sum(one.assignment.duty.monthly_hours for one in self.duties)

    @property
    def waits(self) -> bool:
        return any(one.state == "open" and one.duty_id is None for one in self.other)


def plans_asking(actor: Actor) -> QuerySet[Plan]:
    """Drafts open for the opinion of this member: of their cell, and others that give them something to do."""
    if actor.member_id is None:
        return Plan.objects.none()
    own = Member.objects.filter(pk=actor.member_id).values("cell")
    given = Assignment.objects.standing().filter(member=actor.member_id).values("duty__plan")
    asking = Plan.objects.filter(stage=PlanStage.DRAFT, opinions_until__gte=actor.today)
    return asking.filter(Q(cell__in=own) | Q(pk__in=given)).select_related("cell").order_by("year", "pk")


def own_drafts(actor: Actor) -> list[OwnDraft]:
    """Four queries, whatever the number of drafts."""
    asking = {plan.pk for plan in plans_asking(actor)}
    of_own = Objection.objects.filter(member=actor.member_id).values("plan")
    wanted = Plan.objects.filter(Q(pk__in=asking) | Q(pk__in=of_own, year__gte=actor.today.year))
    plans = list(wanted.select_related("cell").order_by("-year", "pk"))
    given = Assignment.objects.standing().filter(duty__plan__in=asking, member=actor.member_id)
    rows = list(given.select_related("duty__area").order_by("duty__number"))
    said = list(Objection.objects.filter(plan__in=plans, member=actor.member_id).order_by("at", "pk"))
    fields = {field.code: field.name for field in rules.on(actor.today).fields}
    return [_own_draft(plan, plan.pk in asking, rows, said, fields) for plan in plans]


def _own_draft(
    plan: Plan, is_open: bool, rows: list[Assignment], said: list[Objection], fields: dict[str, str]
) -> OwnDraft:
    of_plan = [one for one in said if one.plan_id == plan.pk]
    duties = tuple(
        OwnDuty(
            assignment=row,
            field=fields.get(row.duty.field, row.duty.field),
            objections=tuple(one for one in of_plan if one.duty_id == row.duty_id),
        )
        for row in rows
        if row.duty.plan_id == plan.pk
    )
    shown = {row.assignment.duty_id for row in duties}
    return OwnDraft(
        plan=plan,
        is_open=is_open,
        duties=duties,
        other=tuple(one for one in of_plan if one.duty_id not in shown),
    )


def own_objection(actor: Actor, objection_id: int) -> Objection | None:
    """One opinion of the member's own."""
    if actor.member_id is None:
        return None
    own = Objection.objects.filter(pk=objection_id, member=actor.member_id)
    return own.select_related("plan__cell").first()
