"""Solving a snapshot: the planner's answer as values ready to be stored and read."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phancong.planning.enums import BUSY
from phancong.planning.solving.snapshot import Snapshot
from phancong.planning.solving.wording import tell_conflict, tell_relaxation, tell_unmet
from planner.fit import fit_terms
from planner.funnel import with_funnels
from planner.problem import Problem
from planner.result import Plan as Solution
from planner.result import Relaxation, Rule, Unmet
from planner.score import unmet_needs
from planner.solve import solve
from planner.verify import broken_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One member on one duty, with the points of each reason."""

    member: int
    duty: str
    fit: int
    terms: Mapping[str, int]
    lead: bool
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A need that stays unmet, in words."""

    member: int | None
    duty: str | None
    rule: str
    missing: int
    sentence: str
    relaxation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A checked plan."""

    given: tuple[Given, ...]
    open: tuple[Open, ...]
    levels: Mapping[str, int]
    is_proved: bool
    seconds: float

    @property
    def pairs(self) -> frozenset[tuple[int, str]]:
        return frozenset((one.member, one.duty) for one in self.given)


def answer_of(snapshot: Snapshot) -> Answer:
    """The best plan for `snapshot`, with sentences for what cannot be had."""
    start = time.perf_counter()
    solution = solve(snapshot.problem, limit_work=snapshot.limit_work)
    return Answer(
        given=_given(snapshot.problem, solution),
        open=tuple(_open(snapshot, one, solution.relaxations) for one in solution.unmet),
        levels={one.level.value: one.value for one in solution.levels},
        is_proved=solution.proved,
        seconds=time.perf_counter() - start,
    )


def open_needs(snapshot: Snapshot) -> tuple[Open, ...]:
    """What the draft as it stands leaves open, without asking how to help."""
    unmet = with_funnels(snapshot.problem, snapshot.held, unmet_needs(snapshot.problem, snapshot.held))
    return tuple(_open(snapshot, one, ()) for one in unmet)


def broken_limits(snapshot: Snapshot) -> tuple[str, ...]:
    """What the draft as it stands asks beyond the limits: given all the same, or limits that came later."""
    broken = broken_rules(snapshot.problem, snapshot.held)
    return tuple(tell_conflict(one, snapshot.names) for one in broken)


def _given(problem: Problem, solution: Solution) -> tuple[Given, ...]:
    members = {member.id: member for member in problem.members}
    duties = {duty.id: duty for duty in problem.duties}
    return tuple(
        Given(
            member=int(one.member),
            duty=one.duty,
            fit=one.fit,
            terms={
                points.term.value: points.points
                for points in fit_terms(members[one.member], duties[one.duty], problem.weights)
            },
            lead=one.lead,
            locked=one.locked,
        )
        for one in solution.assignments
    )


def _open(snapshot: Snapshot, unmet: Unmet, relaxations: Sequence[Relaxation]) -> Open:
    """The relaxations that name the same place belong to the need; without any, all do, as they only help together."""
    own = [
        one
        for one in relaxations
        if (unmet.duty and one.duty == unmet.duty) or (unmet.member and one.member == unmet.member)
    ]
    return Open(
        member=int(unmet.member) if unmet.member else None,
        duty=unmet.duty,
        rule=blocking_rule(unmet),
        missing=unmet.missing,
        sentence=tell_unmet(snapshot.problem, unmet, snapshot.names),
        relaxation=" ".join(tell_relaxation(one, snapshot.names) for one in own or relaxations),
    )


def blocking_rule(unmet: Unmet) -> str:
    """The rule that stands in the way: the one that took the last candidates, or that all are needed elsewhere."""
    if unmet.rule in (Rule.GROUP, Rule.LEAD):
        return unmet.rule.value
    last = next((step for step in unmet.funnel if not step.left), None)
    return last.rule.value if last else BUSY
