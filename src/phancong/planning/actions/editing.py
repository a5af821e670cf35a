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
from phancong.planning.actions.stepping import keep_step, state_of
from phancong.planning.catalogue import DESCRIPTION
from phancong.planning.enums import AssignmentSource, DutySource
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Plan
from phancong.planning.solving.judging import fit_and_terms, judge
from phancong.planning.solving.people import people_of
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.solving.snapshot import full_title
from phancong.planning.source_models import Target

# In the log beside the changes of a plan: its papers were taken away, nothing was changed.
TAKEN_AWAY = "export_plan"


@contextmanager
def changing(
    plan: Plan, *, version: int, by: Actor, action: str, words: str, **detail: int | str | bool
) -> Iterator[Plan]:
    """One change of a draft: rights, stage and version first, then the change, its step and its audit line.

    `words` tell the change to people: what others see of it, and what can be taken back.
    """
    policies.check_may_change(plan.cell, by=by)
    with transaction.atomic():
        locked = lock_draft(plan, version=version, by=by)
        before = state_of(locked)
        yield locked
        locked.version += 1
        locked.is_proved = False
        locked.save(update_fields=["version", "is_proved"])
        refresh_unmet(locked, by=by)
        keep_step(locked, before=before, words=words, by=by)
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
    policies.check_serves(fields.get("target"), cell=plan.cell)
    words = f"Thêm việc “{fields['title']}”"
    with changing(plan, version=version, by=by, action="add_duty", words=words) as draft:
        others = list(draft.duties.order_by("number"))
        number = others[-1].number + 1 if others else 1
        duty = Duty(plan=draft, number=number, source=DutySource.RESOLUTION, **fields)
        policies.check_is_new(duty, others=others)
        duty.save()
    return duty


def change_duty(duty: Duty, *, version: int, by: Actor, **fields: Any) -> Duty:
    """Only what describes the duty; its number, source and catalogue entry stay."""
    unknown = fields.keys() - {*DESCRIPTION, "area", "due_on", "source_note", "target"}
    if unknown:
        raise TypeError(f"not fields of a duty's description: {sorted(unknown)}")
    if fields.get("target", duty.target) != duty.target:
        policies.check_serves(fields.get("target"), cell=duty.plan.cell)
    name_before = (duty.title, duty.area_id)
    for name, value in fields.items():
        setattr(duty, name, value)
    policies.check_headcount(duty.headcount_min, duty.headcount_max)
    policies.check_due_on(duty.due_on, year=duty.plan.year)
    words = f"Sửa việc “{full_title(duty)}”"
    with changing(
        duty.plan, version=version, by=by, action="change_duty", words=words, duty=duty.pk
    ) as draft:
        if name_before != (duty.title, duty.area_id):
            policies.check_is_new(duty, others=draft.duties.exclude(pk=duty.pk))
        duty.save()
    return duty


def tie_duty(duty: Duty, *, target: Target | None, version: int, by: Actor) -> None:
    """Say which target of a resolution the duty carries out; None: none."""
    policies.check_serves(target, cell=duty.plan.cell)
    words = (
        f"Gắn việc “{full_title(duty)}” với chỉ tiêu “{target.title}”"
        if target
        else f"Thôi gắn việc “{full_title(duty)}” với chỉ tiêu"
    )
    with changing(
        duty.plan,
        version=version,
        by=by,
        action="tie_duty",
        words=words,
        duty=duty.pk,
        target=target.pk if target else 0,
    ):
        duty.target = target
        duty.save(update_fields=["target"])


def remove_duty(duty: Duty, *, version: int, by: Actor) -> None:
    """The duty with everything said about it."""
    words = f"Bỏ việc “{full_title(duty)}” khỏi kế hoạch"
    with changing(duty.plan, version=version, by=by, action="remove_duty", words=words, duty=duty.pk):
        duty.delete()


def give_duty(duty: Duty, *, member: Member, version: int, by: Actor, despite: str = "") -> Assignment:
    """Put `member` on `duty` and keep it so. What speaks against it asks for a reason in `despite`."""
    despite = clean(despite)
    policies.check_reason(despite)
    words = f"Giao “{full_title(duty)}” cho đ/c {member.full_name}"
    with changing(
        duty.plan, version=version, by=by, action="give_duty", words=words, duty=duty.pk, member=member.pk
    ) as draft:
        return _put_on(draft, duty, member, despite=despite, by=by)


def _put_on(
    draft: Plan, duty: Duty, member: Member, *, despite: str, by: Actor, was_lead: bool = False
) -> Assignment:
    """Inside a change: judged as the draft stands at this moment. Being in charge goes on to who may be."""
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
        is_lead=was_lead and snapshot.people[str(member.pk)].facts.can_lead,
        is_locked=True,
        source=AssignmentSource.CHOSEN,
        fit=fit,
        terms=terms,
        despite=despite if judgement.warnings else "",
    )


def take_duty(assignment: Assignment, *, version: int, by: Actor) -> None:
    """Take the member off the duty."""
    duty = assignment.duty
    words = f"Thôi giao “{full_title(duty)}” cho đ/c {assignment.member.full_name}"
    with changing(
        duty.plan,
        version=version,
        by=by,
        action="take_duty",
        words=words,
        duty=duty.pk,
        member=assignment.member_id,
    ):
        assignment.delete()


def pass_duty(
    assignment: Assignment, *, member: Member, version: int, by: Actor, despite: str = ""
) -> Assignment:
    """Give the duty to another member instead, in one change."""
    duty, giver, despite = assignment.duty, assignment.member, clean(despite)
    policies.check_reason(despite)
    words = f"Chuyển “{full_title(duty)}” từ đ/c {giver.full_name} sang đ/c {member.full_name}"
    with changing(
        duty.plan, version=version, by=by, action="pass_duty", words=words, duty=duty.pk, member=member.pk
    ) as draft:
        was_lead = assignment.is_lead
        assignment.delete()
        return _put_on(draft, duty, member, despite=despite, by=by, was_lead=was_lead)


def swap_duties(
    first: Assignment, second: Assignment, *, version: int, by: Actor, despite: str = ""
) -> tuple[Assignment, Assignment]:
    """Two members exchange two duties in one change; both are judged, with the warnings of both."""
    despite = clean(despite)
    policies.check_reason(despite)
    policies.check_can_swap(first, second)
    one, other = first.duty, second.duty
    words = (
        f"Đổi việc: đ/c {first.member.full_name} nhận “{full_title(other)}”, "
        f"đ/c {second.member.full_name} nhận “{full_title(one)}”"
    )
    with changing(
        one.plan, version=version, by=by, action="swap_duties", words=words, duty=one.pk, other=other.pk
    ) as draft:
        first.delete()
        second.delete()
        return _exchange(draft, first, second, despite=despite, by=by)


def _exchange(
    draft: Plan, first: Assignment, second: Assignment, *, despite: str, by: Actor
) -> tuple[Assignment, Assignment]:
    """The second is judged beside the first, so one reason is asked for both."""
    made: list[Assignment] = []
    warnings: list[str] = []
    for left, member in ((second, first.member), (first, second.member)):
        try:
            made.append(_put_on(draft, left.duty, member, despite=despite, by=by, was_lead=left.is_lead))
        except policies.NeedsReason as needed:
            warnings += needed.warnings
            made.append(_put_on(draft, left.duty, member, despite=needed.warnings[0], by=by))
    if warnings:
        raise policies.NeedsReason(tuple(warnings))
    return made[0], made[1]


def keep_all(plan: Plan, *, version: int, by: Actor) -> int:
    """Accept the whole proposal: every assignment is kept when the plan is drafted again. How many were not yet."""
    with changing(
        plan, version=version, by=by, action="keep_all", words="Nhận cả bản gợi ý, giữ mọi phần việc"
    ) as draft:
        return Assignment.objects.filter(duty__plan=draft, is_locked=False).update(is_locked=True)


def lock_assignment(assignment: Assignment, *, locked: bool, version: int, by: Actor) -> None:
    """Keep the assignment when the plan is drafted again, or let the planner decide anew."""
    duty = assignment.duty
    words = f"{'Giữ' if locked else 'Thôi giữ'} đ/c {assignment.member.full_name} ở việc “{full_title(duty)}”"
    with changing(
        duty.plan,
        version=version,
        by=by,
        action="lock_assignment",
        words=words,
        duty=duty.pk,
        locked=locked,
    ):
        assignment.is_locked = locked
        assignment.save(update_fields=["is_locked"])


def exclude(duty: Duty, *, member: Member, reason: str, version: int, by: Actor) -> Exclusion:
    """ "Not this person for this duty": taken off if on it, and not proposed again."""
    reason = clean(reason)
    if not reason:
        raise Refused("Ghi lý do chi bộ không giao việc này cho đồng chí, để lần sau còn xem lại.")
    policies.check_reason(reason)
    _check_in_cell(duty.plan, member, by=by)
    words = f"Không giao “{full_title(duty)}” cho đ/c {member.full_name}"
    with changing(
        duty.plan, version=version, by=by, action="exclude", words=words, duty=duty.pk, member=member.pk
    ):
        Assignment.objects.filter(duty=duty, member=member).delete()
        exclusion, _ = Exclusion.objects.update_or_create(
            duty=duty, member=member, defaults={"reason": reason}
        )
    return exclusion


def include_again(exclusion: Exclusion, *, version: int, by: Actor) -> None:
    """Take an exclusion back."""
    duty = exclusion.duty
    words = f"Bỏ ý kiến không giao “{full_title(duty)}” cho đ/c {exclusion.member.full_name}"
    with changing(
        duty.plan,
        version=version,
        by=by,
        action="include_again",
        words=words,
        duty=duty.pk,
        member=exclusion.member_id,
    ):
        exclusion.delete()


def set_apart(plan: Plan, *, first: Member, second: Member, apart: bool, version: int, by: Actor) -> None:
    """Never put two members on one duty in this plan, or allow it again."""
    if first.pk == second.pk:
        raise Refused("Chọn hai đồng chí khác nhau.")
    if apart:
        _check_in_cell(plan, first, second, by=by)
    low, high = sorted((first.pk, second.pk))
    words = (
        f"{'Không xếp' if apart else 'Cho xếp'} đ/c {first.full_name} và đ/c {second.full_name} cùng một việc"
    )
    with changing(
        plan, version=version, by=by, action="set_apart", words=words, first=low, second=high, apart=apart
    ) as draft:
        if apart:
            Apartness.objects.get_or_create(plan=draft, first_id=low, second_id=high)
        else:
            Apartness.objects.filter(plan=draft, first_id=low, second_id=high).delete()


def _check_in_cell(plan: Plan, *members: Member, by: Actor) -> None:
    people = people_of([plan.cell_id], year=plan.year, today=by.today)[plan.cell_id]
    policies.check_in_cell([member.pk for member in members], people=[person.member.pk for person in people])
