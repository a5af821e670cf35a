"""The judge of hard rules, written from the rules and not from the model: no back end may import it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from planner.problem import Duty, Member, Pair, Problem
from planner.result import Conflict, Rule


class PlanError(RuntimeError):
    """A plan breaks rules that the locks do not break by themselves; a fault of the planner, never of the data."""


def broken_rules(problem: Problem, pairs: frozenset[Pair]) -> tuple[Conflict, ...]:
    """Every hard rule that `pairs` break, with the excess."""
    judge = _Judge(problem, pairs)
    found = [*judge.of_pairs(), *judge.of_members(), *judge.of_duties()]
    return tuple(found)


def check_plan(problem: Problem, pairs: frozenset[Pair]) -> None:
    """Raise `PlanError` unless `pairs` keep every lock and break no more than the locks alone break."""
    missing = problem.locks - pairs
    if missing:
        raise PlanError(f"locks not kept: {sorted(missing)}")
    excused = set(broken_rules(problem, problem.locks))
    broken = [one for one in broken_rules(problem, pairs) if one not in excused]
    if broken:
        raise PlanError(f"rules broken: {broken}")


class _Judge:
    """Looks at one set of pairs: per pair, per member, per duty."""

    def __init__(self, problem: Problem, pairs: frozenset[Pair]) -> None:
        self.problem = problem
        self.pairs = sorted(pairs)
        self.members = {member.id: member for member in problem.members}
        self.duties = {duty.id: duty for duty in problem.duties}
        self.light_categories = {rule.code for rule in problem.categories if rule.light_only}

    def of_pairs(self) -> Iterator[Conflict]:
        for pair in self.pairs:
            member, duty = self.members[pair[0]], self.duties[pair[1]]
            found = [
                *self._of_permission(member, duty),
                *self._of_strength(member, duty),
                *_of_ability(member, duty),
            ]
            if pair in self.problem.forbidden:
                found.append((Rule.FORBIDDEN, 1))
            for rule, excess in found:
                yield Conflict(rule=rule, excess=excess, duty=duty.id, member=member.id)

    def _of_permission(self, member: Member, duty: Duty) -> Iterator[tuple[Rule, int]]:
        if not member.available:
            yield Rule.AVAILABLE, 1
        if duty.categories and member.category not in duty.categories:
            yield Rule.CATEGORY, 1

    def _of_strength(self, member: Member, duty: Duty) -> Iterator[tuple[Rule, int]]:
        spared = member.health == 0 or member.category in self.light_categories
        if spared and not duty.light:
            yield Rule.LIGHT_ONLY, 1
        if duty.health_min > member.health:
            yield Rule.HEALTH, duty.health_min - member.health
        if member.no_night and duty.night:
            yield Rule.NIGHT, 1

    def of_members(self) -> Iterator[Conflict]:
        for member in self.problem.members:
            own = [self.duties[duty] for who, duty in self.pairs if who == member.id]
            hours = sum(duty.hours for duty in own)
            if hours > member.hours:
                yield Conflict(rule=Rule.HOURS, excess=hours - member.hours, member=member.id)
            if len(own) > member.max_duties:
                yield Conflict(rule=Rule.MAX_DUTIES, excess=len(own) - member.max_duties, member=member.id)

    def of_duties(self) -> Iterator[Conflict]:
        apart = {frozenset(pair) for pair in self.problem.apart}
        for duty in self.problem.duties:
            people = [who for who, which in self.pairs if which == duty.id]
            if len(people) > duty.headcount_max:
                yield Conflict(rule=Rule.HEADCOUNT_MAX, excess=len(people) - duty.headcount_max, duty=duty.id)
            for one, other in combinations(people, 2):
                if frozenset((one, other)) in apart:
                    yield Conflict(rule=Rule.APART, excess=1, duty=duty.id, member=one, other_member=other)


def _of_ability(member: Member, duty: Duty) -> Iterator[tuple[Rule, int]]:
    lacking = [level - member.competences.get(code, 0) for code, level in duty.required.items()]
    if lacking and max(lacking) > 0:
        yield Rule.COMPETENCE, max(lacking)
    if duty.education_min > member.education:
        yield Rule.EDUCATION, duty.education_min - member.education
    if duty.hours > member.hours:
        yield Rule.SINGLE_HOURS, duty.hours - member.hours
