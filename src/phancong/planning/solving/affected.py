"""Adopted work that later changes of people stand against, and who could take it over: the rest stays as it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from phancong.members.models import Member
from phancong.planning.models import Assignment, Plan
from phancong.planning.solving.answer import answer_of
from phancong.planning.solving.judging import limits_against, shown_reasons, told_limits
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.solving.snapshot import Snapshot, duty_id
from planner.problem import Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """An assignment that no longer suits. `limits` are the codes of what came later; empty when the member is away.

    `successor` is whom the planner proposes when everything else stays, `reasons` what speaks for them.
    """

    assignment: Assignment
    why: str
    limits: tuple[str, ...]
    successor: Member | None
    reasons: tuple[str, ...]


def count_affected(plan: Plan, *, today: date, among: Collection[int]) -> int:
    """How many there are, without asking who could take them over."""
    snapshot = snapshot_for(plan, today=today, keep_current=True)
    return sum(bool(_against(snapshot, row)) for row in _rows(plan, among))


def affected_in(plan: Plan, *, today: date, among: Collection[int] | None = None) -> tuple[Affected, ...]:
    """What no longer suits in an adopted plan, with a proposal for each. `among`: only these assignments count."""
    snapshot = snapshot_for(plan, today=today, keep_current=True)
    found = [(row, *told) for row in _rows(plan, among) if (told := _against(snapshot, row))]
    if not found:
        return ()
    successors = _successors(snapshot, [row for row, _, _ in found])
    return tuple(_affected(snapshot, row, why, limits, successors) for row, why, limits in found)


def _rows(plan: Plan, among: Collection[int] | None) -> list[Assignment]:
    rows = (
        Assignment.objects.standing()
        .filter(duty__plan=plan)
        .select_related("duty__area", "duty__plan__cell", "member")
        .order_by("duty__number", "id")
    )
    return [row for row in rows if among is None or row.pk in among]


def _against(snapshot: Snapshot, row: Assignment) -> tuple[str, tuple[str, ...]] | None:
    """Why the member can no longer do it, and the limits that are new; None when nothing changed."""
    person = snapshot.people.get(str(row.member_id))
    name = row.member.full_name
    if person is None:
        return f"Đ/c {name} không còn sinh hoạt ở chi bộ.", ()
    if person.absence:
        return f"Đ/c {name} {person.absence}.", ()
    known = set(row.accepted_limits)
    new = tuple(
        code
        for code in limits_against(snapshot, member=row.member_id, duty_number=row.duty.number)
        if code not in known and not (code == "lead" and not row.is_lead)
    )
    return (f"Đ/c {name} nay {', '.join(told_limits(new))}.", new) if new else None


def _successors(snapshot: Snapshot, rows: Iterable[Assignment]) -> dict[str, list[str]]:
    """Members whom the planner puts on the duties of `rows` when these are taken off and all else is kept."""
    gone: frozenset[Pair] = frozenset((str(row.member_id), duty_id(row.duty.number)) for row in rows)
    kept = snapshot.held - gone
    forbidden = (snapshot.problem.forbidden | {pair for pair in gone if pair[0] in snapshot.people}) - kept
    problem = replace(snapshot.problem, locks=kept, current=kept, forbidden=forbidden)
    answer = answer_of(replace(snapshot, problem=problem, held=kept))
    found: dict[str, list[str]] = {}
    for member, duty in sorted(answer.pairs):
        if (str(member), duty) not in kept:
            found.setdefault(duty, []).append(str(member))
    return found


def _affected(
    snapshot: Snapshot, row: Assignment, why: str, limits: tuple[str, ...], successors: dict[str, list[str]]
) -> Affected:
    waiting = successors.get(duty_id(row.duty.number), [])
    chosen = snapshot.people[waiting.pop(0)].member if waiting else None
    return Affected(
        assignment=row,
        why=why,
        limits=limits,
        successor=chosen,
        reasons=shown_reasons(snapshot, member=chosen.pk, duty_number=row.duty.number) if chosen else (),
    )
