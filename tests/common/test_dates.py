"""Days as people write them, and what is refused."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phancong.common.dates import DateError, DateTrouble, Reading, read_date, read_number

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["1/3/2026", "01/03/2026", "01-03-2026", "1.3.2026", "1 3 2026", "1 / 3 / 2026", "2026-03-01", "1/3/26"],
)
def test_one_day_in_many_writings(text: str) -> None:
    assert read_date(text, today=TODAY).day == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("12/25/1970", DateTrouble.MONTH_FIRST),
        ("30/02/1970", DateTrouble.NO_SUCH_DAY),
        ("29/2/2025", DateTrouble.NO_SUCH_DAY),
        ("1970", DateTrouble.YEAR_ONLY),
        ("1/3", DateTrouble.UNREADABLE),
        ("tháng 3/2026", DateTrouble.UNREADABLE),
        ("không rõ", DateTrouble.UNREADABLE),
        ("45", DateTrouble.UNREADABLE),
    ],
)
def test_what_is_not_one_certain_day_is_refused(text: str, trouble: DateTrouble) -> None:
    with pytest.raises(DateError) as refusal:
        read_date(text, today=TODAY)
    assert refusal.value.trouble is trouble


@pytest.mark.parametrize(("text", "year"), [("1/3/26", 2026), ("1/3/27", 1927), ("1/3/85", 1985)])
def test_two_figures_mean_the_last_such_year(text: str, year: int) -> None:
    read = read_date(text, today=TODAY)
    assert (read.day.year, read.reading) == (year, Reading.SHORT_YEAR)


@given(DAYS)
def test_a_day_written_out_is_read_again(day: date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day.year}", today=TODAY).day == day
    assert read_date(f"ngày {day.day} tháng {day.month} năm {day.year}", today=TODAY).day == day


@given(st.dates(date(1911, 1, 1), date(2099, 12, 31)))
def test_a_day_number_is_read_again(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    assert read_number(number).day == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    with contextlib.suppress(DateError):
        assert read_date(text, today=TODAY).day.year >= 1900
