"""The one door of the planner: a problem in, a checked plan out."""

from __future__ import annotations

from planner.problem import Problem
from planner.result import Plan


def solve(
    problem: Problem,
    *,
    backend: str = "cpsat",
    limit_work: float = 20.0,
    seed: int = 0,
    relax: bool = True,
) -> Plan:
    """Plan `problem` with `backend` ("cpsat" or "highs"), within `limit_work` units of deterministic work."""
    raise NotImplementedError
