"""What people change in a draft: duties, who does them, and what the planner must respect.

`version` is the version of the plan on the page that the editor looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.planning import policies
from phancong.planning.actions.drafting import refresh_unmet
from phancong.planning.catalogue import DESCRIPTION
from phancong.planning.enums import AssignmentSource, DutySource
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Plan
from phancong.planning.solving.judging import fit_and_terms, judge
from phancong.planning.solving.people import people_of
from phancong.planning.solving.reading import snapshot_for

# In the log beside the changes of a plan: its papers were taken away, nothing was changed.
TAKEN_AWAY = "export_plan"


@contextmanager
def changing(
    plan: Plan, *, version: int, by: Actor, action: str, **detail: int | str | bool
) -> Iterator[Plan]:
    """One change of a draft: rights, stage and version first, then the change, then its audit line."""
    policies.check_may_change(plan.cell, by=by)
    with transaction.atomic():
        locked = lock_draft(plan, version=version, by=by)
        yield locked
        locked.version += 1
        locked.is_proved = False
        locked.save(update_fields=["version", "is_proved"])
        refresh_unmet(locked, by=by)
        log.record(by=by, action=action, subject=subject_of(plan), place=plan.cell.path, detail=dict(detail))
    plan.version = locked.version


def lock_draft(plan: Plan, *, version: int, by: Actor) -> Plan:
    """The plan, held until the end of the transaction: two editors come one after the other."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("cell").get(pk=plan.pk)
    policies.check_is_draft(locked)
    policies.check_version(locked, seen=version, change=last_change(locked), by=by)
    return locked


def subject_of(plan: Plan) -> str:
    return f"plan:{plan.pk}"


def last_change(plan: Plan) -> policies.LastChange | None:
    """Who changed the plan last. None where the log does not say it: after many plans were drafted at once."""
    changes = AuditEntry.objects.filter(subject=subject_of(plan)).exclude(action=TAKEN_AWAY)
    last = changes.order_by("-sequence").first()
    if last is None or last.at < plan.drafted_at:
        return None
    return policies.LastChange(user_id=last.actor_user_id, name=last.actor_name, at=localtime(last.at))


def add_duty(plan: Plan, *, version: int, by: Actor, **fields: Any) -> Duty:
    """A duty of the cell's own resolution."""
    policies.check_headcount(fields["headcount_min"], fields.get("headcount_max"))
    policies.check_due_on(fields["due_on"], year=plan.year)
    with changing(plan, version=version, by=by, action="add_duty") as draft:
        others = list(draft.duties.order_by("number"))
        number = others[-1].number + 1 if others else 1
        duty = Duty(plan=draft, number=number, source=DutySource.RESOLUTION, **fields)
        policies.check_is_new(duty, others=others)
        duty.save()
    return duty


def change_duty(duty: Duty, *, version: int, by: Actor, **fields: Any) -> Duty:
    """Only what describes the duty; its number, source and catalogue entry stay."""
    unknown = fields.keys() - {*DESCRIPTION, "area", "due_on", "source_note"}
    if unknown:
        raise TypeError(f"not fields of a duty's description: {sorted(unknown)}")
    name_before = (duty.title, duty.area_id)
    for name, value in fields.items():
        setattr(duty, name, value)
    policies.check_headcount(duty.headcount_min, duty.headcount_max)
    policies.check_due_on(duty.due_on, year=duty.plan.year)
    with changing(duty.plan, version=version, by=by, action="change_duty", duty=duty.pk) as draft:
        if name_before != (duty.title, duty.area_id):
            policies.check_is_new(duty, others=draft.duties.exclude(pk=duty.pk))
        duty.save()
    return duty


def remove_duty(duty: Duty, *, version: int, by: Actor) -> None:
    """The duty with everything said about it."""
    with changing(duty.plan, version=version, by=by, action="remove_duty", duty=duty.pk):
        duty.delete()


def give_duty(duty: Duty, *, member: Member, version: int, by: Actor, despite: str = "") -> Assignment:
    """Put `member` on `duty` and keep it so. What speaks against it asks for a reason in `despite`."""
    plan, despite = duty.plan, clean(despite)
    policies.check_reason(despite)
    with changing(plan, version=version, by=by, action="give_duty", duty=duty.pk, member=member.pk) as draft:
        snapshot = snapshot_for(draft, today=by.today)
        judgement = judge(snapshot, member=member.pk, duty_number=duty.number)
        if judgement.barrier:
            raise Refused(judgement.barrier)
        if judgement.warnings and not despite:
            raise policies.NeedsReason(
                tuple(f"Đ/c {member.full_name} {warning}." for warning in judgement.warnings)
            )
        Exclusion.objects.filter(duty=duty, member=member).delete()
        fit, terms = fit_and_terms(snapshot, member=member.pk, duty_number=duty.number)
        return Assignment.objects.create(
            duty=duty,
            member=member,
            is_locked=True,
            source=AssignmentSource.CHOSEN,
            fit=fit,
            terms=terms,
            despite=despite if judgement.warnings else "",
        )


def take_duty(assignment: Assignment, *, version: int, by: Actor) -> None:
    """Take the member off the duty."""
    duty = assignment.duty
    with changing(
        duty.plan, version=version, by=by, action="take_duty", duty=duty.pk, member=assignment.member_id
    ):
        assignment.delete()


def lock_assignment(assignment: Assignment, *, locked: bool, version: int, by: Actor) -> None:
    """Keep the assignment when the plan is drafted again, or let the planner decide anew."""
    duty = assignment.duty
    with changing(duty.plan, version=version, by=by, action="lock_assignment", duty=duty.pk, locked=locked):
        assignment.is_locked = locked
        assignment.save(update_fields=["is_locked"])


def exclude(duty: Duty, *, member: Member, reason: str, version: int, by: Actor) -> Exclusion:
    """ "Not this person for this duty": taken off if on it, and not proposed again."""
    reason = clean(reason)
    if not reason:
        raise Refused("Ghi lý do chi bộ không giao việc này cho đồng chí, để lần sau còn xem lại.")
    policies.check_reason(reason)
    _check_in_cell(duty.plan, member, by=by)
    with changing(duty.plan, version=version, by=by, action="exclude", duty=duty.pk, member=member.pk):
        Assignment.objects.filter(duty=duty, member=member).delete()
        exclusion, _ = Exclusion.objects.update_or_create(
            duty=duty, member=member, defaults={"reason": reason}
        )
    return exclusion


def include_again(exclusion: Exclusion, *, version: int, by: Actor) -> None:
    """Take an exclusion back."""
    duty = exclusion.duty
    with changing(
        duty.plan, version=version, by=by, action="include_again", duty=duty.pk, member=exclusion.member_id
    ):
        exclusion.delete()


def set_apart(plan: Plan, *, first: Member, second: Member, apart: bool, version: int, by: Actor) -> None:
    """Never put two members on one duty in this plan, or allow it again."""
    if first.pk == second.pk:
        raise Refused("Chọn hai đồng chí khác nhau.")
    if apart:
        _check_in_cell(plan, first, second, by=by)
    low, high = sorted((first.pk, second.pk))
    with changing(
        plan, version=version, by=by, action="set_apart", first=low, second=high, apart=apart
    ) as draft:
        if apart:
            Apartness.objects.get_or_create(plan=draft, first_id=low, second_id=high)
        else:
            Apartness.objects.filter(plan=draft, first_id=low, second_id=high).delete()


def _check_in_cell(plan: Plan, *members: Member, by: Actor) -> None:
    people = people_of([plan.cell_id], year=plan.year, today=by.today)[plan.cell_id]
    policies.check_in_cell([member.pk for member in members], people=[person.member.pk for person in people])
