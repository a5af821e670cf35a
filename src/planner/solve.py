"""The one door of the planner: a problem in, a checked plan out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.backends import Backend, load_backend
from planner.fit import fit_of
from planner.form import Form
from planner.funnel import with_funnels
from planner.greedy import greedy_plan
from planner.levels import Step, bounds_of, groups_of_steps, order_of_levels, weighted_objective
from planner.model import build_form
from planner.problem import Pair, Problem
from planner.relax import smallest_relaxation
from planner.result import Assignment, Level, LevelValue, Plan, Status
from planner.score import evaluate, loads_of, unmet_needs
from planner.verify import PlanError, broken_rules, check_plan


def solve(
    problem: Problem,
    *,
    backend: str = "cpsat",
    limit_work: float = 20.0,
    seed: int = 0,
    relax: bool = True,
) -> Plan:
    """Plan `problem`; the same problem always gives the same plan.

    `backend` is "cpsat" or "highs". `limit_work` bounds deterministic work and not time (for CP-SAT about
    seconds, for HiGHS thousands of nodes), for each group of levels. `seed` only changes the search, never
    which plan is best. With `relax` an unmet need is answered by the smallest relaxation as well.
    Raises `ValueError` for an unknown back end and `PlanError` if the answer fails the independent checks.
    """
    search = _search(problem, load_backend(backend), limit_work, seed)
    check_plan(problem, search.pairs)
    values = evaluate(problem, search.pairs)
    _compare(search, values)
    unmet = with_funnels(problem, search.pairs, unmet_needs(problem, search.pairs))
    relaxations = (
        smallest_relaxation(problem, search.pairs, backend=backend, limit_work=limit_work, seed=seed)
        if relax and unmet
        else ()
    )
    return Plan(
        assignments=_assignments(problem, search.pairs),
        levels=tuple(
            LevelValue(level=level, value=value, bound=search.bounds[level])
            for level, value in values.items()
        ),
        loads=tuple(loads_of(problem, search.pairs).items()),
        unmet=unmet,
        conflicts=broken_rules(problem, problem.locks),
        relaxations=relaxations,
        status=Status.OPTIMAL if search.proved else Status.FEASIBLE,
        best_fit=values[Level.FIT] if search.best_fit is None else search.best_fit,
        backend=backend,
        work=search.work,
    )


@dataclass(slots=True)
class _Search:
    """What the back end found, group of levels by group of levels."""

    form: Form
    values: list[int] | None = None
    bounds: dict[Level, int] = field(default_factory=dict)
    claimed: dict[Level, int] = field(default_factory=dict)
    pairs: frozenset[Pair] = frozenset()
    proved: bool = True
    best_fit: int | None = None
    work: float = 0.0


def _search(problem: Problem, backend: Backend, limit_work: float, seed: int) -> _Search:
    search = _Search(build_form(problem))
    steps = order_of_levels(problem)
    for group in groups_of_steps(steps, search.form.spans, backend.LARGEST_OBJECTIVE):
        _settle(search, group, backend, limit_work, seed)
    form = search.form
    if search.values is None:
        search.pairs = greedy_plan(problem)
    else:
        search.pairs = frozenset(
            pair for pair, taken in zip(form.pairs, search.values, strict=False) if taken
        )
        search.claimed = {
            level: form.constants[level] + _value(form, level, search.values)
            for level in Level
            if level is not Level.TIE
        }
    search.bounds = {level: bound + form.constants[level] for level, bound in search.bounds.items()}
    return search


def _compare(search: _Search, values: Mapping[Level, int]) -> None:
    """What the back end claims is what the judge counts; unproved answers may claim worse than they are."""
    for level, claimed in search.claimed.items():
        if values[level] > claimed or (search.proved and values[level] != claimed):
            raise PlanError(f"level {level}: claimed {claimed}, counted {values[level]}")


def _settle(search: _Search, group: tuple[Step, ...], backend: Backend, limit_work: float, seed: int) -> None:
    form = search.form
    levels = [step.level for step in group]
    answer = backend.minimise(form, weighted_objective(form, levels), limit_work=limit_work, seed=seed)
    search.work += answer.work
    search.proved = search.proved and answer.proved
    search.values = answer.values or search.values
    if search.values is None:
        search.bounds = {level: form.least[level] for level in Level}
        return
    values = [_value(form, level, search.values) for level in levels]
    bounds = values if answer.proved else bounds_of(form, levels, values, answer.bound)
    for step, value, bound in zip(group, values, bounds, strict=True):
        search.bounds[step.level] = bound
        form.limit_level(step.level, value + step.allowance)
        if step.level is Level.FIT and search.best_fit is None:
            search.best_fit = value


def _value(form: Form, level: Level, values: list[int]) -> int:
    return sum(cost * values[column] for column, cost in form.costs[level].items())


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
