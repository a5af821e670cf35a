"""Hamlets and residential groups with their cell: who is there today, what is lacking, what is known to come."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from phancong import rules
from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.common.dates import months_after, months_before
from phancong.members.enums import COUNTED_OFFICIAL, MembershipKind, Status
from phancong.members.models import Member, Membership
from phancong.organizations.models import Area, AreaCoverage, in_places
from phancong.secondments.enums import State
from phancong.secondments.models import PromisingCount, Secondment
from phancong.secondments.packs import SecondmentRules, secondment_rules
from phancong.transfers.enums import ON_THE_WAY, Kind
from phancong.transfers.models import Transfer

PAGE_ROWS = 50
MONTHS_OF_A_YEAR = 12


class Standing(StrEnum):
    """How a hamlet stands; the value is the word in addresses and the name of the tile."""

    ENOUGH = "du"
    SHORT = "thieu"
    BARE = "trong"

    @property
    def words(self) -> str:
        return {"du": "Đủ đảng viên", "thieu": "Thiếu đảng viên", "trong": "Chưa có tổ chức đảng"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is known to come within the months of the rule, of the cell of a hamlet.

    `leaving`, `coming`: official members whose transfer for good is under way.
    """

    probation_ends: int = 0
    secondment_ends: int = 0
    leaving: int = 0
    coming: int = 0
    old: int = 0

    @property
    def words(self) -> str:
        told = (
            (self.probation_ends, f"+{self.probation_ends} hết dự bị"),
            (self.coming, f"+{self.coming} đang chuyển đến"),
            (self.secondment_ends, f"−{self.secondment_ends} hết tăng cường"),
            (self.leaving, f"−{self.leaving} đang chuyển đi"),
        )
        return "; ".join(words for count, words in told if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hamlet:
    """A hamlet today. `official` counts the cell, `shared` the hamlets it covers; `seconded` are among `official`."""

    area: Area
    cell_id: int | None
    cell_name: str
    official: int
    probationary: int
    seconded: int
    guests: int
    shared: int
    least: int

    @property
    def standing(self) -> Standing:
        if self.cell_id is None:
            return Standing.BARE
        return Standing.SHORT if self.official < self.least else Standing.ENOUGH

    @property
    def missing(self) -> int:
        return max(0, self.least - self.official)

    @property
    def own(self) -> int:
        """Official members without those who were sent."""
        return self.official - self.seconded

    @property
    def may_hand_back(self) -> bool:
        """Whether those who live there suffice again."""
        return self.seconded > 0 and self.own >= self.least


@dataclass(frozen=True, slots=True)
class Group:
    """The hamlets on the territory of one committee."""

    committee: str
    hamlets: tuple[Hamlet, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    groups: tuple[Group, ...]
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def covered(self) -> int:
        return self.total - self.counts[Standing.BARE]

    @property
    def told(self) -> list[tuple[Standing, int]]:
        return [(standing, self.counts[standing]) for standing in Standing]


@dataclass(frozen=True, slots=True)
class Line:
    hamlet: Hamlet
    forecast: Forecast
    promising: int | None


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Line]
    next_after: int | None


def overview_for(actor: Actor) -> Overview:
    """Every hamlet of the actor's places, by committee: in a fixed number of queries."""
    hamlets = hamlets_of(_areas(actor).order_by("committee__sort_key", "sort_key", "id"), today=actor.today)
    groups: dict[int, list[Hamlet]] = defaultdict(list)
    for one in hamlets:
        groups[one.area.committee_id].append(one)
    return Overview(
        groups=tuple(Group(found[0].area.committee.name, tuple(found)) for found in groups.values()),
        counts=Counter(one.standing for one in hamlets),
    )


def page_for(actor: Actor, *, after: int | None, standing: str = "") -> Page:
    """Fifty hamlets with what is to come. With a filter the hamlets that do not stand so are left out."""
    areas = _areas(actor)
    last = areas.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if last is not None:
        areas = areas.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    areas = areas.order_by("sort_key", "id")
    if standing not in list(Standing):
        rows = hamlets_of(areas[: PAGE_ROWS + 1], today=actor.today)
    else:
        rows = [one for one in hamlets_of(areas, today=actor.today) if one.standing == standing]
    shown = rows[:PAGE_ROWS]
    lines = lines_of(shown, today=actor.today)
    return Page(lines, shown[-1].area.pk if len(rows) > PAGE_ROWS else None)


def lines_of(hamlets: Sequence[Hamlet], *, today: date) -> list[Line]:
    forecasts = _forecasts(hamlets, secondment_rules(today), today=today)
    promising = _promising(hamlets)
    return [
        Line(one, forecasts.get(one.cell_id or 0, Forecast()), promising.get(one.area.pk)) for one in hamlets
    ]


def _areas(actor: Actor) -> QuerySet[Any]:
    scope = in_places(places(actor, Permission.MEMBER_LIST), field="committee__path")
    found: QuerySet[Any] = Area.objects.on(actor.today).filter(scope)
    return found


def area_for(actor: Actor, area_id: int) -> Area | None:
    found: Area | None = _areas(actor).filter(pk=area_id).select_related("committee").first()
    return found


def hamlets_of(areas: QuerySet[Any], *, today: date) -> list[Hamlet]:
    """Six queries, whatever the number of areas."""
    rows = list(areas.select_related("committee"))
    coverages = AreaCoverage.objects.on(today)
    covering = {
        one.area_id: one.cell
        for one in coverages.filter(area__in=[row.pk for row in rows]).select_related("cell")
    }
    cells = {cell.pk for cell in covering.values()}
    statuses = _statuses(cells)
    serving = Secondment.objects.filter(state=State.SERVING, member__cell=F("cell"), cell__in=cells)
    seconded = _counted(serving.values_list("cell", flat=True))
    guests = _guests(cells, today=today)
    shared = _counted(coverages.filter(cell__in=cells).values_list("cell", flat=True))
    least = rules.on(today).least("cell_official_members")
    return [
        Hamlet(
            area=row,
            cell_id=key or None,
            cell_name=covering[row.pk].name if key else "",
            official=sum(statuses.get((key, status), 0) for status in COUNTED_OFFICIAL),
            probationary=statuses.get((key, Status.PROBATIONARY), 0),
            seconded=seconded[key],
            guests=guests[key],
            shared=shared[key],
            least=least,
        )
        for row in rows
        for key in [covering[row.pk].pk if row.pk in covering else 0]
    ]


def _statuses(cells: Iterable[int]) -> dict[tuple[int, str], int]:
    rows = Member.objects.filter(cell__in=list(cells)).order_by().values("cell", "status")
    return {(row["cell"], row["status"]): row["n"] for row in rows.annotate(n=Count("pk"))}


def _guests(cells: Iterable[int], *, today: date) -> Counter[int]:
    rows = Membership.objects.on(today).filter(kind=MembershipKind.TEMPORARY, cell__in=list(cells))
    return _counted(rows.values_list("cell", flat=True))


def _counted(keys: Iterable[int]) -> Counter[int]:
    return Counter(keys)


def _forecasts(hamlets: Sequence[Hamlet], law: SecondmentRules, *, today: date) -> dict[int, Forecast]:
    """By cell, in five queries."""
    cells = [one.cell_id for one in hamlets if one.cell_id]
    until = months_after(today, law.forecast_months)
    probation = rules.on(today).least("probation_months")
    here = Member.objects.filter(cell__in=cells)
    ripe = here.filter(
        status=Status.PROBATIONARY, admitted_on__lte=months_before(until, probation)
    ).values_list("cell", flat=True)
    leaving = Secondment.objects.filter(
        state=State.SERVING, cell__in=cells, valid_until__lte=until
    ).values_list("cell", flat=True)
    born = months_before(today, law.old_age * MONTHS_OF_A_YEAR)
    old = here.filter(status__in=COUNTED_OFFICIAL, birth_date__lte=born).values_list("cell", flat=True)
    moving = Transfer.objects.filter(
        state__in=ON_THE_WAY, kind=Kind.OFFICIAL, member__status__in=COUNTED_OFFICIAL
    )
    outward = _counted(moving.filter(home__in=cells).values_list("home", flat=True))
    inward = _counted(moving.filter(cell__in=cells).values_list("cell", flat=True))
    ripening, returning, ageing = _counted(ripe), _counted(leaving), _counted(old)
    return {
        cell: Forecast(
            probation_ends=ripening[cell],
            secondment_ends=returning[cell],
            leaving=outward[cell],
            coming=inward[cell],
            old=ageing[cell],
        )
        for cell in cells
    }


def _promising(hamlets: Sequence[Hamlet]) -> dict[int, int]:
    """By area, the latest number of outstanding non-members."""
    rows = PromisingCount.objects.filter(area__in=[one.area.pk for one in hamlets]).order_by("counted_on")
    return dict(rows.values_list("area", "count"))
