"""Who might be seconded to hamlets whose cell is too small, or that have none: an adapter of the planner."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.common.spans import on_day
from phancong.members.enums import COUNTED_OFFICIAL, CompetenceKind, LimitKind, Status
from phancong.members.models import Competence, Member, WorkLimit
from phancong.organizations.models import Area, AreaCoverage, Organization, in_places
from phancong.planning.packs import PlanningRules, planning_rules
from phancong.rules.model import Rules
from planner.secondment import Candidate, Hamlet, SecondmentPlan, SecondmentProblem, Source, plan_secondments


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A hamlet that lacks `missing` official members; `cell` is None while no cell covers it."""

    area: Area
    cell: int | None
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Secondments:
    """Who goes where, as (member, area) pairs, and the areas that stay short."""

    places: tuple[Place, ...]
    pairs: frozenset[tuple[int, int]]
    short: tuple[int, ...]
    is_proved: bool


def propose_secondments(root_path: str, *, today: date) -> Secondments:
    """The cheapest set of people that gives every hamlet under `root_path` the members a cell needs."""
    law = rules.on(today)
    least = next(one.value for one in law.minimum if one.code == "cell_official_members")
    official = _official_by_cell(root_path)
    places = _places(root_path, official, least=least, today=today)
    members = _sendable(root_path, law, places, today=today)
    sources = Counter(member.cell_id for member in members)
    problem = SecondmentProblem(
        sources=tuple(
            Source(id=str(cell), spare=max(0, min(count, official[cell or 0] - least)))
            for cell, count in sources.items()
        ),
        candidates=tuple(Candidate(id=str(one.pk), source=str(one.cell_id)) for one in members),
        hamlets=tuple(Hamlet(id=str(place.area.pk), missing=place.missing) for place in places),
        costs=_costs(members, places, planning_rules(today)),
    )
    return _told(places, plan_secondments(problem))


def _official_by_cell(root_path: str) -> Mapping[int, int]:
    cells = Organization.objects.active().cells().in_subtree(root_path)
    counted = Member.objects.filter(status__in=COUNTED_OFFICIAL, cell__in=cells)
    return Counter(counted.values_list("cell", flat=True))


def _places(root_path: str, official: Mapping[int, int], *, least: int, today: date) -> list[Place]:
    areas = Area.objects.on(today).filter(in_places((root_path,), field="committee__path"))
    covered = dict(AreaCoverage.objects.on(today).filter(area__in=areas).values_list("area", "cell"))
    joint = Counter(covered.values())
    found = []
    for area in areas.order_by("sort_key", "id"):
        cell = covered.get(area.pk)
        # A joint cell lacks people once, not once for each of its hamlets.
        missing = least - (official[cell] if cell else 0)
        if missing > 0 and (cell is None or joint[cell]):
            found.append(Place(area=area, cell=cell, missing=missing))
            if cell:
                joint[cell] = 0
    return found


def _sendable(root_path: str, law: Rules, places: Sequence[Place], *, today: date) -> list[Member]:
    """Official members of agencies who can take part elsewhere: neither away nor on light work, nor where it lacks."""
    agency = [one.code for one in law.categories if one.needs_substantive and not one.or_group_charge]
    limits = (LimitKind.LIGHT_WORK, LimitKind.AWAY)
    limited = WorkLimit.objects.filter(on_day(today), kind__in=limits)
    members = Member.objects.in_places((root_path,)).filter(status=Status.OFFICIAL, category__in=agency)
    members = members.exclude(cell__in=[place.cell for place in places if place.cell])
    return list(members.exclude(pk__in=limited.values("member")).order_by("pk"))


def _costs(
    members: Sequence[Member], places: Sequence[Place], law: PlanningRules
) -> dict[tuple[str, str], int]:
    spoken: defaultdict[int, set[str]] = defaultdict(set)
    known = Competence.objects.filter(kind=CompetenceKind.LANGUAGE, member__in=[one.pk for one in members])
    for member, code in known.values_list("member", "code"):
        spoken[member].add(code)
    return {
        (str(member.pk), str(place.area.pk)): (
            law.cost_lives_elsewhere * (member.residence_id != place.area.pk)
            + law.cost_speaks_no_language
            * (bool(place.area.languages) and spoken[member.pk].isdisjoint(place.area.languages))
        )
        for member in members
        for place in places
    }


def _told(places: Sequence[Place], plan: SecondmentPlan) -> Secondments:
    return Secondments(
        places=tuple(places),
        pairs=frozenset((int(member), int(area)) for member, area in plan.pairs),
        short=tuple(int(one.hamlet) for one in plan.short),
        is_proved=plan.proved,
    )
