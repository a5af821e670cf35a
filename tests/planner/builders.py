"""Three-line problems: members, duties and rules with only what a test is about."""

import random
from collections.abc import Iterable
from typing import Any

from planner.problem import CategoryRule, Duty, Member, Problem, Weights
from planner.solve import solve

PLAIN = CategoryRule(code="hamlet")
EXEMPT = CategoryRule(code="exempt", must_have_substantive=False, light_only=True)
JOINED = CategoryRule(code="joined", must_join_group_or_organization=True)
STRICT = Weights(fit_allowance=0, change_allowance=0)


def member(name: str, **traits: Any) -> Member:
    """A member of the plain category who need not have work, so that a test sees only its own rule."""
    return Member(id=name, **{"category": "hamlet", "must_have_work": False, **traits})


def duty(name: str, **traits: Any) -> Duty:
    """A duty for one person."""
    return Duty(id=name, **traits)


def problem(members: Iterable[Member], duties: Iterable[Duty], **rest: Any) -> Problem:
    """A problem with the three categories of the tests; no fit is given up for anything."""
    rest.setdefault("weights", STRICT)
    categories = (PLAIN, EXEMPT, JOINED)
    return Problem(members=tuple(members), duties=tuple(duties), categories=categories, **rest)


def pairs_of(problem: Problem, backend: str = "cpsat") -> set[tuple[str, str]]:
    """The pairs of the best plan."""
    return set(solve(problem, backend=backend).pairs)


def tiny(source: random.Random) -> Problem:
    """A random problem small enough to try every plan; rules meet each other in all ways."""
    members = [_tiny_member(source, f"m{number}") for number in range(source.randint(1, 3))]
    duties = [_tiny_duty(source, f"d{number}") for number in range(source.randint(1, 3))]
    pairs = [(one.id, other.id) for one in members for other in duties]
    locks = frozenset(pair for pair in pairs if source.random() < 0.08)
    forbidden = frozenset(pair for pair in pairs if source.random() < 0.08) - locks
    apart = frozenset({(members[0].id, members[-1].id)} if len(members) > 1 and source.random() < 0.3 else ())
    draft = frozenset(pair for pair in pairs if source.random() < 0.3)
    return problem(
        members,
        duties,
        locks=locks,
        forbidden=forbidden,
        apart=apart,
        previous=draft,
        current=draft if source.random() < 0.3 else None,
        weights=Weights(
            fit_allowance=source.choice((0, 2, 10)),
            change_allowance=source.choice((0, 5, 20)),
            threshold=source.choice((30, 50, 70)),
        ),
    )


def _tiny_member(source: random.Random, name: str) -> Member:
    return Member(
        id=name,
        category=source.choice(("hamlet", "hamlet", "exempt", "joined")),
        hours=source.choice((0, 4, 7, 10)),
        max_duties=source.choice((1, 2, 3)),
        competences={"jrai": source.randint(1, 3)} if source.random() < 0.5 else {},
        field=source.choice(("culture", "security", None)),
        education=source.randint(0, 5),
        health=source.choice((0, 1, 2, 2)),
        no_night=source.random() < 0.2,
        area=source.choice(("north", "south")),
        experience=frozenset({"culture"} if source.random() < 0.3 else ()),
        wishes=frozenset({"security"} if source.random() < 0.3 else ()),
        in_mass_organization=source.random() < 0.5,
        in_charge_of_group=source.random() < 0.1,
        must_have_work=source.random() < 0.7,
        can_lead=source.random() < 0.5,
        available=source.random() < 0.9,
    )


def _tiny_duty(source: random.Random, name: str) -> Duty:
    least = source.choice((0, 1, 1, 2))
    return Duty(
        id=name,
        field=source.choice(("culture", "security", None)),
        categories=frozenset(source.choice(((), (), ("hamlet", "exempt"), ("joined", "hamlet")))),
        headcount_min=least,
        headcount_max=max(1, least) + source.choice((0, 0, 1)),
        hours=source.choice((0, 2, 3, 4, 5)),
        priority=source.randint(1, 3),
        substantive=source.random() < 0.7,
        light=source.random() < 0.5,
        night=source.random() < 0.2,
        health_min=source.choice((0, 0, 1, 2)),
        required={"jrai": source.randint(1, 2)} if source.random() < 0.2 else {},
        desired={"jrai": 3, "writing": 1} if source.random() < 0.4 else {},
        education_min=source.choice((0, 0, 1, 3)),
        area=source.choice(("north", "south", None)),
        needs_lead=source.random() < 0.3,
        counts_as_group_in_charge=source.random() < 0.3,
    )
