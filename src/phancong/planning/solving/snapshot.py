"""A plan and its people as one planning problem: everything read once, for any number of cells together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Plan
from phancong.planning.packs import PlanningRules, planning_rules
from phancong.planning.solving.people import Person, planning_day
from phancong.rules.model import Category
from planner.names import Names
from planner.problem import CategoryRule, Pair, Problem, Weights
from planner.problem import Duty as PlannedDuty

# What makes a duty of last year and one of this year the same duty.
DutyKey = tuple[int | None, int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A plan, its duties and people, and the problem they make. Members go by id, duties by their number."""

    plan: Plan
    duties: Mapping[str, Duty]
    people: Mapping[str, Person]
    problem: Problem
    names: Names
    held: frozenset[Pair]
    limit_work: float


def duty_id(number: int) -> str:
    """Numbers and not keys: the same plan is the same problem in every database."""
    return f"{number:03d}"


@dataclass(slots=True)
class Decisions:
    """What people have decided in plans so far, and what was done last year; grouped by plan or cell."""

    assignments: Mapping[int, list[Assignment]]
    exclusions: Mapping[int, list[Exclusion]]
    apart: Mapping[int, list[Apartness]]
    previous: Mapping[int, frozenset[tuple[int, DutyKey]]]

    @classmethod
    def read(cls, plans: Sequence[Plan], *, cells: Iterable[int], year: int) -> "Decisions":
        """Four queries, whatever the number of plans."""
        keys = [plan.pk for plan in plans if plan.pk]
        assignments: defaultdict[int, list[Assignment]] = defaultdict(list)
        for row in Assignment.objects.standing().filter(duty__plan__in=keys).select_related("duty"):
            assignments[row.duty.plan_id].append(row)
        exclusions: defaultdict[int, list[Exclusion]] = defaultdict(list)
        for exclusion in Exclusion.objects.filter(duty__plan__in=keys).select_related("duty"):
            exclusions[exclusion.duty.plan_id].append(exclusion)
        apart: defaultdict[int, list[Apartness]] = defaultdict(list)
        for pair in Apartness.objects.filter(plan__in=keys):
            apart[pair.plan_id].append(pair)
        previous: defaultdict[int, set[tuple[int, DutyKey]]] = defaultdict(set)
        for cell, member, catalogue, area, title in Assignment.objects.filter(
            duty__plan__cell__in=list(cells), duty__plan__year=year - 1
        ).values_list("duty__plan__cell", "member", "duty__catalogue", "duty__area", "duty__title"):
            previous[cell].add((member, _key(catalogue, area, title)))
        return cls(
            assignments, exclusions, apart, {cell: frozenset(found) for cell, found in previous.items()}
        )


def snapshot_of(
    plan: Plan,
    duties: Iterable[Duty],
    people: Iterable[Person],
    decisions: Decisions,
    *,
    today: date,
    keep_current: bool = False,
) -> Snapshot:
    """The problem of `plan`. With `keep_current` the draft as it stands is changed as little as possible."""
    law = planning_rules(planning_day(plan.year, today))
    numbered = {duty_id(duty.number): duty for duty in duties}
    known = {str(person.member.pk): person for person in people}
    rows = decisions.assignments.get(plan.pk, ())
    held = _pairs(((row.member_id, row.duty.number) for row in rows), known)
    locks = _pairs(((row.member_id, row.duty.number) for row in rows if row.is_locked), known)
    ruled_out = ((row.member_id, row.duty.number) for row in decisions.exclusions.get(plan.pk, ()))
    apart = ((str(row.first_id), str(row.second_id)) for row in decisions.apart.get(plan.pk, ()))
    problem = Problem(
        members=tuple(person.facts for person in known.values()),
        duties=tuple(_planned(number, duty, len(known)) for number, duty in numbered.items()),
        categories=tuple(_category(category) for category in rules.on(law.day).categories),
        locks=locks,
        forbidden=_pairs(ruled_out, known) - locks,
        apart=frozenset(pair for pair in apart if known.keys() >= set(pair)),
        previous=_previous(decisions.previous.get(plan.cell_id, frozenset()), numbered, known),
        current=held if keep_current else None,
        weights=weights_of(law),
    )
    return Snapshot(
        plan=plan,
        duties=numbered,
        people=known,
        problem=problem,
        names=_names(numbered, known, law.day),
        held=held,
        limit_work=law.limit_work,
    )


def weights_of(law: PlanningRules) -> Weights:
    return Weights(**law.weights)


def _pairs(rows: Iterable[tuple[int, int]], known: Mapping[str, Person]) -> frozenset[Pair]:
    """Pairs whose member is still in the cell."""
    return frozenset((str(member), duty_id(number)) for member, number in rows if str(member) in known)


def _previous(
    done: frozenset[tuple[int, DutyKey]], duties: Mapping[str, Duty], known: Mapping[str, Person]
) -> frozenset[Pair]:
    now = {_key(duty.catalogue_id, duty.area_id, duty.title): number for number, duty in duties.items()}
    return frozenset((str(member), now[key]) for member, key in done if key in now and str(member) in known)


def _key(catalogue: int | None, area: int | None, title: str) -> DutyKey:
    return catalogue, area, "" if catalogue else title


def _category(category: Category) -> CategoryRule:
    return CategoryRule(
        code=category.code,
        must_have_substantive=category.needs_substantive,
        light_only=category.only_light,
        must_join_group_or_organization=category.needs_organization,
    )


def _planned(number: str, duty: Duty, everybody: int) -> PlannedDuty:
    most = everybody if duty.headcount_max is None else duty.headcount_max
    return PlannedDuty(
        id=number,
        field=duty.field,
        categories=frozenset(duty.categories),
        headcount_min=duty.headcount_min,
        headcount_max=max(most, duty.headcount_min),
        hours=duty.monthly_hours,
        priority=duty.priority,
        substantive=duty.is_substantive,
        light=duty.health_need == 0,
        night=duty.at_night,
        health_min=duty.health_need,
        required=duty.required,
        desired=duty.desired,
        education_min=duty.education_min,
        area=str(duty.area_id) if duty.area_id else None,
        needs_lead=duty.needs_lead,
        counts_as_group_in_charge=duty.is_group_charge,
    )


def _names(duties: Mapping[str, Duty], people: Mapping[str, Person], day: date) -> Names:
    law = rules.on(day)
    return Names(
        members={key: person.member.full_name for key, person in people.items()},
        duties={number: full_title(duty) for number, duty in duties.items()},
        categories={category.code: category.name for category in law.categories},
        competences={choice.code: choice.name for choice in (*law.skills, *law.languages)},
        fields={choice.code: choice.name for choice in law.fields},
        areas={str(duty.area_id): duty.area.name for duty in duties.values() if duty.area},
    )


def full_title(duty: Duty) -> str:
    """The title with the area it is for, as people say it."""
    return f"{duty.title} – {duty.area.name}" if duty.area else duty.title
