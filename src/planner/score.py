"""The judge of goals, written from the rules and not from the model: no back end may import it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.fit import fit_of
from planner.problem import Duty, Member, Pair, Problem
from planner.result import Level, Rule, Unmet


def evaluate(problem: Problem, pairs: frozenset[Pair]) -> Mapping[Level, int]:
    """The value of `pairs` on every level that people see; less is better."""
    return {
        Level.NEED: sum(need_cost(problem, one) for one in unmet_needs(problem, pairs)),
        Level.FIT: _fit(problem, pairs),
        Level.LOAD: sum(_strain(problem, load) for load in loads_of(problem, pairs).values()),
        Level.CONTINUITY: _changes(problem, pairs),
    }


def unmet_needs(problem: Problem, pairs: frozenset[Pair]) -> tuple[Unmet, ...]:
    """What `pairs` leave unmet: of each duty in order of id, then of each member."""
    given: dict[str, list[Duty]] = {member.id: [] for member in problem.members}
    people: dict[str, list[Member]] = {duty.id: [] for duty in problem.duties}
    members = {member.id: member for member in problem.members}
    duties = {duty.id: duty for duty in problem.duties}
    for who, which in pairs:
        given[who].append(duties[which])
        people[which].append(members[who])
    found: list[Unmet] = []
    for duty in problem.duties:
        found.extend(_unmet_of_duty(duty, people[duty.id]))
    for member in problem.members:
        found.extend(_unmet_of_member(problem, member, given[member.id]))
    return tuple(found)


def _unmet_of_duty(duty: Duty, people: list[Member]) -> Iterator[Unmet]:
    if len(people) < duty.headcount_min:
        yield Unmet(rule=Rule.HEADCOUNT_MIN, missing=duty.headcount_min - len(people), duty=duty.id)
    asked = duty.needs_lead and (people or duty.headcount_min)
    if asked and not any(member.can_lead for member in people):
        yield Unmet(rule=Rule.LEAD, missing=1, duty=duty.id)


def _unmet_of_member(problem: Problem, member: Member, duties: list[Duty]) -> Iterator[Unmet]:
    if not member.available:
        return
    rule = next(one for one in problem.categories if one.code == member.category)
    worthy = [duty for duty in duties if duty.substantive] if rule.must_have_substantive else duties
    if member.must_have_work and not worthy:
        yield Unmet(rule=Rule.WORK, missing=1, member=member.id)
    belongs = member.in_mass_organization or member.in_charge_of_group
    belongs = belongs or any(duty.counts_as_group_in_charge for duty in duties)
    if rule.must_join_group_or_organization and not belongs:
        yield Unmet(rule=Rule.GROUP, missing=1, member=member.id)


def need_cost(problem: Problem, unmet: Unmet) -> int:
    """The points of level 1 that an unmet need costs."""
    weights = problem.weights
    if unmet.rule is Rule.HEADCOUNT_MIN:
        duty = next(one for one in problem.duties if one.id == unmet.duty)
        return unmet.missing * weights.missing_person[duty.priority - 1]
    single = {Rule.WORK: weights.no_work, Rule.GROUP: weights.no_group, Rule.LEAD: weights.no_lead}
    return single[unmet.rule]


def _fit(problem: Problem, pairs: frozenset[Pair]) -> int:
    members = {member.id: member for member in problem.members}
    duties = {duty.id: duty for duty in problem.duties}
    weights = problem.weights
    return sum(weights.threshold - fit_of(members[who], duties[which], weights) for who, which in pairs)


def loads_of(problem: Problem, pairs: frozenset[Pair]) -> Mapping[str, int]:
    """The load of every member, people with nothing included: permille of own hours, each duty rounded down."""
    members = {member.id: member for member in problem.members}
    duties = {duty.id: duty for duty in problem.duties}
    loads = dict.fromkeys(members, 0)
    for who, which in pairs:
        if members[who].hours > 0:
            loads[who] += (1000 * duties[which].hours) // members[who].hours
    return loads


def _strain(problem: Problem, load: int) -> int:
    return sum(max(0, load - step) for step in problem.weights.load_steps)


def _changes(problem: Problem, pairs: frozenset[Pair]) -> int:
    if problem.current is None:
        return len(problem.previous - pairs)
    return len(problem.current ^ pairs)
