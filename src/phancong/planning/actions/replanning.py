"""Solving a draft again with as few changes as possible, and saying what moved."""

from dataclasses import dataclass

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.planning import policies
from phancong.planning.actions.drafting import store_one
from phancong.planning.actions.editing import lock_draft, subject_of
from phancong.planning.models import Plan
from phancong.planning.solving.answer import Answer, answer_of
from phancong.planning.solving.explaining import tell_move
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.solving.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """What moved, each with the reason, in sentences."""

    moves: tuple[str, ...]
    unmet: int
    is_proved: bool


def solve_again(plan: Plan, *, version: int, by: Actor, anew: bool = False) -> Replanned:
    """The best plan near the draft as it stands: people move only where something is gained.

    With `anew` the best one wherever it lies; what people keep stays in both.
    """
    policies.check_may_change(plan.cell, by=by)
    snapshot = snapshot_for(plan, today=by.today, keep_current=not anew)
    answer = answer_of(snapshot)
    with transaction.atomic():
        draft = lock_draft(plan, version=version, by=by)
        snapshot.plan.version = draft.version
        words = "Gợi ý lại từ đầu" if anew else "Gợi ý lại, đổi ít nhất"
        store_one(snapshot, answer, by=by, words=words)
        log.record(
            by=by,
            action="solve_again",
            subject=subject_of(plan),
            place=plan.cell.path,
            detail={"changes": len(snapshot.held ^ _pairs(answer)), "unmet": len(answer.open)},
        )
    return Replanned(
        moves=tuple(_moves(snapshot, answer)), unmet=len(answer.open), is_proved=answer.is_proved
    )


def _pairs(answer: Answer) -> frozenset[tuple[str, str]]:
    return frozenset((str(member), duty) for member, duty in answer.pairs)


def _moves(snapshot: Snapshot, answer: Answer) -> list[str]:
    after = _pairs(answer)
    return [
        *(tell_move(snapshot, pair, comes=True) for pair in sorted(after - snapshot.held)),
        *(tell_move(snapshot, pair, comes=False) for pair in sorted(snapshot.held - after)),
    ]
