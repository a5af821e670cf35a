"""HiGHS: branch and cut on the same form. Columns that follow from the others are continuous.

Presolve stays off: with it version 1.14.0 has been seen to return a wrong optimum on weighted goals.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import highspy
import numpy as np

from planner.backends import Answer
from planner.form import UNBOUNDED, Form

LARGEST_OBJECTIVE = 1 << 36
"""Doubles carry 53 bits; the rest is room for the solver's tolerances."""
PATIENCE = math.inf

_NODES_PER_WORK = 2_000
_OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "presolve": "off",
    "threads": 1,
    "parallel": "off",
    "mip_rel_gap": 0.0,
    # All goals are whole numbers: a gap below one is no gap.
    "mip_abs_gap": 0.99,
    "mip_feasibility_tolerance": 1e-7,
}


def minimise(form: Form, objective: Mapping[int, int], *, limit_work: float, seed: int) -> Answer:
    """The least value of `objective` over `form`; a unit of work is 2,000 nodes of the search tree."""
    if not form.lower:
        return Answer(values=[], bound=0, proved=True, work=0.0)
    solver = highspy.Highs()
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.setOptionValue("random_seed", seed)
    solver.setOptionValue("mip_max_nodes", max(1, int(limit_work * _NODES_PER_WORK)))
    solver.passModel(_linear_program(form, objective))
    solver.run()
    information = solver.getInfo()
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = information.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = [round(value) for value in solver.getSolution().col_value] if found else None
    if values is not None and proved:
        bound = sum(cost * values[column] for column, cost in objective.items())
    elif math.isfinite(information.mip_dual_bound):
        bound = math.ceil(information.mip_dual_bound - 1e-3)
    else:
        bound = -LARGEST_OBJECTIVE
    return Answer(
        values=values, bound=bound, proved=proved, work=max(0, information.mip_node_count) / _NODES_PER_WORK
    )


def _linear_program(form: Form, objective: Mapping[int, int]) -> highspy.HighsLp:
    columns, rows = len(form.lower), len(form.row_lower)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = columns, rows
    cost = np.zeros(columns)
    cost[list(objective)] = list(objective.values())
    program.col_cost_ = cost
    program.col_lower_ = np.array(form.lower, dtype=float)
    program.col_upper_ = np.array(form.upper, dtype=float)
    program.row_lower_ = _open_ends(form.row_lower)
    program.row_upper_ = _open_ends(form.row_upper)
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.array(form.starts, dtype=np.int32)
    matrix.index_ = np.array(form.indices, dtype=np.int32)
    matrix.value_ = np.array(form.values, dtype=float)
    kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
    program.integrality_ = [kinds[0]] * form.whole + [kinds[1]] * (columns - form.whole)
    return program


def _open_ends(bounds: list[int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    array = np.array(bounds, dtype=float)
    array[array >= UNBOUNDED] = highspy.kHighsInf
    array[array <= -UNBOUNDED] = -highspy.kHighsInf
    return array
