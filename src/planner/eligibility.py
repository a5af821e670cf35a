"""Which member may do which duty: one function per rule, in the order in which a funnel is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planner.problem import CategoryRule, Duty, Member, Pair
from planner.result import Rule

PairRule = Callable[[Member, Duty, CategoryRule], bool]


def is_available(member: Member, _duty: Duty, _category: CategoryRule) -> bool:
    """The member is present and not suspended."""
    return member.available


def is_for_category(member: Member, duty: Duty, _category: CategoryRule) -> bool:
    """The duty is meant for the member's category."""
    return not duty.categories or member.category in duty.categories


def is_light_enough(member: Member, duty: Duty, category: CategoryRule) -> bool:
    """Members who may only do light work, by category or by health, get light duties only."""
    return duty.light or not (category.light_only or member.health == 0)


def is_healthy_enough(member: Member, duty: Duty, _category: CategoryRule) -> bool:
    """The member's health reaches what the duty asks."""
    return member.health >= duty.health_min


def may_work_at_that_time(member: Member, duty: Duty, _category: CategoryRule) -> bool:
    """No night duty for a member who cannot work at night."""
    return not (duty.night and member.no_night)


def has_required_competences(member: Member, duty: Duty, _category: CategoryRule) -> bool:
    """Every required skill or language is held at the required level or above."""
    return all(member.competences.get(code, 0) >= level for code, level in duty.required.items())


def is_educated_enough(member: Member, duty: Duty, _category: CategoryRule) -> bool:
    """The member's education reaches what the duty asks."""
    return member.education >= duty.education_min


def has_hours_for_it(member: Member, duty: Duty, _category: CategoryRule) -> bool:
    """The duty alone does not ask for more hours than the member has."""
    return duty.hours <= member.hours


PAIR_RULES: Mapping[Rule, PairRule] = {
    Rule.CATEGORY: is_for_category,
    Rule.AVAILABLE: is_available,
    Rule.LIGHT_ONLY: is_light_enough,
    Rule.HEALTH: is_healthy_enough,
    Rule.NIGHT: may_work_at_that_time,
    Rule.COMPETENCE: has_required_competences,
    Rule.EDUCATION: is_educated_enough,
    Rule.SINGLE_HOURS: has_hours_for_it,
}


_ALL_RULES = tuple(PAIR_RULES.values())


def is_eligible(member: Member, duty: Duty, category: CategoryRule) -> bool:
    """Whether every rule of one member and one duty holds (what people have forbidden is not looked at)."""
    for holds in _ALL_RULES:  # noqa: SIM110 - asked for every pair, and all() would cost twice the time
        if not holds(member, duty, category):
            return False
    return True


def rules_against(
    member: Member, duty: Duty, category: CategoryRule, forbidden: frozenset[Pair]
) -> tuple[Rule, ...]:
    """Every rule that keeps `member` from `duty`, in the order of the funnel; empty when there is none."""
    against = [rule for rule, holds in PAIR_RULES.items() if not holds(member, duty, category)]
    if (member.id, duty.id) in forbidden:
        against.append(Rule.FORBIDDEN)
    return tuple(against)
