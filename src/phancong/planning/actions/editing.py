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
from phancong.members.models import Member
from phancong.planning import policies
from phancong.planning.actions.drafting import refresh_unmet
from phancong.planning.catalogue import DESCRIPTION
from phancong.planning.enums import AssignmentSource, DutySource
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Plan
from phancong.planning.solving.judging import fit_and_terms, judge
from phancong.planning.solving.people import people_of
from phancong.planning.solving.reading import snapshot_for


@contextmanager
def changing(
    plan: Plan, *, version: int, by: Actor, action: str, **detail: int | str | bool
) -> Iterator[Plan]:
    """One change of a draft: rights, stage and version first, then the change, then its audit line."""
    policies.check_may_change(plan.cell, by=by)
    with transaction.atomic():
        locked = lock_draft(plan, version=version)
        yield locked
        locked.version += 1
        locked.is_proved = False
        locked.save(update_fields=["version", "is_proved"])
        refresh_unmet(locked, by=by)
        log.record(by=by, action=action, subject=subject_of(plan), place=plan.cell.path, detail=dict(detail))
    plan.version = locked.version


def lock_draft(plan: Plan, *, version: int) -> Plan:
    """The plan, held until the end of the transaction: two editors come one after the other."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("cell").get(pk=plan.pk)
    policies.check_is_draft(locked)
    policies.check_version(locked, seen=version, last_editor=_last_editor(plan))
    return locked


def subject_of(plan: Plan) -> str:
    return f"plan:{plan.pk}"


def _last_editor(plan: Plan) -> str:
    last = AuditEntry.objects.filter(subject=subject_of(plan)).order_by("-sequence").first()
    return f"{last.actor_name} (lúc {localtime(last.at):%H:%M})" if last else ""


def add_duty(plan: Plan, *, version: int, by: Actor, **fields: Any) -> Duty:
    """A duty of the cell's own resolution."""
    policies.check_headcount(fields["headcount_min"], fields.get("headcount_max"))
    with changing(plan, version=version, by=by, action="add_duty") as draft:
        last = draft.duties.order_by("-number").first()
        return Duty.objects.create(
            plan=draft, number=last.number + 1 if last else 1, source=DutySource.RESOLUTION, **fields
        )


def change_duty(duty: Duty, *, version: int, by: Actor, **fields: Any) -> Duty:
    """Only what describes the duty; its number, source and catalogue entry stay."""
    unknown = fields.keys() - {*DESCRIPTION, "area", "due_on", "source_note"}
    if unknown:
        raise TypeError(f"not fields of a duty's description: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(duty, name, value)
    policies.check_headcount(duty.headcount_min, duty.headcount_max)
    with changing(duty.plan, version=version, by=by, action="change_duty", duty=duty.pk):
        duty.save()
    return duty


def remove_duty(duty: Duty, *, version: int, by: Actor) -> None:
    """The duty with everything said about it."""
    with changing(duty.plan, version=version, by=by, action="remove_duty", duty=duty.pk):
        duty.delete()


def give_duty(duty: Duty, *, member: Member, version: int, by: Actor, despite: str = "") -> Assignment:
    """Put `member` on `duty` and keep it so. What speaks against it asks for a reason in `despite`."""
    plan = duty.plan
    with changing(plan, version=version, by=by, action="give_duty", duty=duty.pk, member=member.pk) as draft:
        snapshot = snapshot_for(draft, today=by.today)
        judgement = judge(snapshot, member=member.pk, duty_number=duty.number)
        if judgement.barrier:
            raise Refused(judgement.barrier)
        if judgement.warnings and not despite.strip():
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
            despite=despite.strip() if judgement.warnings else "",
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
    if not reason.strip():
        raise Refused("Ghi lý do chi bộ không giao việc này cho đồng chí, để lần sau còn xem lại.")
    _check_in_cell(duty.plan, member, by=by)
    with changing(duty.plan, version=version, by=by, action="exclude", duty=duty.pk, member=member.pk):
        Assignment.objects.filter(duty=duty, member=member).delete()
        exclusion, _ = Exclusion.objects.update_or_create(
            duty=duty, member=member, defaults={"reason": reason.strip()}
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
