"""The list of members as a workbook that can be imported again."""

import tempfile
from typing import IO

from django.db import transaction

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.audit.log import record
from phancong.common.refusal import Refused
from phancong.members.importing.template import write_roster
from phancong.members.queries import ListFilter, roll_for
from phancong.organizations.models import PATH_WIDTH, Organization

# More than this takes longer than somebody waits at a page.
MOST_ROWS = 10_000


@transaction.atomic
def export_roll(wanted: ListFilter, *, year: int, by: Actor) -> IO[bytes]:
    """The members of the list as asked, in its order. The file is gone once it is closed."""
    ids = list(roll_for(by, wanted, year=year, right=Permission.MEMBER_EXPORT).values_list("id", flat=True))
    if len(ids) > MOST_ROWS:
        raise Refused(
            "Danh sách quá dài để xuất một lần. Chọn một chi bộ hoặc một diện trong bộ lọc rồi xuất từng phần."
        )
    root = _root(by)
    record(by=by, action="member_export", subject="members", place=root.path, detail={"count": len(ids)})
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- the answer closes it
    write_roster(target, member_ids=ids, root=root, today=by.today)
    target.seek(0)
    return target


def _root(by: Actor) -> Organization:
    """The organisation that holds everything the actor may export."""
    paths = places(by, Permission.MEMBER_EXPORT)
    path = paths[0] if len(paths) == 1 else paths[0][:PATH_WIDTH]
    organizations = Organization.objects.active().order_by("depth", "id")
    found = organizations.filter(path=path) if path else organizations
    return found[:1].get()
