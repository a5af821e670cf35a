"""Adopting a plan and adjusting it, together with the register: what is given is followed from that day on."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db import transaction

from phancong.access.actor import Actor
from phancong.followups.actions import directing
from phancong.followups.actions.writing import hold, write
from phancong.followups.enums import EntryKind
from phancong.followups.models import Progress
from phancong.members.models import Member
from phancong.planning import actions as planning
from phancong.planning.actions import Decision
from phancong.planning.models import Adjustment, Adoption, Assignment, Duty, Plan


def adopt(plan: Plan, *, version: int, adopted_on: date, basis: str, by: Actor) -> Adoption:
    """The cell adopts its plan; every assignment in it is followed from that day on."""
    with transaction.atomic():
        adoption = planning.adopt_plan(plan, version=version, adopted_on=adopted_on, basis=basis, by=by)
        _follow(Assignment.objects.filter(duty__plan=plan).select_related("duty__plan"))
    return adoption


def end(assignment: Assignment, *, decision: Decision, version: int, by: Actor) -> Adjustment:
    """The member no longer does the duty."""
    with transaction.atomic():
        done = planning.end_assignment(assignment, decision=decision, version=version, by=by)
        _close(assignment, done, by=by)
    return done


def hand_over(
    assignment: Assignment, *, to: Member, decision: Decision, version: int, by: Actor
) -> Adjustment:
    """Another member takes the duty over, with the day that holds now."""
    with transaction.atomic():
        due_on = hold(assignment).standing.due_on
        done = planning.hand_over(assignment, to=to, decision=decision, version=version, by=by)
        _close(assignment, done, by=by)
        _follow_given(done, due_on=due_on)
    return done


def give_more(duty: Duty, *, member: Member, decision: Decision, version: int, by: Actor) -> Adjustment:
    """One more member on a duty of the adopted plan."""
    with transaction.atomic():
        done = planning.give_more(duty, member=member, decision=decision, version=version, by=by)
        _follow_given(done, due_on=None)
    return done


def keep_despite(assignment: Assignment, *, reason: str, by: Actor) -> None:
    """The member goes on with it; the reason stands in the register."""
    with transaction.atomic():
        planning.keep_despite(assignment, reason=reason, by=by)
        directing.note(assignment, by=by, text=reason)


def conclude(plan: Plan, **wanted: Any) -> Assignment:
    """A new duty that a meeting gave; see `planning.actions.give_after_adoption`."""
    with transaction.atomic():
        given = planning.give_after_adoption(plan, **wanted)
        _follow([given])
    return given


def _close(assignment: Assignment, done: Adjustment, *, by: Actor) -> None:
    write(
        assignment,
        EntryKind.END,
        by=by,
        checks=(),
        on=done.decided_on,
        text=done.reason,
        basis=done.basis,
    )


def _follow_given(done: Adjustment, *, due_on: date | None) -> None:
    _follow([one for one in (done.given,) if one], due_on=due_on)


def _follow(assignments: Iterable[Assignment], *, due_on: date | None = None) -> None:
    Progress.objects.bulk_create(_progress(one, due_on or one.duty.due_on) for one in assignments)


def _progress(assignment: Assignment, due_on: date) -> Progress:
    plan, begun_on = assignment.duty.plan, cast("date", assignment.begun_on)
    return Progress(
        assignment=assignment,
        cell_id=plan.cell_id,
        member_id=assignment.member_id,
        year=plan.year,
        first_due_on=due_on,
        due_on=due_on,
        begun_on=begun_on,
        news_on=begun_on,
    )
