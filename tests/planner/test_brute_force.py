"""Every plan of a tiny problem is tried with the judges alone; both back ends must find the best one."""

import random
from collections.abc import Iterator
from itertools import combinations

import pytest

from planner.problem import Pair, Problem
from planner.result import Level
from planner.score import evaluate
from planner.solve import solve
from planner.verify import broken_rules
from tests.planner.builders import tiny

Values = dict[Level, int]


def allowed_plans(problem: Problem) -> Iterator[frozenset[Pair]]:
    """Every set of pairs that keeps the locks and breaks nothing that the locks do not break."""
    excused = set(broken_rules(problem, problem.locks))
    every = [(member.id, duty.id) for member in problem.members for duty in problem.duties]
    open_pairs = [
        pair
        for pair in every
        if pair not in problem.locks and excused.issuperset(broken_rules(problem, problem.locks | {pair}))
    ]
    for size in range(len(open_pairs) + 1):
        for chosen in combinations(open_pairs, size):
            pairs = problem.locks | set(chosen)
            if size < 2 or excused.issuperset(broken_rules(problem, pairs)):
                yield pairs


def best_values(problem: Problem) -> Values:
    """The best values, level by level, as the rule says and with nothing of the model."""
    weights, replanning = problem.weights, problem.current is not None
    values = [dict(evaluate(problem, pairs)) for pairs in allowed_plans(problem)]
    values = best_by(values, Level.NEED)
    percent = weights.change_allowance if replanning else weights.fit_allowance
    allowance = percent * sum(duty.headcount_min for duty in problem.duties)
    values = best_by(values, Level.FIT, allowance)
    later = (
        [Level.CONTINUITY, Level.FIT, Level.LOAD] if replanning else [Level.LOAD, Level.FIT, Level.CONTINUITY]
    )
    for level in later:
        values = best_by(values, level)
    return values[0]


def best_by(values: list[Values], level: Level, allowance: int = 0) -> list[Values]:
    """Those that are best on `level`, or worse by at most `allowance`."""
    limit = min(one[level] for one in values) + allowance
    return [one for one in values if one[level] <= limit]


@pytest.mark.parametrize("batch", range(20))
def test_every_level_is_the_best_of_all_plans(batch: int) -> None:
    for number in range(75):
        problem = tiny(random.Random(f"{batch}/{number}"))
        plan = solve(problem, backend="cpsat", relax=False, alone=True)
        assert {one.level: one.value for one in plan.levels} == best_values(problem), problem
        assert plan.proved


@pytest.mark.parametrize("batch", range(20))
def test_both_back_ends_give_the_same_plan(batch: int) -> None:
    for number in range(75):
        problem = tiny(random.Random(f"{batch}/{number}"))
        one, other = (solve(problem, backend=name, relax=False, alone=True) for name in ("cpsat", "highs"))
        assert one.pairs == other.pairs, problem
        assert one.levels == other.levels
