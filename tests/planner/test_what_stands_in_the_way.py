"""An unmet need names its rule, tells how candidates ran out, and the smallest relaxation really helps."""

import random
from dataclasses import replace
from typing import Any

import pytest

from planner.problem import Problem
from planner.relax import PRICES
from planner.result import FunnelStep, Level, Relaxation, Rule
from planner.solve import solve
from tests.planner.builders import JOINED, duty, member, problem, tiny


def loosened(cell: Problem, relaxations: tuple[Relaxation, ...]) -> Problem:
    """`cell` after a secretary has granted every relaxation; exceptions become locks."""
    members = {one.id: one for one in cell.members}
    duties = {one.id: one for one in cell.duties}
    locks, apart = set(cell.locks), set(cell.apart)
    for one in relaxations:
        who, which = str(one.member), str(one.duty)
        if one.rule is Rule.HOURS:
            members[who] = replace(members[who], hours=one.after)
        elif one.rule is Rule.MAX_DUTIES:
            members[who] = replace(members[who], max_duties=one.after)
        elif one.rule is Rule.GROUP:
            members[who] = replace(members[who], in_mass_organization=True)
        elif one.rule is Rule.WORK:
            members[who] = replace(members[who], must_have_work=False)
        elif one.rule is Rule.HEADCOUNT_MAX:
            duties[which] = replace(duties[which], headcount_max=one.after)
        elif one.rule is Rule.HEADCOUNT_MIN:
            duties[which] = replace(duties[which], headcount_min=one.after)
        elif one.rule is Rule.LEAD:
            duties[which] = replace(duties[which], needs_lead=False)
        elif one.rule is Rule.APART:
            locks |= {(who, which), (str(one.other_member), which)}
        else:
            locks.add((who, which))
    return replace(
        cell,
        members=tuple(members.values()),
        duties=tuple(duties.values()),
        locks=frozenset(locks),
        forbidden=cell.forbidden - locks,
        apart=frozenset(apart),
    )


@pytest.mark.parametrize("batch", range(10))
def test_nothing_is_unmet_after_the_relaxations(batch: int) -> None:
    for number in range(30):
        cell = tiny(random.Random(f"relax/{batch}/{number}"))
        plan = solve(cell)
        assert bool(plan.relaxations) == bool(plan.unmet)
        assert solve(loosened(cell, plan.relaxations), relax=False).value(Level.NEED) == 0, cell


@pytest.mark.parametrize("batch", range(5))
def test_both_back_ends_tell_the_same_relaxations(batch: int) -> None:
    for number in range(30):
        cell = tiny(random.Random(f"same/{batch}/{number}"))
        assert solve(cell).relaxations == solve(cell, backend="highs").relaxations


CASES: list[tuple[dict[str, Any], dict[str, Any], Relaxation]] = [
    (
        {"competences": {"jrai": 1}},
        {"required": {"jrai": 2}},
        Relaxation(rule=Rule.COMPETENCE, before=2, after=1, duty="x", member="a", code="jrai"),
    ),
    ({"hours": 3}, {"hours": 4}, Relaxation(rule=Rule.HOURS, before=3, after=4, member="a")),
    ({"max_duties": 0}, {}, Relaxation(rule=Rule.MAX_DUTIES, before=0, after=1, member="a")),
    (
        {"education": 2},
        {"education_min": 3},
        Relaxation(rule=Rule.EDUCATION, before=3, after=2, duty="x", member="a"),
    ),
    (
        {},
        {"categories": frozenset({"exempt"})},
        Relaxation(rule=Rule.CATEGORY, before=0, after=1, duty="x", member="a"),
    ),
    ({}, {"needs_lead": True}, Relaxation(rule=Rule.LEAD, before=0, after=1, duty="x")),
    (
        {"health": 1},
        {"health_min": 2},
        Relaxation(rule=Rule.HEADCOUNT_MIN, before=1, after=0, duty="x"),
    ),
]


@pytest.mark.parametrize(("traits", "demands", "relaxation"), CASES)
def test_smallest_relaxation_of_one_rule(
    backend: str, traits: dict[str, Any], demands: dict[str, Any], relaxation: Relaxation
) -> None:
    plan = solve(problem([member("a", **traits)], [duty("x", **demands)]), backend=backend)
    assert plan.relaxations == (relaxation,)


def test_forbidden_pair_and_people_kept_apart_can_be_loosened(backend: str) -> None:
    cell = problem([member("a")], [duty("x")], forbidden=frozenset({("a", "x")}))
    assert [one.rule for one in solve(cell, backend=backend).relaxations] == [Rule.FORBIDDEN]
    two = [duty("x", headcount_min=2, headcount_max=2)]
    cell = problem([member("a"), member("b")], two, apart=frozenset({("a", "b")}))
    assert [one.rule for one in solve(cell, backend=backend).relaxations] == [Rule.APART]


def test_member_in_no_organization_is_introduced_to_one(backend: str) -> None:
    cell = problem([member("a", category=JOINED.code, in_mass_organization=False)], [])
    expected = Relaxation(rule=Rule.GROUP, before=0, after=1, member="a")
    assert solve(cell, backend=backend).relaxations == (expected,)


def test_rules_that_protect_members_have_no_price() -> None:
    assert PRICES.keys().isdisjoint({Rule.AVAILABLE, Rule.HEALTH, Rule.NIGHT, Rule.LIGHT_ONLY})


def test_relaxations_can_be_left_out() -> None:
    assert solve(problem([], [duty("x")]), relax=False).relaxations == ()


def test_funnel_of_a_duty_counts_members_rule_by_rule() -> None:
    members = [
        member("a", category="exempt"),
        member("b", health=1),
        member("c", competences={"jrai": 1}),
        member("d", competences={"jrai": 2}, hours=1),
    ]
    only = duty("x", categories=frozenset({"hamlet"}), health_min=2, required={"jrai": 2})
    (unmet,) = solve(problem(members, [only])).unmet
    assert (unmet.rule, unmet.duty, unmet.missing, unmet.total) == (Rule.HEADCOUNT_MIN, "x", 1, 4)
    assert unmet.funnel == (
        FunnelStep(rule=Rule.CATEGORY, left=3),
        FunnelStep(rule=Rule.HEALTH, left=2),
        FunnelStep(rule=Rule.COMPETENCE, left=1, code="jrai"),
        FunnelStep(rule=Rule.SINGLE_HOURS, left=0),
    )


def test_funnel_of_a_member_counts_duties_rule_by_rule() -> None:
    duties = [duty("x", substantive=False), duty("y", night=True), duty("z", hours=30)]
    who = member("a", must_have_work=True, no_night=True)
    unmet = next(one for one in solve(problem([who], duties)).unmet if one.rule is Rule.WORK)
    assert unmet.funnel == (
        FunnelStep(rule=Rule.WORK, left=2),
        FunnelStep(rule=Rule.NIGHT, left=1),
        FunnelStep(rule=Rule.SINGLE_HOURS, left=0),
    )


def test_funnel_counts_those_who_are_used_up() -> None:
    cell = problem([member("a", max_duties=1)], [duty("x", priority=1), duty("y", priority=3)])
    (unmet,) = solve(cell).unmet
    assert unmet.funnel == (FunnelStep(rule=Rule.MAX_DUTIES, left=0),)


def test_funnel_of_a_lead_and_of_a_group() -> None:
    outside = member("a", category=JOINED.code, in_mass_organization=False)
    unmet = solve(problem([outside], [duty("x", needs_lead=True)])).unmet
    assert [(one.rule, one.funnel) for one in unmet] == [
        (Rule.LEAD, (FunnelStep(rule=Rule.LEAD, left=0),)),
        (Rule.GROUP, (FunnelStep(rule=Rule.GROUP, left=0),)),
    ]
