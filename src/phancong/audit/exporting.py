"""The log as a workbook. Taking it away is itself a line."""

import tempfile
from typing import IO

from django.db import transaction

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.audit.queries import LogFilter, entries_for, narrowed, rows_of
from phancong.common.refusal import Refused
from phancong.common.spreadsheet import SheetColumn, SheetContent, write_workbook

MOST_ROWS = 20_000
_COLUMNS = (
    SheetColumn(title="Dòng", width=10),
    SheetColumn(title="Lúc", width=18),
    SheetColumn(title="Người thực hiện", width=26),
    SheetColumn(title="Vai trò", width=22),
    SheetColumn(title="Việc", width=34),
    SheetColumn(title="Đối tượng", width=26),
    SheetColumn(title="Mục đích", width=34),
    SheetColumn(title="Nội dung", width=34),
)


@transaction.atomic
def export_log(wanted: LogFilter, *, by: Actor) -> IO[bytes]:
    """The lines as asked, newest first. The file is gone once it is closed."""
    entries = narrowed(entries_for(by), wanted)
    count = entries.count()
    if count > MOST_ROWS:
        raise Refused(
            f"Có {count} dòng, mỗi lần xuất nhiều nhất {MOST_ROWS} dòng. Chọn khoảng ngày ngắn hơn rồi xuất lại."
        )
    rows = [
        (
            row.sequence,
            f"{row.at:%d/%m/%Y %H:%M:%S}",
            row.person,
            row.role,
            row.act,
            row.subject,
            row.purpose,
            row.detail,
        )
        for row in rows_of(entries)
    ]
    held = places(by, Permission.AUDIT_SEE)
    log.record(
        by=by,
        action="export_log",
        subject="log",
        place=held[0].path if held else "",
        detail={"count": count, "places": [place.path for place in held]},
        right=Permission.AUDIT_SEE,
    )
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- the answer closes it
    write_workbook(target, [SheetContent(name="Nhật ký", columns=_COLUMNS, rows=rows)])
    target.seek(0)
    return target
