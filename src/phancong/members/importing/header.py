"""Finding the header of a sheet: any order of columns, titles above, merged and two-row headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from phancong.common.legacy_text import Encoding, decode, font_encoding, guess
from phancong.common.refusal import Refused
from phancong.common.spreadsheet_reader import Cell, Merge, Row
from phancong.common.text import clean
from phancong.members.importing.columns import BIRTH_KEYS, DATE_KEYS, TITLES, Key, key_of, normalized

SEARCHED_ROWS = 40
_ORIGIN = re.compile(r"(?:thanh phan |thuoc )?(?:dan toc|ton giao)(?: ton giao| dan toc)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column stands; `row` is the first row of the header and `last_row` the last."""

    row: int
    last_row: int
    columns: dict[Key, int]
    titles: dict[int, str]

    def key_at(self, column: int) -> Key | None:
        return next((key for key, at in self.columns.items() if at == column), None)


def title_text(cell: Cell) -> str:
    """The text of a header cell, whatever it was typed in."""
    encoding = font_encoding(cell.font)
    if encoding is Encoding.UNICODE or cell.value.isascii():
        encoding = guess(cell.value)
    return clean(decode(cell.value, encoding))


def header_of_roster(rows: Sequence[Row], merges: Sequence[Merge]) -> Header | None:
    """The header of a roster that begins among the first rows, be it complete or not: names beside days."""
    best = _best_header(rows, merges)
    return best if best is not None and (DATE_KEYS | BIRTH_KEYS) & best.columns.keys() else None


def _best_header(rows: Sequence[Row], merges: Sequence[Merge]) -> Header | None:
    candidates = [_header_at(rows, at, merges) for at in range(len(rows))]
    return max(
        (header for header in candidates if header and Key.NAME in header.columns),
        key=lambda header: (len(header.columns), -header.row),
        default=None,
    )


def find_header(rows: Sequence[Row], merges: Sequence[Merge], *, needs_cell: bool) -> Header:
    """The header among the first rows. Raises Refused naming the columns that are missing."""
    best = _best_header(rows, merges)
    if best is None or len(best.columns) < 2:
        raise Refused(
            "Không tìm thấy dòng tiêu đề. Bảng cần một dòng có “Họ và tên”, “Ngày sinh”, “Ngày vào Đảng”, “Chi bộ”."
        )
    missing = [
        TITLES[key] for key in (Key.ADMITTED, *((Key.CELL,) if needs_cell else ())) if key not in best.columns
    ]
    if not BIRTH_KEYS & best.columns.keys():
        missing.insert(0, TITLES[Key.BIRTH])
    if missing:
        named = ", ".join(f"“{title}”" for title in missing)
        raise Refused(f"Bảng thiếu cột {named}. Thêm cột đó (dòng tiêu đề là dòng {best.row}) rồi nhập lại.")
    return best


def _header_at(rows: Sequence[Row], at: int, merges: Sequence[Merge]) -> Header | None:
    top = {column: title_text(cell) for column, cell in rows[at].cells.items() if cell.value.strip()}
    number = rows[at].number
    single = _columns(top)
    if Key.NAME not in single or len(top) < 2:
        return None
    under = rows[at + 1] if at + 1 < len(rows) and rows[at + 1].number == number + 1 else None
    if under is None or single[Key.NAME] in under.cells:
        return Header(number, number, single, top)
    wide = _spread(top, number, merges)
    low = {column: title_text(cell) for column, cell in under.cells.items() if cell.value.strip()}
    double = _columns_of_two(wide, low)
    # The second row is a header only when it says something the first does not.
    if len(double) <= len(single) and not any(column in low for column in double.values()):
        return Header(number, number, single, top)
    titles = {
        column: f"{wide.get(column, '')} {low.get(column, '')}".strip() for column in wide.keys() | low.keys()
    }
    return Header(number, number + 1, double, titles)


def _columns(titles: dict[int, str]) -> dict[Key, int]:
    """Exact titles first, so that a loose reading never takes a column's place."""
    found: dict[Key, int] = {}
    for loosely in (False, True):
        for column, title in sorted(titles.items()):
            key = key_of(title, loosely=loosely)
            if key is not None and key not in found and column not in found.values():
                found[key] = column
    return found


def _spread(titles: dict[int, str], row: int, merges: Sequence[Merge]) -> dict[int, str]:
    """A merged title stands over every column it covers."""
    wide = dict(titles)
    for merge in merges:
        if merge.top <= row <= merge.bottom and merge.left in titles:
            for column in range(merge.left, min(merge.right, merge.left + 50) + 1):
                wide.setdefault(column, titles[merge.left])
    return wide


def _columns_of_two(wide: dict[int, str], low: dict[int, str]) -> dict[Key, int]:
    """Columns of a header of two rows: both titles together, the lower one, or the upper one where it stands alone."""
    reach = _reach_right(wide, low)
    found: dict[Key, int] = {}
    for column in sorted(wide.keys() | low.keys()):
        upper, lower = reach.get(column, ""), low.get(column, "")
        tries = (
            [part_key(upper, lower), key_of(lower), key_of(f"{upper} {lower}")] if lower else [key_of(upper)]
        )
        key = next((key for key in tries if key is not None and key not in found), None)
        if key is not None:
            found[key] = column
    return found


def _reach_right(wide: dict[int, str], low: dict[int, str]) -> dict[int, str]:
    """Pasted text has no merges: a title reaches over the columns to its right that have only a lower title."""
    reach: dict[int, str] = {}
    upper = ""
    for column in range(1, max(wide.keys() | low.keys()) + 1):
        upper = wide.get(column, upper if column in low else "")
        reach[column] = upper
    return reach


_DATE_PARTS = {"ngày": Key.BIRTH_DAY, "tháng": Key.BIRTH_MONTH, "năm": Key.BIRTH_YEAR}
_BIRTH_SEXES = {"nam": Key.BIRTH_MALE, "nữ": Key.BIRTH_FEMALE}
_DECISIONS = {"dự bị": Key.ADMITTED, "kết nạp": Key.ADMITTED, "chính thức": Key.OFFICIAL}


def part_key(upper: str, lower: str) -> Key | None:
    """Titles that mean something only under another: day, month, year of birth; men and women; two admissions."""
    over, word = key_of(upper), clean(lower).lower()
    if over is Key.BIRTH:
        return _DATE_PARTS.get(word) or _BIRTH_SEXES.get(word)
    if over in (Key.ADMITTED, Key.OFFICIAL):
        return _DECISIONS.get(word)
    return None


def tells_origin(title: str) -> bool:
    """Columns of ethnic group and religion: nobody's business here, so never read."""
    return _ORIGIN.fullmatch(normalized(title)) is not None
