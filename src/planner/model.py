"""From a problem to its form: one function per rule; `build_form` is the list of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from math import prod

from planner.eligibility import is_eligible
from planner.fit import fit_of
from planner.form import UNBOUNDED, Form, RowName
from planner.problem import CategoryRule, Duty, Member, Pair, Problem
from planner.result import Level, Rule

TIE_VALUES = 1 << 16
"""Tie-break weights are 1..TIE_VALUES: large enough that two best plans hardly ever weigh the same."""

_LEAST_TIE_VALUES = 1 << 6
_ROOM = 1 << 61
"""All levels together should stay under this, so that one objective settles them: large cells have coarser lots."""


@dataclass(slots=True)
class _Draft:
    """The form under construction, with the columns of each member and of each duty."""

    problem: Problem
    form: Form
    of_member: dict[str, list[int]]
    of_duty: dict[str, list[int]]
    hours: list[int]
    loads: list[int]
    locked: list[bool]

    def locked_among(self, columns: list[int]) -> int:
        return sum(self.locked[column] for column in columns)


def build_form(problem: Problem) -> Form:
    """The form of `problem`: always feasible, as every need has a column for what stays unmet."""
    draft = _pairs(problem)
    for duty in problem.duties:
        _headcount(draft, duty)
        _lead(draft, duty)
    for member in problem.members:
        _hours(draft, member)
        _max_duties(draft, member)
        _work(draft, member)
        _group(draft, member)
        _load(draft, member)
    _apart(draft)
    _fit(draft)
    _continuity(draft)
    _tie(draft)
    return draft.form


def _pairs(problem: Problem) -> _Draft:
    form = Form(costs={level: {} for level in Level}, constants=dict.fromkeys(Level, 0))
    form.spans = dict.fromkeys(Level, 0)
    form.least = dict.fromkeys(Level, 0)
    draft = _Draft(
        problem,
        form,
        {member.id: [] for member in problem.members},
        {duty.id: [] for duty in problem.duties},
        [],
        [],
        [],
    )
    categories = {rule.code: rule for rule in problem.categories}
    for member in problem.members:
        category = categories[member.category]
        for duty in problem.duties:
            pair = (member.id, duty.id)
            locked = pair in problem.locks
            if locked or (is_eligible(member, duty, category) and pair not in problem.forbidden):
                _add_pair(draft, member, duty, locked=locked)
    form.whole = len(form.pairs)
    return draft


def _add_pair(draft: _Draft, member: Member, duty: Duty, *, locked: bool) -> None:
    column = draft.form.add_column(int(locked), 1)
    draft.form.pairs.append((member.id, duty.id))
    draft.of_member[member.id].append(column)
    draft.of_duty[duty.id].append(column)
    draft.hours.append(duty.hours)
    draft.loads.append(load_of(member, duty))
    draft.locked.append(locked)


def load_of(member: Member, duty: Duty) -> int:
    """Permille of the member's hours that the duty takes, rounded down: hours that fit never exceed 1000."""
    return 1000 * duty.hours // member.hours if member.hours else 0


def _unmet(draft: _Draft, most: int, cost: int) -> int:
    column = draft.form.add_column(0, most)
    draft.form.costs[Level.NEED][column] = cost
    draft.form.spans[Level.NEED] += most * cost
    return column


def _headcount(draft: _Draft, duty: Duty) -> None:
    columns = draft.of_duty[duty.id]
    most = max(duty.headcount_max, draft.locked_among(columns))
    if len(columns) > most:
        name = RowName(Rule.HEADCOUNT_MAX, duty=duty.id)
        draft.form.add_row(name, columns, [1] * len(columns), -UNBOUNDED, most)
    if duty.headcount_min:
        weight = draft.problem.weights.missing_person[duty.priority - 1]
        missing = _unmet(draft, duty.headcount_min, weight)
        name = RowName(Rule.HEADCOUNT_MIN, duty=duty.id)
        draft.form.add_row(name, [*columns, missing], [1] * (len(columns) + 1), duty.headcount_min, UNBOUNDED)


def _lead(draft: _Draft, duty: Duty) -> None:
    """Among those who do the duty someone can lead; a duty that may stay open asks only when it is done."""
    if not duty.needs_lead:
        return
    columns = draft.of_duty[duty.id]
    able = {member.id for member in draft.problem.members if member.can_lead}
    leaders = [column for column in columns if draft.form.pairs[column][0] in able]
    missing = _unmet(draft, 1, draft.problem.weights.no_lead)
    name = RowName(Rule.LEAD, duty=duty.id)
    group, ones = [*leaders, missing], [1] * (len(leaders) + 1)
    if duty.headcount_min:
        draft.form.add_row(name, group, ones, 1, UNBOUNDED)
        return
    for column in sorted(set(columns) - set(leaders)):
        draft.form.add_row(name, [*group, column], [*ones, -1], 0, UNBOUNDED)


def _hours(draft: _Draft, member: Member) -> None:
    columns = draft.of_member[member.id]
    hours = [draft.hours[column] for column in columns]
    locked = sum(draft.hours[column] for column in columns if draft.locked[column])
    most = max(member.hours, locked)
    if sum(hours) > most:
        draft.form.add_row(RowName(Rule.HOURS, member.id), columns, hours, -UNBOUNDED, most)


def _max_duties(draft: _Draft, member: Member) -> None:
    columns = draft.of_member[member.id]
    most = max(member.max_duties, draft.locked_among(columns))
    if len(columns) > most:
        name = RowName(Rule.MAX_DUTIES, member.id)
        draft.form.add_row(name, columns, [1] * len(columns), -UNBOUNDED, most)


def _work(draft: _Draft, member: Member) -> None:
    """Who must have work gets a duty, a substantive one where the category asks for that."""
    if not (member.must_have_work and member.available):
        return
    substantive = _category(draft, member).must_have_substantive
    duties = {duty.id for duty in draft.problem.duties if duty.substantive or not substantive}
    _one_of(draft, member, Rule.WORK, duties, draft.problem.weights.no_work)


def _group(draft: _Draft, member: Member) -> None:
    """Who is in no mass organisation takes charge of a household group, where the category asks for that."""
    joined = member.in_mass_organization or member.in_charge_of_group
    if joined or not member.available or not _category(draft, member).must_join_group_or_organization:
        return
    duties = {duty.id for duty in draft.problem.duties if duty.counts_as_group_in_charge}
    _one_of(draft, member, Rule.GROUP, duties, draft.problem.weights.no_group)


def _one_of(draft: _Draft, member: Member, rule: Rule, duties: set[str], cost: int) -> None:
    columns = [column for column in draft.of_member[member.id] if draft.form.pairs[column][1] in duties]
    columns.append(_unmet(draft, 1, cost))
    draft.form.add_row(RowName(rule, member.id), columns, [1] * len(columns), 1, UNBOUNDED)


def _category(draft: _Draft, member: Member) -> CategoryRule:
    return next(rule for rule in draft.problem.categories if rule.code == member.category)


def _load(draft: _Draft, member: Member) -> None:
    """Load beyond each step costs one point a permille more; one column for the stretch above each step."""
    columns = draft.of_member[member.id]
    loads = [draft.loads[column] for column in columns]
    locked = sum(draft.loads[column] for column in columns if draft.locked[column])
    highest = min(sum(loads), max(1000, locked))
    steps = sorted(draft.problem.weights.load_steps)
    if not steps or highest <= steps[0]:
        return
    stretches = []
    for cost, (step, following) in enumerate(zip(steps, [*steps[1:], highest], strict=True), start=1):
        length = min(following, highest) - step
        if length > 0:
            column = draft.form.add_column(0, length)
            draft.form.costs[Level.LOAD][column] = cost
            draft.form.spans[Level.LOAD] += cost * length
            stretches.append(column)
    values = [*loads, *([-1] * len(stretches))]
    name = RowName(Level.LOAD, member.id)
    draft.form.add_row(name, [*columns, *stretches], values, -UNBOUNDED, steps[0])


def _apart(draft: _Draft) -> None:
    column_of = {pair: column for column, pair in enumerate(draft.form.pairs)}
    for one, other in sorted({(min(pair), max(pair)) for pair in draft.problem.apart}):
        for duty in draft.problem.duties:
            left, right = column_of.get((one, duty.id)), column_of.get((other, duty.id))
            if left is None or right is None or (draft.locked[left] and draft.locked[right]):
                continue
            name = RowName(Rule.APART, one, duty.id)
            draft.form.add_row(name, [left, right], [1, 1], -UNBOUNDED, 1)


def _fit(draft: _Draft) -> None:
    members = {member.id: member for member in draft.problem.members}
    duties = {duty.id: duty for duty in draft.problem.duties}
    weights = draft.problem.weights
    for column, (member, duty) in enumerate(draft.form.pairs):
        cost = weights.threshold - fit_of(members[member], duties[duty], weights)
        draft.form.costs[Level.FIT][column] = cost
    _span_of_pairs(draft, Level.FIT)


def _continuity(draft: _Draft) -> None:
    """New plan: last year's pairs that are lost. Present draft: pairs that change, in or out."""
    problem, costs = draft.problem, draft.form.costs[Level.CONTINUITY]
    kept = problem.previous if problem.current is None else problem.current
    draft.form.constants[Level.CONTINUITY] = len(kept)
    for column, pair in enumerate(draft.form.pairs):
        if pair in kept:
            costs[column] = -1
        elif problem.current is not None:
            costs[column] = 1
    _span_of_pairs(draft, Level.CONTINUITY)


def _tie(draft: _Draft) -> None:
    costs, spans = draft.form.costs[Level.TIE], draft.form.spans
    places = sum(duty.headcount_max for duty in draft.problem.duties)
    others = prod(spans[level] + 1 for level in Level if level is not Level.TIE)
    values = min(TIE_VALUES, max(_LEAST_TIE_VALUES, _ROOM // (others * (places + 1))))
    for column, pair in enumerate(draft.form.pairs):
        costs[column] = tie_weight(pair, values)
    _span_of_pairs(draft, Level.TIE)


def tie_weight(pair: Pair, values: int = TIE_VALUES) -> int:
    """The tie-break weight of a pair, 1..`values`: the same on every machine, as if drawn by lot."""
    digest = blake2b("\0".join(pair).encode(), digest_size=8).digest()
    return 1 + int.from_bytes(digest) % values


def _span_of_pairs(draft: _Draft, level: Level) -> None:
    """Best and worst of a level are at most those of each duty alone with as many people as it may have."""
    costs = draft.form.costs[level]
    for duty in draft.problem.duties:
        columns = draft.of_duty[duty.id]
        free = sorted(costs.get(column, 0) for column in columns if not draft.locked[column])
        most = max(0, max(duty.headcount_max, draft.locked_among(columns)) - draft.locked_among(columns))
        least = sum(min(cost, 0) for cost in free[:most])
        greatest = sum(max(cost, 0) for cost in free[-most:] if most)
        draft.form.spans[level] += greatest - least
        draft.form.least[level] += least + sum(
            costs.get(column, 0) for column in columns if draft.locked[column]
        )
