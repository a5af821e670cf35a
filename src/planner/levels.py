"""The order in which levels are settled, and how several are settled by one weighted objective."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.form import Form
from planner.problem import Problem
from planner.result import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Settle `level`; what comes after may make it worse by up to `allowance`."""

    level: Level
    allowance: int = 0


def order_of_levels(problem: Problem) -> tuple[Step, ...]:
    """The levels of `problem` in the order in which they are settled.

    A new plan: need, fit, load, continuity. A present draft planned again: changes come before load.
    Where some fit may be given up, fit is settled twice: to know the best, and to lose no more than was gained by.
    """
    weights = problem.weights
    replanning = problem.current is not None
    later = (Level.CONTINUITY, Level.LOAD) if replanning else (Level.LOAD, Level.CONTINUITY)
    points = weights.change_allowance if replanning else weights.fit_allowance
    allowance = points * sum(duty.headcount_min for duty in problem.duties)
    steps = [Step(level=Level.NEED), Step(level=Level.FIT, allowance=allowance), Step(level=later[0])]
    if allowance:
        steps.append(Step(level=Level.FIT))
    return (*steps, Step(level=later[1]), Step(level=Level.TIE))


def groups_of_steps(
    steps: Sequence[Step], spans: Mapping[Level, int], largest: int, *, lot_apart: bool = False
) -> tuple[tuple[Step, ...], ...]:
    """Put steps together while one weighted objective of them stays under `largest`.

    A step with an allowance ends its group: its best value must be known before it may be given up. With
    `lot_apart` the lot (the tie-break) has a group of its own.
    """
    groups: list[list[Step]] = []
    product = largest
    for step in steps:
        product *= spans[step.level] + 1
        apart = lot_apart and step.level is Level.TIE
        if product >= largest or apart or groups[-1][-1].allowance:
            groups.append([])
            product = spans[step.level] + 1
        groups[-1].append(step)
    return tuple(tuple(group) for group in groups)


def weighted_objective(form: Form, levels: Sequence[Level]) -> dict[int, int]:
    """One cost vector that puts each level strictly before the next: its weight exceeds all that follows."""
    objective: dict[int, int] = {}
    for level, weight in zip(levels, weights_of(form, levels), strict=True):
        for column, cost in form.costs[level].items():
            objective[column] = objective.get(column, 0) + weight * cost
    return {column: cost for column, cost in objective.items() if cost}


def weights_of(form: Form, levels: Sequence[Level]) -> list[int]:
    """The weight of each of `levels`: the product of (span + 1) of all that follow."""
    weights = [1]
    for level in reversed(levels[1:]):
        weights.append(weights[-1] * (form.spans[level] + 1))
    return weights[::-1]


def bounds_of(form: Form, levels: Sequence[Level], values: Sequence[int], bound: int) -> list[int]:
    """Lower bounds of each level from the `bound` of their weighted objective.

    A level that reaches its bound passes what remains of `bound` on to the next; after the first that does
    not, only the counting bound is known. `bound` leaves out the constants of the levels, the rest has them.
    """
    bounds = []
    certain = True
    weights = weights_of(form, levels)
    for position, (level, value, weight) in enumerate(zip(levels, values, weights, strict=True)):
        constant, least = form.constants[level], form.least[level]
        if certain:
            pairs = zip(levels[position + 1 :], weights[position + 1 :], strict=True)
            rest = sum(
                lower_weight * (form.least[lower] + form.spans[lower]) for lower, lower_weight in pairs
            )
            least = min(value - constant, max(least, -((rest - bound) // weight)))
            certain = least == value - constant
            bound -= weight * least
        bounds.append(least + constant)
    return bounds
