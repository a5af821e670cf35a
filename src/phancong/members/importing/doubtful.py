"""Days that a machine set to American dates turned round: 1/3/1965, typed for 1 March, became 3 January.

Such a machine makes a day of what it can read month first and leaves "15/8/1958" as text. A file that holds both is
asked about: no rule can tell the two readings of one cell apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from phancong.common.dates import from_serial
from phancong.common.spreadsheet_reader import Cell, Kind, Row
from phancong.members.importing.cells import Place
from phancong.members.importing.columns import DATE_KEYS
from phancong.members.importing.findings import Code
from phancong.members.importing.header import Header

# Other signs between the parts stay text in every setting, so they tell nothing.
_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})\s*")
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class DoubtfulDays:
    """The columns whose days may be turned round, and what the office said: turn back, keep, or nothing yet."""

    columns: frozenset[int] = frozenset()
    turn_back: bool | None = None

    def read(self, day: date | None, cell: Cell, place: Place) -> date | None:
        if day is None or cell.kind is not Kind.DAY or place.column not in self.columns or not turnable(day):
            return day
        other = day.replace(day=day.month, month=day.day)
        if self.turn_back is None:
            place.fail(
                Code.SWAPPED_DAY,
                f"Ô là ngày {day:%d/%m/%Y}, có thể đã bị đảo từ {other:%d/%m/%Y} (máy đặt kiểu Mỹ). "
                "Chọn “Đảo lại” hoặc “Giữ nguyên” ở trang xem trước, hoặc gõ lại ngày trong tệp.",
            )
        elif self.turn_back:
            place.fix(Code.DAY_SWAPPED_BACK, f"Ngày {day:%d/%m/%Y} đã đảo lại thành {other:%d/%m/%Y}.")
            return other
        return day


def turnable(day: date) -> bool:
    """Whether the day reads as another one with its first two parts exchanged."""
    return day.day <= _LAST_MONTH and day.day != day.month


def doubtful_columns(rows: Iterable[Row], header: Header, *, from_1904: bool) -> frozenset[int]:
    """Columns of days that bear the mark of American dates: one pass, keeping three facts a column."""
    columns = [header.columns[key] for key in DATE_KEYS if key in header.columns]
    seen: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        for column in columns:
            if (cell := row.cells.get(column)) is not None:
                seen[column].add(_kind_of(cell, from_1904=from_1904))
    if not any("late text" in facts for facts in seen.values()):
        return frozenset()
    return frozenset(
        column
        for column, facts in seen.items()
        if "turnable day" in facts and not facts & {"late day", "early text"}
    )


def _kind_of(cell: Cell, *, from_1904: bool) -> str:
    """Late: after the 12th of a month, which American dates cannot read day first."""
    if cell.kind is Kind.DAY:
        day = from_serial(float(cell.value), from_1904=from_1904)
        if day.day > _LAST_MONTH:
            return "late day"
        return "turnable day" if turnable(day) else ""
    match = _SLASHED.fullmatch(cell.value)
    if match is None or cell.kind is not Kind.TEXT or int(match[2]) > _LAST_MONTH:
        return ""
    return "late text" if int(match[1]) > _LAST_MONTH else "early text"
