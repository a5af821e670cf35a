"""The catalogue of duties: read from the rule pack, and the choice of what a cell takes up by itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as built
from datetime import date

from phancong.organizations.models import Area
from phancong.planning.models import CatalogueDuty, DutyDescription
from phancong.rules.loader import version
from phancong.rules.model import Sourced

DESCRIPTION = tuple(each.name for each in DutyDescription._meta.get_fields())
"""Names of the fields that a catalogue entry hands down to the duty of a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule(Sourced):
    """An entry of the pack `duties`; the fields are those of CatalogueDuty."""

    code: str
    title: str
    field: str
    categories: list[str]
    monthly_hours: int
    product: str
    measure: str
    responsibility: str
    authority: str
    required: dict[str, int] = built(default_factory=dict)
    desired: dict[str, int] = built(default_factory=dict)
    education_min: int = 0
    health_need: int = 0
    at_night: bool = False
    headcount_min: int = 1
    headcount_max: int | None = 1
    per_members: int = 0
    priority: int = 2
    is_substantive: bool = True
    needs_lead: bool = False
    is_group_charge: bool = False
    per_area: bool = False
    from_members: int = 0
    in_area_cells: bool = True
    in_work_cells: bool = False


def duty_rules(day: date) -> tuple[DutyRule, ...]:
    """The common catalogue in force on `day`."""
    return tuple(DutyRule(**row) for row in version("duties", day)["duty"])


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProfile:
    """What decides which duties a cell takes up: how many members of each category, and where it works.

    A cell may work among residents (`in_area`) though no area that it covers is recorded yet.
    """

    members: Mapping[str, int]
    areas: tuple[Area, ...]
    in_area: bool = False

    @property
    def total(self) -> int:
        return sum(self.members.values())

    def meant(self, categories: Iterable[str]) -> int:
        """How many members a duty for `categories` (empty: all) is meant for."""
        codes = set(categories) or set(self.members)
        return sum(count for code, count in self.members.items() if code in codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A catalogue duty in a cell: for which area, and with how many people."""

    entry: CatalogueDuty
    area: Area | None
    headcount_min: int
    headcount_max: int | None


def taken_up(
    catalogue: Iterable[CatalogueDuty], profile: CellProfile, *, languages: frozenset[str]
) -> Iterator[TakenUp]:
    """What a cell of this profile takes up by itself, in the order of `catalogue`."""
    for entry in catalogue:
        meant = profile.meant(entry.categories)
        suited = entry.in_area_cells if profile.areas or profile.in_area else entry.in_work_cells
        if not (suited and meant and profile.total >= entry.from_members):
            continue
        places = _areas(entry, profile, languages) if entry.per_area else [None]
        for area in places:
            yield _with_headcount(entry, area, -(-meant // len(places)))


def _areas(entry: CatalogueDuty, profile: CellProfile, languages: frozenset[str]) -> list[Area | None]:
    """The areas in which a duty makes sense: one that needs a language only where people speak it.

    While no area is recorded the duty is taken once, unless it needs a language.
    """
    needed = languages & set(entry.required)
    if not profile.areas:
        return [] if needed else [None]
    return [area for area in profile.areas if needed <= set(area.languages)]


def _with_headcount(entry: CatalogueDuty, area: Area | None, meant: int) -> TakenUp:
    least, most = entry.headcount_min, entry.headcount_max
    if entry.per_members:
        least = max(least, -(-meant // entry.per_members))
        most = max(most or 0, least)
    return TakenUp(entry=entry, area=area, headcount_min=least, headcount_max=most)
