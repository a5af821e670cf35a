"""The user's own file with its mistakes marked: same sheet, same row numbers, words in a first column."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from phancong.common.dates import from_serial
from phancong.common.spreadsheet import DAY_FORMAT, set_text
from phancong.common.spreadsheet_reader import Cell, Kind, Row
from phancong.members.importing.findings import Finding
from phancong.members.importing.header import Header
from phancong.members.importing.sheets import open_sheet

TITLE = "Lỗi"
AUTHOR = "Phân Công"
BAD_FILL = PatternFill("solid", start_color="FFFFC7CE")
NOTED_FILL = PatternFill("solid", start_color="FFFFEB9C")
TITLE_FONT = Font(name="Times New Roman", size=12, bold=True, color="FF9C0006")
WIDTH, LETTERS_A_LINE, LINE_POINTS = 50, 44, 16
# Above this size the file is written anew row by row: keeping its look would take too much memory.
KEEPS_LOOK_UP_TO = 3_000_000


def mark_errors(
    content: bytes, *, findings: Sequence[Finding], header: Header, sheet_name: str, pasted: bool
) -> bytes:
    """An .xlsx file with `findings` at their cells."""
    by_row: dict[int, list[Finding]] = {}
    for finding in findings:
        by_row.setdefault(finding.row, []).append(finding)
    if pasted or len(content) > KEEPS_LOOK_UP_TO:
        return _written_anew(content, by_row, header=header, sheet_name="" if pasted else sheet_name)
    return _marked_in_place(content, by_row, header=header, sheet_name=sheet_name)


def _words(findings: Iterable[Finding], header: Header) -> str:
    """One line per remark, errors first, each with the title of its column."""
    lines = []
    for finding in sorted(findings, key=lambda finding: (not finding.is_error, finding.column)):
        title = header.titles.get(finding.column, "")
        lines.append(f"{title}: {finding.message}" if title else finding.message)
    return "\n".join(lines)


def _height(text: str) -> int:
    """Points that the lines take in the first column; not every program widens rows by itself."""
    return LINE_POINTS * sum(1 + len(line) // LETTERS_A_LINE for line in text.split("\n"))


def _paint(cell: Any, findings: list[Finding]) -> None:
    cell.fill = BAD_FILL if any(finding.is_error for finding in findings) else NOTED_FILL
    cell.comment = Comment("\n".join(finding.message for finding in findings), AUTHOR, height=90, width=320)


def _marked_in_place(
    content: bytes, by_row: dict[int, list[Finding]], *, header: Header, sheet_name: str
) -> bytes:
    book = load_workbook(io.BytesIO(content), data_only=True)
    sheet = book[sheet_name]
    _make_room(sheet)
    _write_title(sheet.cell(header.row, 1))
    for number, findings in by_row.items():
        words = sheet.cell(number, 1)
        set_text(words, text := _words(findings, header))
        sheet.row_dimensions[number].height = max(sheet.row_dimensions[number].height or 0, _height(text))
        words.alignment = Alignment(wrap_text=True, vertical="top")
        for column in {finding.column for finding in findings if finding.column}:
            cell = sheet.cell(number, column + 1)
            if not isinstance(cell, MergedCell):
                _paint(cell, [finding for finding in findings if finding.column == column])
    _keep_text(sheet)
    sheet.freeze_panes = f"B{header.last_row + 1}"
    last = f"{get_column_letter(sheet.max_column)}{max(sheet.max_row, header.last_row + 1)}"
    sheet.auto_filter.ref = f"A{header.last_row}:{last}"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _write_title(cell: Any) -> None:
    set_text(cell, TITLE)
    cell.font = TITLE_FONT


def _keep_text(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                set_text(cell, str(cell.value))


def _make_room(sheet: Any) -> None:
    """Put an empty column first. The library moves cells only; merges, widths and drop-downs are moved here."""
    merges = list(sheet.merged_cells.ranges)
    for merge in merges:
        sheet.unmerge_cells(merge.coord)
    widths = {
        number: sheet.column_dimensions[get_column_letter(number)].width
        for number in range(1, sheet.max_column + 1)
    }
    hidden = {number for number in widths if sheet.column_dimensions[get_column_letter(number)].hidden}
    sheet.insert_cols(1)
    for merge in merges:
        merge.shift(col_shift=1)
        sheet.merge_cells(merge.coord)
    sheet.column_dimensions.clear()
    for number, width in widths.items():
        dimension = sheet.column_dimensions[get_column_letter(number + 1)]
        dimension.width, dimension.hidden = width, number in hidden
    sheet.column_dimensions["A"].width = WIDTH
    for rule in sheet.data_validations.dataValidation:
        for cells in rule.sqref.ranges:
            cells.shift(col_shift=1)
    sheet.conditional_formatting = ConditionalFormattingList()


def _written_anew(
    content: bytes, by_row: dict[int, list[Finding]], *, header: Header, sheet_name: str
) -> bytes:
    book = Workbook(write_only=True)
    with open_sheet(content, pasted=not sheet_name, chosen=sheet_name) as source:
        sheet = book.create_sheet(source.name)
        sheet.freeze_panes = f"B{header.last_row + 1}"
        sheet.column_dimensions["A"].width = WIDTH
        written = 0
        for row in source.rows:
            for _ in range(row.number - written - 1):
                sheet.append([])
            findings = by_row.get(row.number, [])
            if findings:
                sheet.row_dimensions[row.number].height = _height(_words(findings, header))
            sheet.append(_marked_row(sheet, row, findings, header, from_1904=source.from_1904))
            written = row.number
    width = max(header.titles, default=1) + 1
    sheet.auto_filter.ref = (
        f"A{header.last_row}:{get_column_letter(width)}{max(written, header.last_row + 1)}"
    )
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _marked_row(
    sheet: Any, row: Row, findings: list[Finding], header: Header, *, from_1904: bool
) -> list[Any]:
    columns = {*row.cells, *(finding.column for finding in findings)} - {0}
    cells = [WriteOnlyCell(sheet) for _ in range(max(columns, default=0) + 1)]
    if row.number == header.row:
        _write_title(cells[0])
    elif findings:
        set_text(cells[0], _words(findings, header))
        cells[0].alignment = Alignment(wrap_text=True, vertical="top")
    for column, value in row.cells.items():
        _copy(cells[column], value, from_1904=from_1904)
    for column in columns:
        if here := [finding for finding in findings if finding.column == column]:
            _paint(cells[column], here)
    return cells


def _copy(cell: Any, value: Cell, *, from_1904: bool) -> None:
    if value.kind is Kind.NUMBER:
        cell.value = float(value.value)
    elif value.kind is Kind.DAY:
        cell.value, cell.number_format = from_serial(float(value.value), from_1904=from_1904), DAY_FORMAT
    else:
        set_text(cell, value.value)
