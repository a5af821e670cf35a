"""Committee members in charge: nothing open, balanced weights, few changes, good fit; checked by brute force."""

import random
from itertools import product

import pytest

from planner.checks import ProblemError
from planner.in_charge import (
    CommitteeMember,
    InChargeProblem,
    Organization,
    balance_of,
    check_in_charge,
    plan_in_charge,
    weights_of_members,
)
from planner.verify import PlanError

AB = (CommitteeMember(id="a"), CommitteeMember(id="b"))


def organizations(**weights: int) -> tuple[Organization, ...]:
    return tuple(Organization(id=name, weight=weight) for name, weight in weights.items())


def test_weights_are_balanced_and_not_counts(backend: str) -> None:
    plan = plan_in_charge(
        InChargeProblem(members=AB, organizations=organizations(x=30, y=10, z=10, w=10)), backend=backend
    )
    assert sorted(weight for _, weight in plan.weights) == [30, 30]
    assert plan.proved


def test_one_organization_that_is_too_large_does_not_excuse_an_uneven_rest(backend: str) -> None:
    units = organizations(x=100, **{f"o{number}": 10 for number in range(9)})
    three = (*AB, CommitteeMember(id="c"))
    plan = plan_in_charge(InChargeProblem(members=three, organizations=units), backend=backend)
    assert sorted(weight for _, weight in plan.weights) == [40, 50, 100]


def test_last_year_is_kept_where_balance_allows(backend: str) -> None:
    previous = frozenset({("b", "x"), ("a", "y")})
    problem = InChargeProblem(members=AB, organizations=organizations(x=10, y=10), previous=previous)
    assert plan_in_charge(problem, backend=backend).pairs == previous


def test_better_fit_decides_where_balance_is_equal(backend: str) -> None:
    problem = InChargeProblem(
        members=AB, organizations=organizations(x=10, y=10), costs={("a", "x"): 5, ("b", "y"): 5}
    )
    assert plan_in_charge(problem, backend=backend).pairs == {("b", "x"), ("a", "y")}


def test_organization_that_nobody_can_take_stays_open(backend: str) -> None:
    few = (CommitteeMember(id="a", most=1),)
    plan = plan_in_charge(
        InChargeProblem(members=few, organizations=organizations(x=1, y=1)), backend=backend
    )
    assert len(plan.pairs) == len(plan.open_organizations) == 1


def test_locks_and_forbidden_pairs_hold(backend: str) -> None:
    problem = InChargeProblem(
        members=AB,
        organizations=organizations(x=10, y=10),
        locks=frozenset({("a", "x")}),
        forbidden=frozenset({("b", "y")}),
    )
    assert plan_in_charge(problem, backend=backend).pairs == {("a", "x"), ("a", "y")}


def tiny(source: random.Random) -> InChargeProblem:
    members = tuple(
        CommitteeMember(id=name, most=source.randint(1, 3)) for name in "abc"[: source.randint(1, 3)]
    )
    units = tuple(
        Organization(id=name, weight=source.randint(0, 40)) for name in "wxyz"[: source.randint(1, 4)]
    )
    pairs = [(one.id, other.id) for one in members for other in units]
    return InChargeProblem(
        members=members,
        organizations=units,
        costs={pair: source.randint(0, 9) for pair in pairs},
        forbidden=frozenset(pair for pair in pairs if source.random() < 0.15),
        previous=frozenset(pair for pair in pairs if source.random() < 0.2),
        tolerance=source.choice((1, 5, 25)),
    )


def values_of(problem: InChargeProblem, pairs: frozenset[tuple[str, str]]) -> tuple[int, int, int, int]:
    balance, carried = balance_of(problem), list(weights_of_members(problem, pairs).values())
    steps = [max(0, -(-(weight - balance.most) // balance.step)) for weight in carried]
    short = [max(0, -(-(balance.least - weight) // balance.step)) for weight in carried]
    over = sum(steps) + sum(short) + max(steps)
    cost = sum(problem.costs[pair] for pair in pairs)
    return len(problem.organizations) - len(pairs), over, len(problem.previous - pairs), cost


def best(problem: InChargeProblem) -> tuple[int, int, int, int]:
    names = [None, *(member.id for member in problem.members)]
    found = []
    for chosen in product(names, repeat=len(problem.organizations)):
        units = [unit.id for unit in problem.organizations]
        pairs = frozenset((who, what) for who, what in zip(chosen, units, strict=True) if who)
        try:
            check_in_charge(problem, pairs)
        except PlanError:
            continue
        found.append(values_of(problem, pairs))
    return min(found)


@pytest.mark.parametrize("batch", range(4))
def test_plan_is_the_best_of_all(batch: int) -> None:
    for number in range(40):
        problem = tiny(random.Random(f"{batch}/{number}"))
        one, other = (plan_in_charge(problem, backend=name) for name in ("cpsat", "highs"))
        assert values_of(problem, one.pairs) == best(problem), problem
        assert (one.pairs, one.bound) == (other.pairs, one.uneven)


def test_committee_of_a_town_is_balanced_and_proved() -> None:
    source = random.Random(7)
    members = tuple(CommitteeMember(id=f"m{number:02}", most=6) for number in range(11))
    units = tuple(Organization(id=f"o{number:02}", weight=source.randint(10, 90)) for number in range(45))
    plan = plan_in_charge(InChargeProblem(members=members, organizations=units))
    assert plan.proved
    assert plan.uneven == 0
    assert plan.open_organizations == ()


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        ({("a", "x"), ("b", "x")}, "two in charge"),
        ({("b", "y")}, "lock not kept"),
        ({("a", "x"), ("a", "y")}, "too many"),
        ({("a", "x"), ("b", "y")}, "forbidden"),
    ],
)
def test_judge_of_committee_refuses(pairs: set[tuple[str, str]], fault: str) -> None:
    problem = InChargeProblem(
        members=(CommitteeMember(id="a", most=1), CommitteeMember(id="b")),
        organizations=organizations(x=1, y=1),
        locks=frozenset({("a", "x")}),
        forbidden=frozenset({("b", "y")}),
    )
    with pytest.raises(PlanError, match=fault):
        check_in_charge(problem, frozenset(pairs))


def test_faults_are_told_at_once() -> None:
    with pytest.raises(ProblemError) as caught:
        InChargeProblem(
            members=(CommitteeMember(id="a", most=-1), CommitteeMember(id="a")),
            organizations=organizations(x=-1),
            costs={("a", "x"): -1, ("b", "x"): 0},
            locks=frozenset({("a", "x"), ("b", "x")}),
            forbidden=frozenset({("a", "x")}),
            tolerance=0,
        )
    assert len(caught.value.faults) == 9
