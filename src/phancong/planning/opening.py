"""Which duties a new plan starts with: the catalogue's for a cell of this make-up, and last year's own ones."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from phancong import rules
from phancong.access.actor import Actor
from phancong.common.spans import on_day
from phancong.organizations.models import Area, AreaCoverage, Organization
from phancong.planning.catalogue import DESCRIPTION, CellProfile, TakenUp, taken_up
from phancong.planning.enums import DutySource
from phancong.planning.models import CatalogueDuty, Duty, Plan
from phancong.planning.packs import PlanningRules, planning_rules
from phancong.planning.solving.people import Person, planning_day


@dataclass(slots=True)
class Opening:
    """All that opening the plans of some cells needs, read with three queries."""

    year: int
    by: Actor
    rules: PlanningRules
    languages: frozenset[str]
    area_kinds: frozenset[str]
    resident_categories: frozenset[str]
    common: Sequence[CatalogueDuty]
    own: Mapping[int, list[CatalogueDuty]]
    areas: Mapping[int, list[Area]]
    last_year: Mapping[int, list[Duty]]

    @classmethod
    def read(cls, cells: Sequence[Organization], *, year: int, by: Actor) -> "Opening":
        day = planning_day(year, by.today)
        law = rules.on(day)
        ids = [cell.pk for cell in cells]
        entries = (
            CatalogueDuty.objects.filter(Q(cell__isnull=True) | Q(cell__in=ids), is_active=True)
            if ids
            else []
        )
        ordered = sorted(entries, key=_catalogue_order({c.code: c.rank for c in law.fields}))
        own: defaultdict[int, list[CatalogueDuty]] = defaultdict(list)
        for entry in ordered:
            if entry.cell_id:
                own[entry.cell_id].append(entry)
        areas: defaultdict[int, list[Area]] = defaultdict(list)
        covered = AreaCoverage.objects.filter(on_day(day), cell__in=ids).select_related("area")
        for row in covered.order_by("area__sort_key", "area_id"):
            areas[row.cell_id].append(row.area)
        last_year: defaultdict[int, list[Duty]] = defaultdict(list)
        held = Duty.objects.filter(plan__cell__in=ids, plan__year=year - 1, catalogue__isnull=True)
        for duty in held.select_related("plan", "area").order_by("number"):
            last_year[duty.plan.cell_id].append(duty)
        return cls(
            year=year,
            by=by,
            rules=planning_rules(day),
            languages=frozenset(choice.code for choice in law.languages),
            area_kinds=frozenset(kind.code for kind in law.organization_kinds if kind.covers_areas),
            resident_categories=frozenset(one.code for one in law.categories if one.or_group_charge),
            common=[entry for entry in ordered if not entry.cell_id],
            own=own,
            areas=areas,
            last_year=last_year,
        )

    def plan_of(self, cell: Organization, people: Iterable[Person]) -> tuple[Plan, list[Duty]]:
        """An unsaved plan with its unsaved duties, numbered from 1."""
        plan = Plan(cell=cell, year=self.year, drafted_at=self.by.now)
        counts = Counter(person.facts.category for person in people if not person.absence)
        areas = tuple(self.areas.get(cell.pk, ()))
        in_area = cell.kind in self.area_kinds or self._are_residents(counts)
        profile = CellProfile(members=counts, areas=areas, in_area=in_area)
        entries = [*self.common, *self.own.get(cell.pk, ())]
        taken = [self._duty(one) for one in taken_up(entries, profile, languages=self.languages)]
        taken += [self._again(duty) for duty in self.last_year.get(cell.pk, ())]
        for number, duty in enumerate(taken, start=1):
            duty.plan, duty.number = plan, number
        return plan, taken

    def _are_residents(self, counts: Mapping[str, int]) -> bool:
        """Most members are of categories that may take charge of a group of households."""
        return 2 * sum(counts[code] for code in self.resident_categories if code in counts) > sum(
            counts.values()
        )

    def _duty(self, taken: TakenUp) -> Duty:
        return Duty(
            **{name: getattr(taken.entry, name) for name in DESCRIPTION}
            | {"headcount_min": taken.headcount_min, "headcount_max": taken.headcount_max},
            catalogue=taken.entry,
            area=taken.area,
            source=DutySource.CATALOGUE,
            source_note="Danh mục nhiệm vụ của đảng viên",
            due_on=self.rules.due_on(self.year),
        )

    def _again(self, duty: Duty) -> Duty:
        return Duty(
            **{name: getattr(duty, name) for name in DESCRIPTION},
            area=duty.area,
            source=DutySource.LAST_YEAR,
            source_note=duty.source_note,
            due_on=self.rules.due_on(self.year),
        )


def _catalogue_order(ranks: Mapping[str, int]) -> Callable[[CatalogueDuty], tuple[int, str]]:
    """By group as the rules list them, then by code: the same everywhere."""
    return lambda entry: (ranks.get(entry.field, len(ranks) + 1), entry.code)
