"""The acts of an import: prepare, write, cancel, undo."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, NoReturn

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit.log import record as audit
from phancong.common.refusal import Refused
from phancong.members.importing.doubtful import DoubtfulDays
from phancong.members.importing.findings import Severity
from phancong.members.importing.founding import found_cells, founding_day, proposals_of
from phancong.members.importing.lookups import Lookups, lookups_for
from phancong.members.importing.marking import mark_errors
from phancong.members.importing.matching import Basis, Outcome
from phancong.members.importing.preview import judged_batches, preview_roster
from phancong.members.importing.roster import Roster, columns_in_doubt
from phancong.members.importing.sheets import SeveralRosters, open_sheet
from phancong.members.importing.undoing import BATCH, undo_batch
from phancong.members.importing.writing import Writer
from phancong.members.models import RosterImport
from phancong.members.policies import check_right
from phancong.organizations.models import Organization

Progress = Callable[[int], None]


class StalePreview(Refused):
    """Writing would do something else than the preview said: members, cells or the day have changed since."""

    def __init__(self) -> None:
        super().__init__(
            "Danh sách đã thay đổi từ lúc xem trước nên chưa ghi gì. Mở lần nhập này, bấm “Đọc lại tệp”, xem lại "
            "rồi ghi."
        )


@contextmanager
def open_roster(roster_import: RosterImport, *, by: Actor) -> Iterator[tuple[Roster, Lookups]]:
    lookups = lookups_for(roster_import.organization, today=by.today)
    default = lookups.cells_by_id.get(roster_import.options.get("cell") or 0)
    content, pasted = bytes(roster_import.content), roster_import.options.get("pasted", False)
    doubtful = DoubtfulDays(_doubtful_columns(roster_import), roster_import.options.get("turn_days_back"))
    chosen = roster_import.options.get("sheet", "")
    with open_sheet(content, pasted=pasted, chosen=chosen) as sheet:
        yield Roster(sheet, lookups=lookups, today=by.today, default_cell=default, doubtful=doubtful), lookups


def _doubtful_columns(roster_import: RosterImport) -> frozenset[int]:
    """Found when the file is first read and kept with what was read then."""
    if "doubtful_columns" in roster_import.summary:
        return frozenset(roster_import.summary["doubtful_columns"])
    if roster_import.options.get("pasted", False):
        return frozenset()
    chosen = roster_import.options.get("sheet", "")
    with open_sheet(bytes(roster_import.content), pasted=False, chosen=chosen) as sheet:
        return columns_in_doubt(sheet)


@transaction.atomic
def keep_upload(
    content: bytes,
    *,
    file_name: str,
    organization: Organization,
    by: Actor,
    pasted: bool = False,
    cell: Organization | None = None,
    turn_days_back: bool | None = None,
    sheet: str = "",
) -> RosterImport:
    """Keep a file that was sent, to read it now or in a job. `cell` stands for rows that name none."""
    check_right(Permission.MEMBER_IMPORT, place=organization.path, by=by)
    if not content.strip():
        raise Refused("Chưa có gì để nhập. Chọn tệp .xlsx, hoặc dán bảng chép từ Excel.")
    kept = RosterImport.objects.create(
        file_name=file_name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        organization=organization,
        created_at=by.now,
        created_by=by.user_id,
        options={
            "pasted": pasted,
            "cell": cell.pk if cell else None,
            "turn_days_back": turn_days_back,
            "sheet": sheet,
        },
    )
    _note(by, "keep_roster", kept, size=len(content))
    return kept


def marked_file(roster_import: RosterImport, *, by: Actor) -> bytes:
    """The file that was sent, with every mistake at its cell."""
    check_right(Permission.MEMBER_IMPORT, place=roster_import.organization.path, by=by)
    if not roster_import.content:
        raise Refused("Tệp này không còn được giữ. Chọn lại tệp để xem lỗi.")
    root = roster_import.organization
    with open_roster(roster_import, by=by) as (roster, lookups):
        findings = [
            finding
            for batch in judged_batches(roster, root=root, lookups=lookups, today=by.today)
            for judged in batch
            for finding in judged.row.findings
            if finding.severity is not Severity.FIXED
        ]
        header, sheet_name = roster.header, roster.sheet.name
    return mark_errors(
        bytes(roster_import.content),
        findings=findings,
        header=header,
        sheet_name=sheet_name,
        pasted=roster_import.options.get("pasted", False),
    )


def _note(by: Actor, action: str, roster_import: RosterImport, **detail: Any) -> None:
    audit(
        by=by,
        action=action,
        subject=f"roster_import:{roster_import.pk}",
        place=roster_import.organization.path,
        detail=detail,
    )


@transaction.atomic
def prepare_import(import_id: int, *, by: Actor, progress: Progress | None = None) -> RosterImport:
    """Read the kept file and note what it would do. Nothing is written to the members."""
    return keep_preview(import_id, preview_of(import_id, by=by, progress=progress), by=by)


def preview_of(import_id: int, *, by: Actor, progress: Progress | None = None) -> dict[str, Any]:
    """What the kept file would do. Reads only, so others can go on writing meanwhile."""
    roster_import = RosterImport.objects.select_related("organization").get(pk=import_id)
    check_right(Permission.MEMBER_IMPORT, place=roster_import.organization.path, by=by)
    try:
        with open_roster(roster_import, by=by) as (roster, lookups):
            return preview_roster(
                roster, root=roster_import.organization, lookups=lookups, today=by.today, progress=progress
            )
    except SeveralRosters as several:
        return {"sheets": [{"name": sheet.name, "rows": sheet.rows} for sheet in several.sheets]}


@transaction.atomic
def keep_preview(import_id: int, summary: dict[str, Any], *, by: Actor) -> RosterImport:
    """Keep what was read for the page that asks whether to write it."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    roster_import.summary = summary
    roster_import.save(update_fields=["summary"])
    _note(by, "prepare_roster", roster_import, **summary.get("counts", {}))
    return roster_import


@transaction.atomic
def set_unreadable(import_id: int, *, reason: str, by: Actor) -> RosterImport:
    """Note that the file cannot be read, and why. The file is not kept."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    roster_import.state = RosterImport.State.UNREADABLE
    roster_import.content, roster_import.summary = b"", {"reason": reason}
    roster_import.save(update_fields=["state", "content", "summary"])
    _note(by, "set_roster_unreadable", roster_import)
    return roster_import


@transaction.atomic
def forget_preview(import_id: int, *, by: Actor) -> RosterImport:
    """What was read of the file no longer holds: it is to be read again."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    roster_import.summary = {}
    roster_import.save(update_fields=["summary"])
    _note(by, "forget_preview", roster_import)
    return roster_import


@transaction.atomic
def answer_about_days(import_id: int, *, turn_back: bool, by: Actor) -> RosterImport:
    """Note whether doubtful days are turned round. What was read before no longer holds: read the file again."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    roster_import.options["turn_days_back"] = turn_back
    roster_import.summary = {}
    roster_import.save(update_fields=["options", "summary"])
    _note(by, "answer_about_days", roster_import, turn_back=turn_back)
    return roster_import


@transaction.atomic
def choose_sheet(import_id: int, *, name: str, by: Actor) -> RosterImport:
    """Note which of several rosters of a file is meant; the others are named in its preview."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    sheets = [sheet["name"] for sheet in roster_import.summary.get("sheets", ())]
    if name not in sheets:
        raise Refused("Chưa chọn trang nào của tệp. Chọn một trang trong danh sách rồi bấm “Đọc trang này”.")
    roster_import.options["sheet"] = name
    roster_import.options["other_sheets"] = [other for other in sheets if other != name]
    roster_import.summary = {}
    roster_import.save(update_fields=["options", "summary"])
    _note(by, "choose_sheet", roster_import, sheet=name)
    return roster_import


@transaction.atomic
def found_missing_cells(import_id: int, *, names: Sequence[str], by: Actor) -> RosterImport:
    """Found cells that the roster names and nobody has founded yet. What was read before no longer holds."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    root, lookups = roster_import.organization, lookups_for(roster_import.organization, today=by.today)
    unknown = [cell["name"] for cell in roster_import.summary.get("unknown_cells", ())]
    chosen = [name for name in unknown if name in names and not lookups.find_cells(name)]
    if not chosen:
        raise Refused("Chưa chọn chi bộ nào chưa có. Đánh dấu chi bộ cần thành lập rồi bấm lại.")
    proposals = proposals_of(chosen, root=root, today=by.today)
    founded = found_cells(proposals, root=root, by=by, effective_on=founding_day(root, today=by.today))
    roster_import.summary = {}
    roster_import.save(update_fields=["summary"])
    _note(by, "found_missing_cells", roster_import, count=len(founded))
    return roster_import


@transaction.atomic
def write_import(
    import_id: int, *, by: Actor, only_right_rows: bool = False, progress: Progress | None = None
) -> RosterImport:
    """Write the roster: all rows or none, or, when so chosen, the rows without errors."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    counts, basis = _write_rows(roster_import, by=by, only_right_rows=only_right_rows, progress=progress)
    if basis != roster_import.summary.get("basis", basis):
        raise StalePreview
    if not counts[Outcome.NEW] + counts[Outcome.CHANGED]:
        raise Refused("Không có gì để ghi: mọi dòng đúng đều đã có trong danh sách.")
    roster_import.state = RosterImport.State.WRITTEN
    roster_import.written_at = by.now
    roster_import.options["only_right_rows"] = only_right_rows
    roster_import.summary["written"] = {outcome.value: counts[outcome.value] for outcome in Outcome}
    if not counts[Outcome.ERROR]:
        # Undoing does not need the file; with mistakes left it is kept to be marked.
        roster_import.content = b""
    roster_import.save(update_fields=["state", "written_at", "options", "summary", "content"])
    _note(by, "write_roster", roster_import, **roster_import.summary["written"])
    return roster_import


def _write_rows(
    roster_import: RosterImport, *, by: Actor, only_right_rows: bool, progress: Progress | None
) -> tuple[Counter[str], str]:
    """How many rows there were of each outcome, and the digest of all that was done."""
    counts: Counter[str] = Counter()
    basis, writer = Basis(), Writer(roster_import, by=by)
    with open_roster(roster_import, by=by) as (roster, lookups):
        for batch in judged_batches(roster, root=roster_import.organization, lookups=lookups, today=by.today):
            counts.update(judged.outcome.value for judged in batch)
            basis.add(batch)
            if counts[Outcome.ERROR] and not only_right_rows:
                _refuse_errors(roster_import)
            writer.write(batch)
            if progress:
                progress(counts.total())
    return counts, basis.digest()


def _refuse_errors(roster_import: RosterImport) -> NoReturn:
    if not roster_import.summary.get("counts", {}).get("error", 0):
        raise StalePreview
    raise Refused("Tệp còn dòng lỗi nên chưa ghi gì. Sửa tệp rồi nhập lại, hoặc chọn “Chỉ ghi dòng đúng”.")


@transaction.atomic
def cancel_import(import_id: int, *, by: Actor) -> RosterImport:
    """Put a previewed import aside. The file is not kept."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.PREVIEWED)
    roster_import.state = RosterImport.State.CANCELLED
    roster_import.content, roster_import.summary = b"", {}
    roster_import.save(update_fields=["state", "content", "summary"])
    _note(by, "cancel_roster", roster_import)
    return roster_import


@transaction.atomic
def undo_import(import_id: int, *, by: Actor, progress: Progress | None = None) -> RosterImport:
    """Take a written import back while nothing depends on it: its members unchanged since, and used nowhere."""
    roster_import = _locked(import_id, by=by)
    _check_state(roster_import, RosterImport.State.WRITTEN)
    changes = roster_import.changes.order_by("pk").iterator(chunk_size=BATCH)
    undone = 0
    while batch := list(islice(changes, BATCH)):
        undo_batch(batch)
        undone += len(batch)
        if progress:
            progress(undone)
    roster_import.changes.all().delete()
    roster_import.state = RosterImport.State.UNDONE
    roster_import.summary["undone"] = undone
    roster_import.save(update_fields=["state", "summary"])
    _note(by, "undo_roster", roster_import, count=undone)
    return roster_import


def _locked(import_id: int, *, by: Actor) -> RosterImport:
    """The import, with its organisation locked: two imports of one committee go one after the other."""
    roster_import = RosterImport.objects.select_related("organization").get(pk=import_id)
    Organization.objects.select_for_update().get(pk=roster_import.organization_id)
    roster_import = (
        RosterImport.objects.select_related("organization").select_for_update(of=("self",)).get(pk=import_id)
    )
    check_right(Permission.MEMBER_IMPORT, place=roster_import.organization.path, by=by)
    return roster_import


def _check_state(roster_import: RosterImport, expected: RosterImport.State) -> None:
    if roster_import.state != expected:
        state = RosterImport.State(roster_import.state).label
        raise Refused(
            f"Lần nhập này đang ở trạng thái “{state}” nên không làm lại được. Xem lịch sử các lần nhập."
        )
