"""Synthetic cells for measuring: about 15 members and 17 duties each, most of them asked for too much.

Every value is invented. The mixture follows the sizes of a town: many small cells, a few of 40 to 60 members.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from planner.problem import CategoryRule, Duty, Member, Pair, Problem, Weights

CATEGORIES = (
    CategoryRule(code="agency", must_join_group_or_organization=True),
    CategoryRule(code="hamlet", must_join_group_or_organization=True),
    CategoryRule(code="exempt", must_have_substantive=False, light_only=True),
)
FIELDS = ("party", "production", "culture", "security", "mass", "youth", "accounts")
COMPETENCES = ("jrai", "bahnar", "computing", "writing", "mobilising", "accounting")
AREAS = ("north", "south", "river", "market")


def cells(
    count: int, *, seed: int, size: int | None = None, weights: Weights | None = None
) -> Iterator[Problem]:
    """`count` cells, the same for the same `seed`; all with `size` members, or of mixed sizes 3-60."""
    for number in range(count):
        source = random.Random(f"{seed}/{number}")
        members = size or min(60, max(3, round(source.lognormvariate(2.5, 0.6))))
        yield cell(source, members, weights or Weights())


def cell(source: random.Random, size: int, weights: Weights) -> Problem:
    """One cell of `size` members, with about a duty and an eighth for each of them."""
    members = tuple(_member(source, number) for number in range(size))
    duties = tuple(_duty(source, number) for number in range(max(2, round(size * 17 / 15))))
    pairs = [(member.id, duty.id) for member in members for duty in duties]
    return Problem(
        members=members,
        duties=duties,
        categories=CATEGORIES,
        weights=weights,
        locks=_some(source, pairs, round(size * 0.05)),
        forbidden=frozenset(),
        apart=_apart(source, members),
        previous=_some(source, pairs, size),
    )


def _some(source: random.Random, pairs: list[Pair], count: int) -> frozenset[Pair]:
    return frozenset(source.sample(pairs, min(count, len(pairs))))


def _apart(source: random.Random, members: tuple[Member, ...]) -> frozenset[tuple[str, str]]:
    if len(members) < 5 or source.random() < 0.5:
        return frozenset()
    one, other = source.sample([member.id for member in members], 2)
    return frozenset({(one, other)})


def _member(source: random.Random, number: int) -> Member:
    category = source.choices(("agency", "hamlet", "exempt"), (35, 50, 15))[0]
    exempt = category == "exempt"
    return Member(
        id=f"m{number:03}",
        category=category,
        hours=source.choice((4, 6, 8)) if exempt else source.choice((10, 12, 16, 20, 24)),
        max_duties=1 if exempt else source.choice((2, 3, 3)),
        competences={code: source.randint(1, 3) for code in COMPETENCES if source.random() < 0.35},
        field=source.choice(FIELDS),
        education=source.choices(range(6), (5, 10, 30, 25, 25, 5))[0],
        health=source.choices((0, 1, 2), (60, 30, 10) if exempt else (3, 17, 80))[0],
        no_night=source.random() < 0.2,
        area=source.choice(AREAS),
        experience=frozenset(source.sample(FIELDS, source.randint(0, 3))),
        wishes=frozenset(source.sample(FIELDS, source.randint(0, 2))),
        in_mass_organization=source.random() < 0.85,
        must_have_work=not exempt,
        can_lead=source.random() < 0.35,
        available=source.random() < 0.95,
    )


def _duty(source: random.Random, number: int) -> Duty:
    light = source.random() < 0.4
    least = source.choices((0, 1, 2, 3), (10, 55, 25, 10))[0]
    wanted = source.sample(COMPETENCES, 2)
    return Duty(
        id=f"d{number:03}",
        field=source.choice(FIELDS),
        categories=frozenset(
            source.choice(((), (), ("hamlet", "exempt"), ("agency",), ("agency", "hamlet")))
        ),
        headcount_min=least,
        headcount_max=least + source.choice((0, 1, 1, 2)) if least else source.randint(1, 2),
        hours=source.choice((2, 3, 4)) if light else source.choice((4, 6, 8, 10)),
        priority=source.choices((1, 2, 3), (30, 50, 20))[0],
        substantive=source.random() < 0.75,
        light=light,
        night=source.random() < 0.12,
        health_min=0 if light else source.choice((0, 1, 1, 2)),
        required={wanted[0]: source.randint(1, 2)} if source.random() < 0.15 else {},
        desired={wanted[1]: source.randint(1, 3)} if source.random() < 0.5 else {},
        education_min=source.choices((0, 1, 2, 3), (60, 15, 15, 10))[0],
        area=source.choice(AREAS) if source.random() < 0.4 else None,
        needs_lead=source.random() < 0.25,
        counts_as_group_in_charge=source.random() < 0.15,
    )
