"""Reading, writing and taking back a big roster as long work. Parameters name the import and nothing personal."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.access.identity import actor_of_user
from phancong.common.refusal import Refused
from phancong.common.templatetags.ui import grouped
from phancong.jobs.actions import start_job
from phancong.jobs.kinds import JobKind, JobOutcome, Kept, Progress, register
from phancong.jobs.models import Job
from phancong.members import exporting
from phancong.members.importing.actions import (
    keep_preview,
    preview_of,
    set_unreadable,
    undo_import,
    write_import,
)
from phancong.members.models import RosterImport

READ, WRITE, UNDO = "read_roster", "import_roster", "undo_roster"
TITLES = {READ: "Đọc danh sách", WRITE: "Ghi danh sách", UNDO: "Hoàn tác lần nhập"}


def start_import_job(
    kind: str, roster_import: RosterImport, *, by: Actor, only_right_rows: bool = False
) -> Job:
    """Long work on one import. Whether the actor may do it is checked again when it is done."""
    return start_job(
        kind,
        by=by,
        parameters={"import": roster_import.pk, "user": by.user_id, "only_right_rows": only_right_rows},
        title=f"{TITLES[kind]} “{roster_import.file_name}”"[:200],
        place=roster_import.organization.path,
        rows_total=sum(roster_import.summary.get("counts", {}).values()),
    )


def _actor(parameters: dict[str, Any]) -> Actor:
    return actor_of_user(parameters["user"], now=timezone.localtime())


def _one_chunk(parameters: dict[str, Any]) -> list[int]:
    return [parameters["import"]]


def _since_last(progress: Progress) -> Callable[[int], None]:
    """Imports tell how many rows are done in all; jobs count what came since the last call."""
    told = 0

    def tell(rows: int) -> None:
        nonlocal told
        progress(rows - told)
        told = rows

    return tell


def _read(parameters: dict[str, Any], import_id: int, progress: Progress) -> dict[str, Any]:
    by = _actor(parameters)
    try:
        return preview_of(import_id, by=by, progress=_since_last(progress))
    except Refused as refusal:
        set_unreadable(import_id, reason=str(refusal), by=by)
        raise


def _note_read(parameters: dict[str, Any], results: list[dict[str, Any]]) -> JobOutcome:
    kept = keep_preview(parameters["import"], results[0], by=_actor(parameters))
    if "sheets" in kept.summary:
        sheets = len(kept.summary["sheets"])
        return JobOutcome(
            f"Tệp có danh sách ở {sheets} trang. Chọn một trang để đọc.", _links(kept.pk, "Chọn trang")
        )
    counts = kept.summary["counts"]
    message = (
        f"Thêm mới {counts['new']}, cập nhật {counts['changed']}, không đổi {counts['unchanged']}, "
        f"lỗi {counts['error']}. Chưa ghi gì."
    )
    return JobOutcome(message, _links(kept.pk, "Xem trước và ghi"))


def _write(parameters: dict[str, Any], import_id: int, progress: Progress) -> dict[str, int]:
    written = write_import(
        import_id,
        by=_actor(parameters),
        only_right_rows=parameters["only_right_rows"],
        progress=_since_last(progress),
    )
    counts: dict[str, int] = written.summary["written"]
    return counts


def _note_written(parameters: dict[str, Any], results: list[dict[str, int]]) -> JobOutcome:
    counts = results[0]
    message = f"Đã ghi: thêm {counts['new']}, cập nhật {counts['changed']} đồng chí."
    return JobOutcome(message, _links(parameters["import"], "Xem lần nhập này"))


def _undo(parameters: dict[str, Any], import_id: int, progress: Progress) -> int:
    undone = undo_import(import_id, by=_actor(parameters), progress=_since_last(progress))
    count: int = undone.summary["undone"]
    return count


def _note_undone(parameters: dict[str, Any], results: list[int]) -> JobOutcome:
    return JobOutcome(
        f"Đã hoàn tác: {results[0]} hồ sơ trở lại như trước.",
        _links(parameters["import"], "Xem lần nhập này"),
    )


def _links(import_id: int, label: str) -> dict[str, Any]:
    return {"links": [{"url": reverse("members:import_detail", args=[import_id]), "label": label}]}


def _whole_list(parameters: dict[str, Any]) -> list[str]:
    # One file, written row by row from its first line to its last.
    return [parameters["ticket"]]


def _write_list(parameters: dict[str, Any], _ticket: str, progress: Progress) -> dict[str, Any]:
    return exporting.write_export(parameters, by=_actor(parameters), progress=progress)


def _note_list(parameters: dict[str, Any], results: list[dict[str, Any]]) -> JobOutcome:
    written = results[0]
    exporting.note_export(written["count"], by=_actor(parameters))
    message = (
        f"Danh sách có {grouped(written['count'])} đồng chí. Chỉ đồng chí đã giao việc này tải được, "
        f"trong {settings.EXPORT_KEPT_DAYS} ngày."
    )
    link = {"url": reverse("members:export_file", args=[parameters["ticket"]]), "label": "Tải danh sách"}
    return JobOutcome(message, {**written, "links": [link]})


register(JobKind(exporting.KIND, exporting.TITLE, "đồng chí", _whole_list, _write_list, _note_list))
register(JobKind(READ, TITLES[READ], "dòng", _one_chunk, _read, _note_read, Kept.AT_END))
register(JobKind(WRITE, TITLES[WRITE], "dòng", _one_chunk, _write, _note_written, Kept.ALTOGETHER))
register(JobKind(UNDO, TITLES[UNDO], "dòng", _one_chunk, _undo, _note_undone, Kept.ALTOGETHER))
