"""Rules of a whole plan, each with its exact optimum on both back ends."""

from planner.problem import Weights
from planner.result import Conflict, Level, Rule
from planner.solve import solve
from tests.planner.builders import JOINED, duty, member, pairs_of, problem


def test_hours_of_a_member_are_not_exceeded(backend: str) -> None:
    cell = problem([member("a", hours=9)], [duty("x", hours=5), duty("y", hours=5, priority=3)])
    assert pairs_of(cell, backend) == {("a", "y")}


def test_member_takes_no_more_than_his_number_of_duties(backend: str) -> None:
    cell = problem([member("a", max_duties=1)], [duty("x", priority=1), duty("y", priority=3)])
    assert pairs_of(cell, backend) == {("a", "y")}


def test_duty_takes_no_more_than_its_headcount(backend: str) -> None:
    cell = problem([member("a"), member("b", field="culture")], [duty("x", field="culture")])
    assert pairs_of(cell, backend) == {("b", "x")}


def test_duty_gets_its_required_headcount(backend: str) -> None:
    cell = problem([member("a"), member("b")], [duty("x", headcount_min=2, headcount_max=2)])
    assert pairs_of(cell, backend) == {("a", "x"), ("b", "x")}


def test_members_kept_apart_do_not_share_a_duty(backend: str) -> None:
    cell = problem(
        [member("a"), member("b")],
        [duty("x", headcount_min=2, headcount_max=2)],
        apart=frozenset({("b", "a")}),
    )
    plan = solve(cell, backend=backend)
    assert len(plan.assignments) == 1
    assert [(one.rule, one.missing) for one in plan.unmet] == [(Rule.HEADCOUNT_MIN, 1)]


def test_missing_people_cost_by_priority(backend: str) -> None:
    cell = problem([], [duty("x", priority=1), duty("y", priority=2), duty("z", priority=3)])
    assert solve(cell, backend=backend).value(Level.NEED) == 10 + 20 + 40


def test_errand_is_no_substantive_work(backend: str) -> None:
    cell = problem([member("a", must_have_work=True)], [duty("x", substantive=False)])
    plan = solve(cell, backend=backend)
    assert [(one.rule, one.member) for one in plan.unmet] == [(Rule.WORK, "a")]
    assert plan.value(Level.NEED) == 30


def test_errand_is_enough_where_the_category_does_not_ask_for_more(backend: str) -> None:
    exempt = member("a", category="exempt", must_have_work=True)
    plan = solve(problem([exempt], [duty("x", substantive=False, light=True)]), backend=backend)
    assert plan.unmet == ()


def test_everybody_who_must_have_work_gets_some_before_fit_counts(backend: str) -> None:
    expert = member("a", field="culture", must_have_work=True)
    other = member("b", must_have_work=True)
    cell = problem([expert, other], [duty("x", field="culture"), duty("y", field="culture")])
    assert {who for who, _ in pairs_of(cell, backend)} == {"a", "b"}


def test_member_without_organization_takes_charge_of_a_group(backend: str) -> None:
    outside = member("a", category=JOINED.code, in_mass_organization=False)
    cell = problem(
        [outside, member("b", field="mass")], [duty("x", field="mass", counts_as_group_in_charge=True)]
    )
    assert pairs_of(cell, backend) == {("a", "x")}


def test_member_without_organization_or_group_is_reported(backend: str) -> None:
    outside = member("a", category=JOINED.code, in_mass_organization=False)
    plan = solve(problem([outside], []), backend=backend)
    assert [(one.rule, one.member) for one in plan.unmet] == [(Rule.GROUP, "a")]
    assert plan.value(Level.NEED) == 15


def test_duty_that_needs_a_lead_gets_one(backend: str) -> None:
    members = [member("a", field="culture"), member("b", can_lead=True)]
    plan = solve(problem(members, [duty("x", field="culture", needs_lead=True)]), backend=backend)
    assert [(one.member, one.lead) for one in plan.assignments] == [("b", True)]


def test_duty_without_possible_lead_is_reported(backend: str) -> None:
    plan = solve(problem([member("a")], [duty("x", needs_lead=True)]), backend=backend)
    assert [(one.rule, one.duty) for one in plan.unmet] == [(Rule.LEAD, "x")]
    assert plan.value(Level.NEED) == 10


def test_open_duty_asks_for_no_lead(backend: str) -> None:
    plan = solve(problem([], [duty("x", headcount_min=0, needs_lead=True)]), backend=backend)
    assert plan.unmet == ()


def test_optional_duty_is_not_done_without_a_lead(backend: str) -> None:
    cell = problem(
        [member("a", field="culture")], [duty("x", field="culture", headcount_min=0, needs_lead=True)]
    )
    assert pairs_of(cell, backend) == set()


def test_good_fit_is_worth_more_people_than_required(backend: str) -> None:
    fitting = member("a", field="culture", experience=frozenset({"culture"}))
    cell = problem([fitting], [duty("x", field="culture", headcount_min=0)])
    assert pairs_of(cell, backend) == {("a", "x")}


def test_poor_fit_is_not_worth_more_people_than_required(backend: str) -> None:
    cell = problem(
        [member("a")], [duty("x", headcount_min=0)], weights=Weights(threshold=51, fit_allowance=0)
    )
    assert pairs_of(cell, backend) == set()


def test_lock_is_kept_even_against_a_rule_and_reported(backend: str) -> None:
    cell = problem([member("a", health=1)], [duty("x", health_min=2)], locks=frozenset({("a", "x")}))
    plan = solve(cell, backend=backend)
    assert [(one.member, one.locked) for one in plan.assignments] == [("a", True)]
    assert plan.conflicts == (Conflict(rule=Rule.HEALTH, excess=1, duty="x", member="a"),)


def test_locks_beyond_the_hours_leave_no_room_for_more(backend: str) -> None:
    duties = [duty("x", hours=6), duty("y", hours=6), duty("z", hours=1)]
    cell = problem([member("a", hours=10)], duties, locks=frozenset({("a", "x"), ("a", "y")}))
    plan = solve(cell, backend=backend)
    assert plan.pairs == cell.locks
    assert plan.conflicts == (Conflict(rule=Rule.HOURS, excess=2, member="a"),)


def test_plan_without_anything_is_empty_and_proved(backend: str) -> None:
    plan = solve(problem([], []), backend=backend)
    assert plan.assignments == ()
    assert plan.proved
