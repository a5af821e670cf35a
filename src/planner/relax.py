"""The smallest relaxation: the cheapest set of rules to loosen so that every need is met.

One elastic model in which every rule that people may loosen has a price. Rules that protect members (health,
light work, night, absence) have none and are never loosened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.backends import load_backend
from planner.eligibility import rules_against
from planner.form import UNBOUNDED, Form, RowName
from planner.levels import weighted_objective
from planner.model import tie_weight
from planner.problem import CategoryRule, Duty, Member, Pair, Problem
from planner.result import Level, Relaxation, Rule
from planner.score import unmet_needs

PRICES: Mapping[Rule, int] = {
    Rule.HOURS: 3,
    Rule.MAX_DUTIES: 8,
    Rule.HEADCOUNT_MAX: 6,
    Rule.GROUP: 10,
    Rule.COMPETENCE: 10,
    Rule.EDUCATION: 12,
    Rule.LEAD: 15,
    Rule.FORBIDDEN: 20,
    Rule.CATEGORY: 25,
    Rule.APART: 25,
    Rule.HEADCOUNT_MIN: 40,
    Rule.WORK: 60,
}
"""Price of one step (an hour, a duty, a person, a level, or the rule once), the easiest to grant first."""

_LOTS = 1 << 10
"""Tie-break weights are 1.._LOTS for each step of a relaxation."""

_EXCEPTIONS = frozenset({Rule.CATEGORY, Rule.COMPETENCE, Rule.EDUCATION, Rule.FORBIDDEN, Rule.SINGLE_HOURS})


def smallest_relaxation(
    problem: Problem, pairs: frozenset[Pair], *, backend: str, limit_work: float, seed: int
) -> tuple[Relaxation, ...]:
    """The cheapest relaxations after which every need of `problem` can be met; near to the plan `pairs`.

    Empty when the back end finds none within `limit_work`. Among equally cheap ones the lot decides.
    """
    draft = _build(problem, pairs)
    objective = weighted_objective(draft.form, (Level.NEED, Level.TIE))
    answer = load_backend(backend).minimise(draft.form, objective, limit_work=limit_work, seed=seed)
    if answer.values is None:
        return ()
    return tuple(_read(draft, answer.values))


@dataclass(slots=True)
class _Elastic:
    """The elastic form: nothing dearer than `budget`, which would pay for giving up every need unmet in `plan`.

    `places` says what each priced column loosens, `exceptions` what each pair does."""

    problem: Problem
    budget: int
    form: Form = field(default_factory=Form)
    places: dict[int, Relaxation] = field(default_factory=dict)
    exceptions: dict[int, tuple[Relaxation, ...]] = field(default_factory=dict)
    of_member: dict[str, list[int]] = field(default_factory=dict)
    of_duty: dict[str, list[int]] = field(default_factory=dict)

    def add_priced(self, most: int, place: Relaxation) -> int:
        column = self.form.add_column(0, min(most, self.budget // PRICES[place.rule]))
        self.places[column] = place
        self.form.costs[Level.NEED][column] = PRICES[place.rule]
        where = f"{place.rule}/{place.duty}", f"{place.member}/{place.other_member}"
        self.form.costs[Level.TIE][column] = tie_weight(where, _LOTS)
        return column


def _build(problem: Problem, plan: frozenset[Pair]) -> _Elastic:
    budget = sum(one.missing * PRICES[one.rule] for one in unmet_needs(problem, plan))
    draft = _Elastic(problem, budget)
    form = draft.form
    form.costs = {level: {} for level in Level}
    form.constants, form.spans = dict.fromkeys(Level, 0), dict.fromkeys(Level, 0)
    form.spans[Level.NEED] = budget
    form.spans[Level.TIE] = budget * _LOTS
    draft.of_member = {member.id: [] for member in problem.members}
    draft.of_duty = {duty.id: [] for duty in problem.duties}
    _add_pairs(draft)
    for duty in problem.duties:
        _duty_rows(draft, duty)
    categories = {rule.code: rule for rule in problem.categories}
    for member in problem.members:
        _member_rows(draft, member)
        _member_needs(draft, member, categories[member.category])
    _apart_rows(draft)
    return draft


def _add_pairs(draft: _Elastic) -> None:
    problem, form = draft.problem, draft.form
    categories = {rule.code: rule for rule in problem.categories}
    for member in problem.members:
        for duty in problem.duties:
            pair = (member.id, duty.id)
            locked = pair in problem.locks
            against = rules_against(member, duty, categories[member.category], problem.forbidden)
            if not locked and not _EXCEPTIONS.issuperset(against):
                continue
            exceptions = () if locked else tuple(_exceptions(member, duty, against))
            price = sum(PRICES[one.rule] * abs(one.after - one.before) for one in exceptions)
            if price > draft.budget:
                continue
            column = form.add_column(int(locked), 1)
            form.pairs.append(pair)
            draft.of_member[member.id].append(column)
            draft.of_duty[duty.id].append(column)
            if exceptions:
                draft.exceptions[column] = exceptions
                form.costs[Level.NEED][column] = price
                form.costs[Level.TIE][column] = tie_weight(pair, _LOTS)
    form.whole = len(form.pairs)


def _exceptions(member: Member, duty: Duty, against: tuple[Rule, ...]) -> Iterator[Relaxation]:
    """What must be allowed for this one member on this one duty (too many hours are priced with his hours)."""
    where = {"member": member.id, "duty": duty.id}
    for rule in against:
        if rule is Rule.COMPETENCE:
            for code, level in sorted(duty.required.items()):
                held = member.competences.get(code, 0)
                if held < level:
                    yield Relaxation(rule=rule, before=level, after=held, code=code, **where)
        elif rule is Rule.EDUCATION:
            yield Relaxation(rule=rule, before=duty.education_min, after=member.education, **where)
        elif rule is not Rule.SINGLE_HOURS:
            yield Relaxation(rule=rule, before=0, after=1, **where)


def _duty_rows(draft: _Elastic, duty: Duty) -> None:
    columns, form = draft.of_duty[duty.id], draft.form
    ones = [1] * len(columns)
    locked = sum(form.lower[column] for column in columns)
    most = max(duty.headcount_max, locked)
    if len(columns) > most:
        place = Relaxation(rule=Rule.HEADCOUNT_MAX, before=most, after=most, duty=duty.id)
        extra = draft.add_priced(len(columns) - most, place)
        form.add_row(
            RowName(Rule.HEADCOUNT_MAX, duty=duty.id), [*columns, extra], [*ones, -1], -UNBOUNDED, most
        )
    least = duty.headcount_min
    if least:
        place = Relaxation(rule=Rule.HEADCOUNT_MIN, before=least, after=least, duty=duty.id)
        fewer = draft.add_priced(least, place)
        form.add_row(
            RowName(Rule.HEADCOUNT_MIN, duty=duty.id), [*columns, fewer], [*ones, 1], least, UNBOUNDED
        )
    if duty.needs_lead:
        _lead_rows(draft, duty, columns)


def _lead_rows(draft: _Elastic, duty: Duty, columns: list[int]) -> None:
    able = {member.id for member in draft.problem.members if member.can_lead}
    leaders = [column for column in columns if draft.form.pairs[column][0] in able]
    without = draft.add_priced(1, Relaxation(rule=Rule.LEAD, before=0, after=1, duty=duty.id))
    group, ones = [*leaders, without], [1] * (len(leaders) + 1)
    name = RowName(Rule.LEAD, duty=duty.id)
    if duty.headcount_min:
        draft.form.add_row(name, group, ones, 1, UNBOUNDED)
        return
    for column in sorted(set(columns) - set(leaders)):
        draft.form.add_row(name, [*group, column], [*ones, -1], 0, UNBOUNDED)


def _member_rows(draft: _Elastic, member: Member) -> None:
    columns, form = draft.of_member[member.id], draft.form
    asked = {duty.id: duty.hours for duty in draft.problem.duties}
    hours = [asked[form.pairs[column][1]] for column in columns]
    locked = [form.lower[column] for column in columns]
    limits = (
        (Rule.HOURS, hours, member.hours),
        (Rule.MAX_DUTIES, [1] * len(columns), member.max_duties),
    )
    for rule, values, limit in limits:
        held = sum(value for value, fixed in zip(values, locked, strict=True) if fixed)
        most = max(limit, held)
        if sum(values) > most:
            place = Relaxation(rule=rule, before=most, after=most, member=member.id)
            extra = draft.add_priced(sum(values) - most, place)
            form.add_row(RowName(rule, member.id), [*columns, extra], [*values, -1], -UNBOUNDED, most)


def _member_needs(draft: _Elastic, member: Member, category: CategoryRule) -> None:
    if not member.available:
        return
    duties = draft.problem.duties
    if member.must_have_work:
        worthy = {duty.id for duty in duties if duty.substantive or not category.must_have_substantive}
        _need_row(draft, member, Rule.WORK, worthy)
    joined = member.in_mass_organization or member.in_charge_of_group
    if category.must_join_group_or_organization and not joined:
        _need_row(draft, member, Rule.GROUP, {duty.id for duty in duties if duty.counts_as_group_in_charge})


def _need_row(draft: _Elastic, member: Member, rule: Rule, duties: set[str]) -> None:
    columns = [column for column in draft.of_member[member.id] if draft.form.pairs[column][1] in duties]
    columns.append(draft.add_priced(1, Relaxation(rule=rule, before=0, after=1, member=member.id)))
    draft.form.add_row(RowName(rule, member.id), columns, [1] * len(columns), 1, UNBOUNDED)


def _apart_rows(draft: _Elastic) -> None:
    form = draft.form
    column_of = {pair: column for column, pair in enumerate(form.pairs)}
    for one, other in sorted({(min(pair), max(pair)) for pair in draft.problem.apart}):
        for duty in draft.problem.duties:
            left, right = column_of.get((one, duty.id)), column_of.get((other, duty.id))
            if left is None or right is None or form.lower[left] + form.lower[right] == 2:
                continue
            place = Relaxation(
                rule=Rule.APART, before=0, after=1, duty=duty.id, member=one, other_member=other
            )
            together = draft.add_priced(1, place)
            name = RowName(Rule.APART, one, duty.id)
            form.add_row(name, [left, right, together], [1, 1, -1], -UNBOUNDED, 1)


_DOWNWARDS = frozenset({Rule.HEADCOUNT_MIN})


def _read(draft: _Elastic, values: list[int]) -> Iterator[Relaxation]:
    for column, place in draft.places.items():
        steps = values[column]
        if steps:
            after = place.before + (-steps if place.rule in _DOWNWARDS else steps)
            yield Relaxation(
                rule=place.rule,
                before=place.before,
                after=after,
                duty=place.duty,
                member=place.member,
                other_member=place.other_member,
            )
    for column, exceptions in draft.exceptions.items():
        if values[column]:
            yield from exceptions
