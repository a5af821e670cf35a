"""Walking down a sheet: which rows are members, and what each says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice

from phancong import rules
from phancong.common.dates import from_serial
from phancong.common.legacy_text import Encoding, guess
from phancong.common.refusal import Refused
from phancong.common.spreadsheet_reader import (
    Cell,
    Kind,
    Row,
    Sheet,
)
from phancong.common.text import clean
from phancong.members.enums import ENDED, Sex
from phancong.members.importing import values as reading
from phancong.members.importing.cell_names import spelled_out
from phancong.members.importing.cells import Place, cell_day, cell_text, is_nothing, raw_text
from phancong.members.importing.columns import DATE_KEYS, Key, key_of, normalized
from phancong.members.importing.doubtful import DoubtfulDays, doubtful_columns
from phancong.members.importing.findings import Code, Finding, fixed
from phancong.members.importing.header import SEARCHED_ROWS, find_header, title_text
from phancong.members.importing.lookups import KnownCell, Lookups
from phancong.members.importing.merged import MergedCells
from phancong.members.importing.values import READERS, Values
from phancong.members.policies import age_on

PASTED_NAME = "Dán từ Excel"
_TOTALS = ("tong", "cong", "tong cong", "tong so", "danh sach nay co", "an dinh danh sach")
_SPARSE = 2
NO_DOUBT = DoubtfulDays()


@dataclass(slots=True)
class RosterRow:
    """One member of the sheet: what it says and what there is to say about it."""

    number: int
    values: Values
    findings: list[Finding] = field(default_factory=list)

    @property
    def has_error(self) -> bool:
        return any(finding.is_error for finding in self.findings)


class Roster:
    """A sheet with its header found. Walk `rows()` once."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        lookups: Lookups,
        today: date,
        default_cell: KnownCell | None = None,
        doubtful: DoubtfulDays = NO_DOUBT,
    ) -> None:
        self.sheet = sheet
        self.lookups, self.today, self.doubtful = lookups, today, doubtful
        first = list(islice(sheet.rows, SEARCHED_ROWS))
        self.header = find_header(first, sheet.merges, needs_cell=False)
        self.hint = main_encoding(first)
        self.skipped: list[int] = []
        self.unknown_sections: list[str] = []
        self._body = chain((row for row in first if row.number > self.header.last_row), sheet.rows)
        self._merges = MergedCells(sheet.merges, after=self.header.last_row)
        self._section = default_cell
        self.unknown_section = ""
        self.least_age = rules.on(today).least("admission_age")

    def rows(self) -> Iterator[RosterRow]:
        """Rows of members. Titles, headings, totals and signatures are told in `skipped`."""
        pending: list[Row] = []
        in_footer = False
        for row in self._body:
            if self._is_heading(row):
                continue
            in_footer = in_footer or self._is_total(row)
            if self._is_sparse(row) or (in_footer and not self._is_full(row)):
                pending.append(row)
                continue
            yield from (self._read(waiting) for waiting in pending)
            pending, in_footer = [], False
            yield self._read(row)
        self.skipped += [row.number for row in pending]

    def unknown_cells(self) -> Iterator[str]:
        """Names of cells that are not known, from the column of cells and from headings."""
        told = 0
        for row in self._body:
            if self._is_heading(row) or self._is_total(row) or self._is_sparse(row):
                yield from self.unknown_sections[told:]
                told = len(self.unknown_sections)
                continue
            cell = row.cells.get(self.header.columns.get(Key.CELL, 0))
            if cell is not None and not is_nothing(cell.value):
                name = clean(raw_text(cell, Place(0, 0), hint=self.hint, from_1904=False))
                if not self.lookups.find_cells(name):
                    yield name

    def _values_at(self, row: Row, *keys: Key) -> list[str]:
        columns = (self.header.columns.get(key, 0) for key in keys)
        return [row.cells[column].value for column in columns if column in row.cells]

    def _is_full(self, row: Row) -> bool:
        return all(self._values_at(row, key) for key in (Key.NAME, Key.ADMITTED))

    def _is_total(self, row: Row) -> bool:
        first = next((cell.value for _, cell in sorted(row.cells.items()) if cell.value.strip()), "")
        text = normalized(first[:40])
        return text in _TOTALS or text.startswith(("tong cong", "tong so"))

    def _is_sparse(self, row: Row) -> bool:
        """Almost nothing under the columns we know, and no day: a heading, or a signature at the end."""
        known = [at for key, at in self.header.columns.items() if at in row.cells and key is not Key.NUMBER]
        return len(known) <= _SPARSE and not self._values_at(row, Key.ADMITTED, Key.BIRTH, Key.CARD)

    def _is_heading(self, row: Row) -> bool:
        texts = [clean(cell.value) for cell in row.cells.values() if cell.value.strip()]
        if not texts or self._is_numbering(texts) or self._is_header_again(row):
            self.skipped.append(row.number)
            return True
        if len(texts) > _SPARSE or not self._is_sparse(row):
            return False
        longest = max(texts, key=len)
        found = self.lookups.find_cells(longest)
        name = normalized(spelled_out(longest))
        if len(found) == 1:
            self._section, self.unknown_section = found[0], ""
        if not found and name.startswith("chi bo "):
            self._section, self.unknown_section = None, longest
            self.unknown_sections.append(longest)
        if found or name.startswith(("chi bo", "dang bo", "dang uy", "khoi ")):
            self.skipped.append(row.number)
            return True
        return False

    def _is_numbering(self, texts: Sequence[str]) -> bool:
        """The line "1 2 3 4 …" under a header."""
        digits = [text.strip("()") for text in texts]
        return len(digits) > _SPARSE and digits == [str(number) for number in range(1, len(digits) + 1)]

    def _is_header_again(self, row: Row) -> bool:
        """Lists printed on many pages repeat their header."""
        name = row.cells.get(self.header.columns[Key.NAME])
        if name is None or key_of(name.value, loosely=False) is not Key.NAME:
            return False
        same = [
            key
            for key, at in self.header.columns.items()
            if at in row.cells and key_of(row.cells[at].value) is key
        ]
        return len(same) > _SPARSE

    def _read(self, row: Row) -> RosterRow:
        return RowReader(self, row, self._merges.apply(row, self.header)).read()

    @property
    def section(self) -> KnownCell | None:
        return self._section


def roster_titles(sheet: Sheet) -> list[str]:
    """Texts of the lines above the header."""
    first = list(islice(sheet.rows, SEARCHED_ROWS))
    header = find_header(first, sheet.merges, needs_cell=False)
    above = [row for row in first if row.number < header.row]
    return [title_text(cell) for row in above for cell in row.cells.values()]


def columns_in_doubt(sheet: Sheet) -> frozenset[int]:
    """Columns of days that may be turned round; walks the sheet to its end."""
    first = list(islice(sheet.rows, SEARCHED_ROWS))
    header = find_header(first, sheet.merges, needs_cell=False)
    body = chain((row for row in first if row.number > header.last_row), sheet.rows)
    return doubtful_columns(body, header, from_1904=sheet.from_1904)


def main_encoding(rows: Iterable[Row]) -> Encoding:
    """The encoding of most marked texts: it decides where one text alone could be read in two ways."""
    guesses = [guess(cell.value) for row in rows for cell in row.cells.values() if not cell.value.isascii()]
    counts = {encoding: guesses.count(encoding) for encoding in Encoding}
    return max(counts, key=lambda encoding: counts[encoding]) if guesses else Encoding.UNICODE


class RowReader:
    """Reads one row."""

    def __init__(self, roster: Roster, row: Row, merged: list[Finding]) -> None:
        self.roster, self.row = roster, row
        self.columns, self.lookups, self.today = roster.header.columns, roster.lookups, roster.today
        self.values = Values()
        self.findings = list(merged)

    def read(self) -> RosterRow:
        if self.row.is_hidden:
            place = self.columns[Key.NAME]
            self.findings.append(
                fixed(Code.HIDDEN_ROW, self.row.number, place, "Dòng đang bị ẩn trong tệp; vẫn được đọc.")
            )
        self._name()
        self._birth()
        self.values.admitted = self._day(Key.ADMITTED)
        self.values.official = self._day(Key.OFFICIAL)
        self._sex_marks()
        self._card()
        self._cell()
        self._limits()
        for key, reader in READERS.items():
            if text := self._text(key):
                reading.check_width(key, text, self._place(key))
                reader(text, self._place(key), self.lookups, self.values)
        self._posts()
        self._check_together()
        return RosterRow(self.row.number, self.values, self.findings)

    def _place(self, key: Key) -> Place:
        return Place(self.row.number, self.columns.get(key, 0), self.findings)

    def _cell_at(self, key: Key) -> Cell | None:
        return self.row.cells.get(self.columns.get(key, 0))

    def _text(self, key: Key) -> str:
        cell = self._cell_at(key)
        if cell is None or not (cell.value or cell.is_formula):
            return ""
        from_1904 = self.roster.sheet.from_1904
        if key is Key.EDUCATION and cell.kind is Kind.DAY:
            return reading.read_schooling_day(
                from_serial(float(cell.value), from_1904=from_1904), self._place(key), self.lookups
            )
        text = cell_text(cell, self._place(key), hint=self.roster.hint, from_1904=from_1904)
        return "" if is_nothing(text) else text

    def _day(self, key: Key) -> date | None:
        cell = self._cell_at(key)
        if cell is None or not (cell.value or cell.is_formula):
            return None
        place = self._place(key)
        day = cell_day(
            cell, place, today=self.today, hint=self.roster.hint, from_1904=self.roster.sheet.from_1904
        )
        return self.roster.doubtful.read(day, cell, place)

    def _fail(self, key: Key, code: Code, message: str) -> None:
        self._place(key).fail(code, message)

    def _failed(self, *keys: Key) -> bool:
        places = {self.columns.get(key, 0) for key in keys}
        return any(finding.is_error and finding.column in places for finding in self.findings)

    def _missing(self, key: Key, message: str, *also: Key) -> None:
        if not self._failed(key, *also):
            self._fail(key, Code.MISSING, message)

    def _name(self) -> None:
        cell = self._cell_at(Key.NAME)
        text = self._text(Key.NAME)
        if cell is None or not text:
            self._missing(Key.NAME, "Thiếu họ và tên. Ghi họ và tên như trên thẻ đảng viên.")
            return
        quiet = Place(0, 0)
        raw = raw_text(cell, quiet, hint=self.roster.hint, from_1904=False)
        self.values.name = reading.read_name(text, raw, self._place(Key.NAME))
        reading.check_width(Key.NAME, text, self._place(Key.NAME))

    def _birth(self) -> None:
        for key in (Key.BIRTH, Key.BIRTH_MALE, Key.BIRTH_FEMALE):
            if self.values.birth is None:
                self.values.birth = self._day(key)
                if self.values.birth and key is not Key.BIRTH:
                    self.values.sex = (Sex.MALE if key is Key.BIRTH_MALE else Sex.FEMALE).value
        if self.values.birth is None and Key.BIRTH_YEAR in self.columns:
            self._birth_of_parts()
        if self.values.birth is None:
            key = next(
                key for key in (*sorted(DATE_KEYS), Key.BIRTH_YEAR) if key in self.columns and "birth" in key
            )
            self._missing(key, "Thiếu ngày sinh. Ghi như 30/6/1985.", Key.BIRTH_MALE, Key.BIRTH_FEMALE)
        elif self.values.birth >= self.today:
            self._fail(
                Key.BIRTH, Code.FUTURE_BIRTH, f"Ngày sinh {self.values.birth:%d/%m/%Y} chưa tới. Xem lại năm."
            )

    def _birth_of_parts(self) -> None:
        parts = [self._text(key) for key in (Key.BIRTH_DAY, Key.BIRTH_MONTH, Key.BIRTH_YEAR)]
        if parts[2] and not all(parts):
            self._fail(Key.BIRTH_YEAR, Code.YEAR_ONLY, f"Chỉ có năm {parts[2]}. Ghi đủ ngày, tháng, năm.")
        elif all(parts):
            whole = Cell(Kind.TEXT, "/".join(parts))
            self.values.birth = cell_day(
                whole, self._place(Key.BIRTH_YEAR), today=self.today, hint=Encoding.UNICODE, from_1904=False
            )

    def _sex_marks(self) -> None:
        marked = [
            sex.value
            for key, sex in ((Key.SEX_MALE, Sex.MALE), (Key.SEX_FEMALE, Sex.FEMALE))
            if self._text(key)
        ]
        if len(marked) > 1:
            self._fail(Key.SEX_MALE, Code.UNKNOWN_VALUE, "Đánh dấu cả Nam và Nữ. Chỉ đánh dấu một cột.")
        elif marked:
            self.values.sex = marked[0]

    def _card(self) -> None:
        cell, text = self._cell_at(Key.CARD), self._text(Key.CARD)
        if cell is not None and text:
            is_number = cell.kind is Kind.NUMBER
            self.values.card = reading.read_card(text, self._place(Key.CARD), is_number=is_number)

    def _cell(self) -> None:
        if text := self._text(Key.CELL):
            self.values.cell = reading.read_cell(text, self._place(Key.CELL), self.lookups)
        elif self.roster.section is not None:
            self.values.cell = self.roster.section
        elif self.roster.unknown_section:
            reading.fail_unknown_cell(self.roster.unknown_section, self._place(Key.CELL))
        elif Key.CELL not in self.columns:
            raise Refused(
                "Bảng thiếu cột “Chi bộ”. Thêm cột đó, hoặc chọn một chi bộ cho cả tệp, rồi nhập lại."
            )
        else:
            self._missing(Key.CELL, "Thiếu chi bộ. Ghi tên hoặc mã chi bộ.")

    def _limits(self) -> None:
        if text := self._text(Key.LIMITS):
            self.values.limits = reading.read_limits(text, self._place(Key.LIMITS), today=self.today)

    def _posts(self) -> None:
        if (cell := self.values.cell) is not None:
            self.values.posts = tuple(
                dict.fromkeys(
                    (reading.post_place(part, position, cell, self.lookups), position)
                    for part, position in self.values.unread_posts
                )
            )

    def _check_together(self) -> None:
        """Days that must follow each other, said at the later one."""
        values = self.values
        if values.admitted is None:
            self._missing(Key.ADMITTED, "Thiếu ngày vào Đảng. Ghi như 3/2/2010.")
        elif values.admitted > self.today:
            self._fail(Key.ADMITTED, Code.DATE_TEXT, f"Ngày vào Đảng {values.admitted:%d/%m/%Y} chưa tới.")
        elif (
            values.birth
            and values.birth < self.today
            and age_on(values.birth, values.admitted) < self.roster.least_age
        ):
            self._fail(
                Key.ADMITTED,
                Code.TOO_YOUNG,
                f"Sinh {values.birth:%d/%m/%Y}, vào Đảng {values.admitted:%d/%m/%Y}: chưa đủ "
                f"{self.roster.least_age} tuổi. Xem lại hai ngày.",
            )
        if values.admitted and values.official and values.official < values.admitted:
            self._fail(
                Key.OFFICIAL,
                Code.OFFICIAL_BEFORE_ADMISSION,
                f"Ngày chính thức {values.official:%d/%m/%Y} trước ngày vào Đảng. Xem lại hai ngày.",
            )
        if values.status in ENDED:
            self._fail(
                Key.STATUS,
                Code.UNKNOWN_VALUE,
                "Đồng chí không còn sinh hoạt ở đây. Bỏ dòng này; ghi quyết định ở hồ sơ của đồng chí.",
            )
