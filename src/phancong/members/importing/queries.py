"""Imports a person may see, and the organisations they may import for."""

from django.db.models import Q, QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.members.models import RosterImport
from phancong.organizations.models import Organization, in_places

# Above this many cells a list to choose from helps nobody: the column of cells does.
CELLS_TO_CHOOSE = 300


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
