"""Who could do a duty, and why somebody does: questions asked of the planner for a page."""

from dataclasses import dataclass

from phancong.access.actor import Actor
from phancong.members.models import Member
from phancong.planning.effects import hours_held, load_of
from phancong.planning.models import Assignment, Duty, Plan
from phancong.planning.packs import LoadWord
from phancong.planning.solving.explaining import (
    Choice,
    Why,
    other_choices,
    why,
    why_not_this,
    without_this_lock,
)
from phancong.planning.solving.judging import candidates, shown_reasons, without
from phancong.planning.solving.people import people_of
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.solving.snapshot import Snapshot, duty_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be given the duty, with what speaks for and against."""

    member: Member
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    tasks: int
    hours_before: int
    hours: int
    load: LoadWord


def candidates_for(actor: Actor, duty: Duty, *, instead_of: int | None = None) -> list[Candidate]:
    """The most suitable first; those with warnings last. `instead_of` is a member who would be taken off."""
    snapshot = snapshot_for(duty.plan, today=actor.today)
    if instead_of is not None:
        snapshot = without(snapshot, (str(instead_of), duty_id(duty.number)))
    return [
        _candidate(snapshot, duty, member, warnings, actor)
        for member, _fit, warnings in candidates(snapshot, duty_number=duty.number)
        if member != instead_of
    ]


def _candidate(
    snapshot: Snapshot, duty: Duty, member: int, warnings: tuple[str, ...], actor: Actor
) -> Candidate:
    """`hours` and `load` are those after the duty is given."""
    person = snapshot.people[str(member)]
    before = hours_held(snapshot, member)
    hours = before + duty.monthly_hours
    return Candidate(
        member=person.member,
        reasons=shown_reasons(snapshot, member=member, duty_number=duty.number),
        warnings=warnings,
        tasks=sum(1 for who, _ in snapshot.held if who == str(member)),
        hours_before=before,
        hours=hours,
        load=load_of(snapshot, person, hours, today=actor.today),
    )


def person_in(actor: Actor, plan: Plan, member_id: int) -> Member | None:
    """A member who takes part in the plan's cell."""
    return next((member for member in people_in(actor, plan) if member.pk == member_id), None)


def people_in(actor: Actor, plan: Plan) -> list[Member]:
    """Everybody who takes part in the plan's cell, in the order of names."""
    people = people_of([plan.cell_id], year=plan.year, today=actor.today)[plan.cell_id]
    return [person.member for person in people]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why this member; and, where asked, other choices, why not another, what releasing it would change."""

    why: Why
    choices: tuple[Choice, ...] | None
    why_not: tuple[str, Choice | None] | None
    released: Choice | None


def explain(
    actor: Actor, assignment: Assignment, *, with_choices: bool, other: int, with_release: bool
) -> Explanation:
    """The costly questions are asked of the planner only when wanted."""
    duty = assignment.duty
    current = snapshot_for(duty.plan, today=actor.today, keep_current=True)
    number, member = duty.number, assignment.member_id
    others = sum(1 for who, _ in current.held if who == str(member)) - 1
    ask_other = str(other) in current.people and other not in {
        int(who) for who, which in current.held if current.duties[which].number == number
    }
    return Explanation(
        why=why(current, member=member, duty_number=number, others=others),
        choices=other_choices(current, member=member, duty_number=number) if with_choices else None,
        why_not=why_not_this(current, member=other, duty_number=number) if ask_other else None,
        released=without_this_lock(current, member=member, duty_number=number) if with_release else None,
    )
