"""Last year's plans, as cells really make them: most whole, some of errands alone, some not made at all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from phancong import rules
from phancong.access.actor import Actor
from phancong.members.records import MemberRecord
from phancong.organizations.models import Area
from phancong.planning.catalogue import DESCRIPTION, CellProfile, TakenUp, taken_up
from phancong.planning.enums import AssignmentSource, DutySource, PlanStage
from phancong.planning.models import Assignment, CatalogueDuty, Duty, Plan
from phancong.rules import Rules
from phancong.sample.chance import Chance
from phancong.sample.decisions import cells
from phancong.sample.history import Sample
from phancong.sample.last_year_work import write_last_year_work
from phancong.sample.loading import Loader
from phancong.sample.places import Place
from phancong.sample.targets import is_alive

WHOLE, ERRANDS, NONE = "whole", "errands", "none"
HOW_PLANNED = ((WHOLE, 78), (ERRANDS, 10), (NONE, 12))
LEFT_UNGIVEN = 0.12


@dataclass(slots=True)
class Worker:
    """A member as last year's plan saw them."""

    id: int
    record: MemberRecord
    given: int = 0
    levels: Mapping[str, int] = field(default_factory=dict)

    def may(self, duty: Duty) -> bool:
        suits = not duty.categories or self.record.category in duty.categories
        return suits and all(self.levels.get(code, 0) >= level for code, level in duty.required.items())

    def wanted(self, duty: Duty) -> tuple[int, int, int]:
        """Least work first, then who knows most of what is desired."""
        known = sum(self.levels.get(code, 0) >= level for code, level in duty.desired.items())
        return (self.given, -known, self.id)


def write_last_year(
    sample: Sample, loader: Loader, members: Sequence[MemberRecord], ids: Mapping[int, int], *, by: Actor
) -> int:
    """Store the plans of the year before as history; answers with how many there are."""
    year = sample.until.year - 1
    here = [
        place for place in cells() if is_alive(place, sample.until) and is_alive(place, date(year, 12, 31))
    ]
    entries = list(CatalogueDuty.objects.filter(cell__isnull=True, is_active=True).order_by("field", "code"))
    workers = _workers(sample, members, ids, date(year, 12, 31))
    plans: list[Plan] = []
    duties: list[Duty] = []
    for place in here:
        chance = Chance(sample.seed, "plan", year, place.code)
        how = chance.weighted(HOW_PLANNED)
        people = workers.get(place.code, [])
        if how == NONE or not people:
            continue
        made_at = by.now.replace(year=year, month=1, day=chance.between(5, 28))
        plan = _plan(loader.organizations[place.code].pk, year, made_at)
        plans.append(plan)
        taken = _taken(entries, people, _areas(place, loader), rules.on(date(year, 12, 31)), how)
        duties += _duties(plan, taken)
    Plan.objects.bulk_create(plans)
    Duty.objects.bulk_create(duties)
    by_cell = {loader.organizations[place.code].pk: place.code for place in here}
    given = Assignment.objects.bulk_create(_assignments(sample, duties, workers, by_cell))
    write_last_year_work(given, seed=sample.seed, by=by)
    return len(plans)


def _workers(
    sample: Sample, members: Sequence[MemberRecord], ids: Mapping[int, int], day: date
) -> dict[str, list[Worker]]:
    """Members of each cell on the day, by the code of the cell."""
    found: dict[str, list[Worker]] = {}
    for life, record in zip(sample.lives, members, strict=True):
        if stay := life.stay_on(day):
            levels = {one.code: one.level for one in record.competences}
            found.setdefault(stay.cell, []).append(Worker(ids[life.number], record, levels=levels))
    return found


def _areas(place: Place, loader: Loader) -> tuple[Area, ...]:
    return (loader.areas[place.area],) if place.area else ()


def _taken(
    entries: Sequence[CatalogueDuty],
    people: Sequence[Worker],
    areas: tuple[Area, ...],
    known: Rules,
    how: str,
) -> Iterator[TakenUp]:
    wanted = [entry for entry in entries if how == WHOLE or not entry.is_substantive]
    members = Counter(worker.record.category for worker in people)
    languages = frozenset(choice.code for choice in known.languages)
    return taken_up(wanted, CellProfile(members=members, areas=areas), languages=languages)


def _plan(cell_id: int, year: int, drafted_at: datetime) -> Plan:
    return Plan(
        cell_id=cell_id,
        year=year,
        stage=PlanStage.CLOSED,
        drafted_at=drafted_at,
        adopted_on=timezone.localdate(drafted_at),
    )


def _duties(plan: Plan, taken: Iterator[TakenUp]) -> Iterator[Duty]:
    for number, one in enumerate(taken, start=1):
        described = {name: getattr(one.entry, name) for name in DESCRIPTION}
        heads = {"headcount_min": one.headcount_min, "headcount_max": one.headcount_max}
        yield Duty(
            **(described | heads),
            plan=plan,
            number=number,
            catalogue=one.entry,
            area=one.area,
            source=DutySource.CATALOGUE,
            due_on=date(plan.year, 12, 31),
        )


def _assignments(
    sample: Sample, duties: Sequence[Duty], workers: Mapping[str, list[Worker]], codes: Mapping[int, str]
) -> Iterator[Assignment]:
    """Each duty to those who have least, by hand and without looking at everything, as it was done."""
    for duty in duties:
        code = codes[duty.plan.cell_id]
        chance = Chance(sample.seed, "given", duty.plan.year, code, duty.number)
        suited = sorted((one for one in workers[code] if one.may(duty)), key=lambda one: one.wanted(duty))
        if chance.happens(LEFT_UNGIVEN):
            continue
        for index, worker in enumerate(suited[: duty.headcount_min]):
            worker.given += 1
            yield Assignment(
                duty=duty,
                member_id=worker.id,
                is_lead=duty.needs_lead and index == 0,
                source=AssignmentSource.HISTORY,
                begun_on=timezone.localdate(duty.plan.drafted_at),
            )
