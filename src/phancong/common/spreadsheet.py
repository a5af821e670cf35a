"""Writing spreadsheets: the one writer of every export. What looks like a formula stays text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from math import ceil
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

Value = str | int | float | date | None

_RISKY = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_A4 = 9
DAY_FORMAT = "dd/mm/yyyy"
TEXT_FORMAT = "@"
_WRAPS_FROM = 24
_LETTER = 0.85
_LINE_HEIGHT = 15.75
_FONT = "Times New Roman"
_THIN = Side(style="thin", color="FF9AA5B1")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEAD_FONT = Font(name=_FONT, size=12, bold=True)
HEAD_FILL = PatternFill("solid", start_color="FFE8EDF3")
BODY_FONT = Font(name=_FONT, size=12)


def plain_text(text: str) -> str:
    """Text that a spreadsheet file can hold: no control characters, at most one cell long."""
    return _CONTROL.sub("", text)[:32_000]


def guarded_text(text: str) -> str:
    """Text for files without cell types (CSV, text to paste): an apostrophe before what would be read as a formula."""
    return f"'{text}" if _RISKY.match(text) and text.strip() != "-" else text


def set_text(cell: Any, text: str) -> None:
    """Put `text` into a cell as text, whatever it begins with."""
    cell.value = plain_text(text)
    cell.data_type = "s"
    if _RISKY.match(text):
        # Without this mark a spreadsheet turns the text into a formula as soon as somebody edits the cell.
        cell.quotePrefix = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column of an export. `choices` becomes a drop-down; `as_text` keeps leading zeros."""

    title: str
    width: float = 14
    as_text: bool = False
    choices: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """A sheet: lines above the table, the header, the rows. `room` empty rows keep the drop-downs and formats.

    Only the first `printed` columns go on paper (0: all), so that a wide sheet stays readable on A4.
    """

    name: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]]
    title_lines: Sequence[str] = ()
    room: int = 0
    filtered: bool = True
    printed: int = 0


def write_workbook(target: Path | IO[bytes], sheets: Sequence[SheetContent]) -> None:
    """Write sheets row by row; memory does not grow with the number of rows."""
    book = Workbook(write_only=True)
    lists = _ChoiceLists()
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet, lists)
    lists.write(book)
    book.save(target)


class _ChoiceLists:
    """Drop-downs point to a hidden sheet, because a list written in place ends at 255 characters."""

    def __init__(self) -> None:
        self.lists: list[tuple[str, ...]] = []

    def reference(self, choices: tuple[str, ...]) -> str:
        if choices not in self.lists:
            self.lists.append(choices)
        letter = get_column_letter(self.lists.index(choices) + 1)
        return f"=DanhMuc!${letter}$1:${letter}${len(choices)}"

    def write(self, book: Workbook) -> None:
        if not self.lists:
            return
        sheet = book.create_sheet("DanhMuc")
        sheet.sheet_state = "hidden"
        for number in range(max(len(choices) for choices in self.lists)):
            sheet.append(
                [_cell(sheet, choices[number] if number < len(choices) else None) for choices in self.lists]
            )


def _write_sheet(sheet: Any, content: SheetContent, lists: _ChoiceLists) -> None:
    head_row = len(content.title_lines) + 1
    # What stands before the rows in the file is set before the first row is written.
    sheet.freeze_panes = f"A{head_row + 1}"
    _set_page(sheet, head_row)
    for number, column in enumerate(content.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    for line in content.title_lines:
        cell = _cell(sheet, line)
        cell.font = HEAD_FONT
        sheet.append([cell])
    titles = [column.title for column in content.columns]
    _set_height(sheet, head_row, _lines(titles, [column.width for column in content.columns]))
    sheet.append([_head_cell(sheet, title) for title in titles])
    last = head_row
    wrapping = [column.width if column.width > _WRAPS_FROM else 0 for column in content.columns]
    looks = [_Look(sheet, column) for column in content.columns]
    blank: Sequence[Value] = (None,) * len(looks)
    for row in chain(content.rows, repeat(blank, content.room)):
        last += 1
        _set_height(sheet, last, _lines(row, wrapping))
        sheet.append([look.cell(value) for look, value in zip(looks, row, strict=True)])
        # Written already; kept, heights would fill the memory of a long sheet.
        sheet.row_dimensions.pop(last, None)
    _add_choices(sheet, content, lists, rows=(head_row + 1, max(last, head_row + 1)))
    if content.printed:
        sheet.print_area = f"A1:{get_column_letter(content.printed)}{last}"
    if content.filtered:
        sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(len(content.columns))}{last}"


def _lines(values: Sequence[Value], widths: Sequence[float]) -> int:
    """Lines that the longest text takes in a column of its width (0: it does not wrap)."""
    return max(
        (
            ceil(len(value) * _LETTER / width)
            for value, width in zip(values, widths, strict=True)
            if width and isinstance(value, str)
        ),
        default=1,
    )


def _set_height(sheet: Any, row: int, lines: int) -> None:
    """LibreOffice cuts wrapped text in rows whose height is not written."""
    if lines > 1:
        sheet.row_dimensions[row].height = lines * _LINE_HEIGHT


def _add_choices(sheet: Any, content: SheetContent, lists: _ChoiceLists, *, rows: tuple[int, int]) -> None:
    for number, column in enumerate(content.columns, start=1):
        if column.choices:
            rule = DataValidation("list", formula1=lists.reference(column.choices), allow_blank=True)
            rule.showErrorMessage = False
            letter = get_column_letter(number)
            rule.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
            sheet.data_validations.append(rule)


def _set_page(sheet: Any, head_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"


def _cell(sheet: Any, value: Value) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.font = BODY_FONT
    if isinstance(value, str):
        set_text(cell, value)
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY_FORMAT
    return cell


def _head_cell(sheet: Any, title: str) -> Any:
    cell = _cell(sheet, title)
    cell.font, cell.fill, cell.border = HEAD_FONT, HEAD_FILL, BORDER
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    return cell


class _Look:
    """How the cells of one column look. Styles are made once for each column: made for each cell they cost most."""

    def __init__(self, sheet: Any, column: SheetColumn) -> None:
        self.sheet, self.column = sheet, column
        self.styles: dict[str, Any] = {}

    def cell(self, value: Value) -> Any:
        kind = type(value).__name__
        if isinstance(value, str) and _RISKY.match(value):
            kind = "risky"
        if kind not in self.styles:
            self.styles[kind] = self._styled(value)._style  # noqa: SLF001 -- the library offers no shared styles here
        cell: Any = WriteOnlyCell(self.sheet)
        if isinstance(value, str):
            cell.value = plain_text(value)
            cell.data_type = "s"
        else:
            cell.value = value
        cell._style = self.styles[kind]  # noqa: SLF001 -- as above
        return cell

    def _styled(self, value: Value) -> Any:
        cell = _cell(self.sheet, value)
        cell.border = BORDER
        cell.alignment = Alignment(vertical="top", wrap_text=self.column.width > _WRAPS_FROM)
        if self.column.as_text:
            cell.number_format = TEXT_FORMAT
        return cell
