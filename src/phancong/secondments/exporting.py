"""The hamlets as a workbook."""

import tempfile
from typing import IO

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.spreadsheet import SheetColumn, SheetContent, Value, write_workbook
from phancong.secondments.coverage import Line, lines_of, overview_for

COLUMNS = (
    ("TT", 6),
    ("Thôn, buôn, tổ dân phố", 30),
    ("Thuộc", 34),
    ("Chi bộ", 34),
    ("Tình hình", 24),
    ("Đảng viên chính thức", 14),
    ("Dự bị", 10),
    ("Được tăng cường", 14),
    ("Còn thiếu", 10),
    ("Quần chúng ưu tú", 14),
)


@transaction.atomic
def export_hamlets(*, by: Actor) -> IO[bytes]:
    """Every hamlet that the actor sees. The file is gone once it is closed."""
    hamlets = [one for group in overview_for(by).groups for one in group.hamlets]
    lines = lines_of(hamlets, today=by.today)
    log.record(by=by, action="export_hamlets", subject="areas", detail={"count": len(lines)})
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- the answer closes it
    content = SheetContent(
        name="Thôn, tổ",
        columns=tuple(SheetColumn(title=title, width=width) for title, width in COLUMNS),
        rows=[_row(number, line) for number, line in enumerate(lines, start=1)],
        title_lines=("THÔN, BUÔN, TỔ DÂN PHỐ VÀ TỔ CHỨC ĐẢNG", f"Ngày {by.today:%d/%m/%Y}."),
        filtered=True,
    )
    write_workbook(target, [content])
    target.seek(0)
    return target


def _row(number: int, line: Line) -> list[Value]:
    one = line.hamlet
    return [
        number,
        one.area.name,
        one.area.committee.name,
        one.cell_name,
        one.standing.words,
        one.official,
        one.probationary,
        one.seconded,
        one.missing,
        "" if line.promising is None else line.promising,
    ]
