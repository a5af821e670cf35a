"""How many hamlets had an organisation at the end of each year: the way from seven without to none."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.common.spans import on_day
from phancong.organizations.models import Area, AreaCoverage, in_places

MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class YearEnd:
    """One day; hamlets are those of the committees that stand today."""

    day: date
    hamlets: int
    covered: int

    @property
    def bare(self) -> int:
        return self.hamlets - self.covered


@dataclass(frozen=True, slots=True)
class OverYears:
    """Worth a picture only where it was not always the same."""

    ends: list[YearEnd]

    @property
    def changed(self) -> bool:
        return any(one.bare for one in self.ends)


def over_years_for(actor: Actor) -> list[YearEnd]:
    """The ends of years since hamlets are recorded, and today, in the actor's places. Three queries."""
    scope = in_places(places(actor, Permission.MEMBER_LIST), field="committee__path")
    areas = Area.objects.filter(scope)
    first = areas.aggregate(first=Min("valid_from"))["first"]
    if first is None:
        return []
    days = _days(first, actor.today)
    hamlets = areas.aggregate(**{f"n{i}": Count("pk", filter=on_day(day)) for i, day in enumerate(days)})
    coverages = AreaCoverage.objects.filter(area__in=areas)
    covered = coverages.aggregate(
        **{
            f"n{i}": Count("pk", filter=on_day(day) & on_day(day, prefix="area__"))
            for i, day in enumerate(days)
        }
    )
    found = (YearEnd(day, hamlets[f"n{i}"], covered[f"n{i}"]) for i, day in enumerate(days))
    return [one for one in found if one.hamlets]


def _days(first: date, today: date) -> list[date]:
    years = range(max(first.year, today.year - MOST_YEARS + 1), today.year)
    return [*(date(year, 12, 31) for year in years), today]
