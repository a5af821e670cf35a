"""Rosters for tests: right rows by the thousand, and the 25 mistakes planted at known cells."""

import io
import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook

from phancong.members.importing.columns import TITLES, Key
from phancong.members.importing.findings import Code
from phancong.organizations.models import Organization
from tests.members.legacy import to_tcvn3, to_vni

KEYS = (
    Key.NUMBER,
    Key.NAME,
    Key.SEX,
    Key.BIRTH,
    Key.CARD,
    Key.ADMITTED,
    Key.OFFICIAL,
    Key.CELL,
    Key.CATEGORY,
    Key.EDUCATION,
    Key.PROFESSION,
    Key.THEORY,
    Key.POST,
    Key.OCCUPATION,
    Key.WORKPLACE,
    Key.MASS,
    Key.LANGUAGES,
    Key.SKILLS,
    Key.LIMITS,
    Key.ROW_VERSION,
)
COLUMN = {key: number for number, key in enumerate(KEYS, start=1)}
HEAD_ROW = 4
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Rah Lan", "Siu", "Ksor", "Đặng", "Bùi", "Rơ Châm", "Nay", "Võ")
MIDDLES = ("Văn", "Thị", "Đức", "Ngọc", "Hữu", "Thị Kim", "Quốc", "Minh")
GIVENS = (
    "Hòa",
    "Dũng",
    "Bình",
    "Nga",
    "H'Bia",
    "Tuấn",
    "Yến",
    "Quyên",
    "Đạt",
    "Thủy",
    "Hưng",
    "Ánh",
    "Phượng",
    "Lữ",
)


def a_name(rng: random.Random) -> str:
    return f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVENS)}"


def right_row(number: int, rng: random.Random, cells: list[Organization]) -> dict[Key, Any]:
    admitted = date(1990, 1, 1) + timedelta(days=rng.randrange(12_000))
    return {
        Key.NUMBER: number,
        Key.NAME: a_name(rng),
        Key.SEX: rng.choice(("Nam", "Nữ")),
        # Another day for each row, so that no two rows are one person by chance.
        Key.BIRTH: date(1940, 1, 1) + timedelta(days=number % 11_000),
        Key.CARD: f"{number + 1_000_000:08d}",
        Key.ADMITTED: admitted,
        Key.OFFICIAL: admitted + timedelta(days=365),
        Key.CELL: rng.choice(cells).name,
        Key.CATEGORY: "Thôn, tổ dân phố",
        Key.EDUCATION: "12/12",
        Key.PROFESSION: rng.choice((None, "Đại học Luật", "Trung cấp Kế toán")),
        Key.THEORY: rng.choice((None, "Trung cấp")),
        Key.POST: None,
        Key.OCCUPATION: rng.choice(("Nông dân", "Giáo viên", "Hưu trí")),
        Key.WORKPLACE: None,
        Key.MASS: rng.choice(("Hội Nông dân", "Hội Cựu chiến binh; Hội Khuyến học")),
        Key.LANGUAGES: rng.choice((None, "Tiếng Jrai (khá)")),
        Key.SKILLS: None,
        Key.LIMITS: rng.choice((None, None, None, "việc nhẹ đến 30/6/2027")),
        Key.ROW_VERSION: None,
    }


@dataclass(slots=True)
class Planted:
    """A roster, and what is wrong with it where: (code, row, column)."""

    rows: list[dict[Key, Any]]
    truth: set[tuple[Code, int, int]] = field(default_factory=set)
    hidden: list[int] = field(default_factory=list)
    merges: list[tuple[int, Key, Key]] = field(default_factory=list)

    def row_number(self, at: int) -> int:
        return HEAD_ROW + 1 + at

    def put(self, code: Code, at: int, key: Key, value: Any) -> None:
        self.rows[at][key] = value
        self.truth.add((code, self.row_number(at), COLUMN[key]))

    def content(self) -> bytes:
        return workbook_of(self)


def workbook_of(roster: Planted) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "DS đảng viên"
    sheet.append(["ĐẢNG BỘ PHƯỜNG AYUN PA"])
    sheet.append(["DANH SÁCH ĐẢNG VIÊN"])
    sheet.append([])
    sheet.append([TITLES[key] for key in KEYS])
    for row in roster.rows:
        sheet.append([row[key] for key in KEYS])
    for number in roster.hidden:
        sheet.row_dimensions[number].hidden = True
    for number, left, right in roster.merges:
        sheet.merge_cells(
            start_row=number, end_row=number, start_column=COLUMN[left], end_column=COLUMN[right]
        )
    sheet.append(["Tổng cộng", len(roster.rows)])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def right_roster(count: int, cells: list[Organization], *, seed: int = 1) -> Planted:
    rng = random.Random(seed)
    return Planted([right_row(number, rng, cells) for number in range(1, count + 1)])


def plant_everything(
    roster: Planted,
    *,
    places: list[int],
    closed: Organization,
    doubled: tuple[str, date],
    changed: dict[Key, Any],
    turn: int,
) -> None:
    """One of each of the 25 mistakes, at rows `places` (which are far enough apart not to touch)."""
    spots = iter(places)

    def put(code: Code, key: Key, value: Any) -> None:
        roster.put(code, next(spots), key, value)

    put(Code.MISSING, Key.NAME, None)
    put(Code.TWO_NAMES, Key.NAME, "Nguyễn Văn An, Trần Thị Bình")
    put(Code.NO_BREAK_SPACE, Key.NAME, "Nguyễn\u00a0Văn Khoa")
    put(Code.DOUBLE_SPACE, Key.NAME, "Trần  Văn Khoa")
    put(Code.DECOMPOSED, Key.NAME, unicodedata.normalize("NFD", "Lê Thị Huệ"))
    put(Code.TCVN3, Key.NAME, to_tcvn3("Nguyễn Thị Hường"))
    put(Code.VNI, Key.NAME, to_vni("Trần Đức Thắng"))
    put(Code.ICELANDIC_ETH, Key.NAME, "Ðặng Văn Lâm")
    put(Code.DATE_TEXT, Key.BIRTH, "không rõ")
    put(Code.MONTH_FIRST, Key.BIRTH, "12/25/1970")
    put(Code.SHORT_YEAR, Key.BIRTH, "1/3/71")
    put(Code.NO_SUCH_DAY, Key.BIRTH, "30/02/1970")
    put(Code.SERIAL, Key.BIRTH, "25569")
    put(Code.FUTURE_BIRTH, Key.BIRTH, date(2031, 1, 1))
    _plant_pairs(roster, spots_left=list(spots), closed=closed, doubled=doubled, changed=changed, turn=turn)


def _plant_pairs(
    roster: Planted,
    *,
    spots_left: list[int],
    closed: Organization,
    doubled: tuple[str, date],
    changed: dict[Key, Any],
    turn: int,
) -> None:
    spots = iter(spots_left)
    young = next(spots)
    roster.rows[young][Key.BIRTH] = date(1990, 1, 1)
    roster.rows[young][Key.OFFICIAL] = date(2007, 6, 1)
    roster.put(Code.TOO_YOUNG, young, Key.ADMITTED, date(2006, 6, 1))
    early = next(spots)
    roster.put(
        Code.OFFICIAL_BEFORE_ADMISSION,
        early,
        Key.OFFICIAL,
        roster.rows[early][Key.ADMITTED] - timedelta(days=1),
    )
    roster.put(Code.UNKNOWN_CELL, next(spots), Key.CELL, "Chi bộ trên mây")
    roster.put(Code.CLOSED_CELL, next(spots), Key.CELL, closed.name)
    again = next(spots)
    for key in (Key.BIRTH, Key.CELL):
        roster.rows[again][key] = roster.rows[again - 1][key]
    roster.put(Code.REPEATED_IN_FILE, again, Key.NAME, roster.rows[again - 1][Key.NAME])
    there = next(spots)
    roster.rows[there][Key.CARD], roster.rows[there][Key.BIRTH] = None, doubled[1]
    roster.put(Code.PERHAPS_ONE_PERSON, there, Key.NAME, doubled[0])
    older = next(spots)
    roster.rows[older].update(changed)
    roster.put(Code.OLDER_THAN_RECORD, older, Key.ROW_VERSION, "0123456789")
    roster.put(Code.NUMBER_FOR_TEXT, next(spots), Key.CARD, 1_234_560 + turn)
    merged = next(spots)
    roster.merges.append((roster.row_number(merged), Key.OCCUPATION, Key.WORKPLACE))
    roster.put(Code.MERGED, merged, Key.OCCUPATION, "Giáo viên")
    roster.put(Code.FORMULA_ERROR, next(spots), Key.OCCUPATION, '="Nông "&"dân"')
    hidden = next(spots)
    roster.hidden.append(roster.row_number(hidden))
    roster.truth.add((Code.HIDDEN_ROW, roster.row_number(hidden), COLUMN[Key.NAME]))


MISTAKES = 25
