"""What the reader of a roster has to say about a cell."""

from dataclasses import dataclass
from enum import StrEnum

from phancong.common.spreadsheet_reader import column_letters


class Severity(StrEnum):
    ERROR = "error"  # the row cannot be written
    FIXED = "fixed"  # the value was understood or put right; the user may want to look
    NOTED = "noted"  # the value is left out, the row is written
    DOUBTED = "doubted"  # nothing is wrong with the row, and somebody should look before it is written


class Code(StrEnum):
    """Kinds of findings. The first group stops a row, the second is put right, then: left out, to be looked at."""

    MISSING = "missing"
    TWO_NAMES = "two_names"
    DATE_TEXT = "date_text"
    MONTH_FIRST = "month_first"
    NO_SUCH_DAY = "no_such_day"
    YEAR_ONLY = "year_only"
    FUTURE_BIRTH = "future_birth"
    TOO_YOUNG = "too_young"
    OFFICIAL_BEFORE_ADMISSION = "official_before_admission"
    UNKNOWN_CELL = "unknown_cell"
    CLOSED_CELL = "closed_cell"
    UNKNOWN_VALUE = "unknown_value"
    BAD_CARD = "bad_card"
    REPEATED_IN_FILE = "repeated_in_file"
    ALREADY_THERE = "already_there"
    OLDER_THAN_RECORD = "older_than_record"
    MERGED = "merged"
    FORMULA_ERROR = "formula_error"
    TOO_LONG = "too_long"
    SWAPPED_DAY = "swapped_day"

    NO_BREAK_SPACE = "no_break_space"
    DOUBLE_SPACE = "double_space"
    DECOMPOSED = "decomposed"
    TCVN3 = "tcvn3"
    VNI = "vni"
    ICELANDIC_ETH = "icelandic_eth"
    SHORT_YEAR = "short_year"
    SERIAL = "serial"
    DATE_WORDS = "date_words"
    NUMBER_FOR_TEXT = "number_for_text"
    DAY_FOR_SCHOOLING = "day_for_schooling"
    DAY_SWAPPED_BACK = "day_swapped_back"
    FORMULA = "formula"
    HIDDEN_ROW = "hidden_row"
    CAPITALS = "capitals"

    LEFT_OUT = "left_out"

    PERHAPS_ONE_PERSON = "perhaps_one_person"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one cell; column 0 stands for the whole row."""

    code: Code
    severity: Severity
    row: int
    column: int
    message: str
    about: str = ""
    """What many rows may say alike, told once for all of them: the name of a cell that is not known."""

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}" if self.column else f"dòng {self.row}"

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def error(code: Code, row: int, column: int, message: str, *, about: str = "") -> Finding:
    return Finding(code, Severity.ERROR, row, column, message, about)


def fixed(code: Code, row: int, column: int, message: str) -> Finding:
    return Finding(code, Severity.FIXED, row, column, message)


def noted(code: Code, row: int, column: int, message: str) -> Finding:
    return Finding(code, Severity.NOTED, row, column, message)


def doubted(code: Code, row: int, column: int, message: str) -> Finding:
    return Finding(code, Severity.DOUBTED, row, column, message)
