"""The yardstick "plain": the same levels in one CP-SAT model written the usual way, default settings."""

from __future__ import annotations

from ortools.sat.python import cp_model

from planner.model import build_form
from planner.problem import Pair, Problem
from planner.result import Level

SECONDS_A_LEVEL = 1.0
LEVELS = (Level.NEED, Level.FIT, Level.LOAD, Level.CONTINUITY)


def plain_plan(problem: Problem) -> tuple[frozenset[Pair], bool]:
    """The pairs found and whether every level was proved."""
    form = build_form(problem)
    model = cp_model.CpModel()
    columns = [model.new_int_var(*bounds, "") for bounds in zip(form.lower, form.upper, strict=True)]
    for row in range(len(form.row_lower)):
        entries = range(form.starts[row], form.starts[row + 1])
        total = sum(form.values[entry] * columns[form.indices[entry]] for entry in entries)
        model.add_linear_constraint(total, form.row_lower[row], form.row_upper[row])
    pairs: frozenset[Pair] = frozenset()
    proved = True
    for level in LEVELS:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = SECONDS_A_LEVEL
        goal = sum(cost * columns[column] for column, cost in form.costs[level].items())
        model.minimize(goal)
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return pairs, False
        proved = proved and status == cp_model.OPTIMAL
        pairs = frozenset(
            pair for pair, column in zip(form.pairs, columns, strict=False) if solver.value(column)
        )
        model.add(goal <= round(solver.objective_value))
    return pairs, proved
