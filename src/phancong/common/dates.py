"""Days as people write them: day first, then month. Never month first."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR = 1900
# Day numbers of spreadsheets that stand for days of a living person's life; smaller numbers are years or ages.
_SERIALS = range(3_655, 73_051)
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_PARTS = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_WORDS = re.compile(r"(?:ngày\s*)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s*)?(\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4,5}(?:\.0+)?")


class Reading(StrEnum):
    """How a day was written, where that is worth telling."""

    PLAIN = "plain"
    SHORT_YEAR = "short_year"
    SERIAL = "serial"
    WORDS = "words"


class DateTrouble(StrEnum):
    UNREADABLE = "unreadable"
    MONTH_FIRST = "month_first"
    NO_SUCH_DAY = "no_such_day"
    YEAR_ONLY = "year_only"


class DateError(Exception):
    """The text is not one certain day. `trouble` says why; the text is a sentence for the user."""

    def __init__(self, trouble: DateTrouble, sentence: str) -> None:
        super().__init__(sentence)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class ReadDate:
    day: date
    reading: Reading = Reading.PLAIN


def from_serial(number: float, *, from_1904: bool = False) -> date:
    """The day of a spreadsheet's day number."""
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(number))


def read_date(text: str, *, today: date) -> ReadDate:
    """The day that `text` means. Raises DateError for month first, no such day, a year alone, or no date."""
    text = text.strip().rstrip(".")
    if match := _ISO.fullmatch(text):
        return ReadDate(_day(int(match[3]), int(match[2]), int(match[1]), text))
    if match := _PARTS.fullmatch(text):
        short = len(match[3]) == 2
        year = _full_year(int(match[3]), today=today) if short else int(match[3])
        return ReadDate(
            _day(int(match[1]), int(match[2]), year, text), Reading.SHORT_YEAR if short else Reading.PLAIN
        )
    if match := _WORDS.fullmatch(text):
        return ReadDate(_day(int(match[1]), int(match[2]), int(match[3]), text), Reading.WORDS)
    if _NUMBER.fullmatch(text):
        return read_number(float(text))
    if _YEAR.fullmatch(text):
        raise _year_only(text)
    raise DateError(DateTrouble.UNREADABLE, f"“{text[:40]}” không phải ngày. Ghi như 30/6/1985.")


def read_number(number: float, *, from_1904: bool = False) -> ReadDate:
    """A bare number in a column of dates: a day number, or a year alone."""
    if FIRST_YEAR <= number < FIRST_YEAR + 200:
        raise _year_only(f"{number:.0f}")
    if int(number) not in _SERIALS:
        raise DateError(DateTrouble.UNREADABLE, f"Số {number:g} không phải ngày. Ghi như 30/6/1985.")
    return ReadDate(from_serial(number, from_1904=from_1904), Reading.SERIAL)


def _year_only(text: str) -> DateError:
    return DateError(
        DateTrouble.YEAR_ONLY, f"Chỉ có năm {text[-4:]}. Ghi đủ ngày, tháng, năm như 30/6/{text[-4:]}."
    )


def _full_year(short: int, *, today: date) -> int:
    """Two figures mean the last such year that has begun: these are birthdays and decisions of the past."""
    year = today.year // 100 * 100 + short
    return year if year <= today.year else year - 100


def _day(day: int, month: int, year: int, text: str) -> date:
    if month > 12 and day <= 12:
        raise DateError(
            DateTrouble.MONTH_FIRST, f"“{text}” ghi tháng trước ngày. Ghi ngày trước: {month}/{day}/{year}."
        )
    if year < FIRST_YEAR:
        raise DateError(DateTrouble.UNREADABLE, f"Năm {year} quá xa. Xem lại năm.")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(
            DateTrouble.NO_SUCH_DAY, f"Không có ngày {day}/{month}/{year}. Xem lại ngày và tháng."
        ) from None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where that one has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that one has fewer days."""
    return months_before(day, -months)
