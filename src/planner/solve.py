"""The one door of the planner: a problem in, a checked plan out."""

from __future__ import annotations

from collections.abc import Mapping

from planner.backends import load_backend, relief_of
from planner.fit import fit_of
from planner.form import Form
from planner.funnel import with_funnels
from planner.greedy import greedy_plan
from planner.levels import order_of_levels
from planner.lexicographic import Settled, settle_levels
from planner.model import build_form
from planner.problem import Pair, Problem
from planner.relax import smallest_relaxation
from planner.result import Assignment, Level, LevelValue, Plan, Relaxation, Status
from planner.score import evaluate, loads_of, unmet_needs
from planner.verify import PlanError, broken_rules, check_plan


def solve(
    problem: Problem,
    *,
    backend: str = "cpsat",
    limit_work: float = 20.0,
    seed: int = 0,
    relax: bool = True,
    alone: bool = False,
) -> Plan:
    """Plan `problem`; the same problem always gives the same plan.

    `backend` is "cpsat", which hands what it does not prove soon to the other unless it is to work `alone`, or
    "highs", which never does. `limit_work`
    bounds deterministic work and not time (for CP-SAT about seconds, for HiGHS thousands of nodes), for each group
    of levels. `seed` only changes the search, never which plan is best. With `relax` an unmet need is answered by
    the smallest relaxation as well.
    Raises `ValueError` for an unknown back end and `PlanError` if the answer fails the independent checks.
    """
    form = build_form(problem)
    found = settle_levels(
        form,
        order_of_levels(problem),
        load_backend(backend),
        limit_work=limit_work,
        seed=seed,
        relief=None if alone else relief_of(backend),
    )
    pairs = _pairs_of(problem, form, found)
    check_plan(problem, pairs)
    values = evaluate(problem, pairs)
    _compare(form, found, values)
    unmet = with_funnels(problem, pairs, unmet_needs(problem, pairs))
    relaxations: tuple[Relaxation, ...] = ()
    if relax and unmet:
        relaxations = smallest_relaxation(problem, pairs, backend=backend, limit_work=limit_work, seed=seed)
    return Plan(
        assignments=_assignments(problem, pairs),
        levels=tuple(
            LevelValue(level=level, value=value, bound=found.bounds[level]) for level, value in values.items()
        ),
        loads=tuple(loads_of(problem, pairs).items()),
        unmet=unmet,
        conflicts=broken_rules(problem, problem.locks),
        relaxations=relaxations,
        status=Status.OPTIMAL if found.proved else Status.FEASIBLE,
        best_fit=found.first.get(Level.FIT, values[Level.FIT]),
        backend=backend,
        work=found.work,
    )


def _pairs_of(problem: Problem, form: Form, found: Settled) -> frozenset[Pair]:
    if found.values is None:
        return greedy_plan(problem)
    return frozenset(pair for pair, taken in zip(form.pairs, found.values, strict=False) if taken)


def _compare(form: Form, found: Settled, counted: Mapping[Level, int]) -> None:
    """What the back end claims is what the judge counts; unproved answers may claim worse than they are."""
    if found.values is None:
        return
    for level, value in counted.items():
        claimed = form.value(level, found.values)
        if value > claimed or (found.proved and value != claimed):
            raise PlanError(f"level {level}: claimed {claimed}, counted {value}")


def _assignments(problem: Problem, pairs: frozenset[Pair]) -> tuple[Assignment, ...]:
    members = {member.id: member for member in problem.members}
    duties = {duty.id: duty for duty in problem.duties}
    fits = {pair: fit_of(members[pair[0]], duties[pair[1]], problem.weights) for pair in pairs}
    leads = _leads(problem, fits)
    return tuple(
        Assignment(
            member=who,
            duty=which,
            fit=fits[who, which],
            load=loads_of(problem, frozenset({(who, which)}))[who],
            lead=leads.get(which) == who,
            locked=(who, which) in problem.locks,
        )
        for who, which in sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    )


def _leads(problem: Problem, fits: Mapping[Pair, int]) -> dict[str, str]:
    """Who leads each duty that needs a lead: of those able to, the one who fits best."""
    able = {member.id for member in problem.members if member.can_lead}
    asked = {duty.id for duty in problem.duties if duty.needs_lead}
    leads: dict[str, str] = {}
    for (who, which), _fit in sorted(fits.items(), key=lambda item: (-item[1], item[0])):
        if who in able and which in asked:
            leads.setdefault(which, who)
    return leads
