"""Making a draft: the planner proposes, people keep, bar and let it be solved again."""

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Area, Organization
from phancong.planning.solving.secondment import Secondments, propose_secondments
from phancong.secondments import policies
from phancong.secondments.enums import PlanState, Side
from phancong.secondments.models import PromisingCount, Secondment, SecondmentPlan


def held_plan(plan: SecondmentPlan, *, seen: int, by: Actor) -> SecondmentPlan:
    """The draft, locked and checked; its version grows with what is done to it."""
    policies.check_may_lead(plan.committee, by=by)
    held = SecondmentPlan.objects.select_for_update(of=("self",)).select_related("committee").get(pk=plan.pk)
    policies.check_is_draft(held, seen=seen)
    held.version += 1
    held.save(update_fields=["version"])
    return held


@transaction.atomic
def solve(committee: Organization, *, by: Actor) -> SecondmentPlan:
    """The draft of the committee, made if there is none, solved around what is kept and who is barred."""
    policies.check_may_lead(committee, by=by)
    Organization.objects.select_for_update(no_key=True).get(pk=committee.pk)
    plan = SecondmentPlan.objects.filter(committee=committee, state=PlanState.DRAFT).first()
    plan = plan or SecondmentPlan.objects.create(committee=committee, made_on=by.today)
    kept = {row.member_id: row for row in plan.secondments.filter(is_kept=True)}
    found = propose_secondments(
        committee.path,
        today=by.today,
        locks=frozenset((member, row.area_id) for member, row in kept.items()),
        barred=plan.barred,
    )
    if found.faults:
        raise Refused(f"Không tính được với những chỗ đang giữ: {' '.join(found.faults)}")
    _write(plan, found, kept)
    plan.made_on, plan.is_proved, plan.short = by.today, found.is_proved, list(found.short)
    plan.version += 1
    plan.save(update_fields=["made_on", "is_proved", "short", "version"])
    _record("solve_secondments", plan, by=by, pairs=len(found.pairs), short=len(found.short))
    return plan


def _write(plan: SecondmentPlan, found: Secondments, kept: dict[int, Secondment]) -> None:
    """The rows of the draft are those of the answer; what both sides agreed to stays where the pair does."""
    before = {(row.member_id, row.area_id): row for row in plan.secondments.all()}
    plan.secondments.exclude(pk__in=[row.pk for pair, row in before.items() if pair in found.pairs]).delete()
    cells = {place.area.pk: place.cell for place in found.places}
    new = sorted(found.pairs - before.keys())
    homes = dict(Member.objects.filter(pk__in=[who for who, _ in new]).values_list("pk", "cell_id"))
    Secondment.objects.bulk_create(
        Secondment(
            plan=plan,
            member_id=who,
            area_id=area,
            home_id=homes[who],
            cell_id=cells[area],
            terms=list(found.terms[who, area]),
            is_kept=who in kept,
        )
        for who, area in new
    )


@transaction.atomic
def keep(row: Secondment, *, kept: bool, seen: int, by: Actor) -> None:
    """Whether this pair stays when it is solved again."""
    plan = held_plan(row.plan, seen=seen, by=by)
    Secondment.objects.filter(pk=row.pk, plan=plan).update(is_kept=kept)
    _record("keep_secondment", plan, by=by, member=row.member_id, kept=kept)


@transaction.atomic
def bar(row: Secondment, *, seen: int, by: Actor) -> None:
    """This member stays in the own cell; the place is open until it is solved again."""
    plan = held_plan(row.plan, seen=seen, by=by)
    plan.barred = sorted({*plan.barred, row.member_id})
    plan.save(update_fields=["barred"])
    Secondment.objects.filter(pk=row.pk, plan=plan).delete()
    _record("bar_secondment", plan, by=by, member=row.member_id)


@transaction.atomic
def unbar(plan: SecondmentPlan, *, member_id: int, seen: int, by: Actor) -> None:
    plan = held_plan(plan, seen=seen, by=by)
    plan.barred = [one for one in plan.barred if one != member_id]
    plan.save(update_fields=["barred"])
    _record("unbar_secondment", plan, by=by, member=member_id)


@transaction.atomic
def agree(plan: SecondmentPlan, *, side: Side, seen: int, by: Actor) -> int:
    """One side agreed to everybody of the draft who has no answer of it yet; how many these are."""
    plan = held_plan(plan, seen=seen, by=by)
    field = "sender_agreed_on" if side == Side.SENDER else "receiver_agreed_on"
    count: int = plan.secondments.filter(**{f"{field}__isnull": True}).update(**{field: by.today})
    _record("agree_secondments", plan, by=by, side=side.value, count=count)
    return count


@transaction.atomic
def drop(plan: SecondmentPlan, *, seen: int, by: Actor) -> None:
    """A draft that nobody wants any more; who was in it is forgotten."""
    plan = held_plan(plan, seen=seen, by=by)
    plan.secondments.all().delete()
    plan.state, plan.barred = PlanState.DROPPED, []
    plan.save(update_fields=["state", "barred"])
    _record("drop_secondments", plan, by=by)


@transaction.atomic
def count_promising(area: Area, *, count: int, by: Actor) -> PromisingCount:
    """The number of outstanding non-members there today; said again on the same day it replaces the first."""
    policies.check_may_lead(area.committee, by=by)
    made, _ = PromisingCount.objects.update_or_create(
        area=area, counted_on=by.today, defaults={"count": count}
    )
    log.record(
        by=by,
        action="count_promising",
        subject=f"area:{area.pk}",
        place=area.committee.path,
        detail={"count": count},
        right=Permission.ORGANIZATION_CHANGE,
    )
    return made


def _record(action: str, plan: SecondmentPlan, *, by: Actor, **detail: object) -> None:
    log.record(
        by=by,
        action=action,
        subject=f"secondment_plan:{plan.pk}",
        place=plan.committee.path,
        detail=detail,
        right=Permission.ORGANIZATION_CHANGE,
    )
