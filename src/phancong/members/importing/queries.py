"""Imports a person may see, what their pages say, and the organisations they may import for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from phancong import rules
from phancong.access.actor import Actor, may, places
from phancong.access.permissions import Permission
from phancong.members.importing.founding import CellProposal, proposals_of
from phancong.members.models import RosterImport
from phancong.organizations.models import Organization, in_places

# Above this many cells a list to choose from helps nobody: the column of cells does.
CELLS_TO_CHOOSE = 300
NAMED_CELLS = 8


@dataclass(frozen=True, slots=True)
class MissingCell:
    """A cell that a roster names and nobody has founded; with what would be founded for who may do that."""

    name: str
    rows: int
    proposal: CellProposal | None


@dataclass(frozen=True, slots=True)
class SameRemark:
    """One remark with the cells of the sheet it was made on."""

    message: str
    at: tuple[str, ...]

    @property
    def named(self) -> str:
        return ", ".join(self.at[:NAMED_CELLS])

    @property
    def more(self) -> int:
        return max(0, len(self.at) - NAMED_CELLS)


def imports_for(actor: Actor) -> QuerySet[RosterImport]:
    """The newest first, without the files themselves."""
    inside = in_places(places(actor, Permission.MEMBER_IMPORT), field="organization__path")
    return (
        RosterImport.objects.filter(inside)
        .select_related("organization")
        .defer("content")
        .order_by("-created_at", "-pk")
    )


def committees_for(actor: Actor) -> QuerySet[Organization]:
    """The topmost organisations in which the actor may import."""
    paths = {place.path for place in places(actor, Permission.MEMBER_IMPORT)}
    active = Organization.objects.active()
    roots = active.filter(parent__isnull=True) if "" in paths else active.filter(path__in=paths)
    return roots.order_by("sort_key", "pk")


def cells_to_choose_for(actor: Actor) -> list[tuple[int, str]]:
    """Cells that may stand for a whole file; none when there are too many to choose from."""
    inside = in_places(places(actor, Permission.MEMBER_IMPORT), field="path")
    cells = Organization.objects.active().cells().filter(inside).order_by("path")
    found = list(cells.values_list("pk", "name")[: CELLS_TO_CHOOSE + 1])
    return found if len(found) <= CELLS_TO_CHOOSE else []


def same_file_written(roster_import: RosterImport) -> RosterImport | None:
    """The last time the very same file was written for the same committee."""
    # Another sheet of one file is another roster.
    sheet = roster_import.options.get("sheet")
    return (
        RosterImport.objects.filter(
            *([Q(options__sheet=sheet)] if sheet else ()),
            organization=roster_import.organization_id,
            digest=roster_import.digest,
            state=RosterImport.State.WRITTEN,
        )
        .exclude(pk=roster_import.pk)
        .defer("content")
        .order_by("-written_at")
        .first()
    )


def may_found_cells(actor: Actor, roster_import: RosterImport) -> bool:
    """Whether the actor may found cells right under the organisation of the import."""
    root = roster_import.organization
    kinds = rules.on(actor.today).organization_kinds
    takes_cells = any(kind.holds_members and root.kind in kind.parents for kind in kinds)
    return takes_cells and may(actor, Permission.ORGANIZATION_CHANGE, root.path)


def missing_cells_for(actor: Actor, roster_import: RosterImport) -> list[MissingCell]:
    """Cells that the roster names in vain, in the order of their first row."""
    cells = roster_import.summary.get("unknown_cells", ())
    if not may_found_cells(actor, roster_import):
        return [MissingCell(cell["name"], cell["rows"], None) for cell in cells]
    proposals = proposals_of(
        (cell["name"] for cell in cells), root=roster_import.organization, today=actor.today
    )
    return [
        MissingCell(cell["name"], cell["rows"], proposal)
        for cell, proposal in zip(cells, proposals, strict=True)
    ]


def by_message(lines: Iterable[dict[str, Any]]) -> list[SameRemark]:
    """Remarks that say the same told once, in the order of their first cell."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line["message"], []).append(line["at"])
    return [SameRemark(message, tuple(at)) for message, at in found.items()]
