"""Cleaning one cell: encodings, spaces, composed letters, numbers where text is meant."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from phancong.common.dates import (
    DateError,
    DateTrouble,
    ReadDate,
    Reading,
    from_serial,
    read_date,
    read_number,
)
from phancong.common.legacy_text import ENCODING_NAMES, Encoding, decode, font_encoding, guess
from phancong.common.spreadsheet_reader import Cell, Kind
from phancong.common.text import clean
from phancong.members.importing.findings import Code, Finding, error, fixed

_DOUBLE_SPACE = re.compile(r"\S[ \u00a0]{2,}\S")
# What people write in a cell to say that there is nothing.
_NOTHING = frozenset({"", "-", "–", "—", "không", "không có", "chưa", "chưa có", "0", "x x", "...", "…", "/"})
_TROUBLES = {
    DateTrouble.UNREADABLE: Code.DATE_TEXT,
    DateTrouble.MONTH_FIRST: Code.MONTH_FIRST,
    DateTrouble.NO_SUCH_DAY: Code.NO_SUCH_DAY,
    DateTrouble.YEAR_ONLY: Code.YEAR_ONLY,
}
_READINGS = {
    Reading.SHORT_YEAR: Code.SHORT_YEAR,
    Reading.SERIAL: Code.SERIAL,
    Reading.WORDS: Code.DATE_WORDS,
}


@dataclass(slots=True)
class Place:
    """Where a cell stands and the findings gathered about its row."""

    row: int
    column: int
    findings: list[Finding] = field(default_factory=list)

    def fix(self, code: Code, message: str) -> None:
        self.findings.append(fixed(code, self.row, self.column, message))

    def fail(self, code: Code, message: str, *, about: str = "") -> None:
        self.findings.append(error(code, self.row, self.column, message, about=about))


def is_nothing(text: str) -> bool:
    return clean(text).lower() in _NOTHING


def check_formula(cell: Cell, place: Place) -> bool:
    """Whether the cell has a value to read; a formula's last result serves."""
    if cell.kind is Kind.ERROR or (cell.is_formula and not cell.value.strip()):
        place.fail(Code.FORMULA_ERROR, "Công thức trong ô chưa ra kết quả. Gõ thẳng giá trị vào ô.")
        return False
    if cell.is_formula:
        place.fix(Code.FORMULA, f"Ô là công thức; lấy kết quả “{cell.value[:60]}”.")
    return True


def raw_text(cell: Cell, place: Place, *, hint: Encoding, from_1904: bool) -> str:
    """The text of a cell in Unicode, line breaks kept; numbers as digits, days as day/month/year."""
    if cell.kind is Kind.NUMBER:
        return _digits(cell.value)
    if cell.kind is Kind.DAY:
        day = from_serial(float(cell.value), from_1904=from_1904)
        return f"{day.day}/{day.month}/{day.year}"
    encoding = guess(cell.value, hint=_named(font_encoding(cell.font), otherwise=hint))
    if encoding is Encoding.UNICODE:
        return cell.value
    text = decode(
        cell.value, encoding, capitals=cell.font.lower().startswith(".vn") and cell.font.endswith("H")
    )
    code = Code.TCVN3 if encoding is Encoding.TCVN3 else Code.VNI
    place.fix(code, f"Chữ {ENCODING_NAMES[encoding]} “{cell.value[:60]}” đọc là “{text[:60]}”.")
    return text


def _named(encoding: Encoding, *, otherwise: Encoding) -> Encoding:
    return otherwise if encoding is Encoding.UNICODE else encoding


def _digits(value: str) -> str:
    number = float(value)
    return str(int(number)) if number.is_integer() else value


def tidy(text: str, place: Place) -> str:
    """Clean text, telling what was put right."""
    if text.isascii() and text.isalnum():
        return text
    if "\u00a0" in text:
        place.fix(
            Code.NO_BREAK_SPACE,
            "Khoảng trắng đặc biệt (từ trang web, Word) đã đổi thành khoảng trắng thường.",
        )
    elif _DOUBLE_SPACE.search(text):
        place.fix(Code.DOUBLE_SPACE, "Đã bỏ khoảng trắng thừa.")
    if unicodedata.normalize("NFC", text) != text:
        place.fix(Code.DECOMPOSED, "Chữ Unicode tổ hợp đã đổi thành Unicode dựng sẵn.")
    if "Ð" in text or "ð" in text:
        place.fix(Code.ICELANDIC_ETH, "Chữ Ð gõ nhầm mã đã đổi thành chữ Đ.")
    return clean(text)


def cell_text(cell: Cell, place: Place, *, hint: Encoding, from_1904: bool) -> str:
    if not check_formula(cell, place):
        return ""
    return tidy(raw_text(cell, place, hint=hint, from_1904=from_1904), place)


def cell_day(cell: Cell, place: Place, *, today: date, hint: Encoding, from_1904: bool) -> date | None:
    """The day in a cell, or None with a finding that says why not."""
    if not check_formula(cell, place):
        return None
    try:
        if cell.kind is Kind.DAY:
            return from_serial(float(cell.value), from_1904=from_1904)
        if cell.kind is Kind.NUMBER:
            return _told(read_number(float(cell.value), from_1904=from_1904), cell.value, place)
        text = tidy(raw_text(cell, place, hint=hint, from_1904=from_1904), place)
        return None if is_nothing(text) else _told(read_date(text, today=today), text, place)
    except DateError as problem:
        place.fail(_TROUBLES[problem.trouble], str(problem))
    except (OverflowError, ValueError):
        place.fail(Code.DATE_TEXT, f"“{cell.value[:40]}” không phải ngày. Ghi như 30/6/1985.")
    return None


def _told(read: ReadDate, text: str, place: Place) -> date:
    if read.reading in _READINGS:
        place.fix(_READINGS[read.reading], f"“{text}” hiểu là ngày {read.day:%d/%m/%Y}.")
    return read.day
