"""Rules of one member and one duty: each with the smallest problem that shows it."""

from typing import Any

import pytest

from tests.planner.builders import duty, member, pairs_of, problem

KEPT_APART: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("away", {"available": False}, {}),
    ("other category", {}, {"categories": frozenset({"exempt"})}),
    ("light work by category", {"category": "exempt"}, {"light": False}),
    ("light work by health", {"health": 0}, {"light": False}),
    ("health", {"health": 1}, {"health_min": 2}),
    ("night", {"no_night": True}, {"night": True}),
    ("no competence", {}, {"required": {"jrai": 1}}),
    ("competence too low", {"competences": {"jrai": 1}}, {"required": {"jrai": 2}}),
    ("education", {"education": 2}, {"education_min": 3}),
    ("hours of the duty", {"hours": 3}, {"hours": 4}),
]
JUST_REACHED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("own category", {}, {"categories": frozenset({"hamlet"})}),
    ("light work", {"category": "exempt"}, {"light": True}),
    ("light work by health", {"health": 0}, {"light": True}),
    ("health", {"health": 2}, {"health_min": 2}),
    ("competence", {"competences": {"jrai": 2}}, {"required": {"jrai": 2}}),
    ("education", {"education": 3}, {"education_min": 3}),
    ("hours", {"hours": 4}, {"hours": 4}),
]


@pytest.mark.parametrize(("_name", "traits", "demands"), KEPT_APART)
def test_rule_keeps_member_from_duty(
    backend: str, _name: str, traits: dict[str, Any], demands: dict[str, Any]
) -> None:
    assert pairs_of(problem([member("a", **traits)], [duty("x", **demands)]), backend) == set()


@pytest.mark.parametrize(("_name", "traits", "demands"), JUST_REACHED)
def test_rule_is_met_at_its_limit(
    backend: str, _name: str, traits: dict[str, Any], demands: dict[str, Any]
) -> None:
    assert pairs_of(problem([member("a", **traits)], [duty("x", **demands)]), backend) == {("a", "x")}


def test_forbidden_pair_is_not_used(backend: str) -> None:
    cell = problem([member("a"), member("b")], [duty("x")], forbidden=frozenset({("a", "x")}))
    assert pairs_of(cell, backend) == {("b", "x")}
