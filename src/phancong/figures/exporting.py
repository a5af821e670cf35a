"""A sheet as a workbook in the shape offices hand in: titles, numbered columns, a row for each unit, a total row."""

import tempfile
from datetime import datetime
from typing import IO

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.spreadsheet import SheetColumn, SheetContent, Value, write_workbook
from phancong.figures.counting import Table, key_of


@transaction.atomic
def export_table(table: Table, *, place: str, by: Actor) -> IO[bytes]:
    """The table as its reader may have it. The file is gone once it is closed."""
    log.record(
        by=by,
        action="export_figures",
        subject=f"organization:{table.base.root_id or 0}",
        place=place,
        detail={"sheet": table.sheet.code, "day": table.base.day.isoformat()},
    )
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- the answer closes it
    write_workbook(target, [_content(table, by.now)])
    target.seek(0)
    return target


def _content(table: Table, now: datetime) -> SheetContent:
    keys = [key_of(section, column) for section, column in table.columns]
    columns = (
        SheetColumn(title="TT", width=6),
        SheetColumn(title="Đơn vị", width=38),
        *(SheetColumn(title=column.words, width=14) for _, column in table.columns),
    )
    rows: list[list[Value]] = [
        [f"({number})" for number in range(1, len(columns) + 1)],
        *(
            _line(number, line.branch.name, line.figures, keys)
            for number, line in enumerate(table.lines, start=1)
        ),
        ["", "Cộng", *(_told(table.total[key]) for key in keys)],
        ["", "", *("" for _ in keys)],
        [
            "",
            f"Người lập biểu (ký, ghi rõ họ tên){' ' * 8}Thủ trưởng đơn vị (ký, ghi rõ họ tên)",
            *("" for _ in keys),
        ],
    ]
    return SheetContent(
        name=table.sheet.title[:31],
        columns=columns,
        rows=rows,
        title_lines=(
            table.base.name.upper(),
            table.sheet.title.upper(),
            f"Số liệu đến {_moment(table, now)}; {table.base.tree.label.lower()}.",
            *((table.sheet.note,) if table.sheet.note else ()),
        ),
        filtered=False,
    )


def _line(number: int, name: str, figures: dict[str, int | None], keys: list[str]) -> list[Value]:
    return [number, name, *(_told(figures[key]) for key in keys)]


def _told(figure: int | None) -> str | int:
    return "không nêu" if figure is None else figure


def _moment(table: Table, now: datetime) -> str:
    """A past day is counted whole; of today it matters at what time."""
    day = table.base.day
    return f"{now:%H:%M} {day:%d/%m/%Y}" if day == now.date() else f"hết ngày {day:%d/%m/%Y}"
