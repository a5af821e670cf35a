"""Changes of an adopted plan: each is a decision with a day, a basis and a reason, linked to what it replaces."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.conflicts import check_not_oneself
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.planning import policies
from phancong.planning.actions.drafting import refresh_unmet
from phancong.planning.actions.editing import last_change, subject_of
from phancong.planning.enums import AssignmentSource, DutySource
from phancong.planning.models import Adjustment, Assignment, Duty, Plan
from phancong.planning.solving.judging import fit_and_terms, judge, limits_against
from phancong.planning.solving.reading import snapshot_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided what when: `basis` names the paper or the meeting, `despite` why limits were passed over."""

    decided_on: date
    basis: str
    reason: str
    despite: str = ""

    def cleaned(self) -> "Decision":
        return Decision(
            decided_on=self.decided_on,
            basis=clean(self.basis),
            reason=clean(self.reason),
            despite=clean(self.despite),
        )


def end_assignment(assignment: Assignment, *, decision: Decision, version: int, by: Actor) -> Adjustment:
    """The member no longer does the duty from the day of the decision on."""
    return _replace(assignment, None, decision=decision, version=version, by=by)


def hand_over(
    assignment: Assignment, *, to: Member, decision: Decision, version: int, by: Actor
) -> Adjustment:
    """Another member takes the duty over; the new assignment is linked to the old one."""
    return _replace(assignment, to, decision=decision, version=version, by=by)


def _replace(
    assignment: Assignment, successor: Member | None, *, decision: Decision, version: int, by: Actor
) -> Adjustment:
    check_not_oneself(by, member_id=assignment.member_id)
    with adjusting(assignment.duty.plan, decision, version=version, by=by, action="adjust_plan") as plan:
        held = Assignment.objects.select_for_update().get(pk=assignment.pk)
        if held.ended_on is not None:
            raise Refused("Việc này đã thôi giao từ trước. Tải lại trang để xem bản mới.")
        held.ended_on = max(decision.decided_on, held.begun_on or decision.decided_on)
        held.save(update_fields=["ended_on"])
        given = (
            _give(plan, assignment.duty, successor, decision, is_lead=assignment.is_lead, by=by)
            if successor
            else None
        )
        return _record(plan, decision, ended=held, given=given, by=by)


def give_more(duty: Duty, *, member: Member, decision: Decision, version: int, by: Actor) -> Adjustment:
    """One more member on a duty of the adopted plan, as where it was short of people."""
    with adjusting(duty.plan, decision, version=version, by=by, action="adjust_plan") as plan:
        given = _give(plan, duty, member, decision, is_lead=False, by=by)
        return _record(plan, decision, ended=None, given=given, by=by)


def give_after_adoption(
    plan: Plan,
    *,
    title: str,
    member: Member,
    due_on: date,
    basis: str,
    reason: str,
    is_substantive: bool,
    decided_on: date,
    by: Actor,
    **fields: Any,
) -> Assignment:
    """A new duty of the adopted plan for one member, as a meeting concluded. `fields` describe the duty further."""
    decision = Decision(decided_on=decided_on, basis=basis, reason=reason)
    policies.check_due_on(due_on, year=plan.year)
    policies.check_told(clean(title), what="việc gì")
    with adjusting(plan, decision, version=None, by=by, action="give_after_adoption") as held:
        others = list(held.duties.order_by("number"))
        duty = Duty(
            plan=held,
            number=others[-1].number + 1 if others else 1,
            title=clean(title),
            field=fields.pop("field", "") or _plain_field(others),
            monthly_hours=fields.pop("monthly_hours", 1),
            headcount_max=1,
            is_substantive=is_substantive,
            source=DutySource.MEETING,
            source_note=clean(basis),
            due_on=due_on,
            **fields,
        )
        policies.check_is_new(duty, others=others)
        duty.save()
        given = _give(held, duty, member, decision.cleaned(), is_lead=True, by=by, may_pass=True)
        _record(held, decision.cleaned(), ended=None, given=given, by=by)
    return given


def _plain_field(others: list[Duty]) -> str:
    """The group of work that most of the plan's duties belong to."""
    fields = [duty.field for duty in others]
    return max(sorted(set(fields)), key=fields.count) if fields else "party_building"


def keep_despite(assignment: Assignment, *, reason: str, by: Actor) -> None:
    """The member goes on although something now stands against it: what is known today is accepted, with the reason."""
    check_not_oneself(by, member_id=assignment.member_id)
    plan, told = assignment.duty.plan, clean(reason)
    policies.check_may_adjust(plan.cell, by=by)
    policies.check_told(told, what="lý do vẫn giữ đồng chí này làm việc ấy")
    with transaction.atomic():
        held = Plan.objects.select_for_update(of=("self",)).select_related("cell").get(pk=plan.pk)
        policies.check_is_adopted(held)
        snapshot = snapshot_for(held, today=by.today)
        known = limits_against(snapshot, member=assignment.member_id, duty_number=assignment.duty.number)
        assignment.accepted_limits = sorted({*assignment.accepted_limits, *known})
        assignment.save(update_fields=["accepted_limits"])
        log.record(
            by=by,
            action="keep_despite",
            subject=subject_of(held),
            place=held.cell.path,
            detail={"assignment": assignment.pk},
        )


@contextmanager
def adjusting(
    plan: Plan, decision: Decision, *, version: int | None, by: Actor, action: str
) -> Iterator[Plan]:
    """One change of an adopted plan. `version`: of the page that was looked at; None where only something is added."""
    policies.check_may_adjust(plan.cell, by=by)
    told = decision.cleaned()
    policies.check_told(told.reason, what="lý do điều chỉnh")
    policies.check_told(told.basis, what="căn cứ, ví dụ biên bản họp chi bộ số 04-BB/CB")
    policies.check_reason(told.despite)
    with transaction.atomic():
        held = Plan.objects.select_for_update(of=("self",)).select_related("cell").get(pk=plan.pk)
        policies.check_is_adopted(held)
        policies.check_decided_on(held, on=told.decided_on, today=by.today)
        if version is not None:
            policies.check_version(held, seen=version, change=last_change(held), by=by)
        yield held
        held.version += 1
        held.save(update_fields=["version"])
        refresh_unmet(held, by=by)
        log.record(
            by=by,
            action=action,
            subject=subject_of(held),
            place=held.cell.path,
            detail={"on": told.decided_on.isoformat(), "basis": told.basis},
        )
    plan.version = held.version


def _give(
    plan: Plan,
    duty: Duty,
    member: Member,
    decision: Decision,
    *,
    is_lead: bool,
    by: Actor,
    may_pass: bool = False,
) -> Assignment:
    """`may_pass`: what speaks against it was weighed by the meeting that gave the duty."""
    told = decision.cleaned()
    snapshot = snapshot_for(plan, today=by.today)
    judgement = judge(snapshot, member=member.pk, duty_number=duty.number)
    if judgement.barrier:
        raise Refused(judgement.barrier)
    if judgement.warnings and not (told.despite or may_pass):
        raise policies.NeedsReason(
            tuple(f"Đ/c {member.full_name} {warning}." for warning in judgement.warnings)
        )
    fit, terms = fit_and_terms(snapshot, member=member.pk, duty_number=duty.number)
    return Assignment.objects.create(
        duty=duty,
        member=member,
        is_lead=is_lead,
        source=AssignmentSource.ADJUSTED,
        fit=fit,
        terms=terms,
        despite=(told.despite or told.reason) if judgement.warnings else "",
        accepted_limits=list(limits_against(snapshot, member=member.pk, duty_number=duty.number)),
        begun_on=told.decided_on,
    )


def _record(
    plan: Plan, decision: Decision, *, ended: Assignment | None, given: Assignment | None, by: Actor
) -> Adjustment:
    told = decision.cleaned()
    return Adjustment.objects.create(
        plan=plan,
        number=plan.adjustments.count() + 1,
        decided_on=told.decided_on,
        basis=told.basis,
        reason=told.reason,
        ended=ended,
        given=given,
        recorded_at=by.now,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
    )
