"""CP-SAT of OR-Tools, tuned for cells: one worker, full linearisation, little presolve.

The proto is filled straight from the arrays of the form; the usual Python layer would cost five times as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ortools.sat.python import cp_model_helper

from planner.backends import Answer
from planner.form import Form

LARGEST_OBJECTIVE = 1 << 62
PATIENCE = 0.0005
"""Nearly every cell is proved in that; cells of like members doing like work would need a thousand times as much."""

_SETTINGS = (
    "num_workers:1 linearization_level:2 cp_model_probing_level:0 symmetry_level:0 max_presolve_iterations:1 "
    "add_lp_constraints_lazily:false use_feasibility_jump:false add_cg_cuts:false "
    "cp_model_presolve:{presolve} max_deterministic_time:{limit_work:f} random_seed:{seed:d}"
)
_SMALL = 400
"""Columns up to which presolve costs more than it saves (a cell of about 20 members)."""


def minimise(form: Form, objective: Mapping[int, int], *, limit_work: float, seed: int) -> Answer:
    """The least value of `objective` over `form`; work is CP-SAT's deterministic time (about seconds)."""
    presolve = "false" if len(form.lower) <= _SMALL else "true"
    parameters = cp_model_helper.SatParameters()
    parameters.parse_text_format(_SETTINGS.format(presolve=presolve, limit_work=limit_work, seed=seed))
    solver: Any = cp_model_helper.SolveWrapper()
    solver.set_parameters(parameters)
    response = solver.solve(_proto(form, objective))
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
