"""Reads of the tree and of residential areas, as they are now and as they were on any day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, OuterRef, QuerySet, Subquery

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.common.spans import on_day
from phancong.organizations.models import (
    PATH_WIDTH,
    Area,
    AreaCensus,
    Organization,
    OrganizationQuerySet,
    OrganizationVersion,
    in_places,
)
from phancong.organizations.naming import name_key


@dataclass(frozen=True, slots=True)
class TreeRow:
    """An organisation as it stood on a day."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    path: str
    depth: int
    is_grassroots: bool
    holds_members: bool
    sort_key: str


@dataclass(frozen=True, slots=True)
class TreeCounts:
    """Organisations of a subtree, its root among them. Dependent cells are cells that are not grassroots themselves."""

    grassroots: int
    cells: int
    dependent_cells: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A residential area on a day, with the cell that covered it (None: none) and its latest census."""

    id: int
    code: str
    name: str
    kind: str
    committee_id: int
    cell_id: int | None
    cell_name: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Residential areas in the order of their names."""

    areas: tuple[AreaRow, ...]

    @property
    def covered(self) -> int:
        return len(self.areas) - len(self.uncovered)

    @property
    def uncovered(self) -> tuple[AreaRow, ...]:
        return tuple(area for area in self.areas if area.cell_id is None)

    @property
    def population(self) -> int:
        return sum(area.population or 0 for area in self.areas)


def organizations_for(
    actor: Actor, *, right: Permission = Permission.ORGANIZATION_SEE
) -> OrganizationQuerySet:
    """Organisations that exist now and in which `actor` has `right`."""
    return Organization.objects.active().filter(in_places(places(actor, right), field="path"))


def steps_of(path: str) -> tuple[int, ...]:
    """Ids from the root down to the organisation with this path."""
    return tuple(int(path[start : start + PATH_WIDTH]) for start in range(0, len(path), PATH_WIDTH))


def tree_on(day: date, root_path: str = "") -> tuple[TreeRow, ...]:
    """The subtree as it stood on `day`, each organisation right before those below it, by name."""
    versions = (
        OrganizationVersion.objects.in_subtree(root_path)
        .on(day)
        .values_list(
            "organization",
            "organization__code",
            "name",
            "kind",
            "parent",
            "path",
            "is_grassroots",
            "holds_members",
        )
    )
    rows = [
        TreeRow(pk, code, name, kind, parent, path, len(path) // PATH_WIDTH, grassroots, cell, name_key(name))
        for pk, code, name, kind, parent, path, grassroots, cell in versions
    ]
    return in_tree_order(rows)


def in_tree_order(rows: Iterable[TreeRow]) -> tuple[TreeRow, ...]:
    rows = tuple(rows)
    keys = {row.id: (row.sort_key, row.id) for row in rows}
    return tuple(sorted(rows, key=lambda row: [keys.get(step, ("", step)) for step in steps_of(row.path)]))


def sum_up_the_tree(rows: Iterable[TreeRow], counts: Mapping[int, int]) -> dict[int, int]:
    """Per organisation, its own count and all counts below it. Ids without a row are left out."""
    rows = tuple(rows)
    totals = {row.id: 0 for row in rows}
    for row in rows:
        for step in steps_of(row.path):
            if step in totals:
                totals[step] += counts.get(row.id, 0)
    return totals


def tree_counts(rows: Iterable[TreeRow]) -> dict[int, TreeCounts]:
    """Per organisation of `rows`, what its subtree holds."""
    rows = tuple(rows)
    grassroots = sum_up_the_tree(rows, {row.id: 1 for row in rows if row.is_grassroots})
    cells = sum_up_the_tree(rows, {row.id: 1 for row in rows if row.holds_members})
    both = sum_up_the_tree(rows, {row.id: 1 for row in rows if row.holds_members and not row.is_grassroots})
    return {row.id: TreeCounts(grassroots[row.id], cells[row.id], both[row.id]) for row in rows}


def counts_on(day: date, root_path: str = "") -> TreeCounts:
    """What stood in the subtree on `day`."""
    flags = (
        OrganizationVersion.objects.in_subtree(root_path)
        .on(day)
        .values_list("is_grassroots", "holds_members")
    )
    tally: dict[tuple[bool, bool], int] = defaultdict(int)
    for grassroots, cell in flags:
        tally[grassroots, cell] += 1
    return TreeCounts(
        grassroots=tally[True, True] + tally[True, False],
        cells=tally[True, True] + tally[False, True],
        dependent_cells=tally[False, True],
    )


def path_on(organization_id: int, day: date) -> str | None:
    """Where the organisation stood on `day`; None when it did not exist."""
    path: str | None = (
        OrganizationVersion.objects.filter(organization=organization_id)
        .on(day)
        .values_list("path", flat=True)
        .first()
    )
    return path


def coverage_on(day: date, root_path: str = "") -> Coverage:
    """The areas of `day` whose committee now stands in the subtree, with the cell that covered each."""
    census = AreaCensus.objects.filter(area=OuterRef("pk"), counted_on__lte=day).order_by("-counted_on")
    areas = (
        Area.objects.on(day)
        .filter(in_places((root_path,), field="committee__path"))
        .annotate(
            coverage=FilteredRelation("coverages", condition=on_day(day, prefix="coverages__")),
            population=Subquery(census.values("population")[:1]),
        )
        .order_by("sort_key", "id")
        .values_list(
            "id",
            "code",
            "name",
            "kind",
            "committee_id",
            F("coverage__cell"),
            F("coverage__cell__name"),
            "population",
        )
    )
    return Coverage(
        tuple(
            AreaRow(pk, code, name, kind, committee, cell, cell_name or "", people)
            for pk, code, name, kind, committee, cell, cell_name, people in areas
        )
    )


def population_on(day: date, root_path: str = "") -> int:
    """Inhabitants of the areas by the latest census of each up to `day`."""
    return coverage_on(day, root_path).population


def history_of(organization: Organization) -> QuerySet[OrganizationVersion]:
    """The states of an organisation, oldest first."""
    versions: QuerySet[OrganizationVersion] = OrganizationVersion.objects.filter(organization=organization)
    return versions.order_by("valid_from")
