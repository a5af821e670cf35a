"""One member's part of a draft: what they have, and what could be given, passed on or exchanged."""

from dataclasses import dataclass

from phancong.access.actor import Actor
from phancong.planning.board import Board, Row
from phancong.planning.effects import hours_held, load_of
from phancong.planning.models import Assignment, Duty, Plan
from phancong.planning.packs import LoadWord
from phancong.planning.solving.judging import fit_between, judge, shown_reasons, without
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.solving.snapshot import Snapshot, duty_id, full_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """A row of the board with its place among the others."""

    row: Row
    number: int
    total: int
    previous: Row | None
    following: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A duty that could be given to the member, with what speaks for and against."""

    duty: Duty
    title: str
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    missing: int
    hours: int
    load: LoadWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A duty of another member that could be had for one's own, and how much better both would fit."""

    assignment: Assignment
    title: str
    warnings: tuple[str, ...]
    gain: int

    @property
    def words(self) -> str:
        if not self.gain:
            return "hai bên hợp như cũ"
        return f"hai bên {'hợp hơn' if self.gain > 0 else 'kém hợp hơn'} {abs(self.gain)} điểm"


def neighbours_of(board: Board, member: int) -> Neighbours | None:
    """The row of the member with the rows beside it; None when they are not on the board."""
    place = next((n for n, row in enumerate(board.rows) if row.person.member.pk == member), None)
    if place is None:
        return None
    return Neighbours(
        row=board.rows[place],
        number=place + 1,
        total=len(board.rows),
        previous=board.rows[place - 1] if place else None,
        following=board.rows[place + 1] if place + 1 < len(board.rows) else None,
    )


def offers_for(actor: Actor, plan: Plan, member: int) -> list[Offer]:
    """Duties that can be given to the member: those that suit first, and of these the ones short of people."""
    snapshot = snapshot_for(plan, today=actor.today)
    found = []
    for duty in snapshot.duties.values():
        judgement = judge(snapshot, member=member, duty_number=duty.number)
        if not judgement.barrier:
            fit = fit_between(snapshot, member=member, duty_number=duty.number)
            found.append((fit, _offer(snapshot, duty, member, judgement.warnings, actor)))
    found.sort(key=lambda one: (bool(one[1].warnings), not one[1].missing, -one[0], one[1].duty.number))
    return [offer for _, offer in found]


def _offer(snapshot: Snapshot, duty: Duty, member: int, warnings: tuple[str, ...], actor: Actor) -> Offer:
    number = duty_id(duty.number)
    hours = hours_held(snapshot, member) + duty.monthly_hours
    taken = sum(1 for _, which in snapshot.held if which == number)
    return Offer(
        duty=duty,
        title=full_title(duty),
        reasons=shown_reasons(snapshot, member=member, duty_number=duty.number),
        warnings=warnings,
        missing=max(duty.headcount_min - taken, 0),
        hours=hours,
        load=load_of(snapshot, snapshot.people[str(member)], hours, today=actor.today),
    )


def exchanges_for(actor: Actor, assignment: Assignment) -> list[Exchange]:
    """What others hold that could be had for this: without warnings first, then by what both gain."""
    plan = assignment.duty.plan
    snapshot = snapshot_for(plan, today=actor.today)
    rows = Assignment.objects.standing().filter(duty__plan=plan).exclude(member=assignment.member_id)
    found = []
    for other in rows.exclude(duty=assignment.duty_id).select_related("duty__area", "member").order_by("id"):
        exchange = _exchange(snapshot, assignment, other)
        if exchange is not None:
            found.append(exchange)
    return sorted(found, key=lambda one: (bool(one.warnings), -one.gain, one.assignment.pk))


def _exchange(snapshot: Snapshot, own: Assignment, other: Assignment) -> Exchange | None:
    pairs = ((own.member_id, own.duty.number), (other.member_id, other.duty.number))
    if any(str(member) not in snapshot.people for member, _ in pairs):
        return None
    rest = without(snapshot, *((str(member), duty_id(number)) for member, number in pairs))
    crossed = ((own, other.duty.number), (other, own.duty.number))
    judged = [(one, judge(rest, member=one.member_id, duty_number=number)) for one, number in crossed]
    if any(judgement.barrier for _, judgement in judged):
        return None
    now = sum(fit_between(rest, member=one.member_id, duty_number=number) for one, number in crossed)
    was = sum(fit_between(rest, member=member, duty_number=number) for member, number in pairs)
    return Exchange(
        assignment=other,
        title=full_title(other.duty),
        warnings=tuple(
            f"đ/c {one.member.full_name} {warning}"
            for one, judgement in judged
            for warning in judgement.warnings
        ),
        gain=now - was,
    )
