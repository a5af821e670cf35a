"""A back end that lies is caught by the judges; one that finds nothing leaves an honest answer."""

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from planner.backends import Answer, cpsat
from planner.backends.flow import least_cost_flow
from planner.form import Form
from planner.model import build_form
from planner.problem import Problem
from planner.result import Level, Status
from planner.solve import solve
from planner.verify import PlanError
from tests.planner.builders import duty, member, problem

CELL = problem([member("a", hours=4), member("b")], [duty("x"), duty("y")])


def use(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """Every solve gets `answer`."""

    def minimise(form: Form, objective: Mapping[int, int], *, limit_work: float, seed: int) -> Answer:
        return answer

    fake = SimpleNamespace(minimise=minimise, LARGEST_OBJECTIVE=1 << 62, PATIENCE=0.01)
    monkeypatch.setattr("planner.solve.load_backend", lambda _: fake)
    monkeypatch.setattr("planner.solve.relief_of", lambda _: fake)
    monkeypatch.setattr("planner.relax.load_backend", lambda _: fake)


def answer_of(problem: Problem, *pairs: tuple[str, str], missing: int = 0) -> Answer:
    """An answer that claims to be proved: these pairs taken, and `missing` in every later column."""
    form = build_form(problem)
    values = [int(pair in pairs) for pair in form.pairs]
    values += [missing] * (len(form.lower) - len(values))
    return Answer(values=values, bound=0, proved=True, work=0.0)


def test_plan_that_breaks_a_rule_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, answer_of(CELL, ("a", "x"), ("a", "y")))
    with pytest.raises(PlanError, match="rules broken"):
        solve(CELL)


def test_claim_better_than_the_truth_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, answer_of(CELL, ("a", "x")))
    with pytest.raises(PlanError, match="level need: claimed 0, counted 20"):
        solve(CELL)


def test_proved_claim_worse_than_the_truth_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, answer_of(CELL, ("a", "x"), ("b", "y"), missing=1))
    with pytest.raises(PlanError, match="level need: claimed 40, counted 0"):
        solve(CELL)


def test_nothing_found_is_answered_by_hand_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Answer(values=None, bound=-(1 << 62), proved=False, work=1.0))
    plan = solve(CELL)
    assert plan.status is Status.FEASIBLE
    assert plan.value(Level.NEED) == 0
    assert all(one.bound <= one.value for one in plan.levels)


def test_no_relaxation_is_made_up_when_none_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Answer(values=None, bound=0, proved=False, work=1.0))
    plan = solve(problem([], [duty("x")]))
    assert len(plan.unmet) == 1
    assert plan.relaxations == ()


def test_objective_limit_of_the_first_back_end_leaves_room_in_64_bits() -> None:
    assert cpsat.LARGEST_OBJECTIVE <= 1 << 62


def test_flow_leaves_costs_that_could_overflow_to_the_model() -> None:
    arcs = [("a", "h", 1 << 58)]
    answer = least_cost_flow(
        supplies={"s": 1}, homes={"a": "s"}, arcs=arcs, demands={"h": 1}, forced=frozenset()
    )
    assert answer is None
