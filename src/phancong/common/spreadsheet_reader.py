"""Reading a sheet that somebody sent: in a child process with limits, row by row, or from pasted text."""

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from phancong.common.refusal import Refused

_CHILD = Path(__file__).with_name("spreadsheet_child.py")
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


class Kind(StrEnum):
    TEXT = "t"
    NUMBER = "n"
    DAY = "d"
    TRUTH = "b"
    ERROR = "e"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the file holds it: numbers and days stay the digits that were written."""

    kind: Kind
    value: str
    is_formula: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: dict[int, Cell]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, first and last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet being read; `rows` can be walked once. `rows_total` is what the file says, 0 when it does not.

    `shown` names all sheets of the file that are not hidden.
    """

    name: str
    rows: Iterator[Row]
    merges: tuple[Merge, ...] = ()
    rows_total: int = 0
    from_1904: bool = False
    shown: tuple[str, ...] = ()


@contextmanager
def open_workbook_sheet(content: bytes, *, sheet: str = "") -> Iterator[Sheet]:
    """The named sheet of an .xlsx file, or its first one. Raises Refused with the reason and the way out."""
    with tempfile.TemporaryDirectory(prefix="phancong-") as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(content)
        command = [sys.executable, "-I", str(_CHILD), str(path), sheet]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603
            try:
                yield _sheet(_lines(child))
            finally:
                child.kill()


def _lines(child: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    if child.stdout is None:
        raise RuntimeError("the reader has no output")
    for line in child.stdout:
        message = json.loads(line)
        if "refused" in message:
            raise Refused(message["refused"])
        yield message
    if child.wait() != 0:
        raise Refused(
            "Không đọc hết được tệp: tệp quá nặng hoặc bị hỏng. Chép bảng danh sách sang tệp mới rồi nhập lại."
        )


def _sheet(lines: Iterator[dict[str, Any]]) -> Sheet:
    head = next(lines)
    merges = tuple(_merge(ref) for ref in head["merges"])
    rows = (_row(line) for line in lines)
    return Sheet(head["sheet"], rows, merges, head["rows"], head["from_1904"], tuple(head["shown"]))


def _row(line: dict[str, Any]) -> Row:
    cells = {
        column: Cell(Kind(kind), value, is_formula, font)
        for column, kind, value, is_formula, font in line["c"]
    }
    return Row(line["r"], cells, line["h"])


def _merge(ref: str) -> Merge:
    match = _RANGE.fullmatch(ref)
    if match is None:
        raise Refused("Tệp bị hỏng, không đọc được. Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx.")
    left, top, right, bottom = match.groups()
    return Merge(int(top), column_number(left), int(bottom), column_number(right))


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@contextmanager
def open_pasted_sheet(text: str) -> Iterator[Sheet]:
    """Rows of text copied out of a spreadsheet: columns by tabs, a cell with line breaks in quotes."""
    lines = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    rows = (
        Row(
            number,
            {column: Cell(Kind.TEXT, value) for column, value in enumerate(cells, start=1) if value.strip()},
        )
        for number, cells in enumerate(lines, start=1)
        if any(value.strip() for value in cells)
    )
    yield Sheet("Dán từ Excel", rows, rows_total=text.count("\n") + 1)
