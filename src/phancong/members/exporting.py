"""The list of members as a workbook that can be imported again: at once, or as long work where it is long."""

import secrets
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from phancong.access.actor import Actor, may, may_anywhere, places
from phancong.access.permissions import Permission
from phancong.audit.log import record
from phancong.common.files import whole_file
from phancong.common.refusal import Refused
from phancong.jobs.actions import start_job
from phancong.jobs.models import Job
from phancong.members.importing.template import write_roster
from phancong.members.queries import ListFilter, roll_for
from phancong.organizations.models import PATH_WIDTH, Organization

# More than this takes longer than somebody waits at a page.
MOST_ROWS = 10_000
KIND = "export_members"
TITLE = "Xuất danh sách đảng viên"


@transaction.atomic
def export_roll(wanted: ListFilter, *, year: int, by: Actor) -> IO[bytes]:
    """The members of the list as asked, in its order. The file is gone once it is closed."""
    ids = _ids(wanted, year=year, by=by)
    _note(len(ids), by=by)
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- the answer closes it
    write_roster(target, member_ids=ids, root=_root(by), today=by.today)
    target.seek(0)
    return target


def rows_to_export(wanted: ListFilter, *, year: int, by: Actor) -> int:
    return roll_for(by, wanted, year=year, right=Permission.MEMBER_EXPORT).count()


def start_export(wanted: ListFilter, *, year: int, by: Actor) -> Job:
    """Write the list as long work. Older lists that were never swept go now."""
    if not may_anywhere(by, Permission.MEMBER_EXPORT):
        raise Refused(
            "Đồng chí không có quyền xuất danh sách đảng viên. Liên hệ văn phòng để được giao quyền."
        )
    sweep_exports(by=by)
    return start_job(
        KIND,
        by=by,
        parameters={
            "user": by.user_id,
            "year": year,
            "filter": asdict(wanted),
            # The address of the download and the name of the file.
            "ticket": secrets.token_urlsafe(32),
        },
        title=TITLE,
        place=_root(by).path,
        rows_total=rows_to_export(wanted, year=year, by=by),
    )


def sweep_exports(*, by: Actor) -> None:
    """Remove lists that were kept long enough, and pieces that an interrupted work left."""
    oldest = (by.now - timedelta(days=settings.EXPORT_KEPT_DAYS)).timestamp()
    for path in _folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def write_export(parameters: dict[str, Any], *, by: Actor, progress: Callable[[int], None]) -> dict[str, Any]:
    """Write the file that a job asks for, under a name nobody can guess, with the rights its giver has now."""
    if not may_anywhere(by, Permission.MEMBER_EXPORT):
        raise Refused("Quyền xuất danh sách của đồng chí đã hết nên chưa xuất gì. Liên hệ văn phòng.")
    ids = _ids(ListFilter(**parameters["filter"]), year=parameters["year"], by=by)
    with whole_file(_file(parameters["ticket"])) as target:
        write_roster(target, member_ids=ids, root=_root(by), today=by.today, progress=progress)
    return {"count": len(ids), "places": [place.path for place in places(by, Permission.MEMBER_EXPORT)]}


@transaction.atomic
def note_export(count: int, *, by: Actor) -> None:
    """Note in the log that a list was written."""
    _note(count, by=by)


def exported_file(ticket: str, *, by: Actor) -> Path | None:
    """The list that a job wrote: for its giver alone, while they may still export everything that is in it."""
    if by.user_id is None:
        return None
    given = Job.objects.filter(kind=KIND, state=Job.State.DONE, created_by=by.user_id)
    job = given.filter(parameters__ticket=ticket).first()
    if job is None or not all(may(by, Permission.MEMBER_EXPORT, place) for place in job.result["places"]):
        return None
    path = _file(job.parameters["ticket"])
    return path if path.is_file() else None


def _file(ticket: str) -> Path:
    return _folder() / f"{ticket}.xlsx"


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _ids(wanted: ListFilter, *, year: int, by: Actor) -> list[int]:
    roll = roll_for(by, wanted, year=year, right=Permission.MEMBER_EXPORT)
    return list(roll.values_list("id", flat=True))


def _note(count: int, *, by: Actor) -> None:
    record(by=by, action="member_export", subject="members", place=_root(by).path, detail={"count": count})


def _root(by: Actor) -> Organization:
    """The organisation that holds everything the actor may export."""
    paths = [place.path for place in places(by, Permission.MEMBER_EXPORT)]
    path = paths[0] if len(paths) == 1 else paths[0][:PATH_WIDTH]
    organizations = Organization.objects.active().order_by("depth", "id")
    found = organizations.filter(path=path) if path else organizations
    return found[:1].get()
