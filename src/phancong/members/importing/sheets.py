"""Which sheet of a file holds the roster: none is ever left out without a word."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice

from phancong.common.refusal import Refused
from phancong.common.spreadsheet_reader import Sheet, open_pasted_sheet, open_workbook_sheet
from phancong.members.importing.columns import Key
from phancong.members.importing.header import SEARCHED_ROWS, header_of_roster


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet with a roster: its name, and how many rows have something in the column of names."""

    name: str
    rows: int


class SeveralRosters(Refused):
    """More than one sheet holds a roster: somebody has to say which is meant."""

    def __init__(self, sheets: Sequence[FoundSheet]) -> None:
        names = ", ".join(f"“{sheet.name}” ({sheet.rows} dòng)" for sheet in sheets)
        super().__init__(
            f"Tệp có danh sách ở {len(sheets)} trang: {names}. Chọn một trang để đọc. Chưa ghi gì."
        )
        self.sheets = tuple(sheets)


@contextmanager
def open_sheet(content: bytes, *, pasted: bool, chosen: str = "") -> Iterator[Sheet]:
    """The chosen sheet, or the one with the roster. Raises SeveralRosters: which counts is not for us to guess."""
    if pasted:
        with open_pasted_sheet(content.decode("utf-8")) as sheet:
            yield sheet
    else:
        with open_workbook_sheet(content, sheet=chosen or _name_of_roster(content)) as sheet:
            if chosen not in ("", sheet.name):
                names = ", ".join(f"“{name}”" for name in sheet.shown)
                raise Refused(f"Tệp không có trang “{chosen}”. Các trang của tệp: {names}. Chưa ghi gì.")
            yield sheet


def _name_of_roster(content: bytes) -> str:
    """Name of the only sheet with a header of a roster; empty (the first sheet) where there is none."""
    with open_workbook_sheet(content) as first:
        shown = first.shown
    if len(shown) < 2:
        return ""
    rosters = [name for name in shown if _is_roster(content, name)]
    if len(rosters) > 1:
        raise SeveralRosters([FoundSheet(name, _rows_of_roster(content, name)) for name in rosters])
    return rosters[0] if rosters else ""


def _is_roster(content: bytes, name: str) -> bool:
    with open_workbook_sheet(content, sheet=name) as sheet:
        return header_of_roster(list(islice(sheet.rows, SEARCHED_ROWS)), sheet.merges) is not None


def _rows_of_roster(content: bytes, name: str) -> int:
    with open_workbook_sheet(content, sheet=name) as sheet:
        first = list(islice(sheet.rows, SEARCHED_ROWS))
        header = header_of_roster(first, sheet.merges)
        if header is None:
            return 0
        names = header.columns[Key.NAME]
        return sum(row.number > header.last_row and names in row.cells for row in chain(first, sheet.rows))
