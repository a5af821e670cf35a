"""How the candidates of an unmet need run out, rule by rule: "of 15 members 13 in the category, ..., 0 left"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.eligibility import PAIR_RULES
from planner.problem import CategoryRule, Duty, Member, Pair, Problem
from planner.result import FunnelStep, Rule, Unmet

_Sieve = tuple[Rule, str | None, Callable[[Member, Duty], bool]]


@dataclass(frozen=True, slots=True)
class _Room:
    """What the plan has used up."""

    problem: Problem
    pairs: frozenset[Pair]
    categories: Mapping[str, CategoryRule]
    hours: Mapping[str, int]
    counts: Mapping[str, int]
    people: Mapping[str, int]

    def has_hours(self, member: Member, duty: Duty) -> bool:
        return (member.id, duty.id) in self.pairs or self.hours[member.id] + duty.hours <= member.hours

    def has_duties_left(self, member: Member, duty: Duty) -> bool:
        return (member.id, duty.id) in self.pairs or self.counts[member.id] < member.max_duties

    def has_place(self, member: Member, duty: Duty) -> bool:
        return (member.id, duty.id) in self.pairs or self.people[duty.id] < duty.headcount_max


def with_funnels(problem: Problem, pairs: frozenset[Pair], unmet: tuple[Unmet, ...]) -> tuple[Unmet, ...]:
    """`unmet` with the funnel of each: every rule that took candidates away, and how many were left."""
    if not unmet:
        return unmet
    room = _room(problem, pairs)
    members = {member.id: member for member in problem.members}
    duties = {duty.id: duty for duty in problem.duties}
    told = []
    for one in unmet:
        if one.duty is not None:
            candidates = [(member, duties[one.duty]) for member in problem.members]
        else:
            candidates = [(members[str(one.member)], duty) for duty in problem.duties]
        steps = tuple(_steps(candidates, _sieves(room, one, candidates)))
        told.append(replace(one, total=len(candidates), funnel=steps))
    return tuple(told)


def _room(problem: Problem, pairs: frozenset[Pair]) -> _Room:
    hours = dict.fromkeys((member.id for member in problem.members), 0)
    counts = dict(hours)
    people = dict.fromkeys((duty.id for duty in problem.duties), 0)
    asked = {duty.id: duty.hours for duty in problem.duties}
    for who, which in pairs:
        hours[who] += asked[which]
        counts[who] += 1
        people[which] += 1
    categories = {rule.code: rule for rule in problem.categories}
    return _Room(problem, pairs, categories, hours, counts, people)


def _steps(candidates: list[tuple[Member, Duty]], sieves: Iterator[_Sieve]) -> Iterator[FunnelStep]:
    for rule, code, passes in sieves:
        left = [pair for pair in candidates if passes(*pair)]
        if len(left) < len(candidates):
            yield FunnelStep(rule=rule, left=len(left), code=code)
        candidates = left


def _sieves(room: _Room, unmet: Unmet, candidates: list[tuple[Member, Duty]]) -> Iterator[_Sieve]:
    substantive = any(room.categories[member.category].must_have_substantive for member, _ in candidates)
    if unmet.rule is Rule.WORK and substantive:
        yield Rule.WORK, None, lambda _, duty: duty.substantive
    if unmet.rule is Rule.GROUP:
        yield Rule.GROUP, None, lambda _, duty: duty.counts_as_group_in_charge
    for rule in PAIR_RULES:
        if rule is Rule.COMPETENCE:
            yield from _competence_sieves(candidates)
        else:
            yield rule, None, _pair_sieve(room, rule)
    forbidden = room.problem.forbidden
    yield Rule.FORBIDDEN, None, lambda member, duty: (member.id, duty.id) not in forbidden
    if unmet.rule is Rule.LEAD:
        yield Rule.LEAD, None, lambda member, _: member.can_lead
    yield Rule.HOURS, None, room.has_hours
    yield Rule.MAX_DUTIES, None, room.has_duties_left
    yield Rule.HEADCOUNT_MAX, None, room.has_place


def _pair_sieve(room: _Room, rule: Rule) -> Callable[[Member, Duty], bool]:
    holds = PAIR_RULES[rule]
    return lambda member, duty: holds(member, duty, room.categories[member.category])


def _competence_sieves(candidates: list[tuple[Member, Duty]]) -> Iterator[_Sieve]:
    for code in sorted({code for _, duty in candidates for code in duty.required}):
        yield Rule.COMPETENCE, code, _holds_competence(code)


def _holds_competence(code: str) -> Callable[[Member, Duty], bool]:
    return lambda member, duty: member.competences.get(code, 0) >= duty.required.get(code, 0)
