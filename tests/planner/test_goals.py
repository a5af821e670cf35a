"""Fairness, continuity, changes and the order in which goals are settled."""

import random
from dataclasses import replace
from unittest.mock import Mock

import pytest
from bench.instances import cells
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.backends import highs
from planner.model import build_form
from planner.problem import Problem, Weights
from planner.result import Level, Status
from planner.score import evaluate, loads_of
from planner.solve import solve
from planner.verify import check_plan
from tests.planner.builders import STRICT, duty, member, pairs_of, problem, tiny


def test_fairness_counts_people_with_nothing(backend: str) -> None:
    members = [member("a", hours=10), member("b", hours=10)]
    cell = problem(members, [duty("x", hours=4), duty("y", hours=4)])
    plan = solve(cell, backend=backend)
    assert dict(plan.loads) == {"a": 400, "b": 400}


def test_loads_list_everybody() -> None:
    assert dict(solve(problem([member("a"), member("b")], [])).loads) == {"a": 0, "b": 0}


def test_load_costs_more_with_every_step(backend: str) -> None:
    plan = solve(problem([member("a", hours=10)], [duty("x", hours=9)]), backend=backend)
    assert plan.value(Level.LOAD) == (900 - 300) + (900 - 500) + (900 - 700) + (900 - 850)


def test_loads_are_relative_to_own_hours(backend: str) -> None:
    members = [member("a", hours=8), member("b", hours=16)]
    cell = problem(members, [duty("x", hours=8, headcount_min=1)])
    assert pairs_of(cell, backend) == {("b", "x")}


def test_permille_loads_are_rounded_down_so_that_hours_that_fit_never_exceed_a_thousand() -> None:
    cell = problem([member("a", hours=3)], [duty(name, hours=1) for name in "xyz"])
    assert dict(solve(cell).loads) == {"a": 999}


def test_fit_is_not_given_up_for_fairness_without_allowance(backend: str) -> None:
    members = [member("a", hours=10, field="culture"), member("b", hours=10)]
    cell = problem(members, [duty("x", hours=4, field="culture"), duty("y", hours=4, field="culture")])
    assert {who for who, _ in pairs_of(cell, backend)} == {"a"}


def test_fit_is_given_up_for_fairness_within_the_allowance(backend: str) -> None:
    members = [member("a", hours=10, field="culture"), member("b", hours=10)]
    duties = [duty("x", hours=4, field="culture"), duty("y", hours=4, field="culture")]
    # Two required places and 13 points each: 26 points may go, one change costs 25.
    cell = problem(members, duties, weights=Weights(fit_allowance=13))
    assert {who for who, _ in pairs_of(cell, backend)} == {"a", "b"}


def test_allowance_one_point_too_small_changes_nothing(backend: str) -> None:
    members = [member("a", hours=10, field="culture"), member("b", hours=10)]
    duties = [duty("x", hours=4, field="culture"), duty("y", hours=4, field="culture")]
    cell = problem(members, duties, weights=Weights(fit_allowance=12))
    assert {who for who, _ in pairs_of(cell, backend)} == {"a"}


def test_best_fit_is_told_when_some_was_given_up() -> None:
    members = [member("a", hours=10, field="culture"), member("b", hours=10)]
    duties = [duty("x", hours=4, field="culture"), duty("y", hours=4, field="culture")]
    plan = solve(problem(members, duties, weights=Weights(fit_allowance=13)))
    assert plan.value(Level.FIT) - plan.best_fit == 25


@pytest.mark.parametrize("who", ["a", "b"])
def test_last_years_person_is_kept_where_nothing_is_lost(backend: str, who: str) -> None:
    cell = problem([member("a"), member("b")], [duty("x")], previous=frozenset({(who, "x")}))
    assert pairs_of(cell, backend) == {(who, "x")}


def test_last_years_person_gives_way_to_a_better_one(backend: str) -> None:
    members = [member("a"), member("b", field="culture")]
    cell = problem(members, [duty("x", field="culture")], previous=frozenset({("a", "x")}))
    assert pairs_of(cell, backend) == {("b", "x")}


def test_replanning_moves_as_few_people_as_possible(backend: str) -> None:
    members = [member("a"), member("b", wishes=frozenset({"culture"})), member("c")]
    duties = [duty("x", field="culture"), duty("y")]
    draft = frozenset({("a", "x"), ("c", "y")})
    cell = problem(members, duties, current=draft, weights=Weights(change_allowance=5))
    assert pairs_of(cell, backend) == draft


def test_replanning_gives_up_no_more_fit_than_allowed(backend: str) -> None:
    members = [member("a"), member("b", field="culture")]
    draft = frozenset({("a", "x")})
    cell = problem(members, [duty("x", field="culture")], current=draft, weights=Weights(change_allowance=5))
    assert pairs_of(cell, backend) == {("b", "x")}


def test_member_who_leaves_is_the_only_change(backend: str) -> None:
    members = [member("a", available=False), member("b"), member("c")]
    duties = [duty("x"), duty("y")]
    cell = problem(members, duties, current=frozenset({("a", "x"), ("b", "y")}))
    assert pairs_of(cell, backend) >= {("b", "y")}


def test_order_of_input_does_not_matter() -> None:
    for cell in cells(5, seed=11, size=10):
        turned = replace(cell, members=cell.members[::-1], duties=cell.duties[::-1])
        assert solve(turned).pairs == solve(cell).pairs


def test_seed_does_not_change_the_plan() -> None:
    for cell in cells(5, seed=12, size=10):
        assert solve(cell, seed=1).pairs == solve(cell, seed=2).pairs


def test_both_back_ends_give_the_same_plan_for_real_cells() -> None:
    for cell in cells(12, seed=13, size=11):
        one, other = (solve(cell, backend=name, alone=True) for name in ("cpsat", "highs"))
        assert (one.levels, one.pairs, one.relaxations) == (other.levels, other.pairs, other.relaxations)


def test_lower_bounds_prove_every_level() -> None:
    for cell in cells(10, seed=14, size=12):
        plan = solve(cell)
        assert [one.bound for one in plan.levels] == [one.value for one in plan.levels]


def test_without_work_the_answer_is_allowed_and_honest(backend: str) -> None:
    for cell in cells(3, seed=15, size=25):
        plan, best = solve(cell, backend=backend, limit_work=0.0, relax=False), solve(cell, relax=False)
        check_plan(cell, plan.pairs)
        assert plan.value(Level.NEED) >= best.value(Level.NEED) >= plan.levels[0].bound
        assert plan.proved == (plan.status is Status.OPTIMAL)


@given(st.integers(0, 10**9))
@settings(max_examples=100, deadline=None)
def test_one_more_lock_never_makes_a_plan_better(seed: int) -> None:
    source = random.Random(seed)
    cell = replace(tiny(source), weights=STRICT, current=None, locks=frozenset())
    free = solve(cell, relax=False)
    who, which = source.choice(cell.members).id, source.choice(cell.duties).id
    if (who, which) in cell.forbidden or (who, which) not in free.pairs:
        return
    locked = solve(replace(cell, locks=frozenset({(who, which)})), relax=False)
    assert [one.value for one in locked.levels] == [one.value for one in free.levels]


@given(st.integers(0, 10**9))
@settings(max_examples=100, deadline=None)
def test_every_plan_passes_the_judges(seed: int) -> None:
    cell = tiny(random.Random(seed))
    plan = solve(cell, relax=False)
    check_plan(cell, plan.pairs)
    assert dict(evaluate(cell, plan.pairs)) == {one.level: one.value for one in plan.levels}
    assert dict(plan.loads) == dict(loads_of(cell, plan.pairs))


def alike(members: int, duties: int) -> Problem:
    """A cell of members and duties that only their names tell apart."""
    return problem([member(f"m{one}") for one in range(members)], [duty(f"d{one}") for one in range(duties)])


def test_cell_of_likes_not_proved_soon_is_proved_by_the_other_back_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("planner.backends.cpsat.PATIENCE", 0.0)
    other_back_end = Mock(wraps=highs.minimise)
    monkeypatch.setattr(highs, "minimise", other_back_end)
    handed_over = solve(alike(6, 9), relax=False)
    assert other_back_end.called
    other = solve(alike(6, 9), backend="highs", relax=False)
    assert handed_over.proved
    assert (handed_over.levels, handed_over.pairs) == (other.levels, other.pairs)


def test_other_cell_not_proved_soon_is_proved_by_another_search(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [solve(cell, relax=False) for cell in cells(5, seed=15, size=12)]
    monkeypatch.setattr("planner.backends.cpsat.PATIENCE", 0.0)
    monkeypatch.setattr(highs, "minimise", None)
    searched = [solve(cell, relax=False) for cell in cells(5, seed=15, size=12)]
    assert all(plan.proved for plan in searched)
    assert [plan.pairs for plan in searched] == [plan.pairs for plan in kept]


def test_share_of_likes_counts_members_and_duties_told_apart_by_name_alone() -> None:
    assert build_form(alike(6, 9)).share_of_likes() == pytest.approx(13 / 15)
    assert build_form(alike(0, 0)).share_of_likes() == 0
    assert build_form(alike(1, 1)).share_of_likes() == 0


def test_a_back_end_that_works_alone_says_what_it_did_not_prove(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.backends.cpsat.PATIENCE", 0.0)
    (cell,) = cells(1, seed=15, size=12)
    assert not solve(cell, limit_work=0.0, alone=True).proved
