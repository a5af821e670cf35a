"""What if: a pair left out, a pair forced, a lock released. Each is asked of the solver, so its cost is exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.eligibility import rules_against
from planner.problem import Pair, Problem
from planner.result import Level, Plan, Rule
from planner.score import evaluate
from planner.solve import solve


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The best other plan: which pairs come, which go, and what it costs on each level (more is worse)."""

    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]
    costs: tuple[tuple[Level, int], ...]
    proved: bool

    @property
    def is_as_good(self) -> bool:
        """Whether the other plan is no worse on any level."""
        return all(cost <= 0 for _, cost in self.costs)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a member does not do a duty: the rules against it, or else what it would cost to force it."""

    pair: Pair
    rules: tuple[Rule, ...]
    forced: Alternative | None


def best_alternatives(
    problem: Problem,
    plan: Plan,
    pair: Pair,
    *,
    count: int = 3,
    backend: str = "cpsat",
    limit_work: float = 20.0,
) -> tuple[Alternative, ...]:
    """The best plans in which `pair` is not used, each with other people on that duty than those before it.

    Ends early when nobody else is left to try. Raises `ValueError` when `pair` is not in `plan`.
    """
    if pair not in plan.pairs:
        raise ValueError(f"Phương án không có cặp {pair}.")
    found: list[Alternative] = []
    forbidden = {pair}
    while len(found) < count:
        changed = replace(
            problem, locks=problem.locks - forbidden, forbidden=problem.forbidden | frozenset(forbidden)
        )
        found.append(_compare(problem, plan, changed, backend, limit_work))
        substitutes = {new for new in found[-1].added if new[1] == pair[1]}
        if not substitutes:
            break
        forbidden |= substitutes
    return tuple(found)


def why_not(
    problem: Problem, plan: Plan, pair: Pair, *, backend: str = "cpsat", limit_work: float = 20.0
) -> WhyNot:
    """Why `pair` is not in `plan`. Raises `ValueError` when it is."""
    if pair in plan.pairs:
        raise ValueError(f"Phương án đã có cặp {pair}.")
    member = next(one for one in problem.members if one.id == pair[0])
    duty = next(one for one in problem.duties if one.id == pair[1])
    category = next(one for one in problem.categories if one.code == member.category)
    rules = rules_against(member, duty, category, problem.forbidden)
    if rules:
        return WhyNot(pair=pair, rules=rules, forced=None)
    changed = replace(problem, locks=problem.locks | {pair})
    return WhyNot(pair=pair, rules=(), forced=_compare(problem, plan, changed, backend, limit_work))


def without_lock(
    problem: Problem, plan: Plan, lock: Pair, *, backend: str = "cpsat", limit_work: float = 20.0
) -> Alternative:
    """What changes when `lock` is released. Raises `ValueError` when it is not locked."""
    if lock not in problem.locks:
        raise ValueError(f"Cặp {lock} không bị khóa.")
    return _compare(problem, plan, replace(problem, locks=problem.locks - {lock}), backend, limit_work)


def _compare(problem: Problem, plan: Plan, changed: Problem, backend: str, limit_work: float) -> Alternative:
    other = solve(changed, backend=backend, limit_work=limit_work, relax=False)
    before: Mapping[Level, int] = evaluate(problem, plan.pairs)
    after: Mapping[Level, int] = evaluate(problem, other.pairs)
    return Alternative(
        added=tuple(sorted(other.pairs - plan.pairs)),
        removed=tuple(sorted(plan.pairs - other.pairs)),
        costs=tuple((level, after[level] - before[level]) for level in before),
        proved=other.proved and plan.proved,
    )
