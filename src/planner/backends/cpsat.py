"""CP-SAT of OR-Tools, tuned for cells: one worker, full linearisation, no presolve.

The proto is filled straight from the arrays of the form; the usual Python layer would cost five times as much.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ortools.sat.python import cp_model_helper

from planner.backends import Answer
from planner.form import Form

LARGEST_OBJECTIVE = 1 << 62
PATIENCE = 0.00015
"""Nearly every cell is proved in that by a search led by the linear relaxation. The rest needs another search."""

_SETTINGS = (
    "num_workers:1 linearization_level:2 cp_model_presolve:false symmetry_level:0 "
    "add_lp_constraints_lazily:false use_feasibility_jump:false add_cg_cuts:false search_branching:{search} "
    "max_deterministic_time:{limit_work:f} random_seed:{seed:d}"
)


def minimise(form: Form, objective: Mapping[int, int], *, limit_work: float, seed: int) -> Answer:
    """The least value of `objective` over `form`; work is CP-SAT's deterministic time (about seconds)."""
    soon = min(limit_work, PATIENCE * len(form.lower))
    proto = _proto(form, objective)
    first = _search(proto, "LP_SEARCH", limit_work=soon, seed=seed)
    if first.proved or soon == limit_work:
        return first
    second = _search(proto, "AUTOMATIC_SEARCH", limit_work=limit_work, seed=seed)

    def worth(answer: Answer) -> float:
        values = answer.values
        return math.inf if values is None else sum(cost * values[one] for one, cost in objective.items())

    return Answer(
        values=min(second, first, key=worth).values,
        bound=max(first.bound, second.bound),
        proved=second.proved,
        work=first.work + second.work,
    )


def _search(proto: Any, search: str, *, limit_work: float, seed: int) -> Answer:
    parameters = cp_model_helper.SatParameters()
    parameters.parse_text_format(_SETTINGS.format(search=search, limit_work=limit_work, seed=seed))
    solver: Any = cp_model_helper.SolveWrapper()
    solver.set_parameters(parameters)
    response = solver.solve(proto)
    status = response.status
    found = status in (cp_model_helper.OPTIMAL, cp_model_helper.FEASIBLE)
    # Half a point of tolerance: the bound is a whole number carried in a double.
    bound = round(response.best_objective_bound) if found else -LARGEST_OBJECTIVE
    return Answer(
        values=list(response.solution) if found else None,
        bound=bound,
        proved=status == cp_model_helper.OPTIMAL,
        work=response.deterministic_time,
    )


def _proto(form: Form, objective: Mapping[int, int]) -> Any:
    proto = cp_model_helper.CpModelProto()
    variables, constraints = proto.variables, proto.constraints
    for bounds in zip(form.lower, form.upper, strict=True):
        variables.add().domain.extend(bounds)
    starts = form.starts
    for row, bounds in enumerate(zip(form.row_lower, form.row_upper, strict=True)):
        linear = constraints.add().linear
        linear.vars.extend(form.indices[starts[row] : starts[row + 1]])
        linear.coeffs.extend(form.values[starts[row] : starts[row + 1]])
        linear.domain.extend(bounds)
    proto.objective.vars.extend(list(objective))
    proto.objective.coeffs.extend(list(objective.values()))
    return proto
