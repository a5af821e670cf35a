"""The same few figures at the end of every year: how many organisations, members, hamlets with an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from phancong.access.actor import Actor
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.figures.base import Base, base_for
from phancong.figures.counting import table_of
from phancong.figures.enums import Tree
from phancong.figures.sections import SHEETS
from phancong.members.models import Membership
from phancong.organizations.queries import coverage_on

MOST_YEARS = 8
PER_CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """One year; `population` and hamlets are of the areas of those committees that stand today."""

    day: date
    grassroots: int
    cells: int
    members: int
    hamlets: int
    without: int
    population: int

    @property
    def covered(self) -> int:
        return self.hamlets - self.without

    @property
    def share(self) -> str:
        """Members in percent of the population, with one decimal: "3,9"."""
        if not self.population:
            return ""
        return f"{self.members * PER_CENT / self.population:.1f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars beside each other: year and value of each; `most` is the longest."""

    title: str
    bars: list[tuple[int, int]]

    @property
    def most(self) -> int:
        return max((value for _, value in self.bars), default=0) or 1


def first_day() -> date | None:
    """Since when members are recorded."""
    with seeing(EVERYTHING):
        found: date | None = Membership.objects.aggregate(first=Min("valid_from"))["first"]
    return found


def days_of(first: date, today: date, *, until: int) -> list[date]:
    """Ends of years up to `until`; the first of the records for its own year, today for the present one."""
    years = range(max(first.year, until - MOST_YEARS + 1), min(until, today.year) + 1)
    return [first if year == first.year else min(date(year, 12, 31), today) for year in years]


def years_for(actor: Actor, *, root_id: int | None, days: Sequence[date]) -> list[YearFigures]:
    """By the tree of each day; a day on which the organisation did not stand is left out."""
    found = []
    for day in days:
        base = base_for(actor, root_id=root_id, day=day, tree=Tree.THEN)
        if base is not None and base.branch_of:
            found.append(_year(base))
    return found


def _year(base: Base) -> YearFigures:
    totals = table_of(base, SHEETS[0]).total
    with seeing(EVERYTHING):
        coverage = coverage_on(base.day)
    cells = {pk for pk, _ in base.branch_of.items()}
    areas = [
        area
        for area in coverage.areas
        if base.is_whole or area.committee_id in cells or area.cell_id in cells
    ]
    return YearFigures(
        day=base.day,
        grassroots=totals["to-chuc.tccsd"] or 0,
        cells=totals["to-chuc.chi-bo-truc-thuoc"] or 0,
        members=totals["trang-thai.dang-vien"] or 0,
        hamlets=len(areas),
        without=sum(area.cell_id is None for area in areas),
        population=sum(area.population or 0 for area in areas),
    )


def pictures_of(rows: Sequence[YearFigures]) -> list[Picture]:
    """One picture for each figure; the table beside it says the same in numbers."""
    named = (
        ("Đảng viên", [row.members for row in rows]),
        ("Thôn, tổ dân phố chưa có tổ chức đảng", [row.without for row in rows]),
        ("Tổ chức cơ sở đảng", [row.grassroots for row in rows]),
        ("Chi bộ trực thuộc", [row.cells for row in rows]),
    )
    years = [row.day.year for row in rows]
    return [Picture(title, list(zip(years, values, strict=True))) for title, values in named]
