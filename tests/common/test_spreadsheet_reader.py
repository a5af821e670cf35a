"""Files that are no list are refused in seconds, each by one sentence; lists are read cell by cell."""

import io
import resource
import time
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from phancong.common import spreadsheet_child
from phancong.common.refusal import Refused
from phancong.common.spreadsheet_reader import Cell, Kind, open_pasted_sheet, open_workbook_sheet

SECONDS = 10


def a_workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Họ và tên", "Số"])
    sheet.append(["Siu H'Bia", 5])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_parts(parts: dict[str, bytes], *, drop: str = "") -> bytes:
    """A workbook with parts put in, or put in place of its own."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_workbook())) as source,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in parts and name != drop:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return saved.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def bomb() -> bytes:
    return with_parts({SHEET: SPREADSHEET + b"<sheetData>" + b" " * 300_000_000})


def many_entries() -> bytes:
    return with_parts({f"xl/media/image{number}.png": b"x" for number in range(400)})


def huge_dimension() -> bytes:
    return with_parts({SHEET: SPREADSHEET + b'<dimension ref="A1:XFD1048576"/><sheetData/></worksheet>'})


def wide_row() -> bytes:
    return with_parts(
        {SHEET: SPREADSHEET + b'<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'}
    )


def entities() -> bytes:
    laugh = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return with_parts({SHEET: laugh + SPREADSHEET + b"<sheetData/></worksheet>"})


def lying_size() -> bytes:
    content = bytearray(with_parts({SHEET: SPREADSHEET + b"<sheetData>" + b" " * 50_000_000}))
    true_size = (len(SPREADSHEET) + 11 + 50_000_000).to_bytes(4, "little")
    return bytes(content).replace(true_size, (1000).to_bytes(4, "little"))


def encrypted() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )


def password_zip() -> bytes:
    content = bytearray(a_workbook())
    at = content.find(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "nở ra"),
    "too many parts": (many_entries, "nhiều bất thường"),
    "1,048,576 × 16,384 cells": (huge_dimension, "1.048.576 dòng × 16.384 cột"),
    "a cell in the last column": (wide_row, "16.384 cột"),
    "entities that grow": (entities, "khai báo bất thường"),
    "a size that lies": (lying_size, "hỏng"),
    "encrypted": (encrypted, "mật khẩu"),
    "parts under a password": (password_zip, "mật khẩu"),
    "old .xls under a new name": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999,
        "Lưu thành › Excel",
    ),
    "macros": (lambda: with_parts({"xl/vbaProject.bin": b"x"}), "macro"),
    "paths that climb": (lambda: with_parts({"../../etc/passwd": b"x"}), "đường dẫn"),
    "LibreOffice's own form": (
        lambda: with_parts({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        ".ods",
    ),
    "a .xlsb": (lambda: with_parts({"xl/workbook.bin": b"x"}), ".xlsb"),
    "another zip": (lambda: with_parts({}, drop="[Content_Types].xml"), "không phải Excel"),
    "text": ("Họ và tên;Ngày sinh".encode, "không phải Excel"),
    "cut in the middle": (lambda: a_workbook()[:2000], "hỏng"),
    "without a sheet": (lambda: with_parts({}, drop=SHEET), "hỏng"),
    "broken XML": (lambda: with_parts({SHEET: SPREADSHEET + b"<sheetData><row></sheetData>"}), "hỏng"),
    "a text that is not there": (
        lambda: with_parts(
            {
                SHEET: SPREADSHEET
                + b'<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData></worksheet>'
            }
        ),
        "hỏng",
    ),
    "bigger than any list": (lambda: b"PK\x03\x04" + b"x" * 41_000_000, "40 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_seconds_by_one_sentence(name: str) -> None:
    make, words = HOSTILE[name]
    content = make()
    start = time.monotonic()
    with pytest.raises(Refused, match=words), open_workbook_sheet(content) as sheet:
        list(sheet.rows)
    assert time.monotonic() - start < SECONDS


def test_values_formulas_hidden_rows_merges_and_fonts_are_told() -> None:
    book = load_workbook(io.BytesIO(a_workbook()))
    sheet = book.worksheets[0]
    sheet["A2"].font = Font(name=".VnTime")
    sheet["A3"], sheet["B3"] = "=1+1", 0.5
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("A5:B6")
    saved = io.BytesIO()
    book.save(saved)
    with open_workbook_sheet(saved.getvalue()) as read:
        rows = {row.number: row for row in read.rows}
    assert rows[2].is_hidden
    assert rows[2].cells[1] == Cell(Kind.TEXT, "Siu H'Bia", font=".VnTime")
    assert rows[3].cells[1].is_formula
    assert rows[3].cells[2].value == "0.5"
    assert [(merge.top, merge.left, merge.bottom, merge.right) for merge in read.merges] == [(5, 1, 6, 2)]


def test_pasted_text_keeps_line_breaks_inside_a_cell() -> None:
    with open_pasted_sheet('Họ và tên\tNgày sinh\n\n"Nguyễn\nVăn An"\t1/3/1985\n') as sheet:
        rows = list(sheet.rows)
    assert [row.number for row in rows] == [1, 3]
    assert rows[1].cells[1].value == "Nguyễn\nVăn An"


def test_a_formula_gives_its_last_result() -> None:
    cells = b'<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1"><f>1</f></c>'
    content = with_parts(
        {SHEET: SPREADSHEET + b'<sheetData><row r="1">' + cells + b"</row></sheetData></worksheet>"}
    )
    with open_workbook_sheet(content) as sheet:
        [row] = sheet.rows
    assert {at: (cell.value, cell.is_formula) for at, cell in row.cells.items()} == {
        1: ("2", True),
        2: ("a", True),
        3: ("", True),
    }


def test_the_limits_hold_for_the_child_alone() -> None:
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != spreadsheet_child.MAX_MEMORY
