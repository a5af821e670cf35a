"""A plan as a person with a spreadsheet makes it: the most important duty first, the best free member for it.

Used when a back end finds nothing within its limit, and as the yardstick of the benchmarks.
"""

from __future__ import annotations

from planner.eligibility import is_eligible
from planner.fit import fit_of
from planner.problem import Duty, Member, Pair, Problem


def greedy_plan(problem: Problem) -> frozenset[Pair]:
    """Pairs that keep every lock and every hard rule, filled duty by duty to the required headcount."""
    desk = _Desk(problem)
    for duty in sorted(problem.duties, key=lambda one: (-one.priority, -one.headcount_min, one.id)):
        for member in sorted(problem.members, key=lambda one: (-fit_of(one, duty, problem.weights), one.id)):
            if len(desk.people[duty.id]) >= duty.headcount_min:
                break
            if desk.is_free_for(member, duty):
                desk.give(member, duty)
    return frozenset(desk.pairs)


class _Desk:
    """What has been given out so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.categories = {rule.code: rule for rule in problem.categories}
        self.apart = {frozenset(pair) for pair in problem.apart}
        self.people: dict[str, list[str]] = {duty.id: [] for duty in problem.duties}
        self.hours: dict[str, int] = {member.id: 0 for member in problem.members}
        self.count: dict[str, int] = {member.id: 0 for member in problem.members}
        self.pairs: set[Pair] = set()
        members = {member.id: member for member in problem.members}
        duties = {duty.id: duty for duty in problem.duties}
        for who, which in sorted(problem.locks):
            self.give(members[who], duties[which])

    def give(self, member: Member, duty: Duty) -> None:
        self.pairs.add((member.id, duty.id))
        self.people[duty.id].append(member.id)
        self.hours[member.id] += duty.hours
        self.count[member.id] += 1

    def is_free_for(self, member: Member, duty: Duty) -> bool:
        pair = (member.id, duty.id)
        return (
            pair not in self.pairs
            and pair not in self.problem.forbidden
            and self.hours[member.id] + duty.hours <= member.hours
            and self.count[member.id] < member.max_duties
            and is_eligible(member, duty, self.categories[member.category])
            and not any(frozenset((member.id, other)) in self.apart for other in self.people[duty.id])
        )
