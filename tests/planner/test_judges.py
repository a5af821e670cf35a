"""The judges refuse what breaks a rule, whoever proposes it; the goals are counted as the rules say."""

from itertools import pairwise

import pytest
from bench.instances import cells

from planner.backends import load_backend
from planner.form import Form
from planner.greedy import greedy_plan
from planner.levels import Step, bounds_of, groups_of_steps, order_of_levels, weights_of
from planner.model import build_form, tie_weight
from planner.problem import Weights
from planner.result import Conflict, Level, Rule
from planner.score import evaluate
from planner.solve import solve
from planner.verify import PlanError, broken_rules, check_plan
from tests.planner.builders import STRICT, duty, member, problem

AX = frozenset({("a", "x")})


@pytest.mark.parametrize(
    ("traits", "demands", "rule", "excess"),
    [
        ({"available": False}, {}, Rule.AVAILABLE, 1),
        ({}, {"categories": frozenset({"exempt"})}, Rule.CATEGORY, 1),
        ({"category": "exempt"}, {}, Rule.LIGHT_ONLY, 1),
        ({"health": 0}, {"light": True, "health_min": 2}, Rule.HEALTH, 2),
        ({"no_night": True}, {"night": True}, Rule.NIGHT, 1),
        ({"competences": {"jrai": 1}}, {"required": {"jrai": 3}}, Rule.COMPETENCE, 2),
        ({"education": 1}, {"education_min": 4}, Rule.EDUCATION, 3),
        ({"max_duties": 0}, {}, Rule.MAX_DUTIES, 1),
        ({}, {"headcount_min": 0, "headcount_max": 0}, Rule.HEADCOUNT_MAX, 1),
    ],
)
def test_judge_names_the_broken_rule_and_the_excess(
    traits: dict[str, object], demands: dict[str, object], rule: Rule, excess: int
) -> None:
    cell = problem([member("a", **traits)], [duty("x", **demands)])
    assert [(one.rule, one.excess) for one in broken_rules(cell, AX)] == [(rule, excess)]
    with pytest.raises(PlanError, match="rules broken"):
        check_plan(cell, AX)


def test_judge_counts_hours_twice_when_one_duty_alone_is_too_much() -> None:
    cell = problem([member("a", hours=3)], [duty("x", hours=5)])
    assert [(one.rule, one.excess) for one in broken_rules(cell, AX)] == [
        (Rule.SINGLE_HOURS, 2),
        (Rule.HOURS, 2),
    ]


def test_judge_sees_members_to_be_kept_apart() -> None:
    cell = problem([member("a"), member("b")], [duty("x", headcount_max=2)], apart=frozenset({("b", "a")}))
    expected = Conflict(rule=Rule.APART, excess=1, duty="x", member="a", other_member="b")
    assert broken_rules(cell, AX | {("b", "x")}) == (expected,)


def test_judge_refuses_a_plan_without_a_lock() -> None:
    with pytest.raises(PlanError, match="locks not kept"):
        check_plan(problem([member("a")], [duty("x")], locks=AX), frozenset())


def test_judge_refuses_a_forbidden_pair() -> None:
    with pytest.raises(PlanError, match="forbidden"):
        check_plan(problem([member("a")], [duty("x")], forbidden=AX), AX)


def test_goals_are_counted_as_the_rules_say() -> None:
    members = [member("a", hours=10, field="culture"), member("b", must_have_work=True)]
    duties = [duty("x", hours=9, field="culture"), duty("y", priority=3)]
    cell = problem(members, duties, previous=frozenset({("b", "x"), ("a", "x")}))
    assert dict(evaluate(cell, AX)) == {
        Level.NEED: 40 + 30,
        Level.FIT: 50 - (25 + 25 + 10 + 10 + 5),
        Level.LOAD: 600 + 400 + 200 + 50,
        Level.CONTINUITY: 1,
    }


def test_changes_are_counted_in_and_out() -> None:
    cell = problem([member("a"), member("b")], [duty("x")], current=frozenset({("b", "x")}))
    assert evaluate(cell, AX)[Level.CONTINUITY] == 2


def test_greedy_plan_keeps_every_rule() -> None:
    for cell in cells(20, seed=31):
        check_plan(cell, greedy_plan(cell))


def test_greedy_plan_is_never_better_than_the_best() -> None:
    for cell in cells(10, seed=32, size=10, weights=STRICT):
        best = [one.value for one in solve(cell, relax=False).levels]
        assert list(evaluate(cell, greedy_plan(cell)).values()) >= best


def test_unknown_back_end_is_refused() -> None:
    with pytest.raises(ValueError, match="Không có bộ giải “x”"):
        load_backend("x")


def test_weight_of_a_level_exceeds_all_that_follows() -> None:
    form = build_form(next(cells(1, seed=33, size=15)))
    levels = list(Level)
    weights = weights_of(form, levels)
    for (level, weight), (_, lower) in pairwise(zip(levels[::-1], weights[::-1], strict=True)):
        assert lower == weight * (form.spans[level] + 1)


@pytest.mark.parametrize("seed", range(5))
def test_no_plan_leaves_the_counted_range_of_a_level(seed: int) -> None:
    for cell in cells(10, seed=seed, size=9, weights=STRICT):
        form = build_form(cell)
        for pairs in (greedy_plan(cell), solve(cell, relax=False).pairs, cell.locks):
            for level, value in evaluate(cell, pairs).items():
                least = form.least[level] + form.constants[level]
                assert least <= value <= least + form.spans[level]


def test_steps_share_an_objective_only_while_it_fits() -> None:
    steps = [
        Step(level=Level.NEED),
        Step(level=Level.FIT, allowance=1),
        Step(level=Level.LOAD),
        Step(level=Level.TIE),
    ]
    spans = {Level.NEED: 9, Level.FIT: 9, Level.LOAD: 9, Level.TIE: 99}
    groups = groups_of_steps(steps, spans, 1000)
    assert [[step.level for step in group] for group in groups] == [
        [Level.NEED, Level.FIT],
        [Level.LOAD],
        [Level.TIE],
    ]


def test_lot_can_be_drawn_after_all_else() -> None:
    steps = [Step(level=Level.NEED), Step(level=Level.TIE)]
    groups = groups_of_steps(steps, {Level.NEED: 1, Level.TIE: 1}, 1000, lot_apart=True)
    assert groups == ((steps[0],), (steps[1],))


def test_replanning_settles_changes_before_load() -> None:
    cell = problem([], [], current=frozenset(), weights=Weights(change_allowance=0))
    levels = [step.level for step in order_of_levels(cell)]
    assert levels == [Level.NEED, Level.FIT, Level.CONTINUITY, Level.LOAD, Level.TIE]


def two_levels() -> Form:
    form = Form(costs={level: {} for level in Level}, constants=dict.fromkeys(Level, 0))
    form.least, form.spans = dict.fromkeys(Level, 0), dict.fromkeys(Level, 9)
    return form


@pytest.mark.parametrize(
    ("bound", "expected"),
    # Weighted value 3 * 10 + 4 = 34; the bound of the second level counts only once the first is proved.
    [(34, [3, 4]), (32, [3, 2]), (30, [3, 0]), (29, [2, 0]), (12, [1, 0]), (-50, [0, 0])],
)
def test_weighted_bound_gives_a_bound_of_each_level(bound: int, expected: list[int]) -> None:
    assert bounds_of(two_levels(), [Level.NEED, Level.FIT], [3, 4], bound) == expected


def test_tie_weight_is_the_same_on_every_machine() -> None:
    assert tie_weight(("a", "x")) == tie_weight(("a", "x"))
    assert len({tie_weight((who, what)) for who in "abcdef" for what in "uvwxyz"}) == 36
