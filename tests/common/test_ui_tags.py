"""Numbers, days and telephones as people here write them."""

from datetime import date

import pytest
from pytest_django import Settings

from phancong.common.templatetags.ui import grouped, help_phone, long_day


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (999, "999"), (1378, "1.378"), (1234567, "1.234.567")]
)
def test_numbers_are_grouped_by_dots(number: int, words: str) -> None:
    assert grouped(number) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 23), "Thứ Hai, 23/11/2026"), (date(2026, 11, 29), "Chủ nhật, 29/11/2026")],
)
def test_a_day_is_said_with_its_weekday(day: date, words: str) -> None:
    assert long_day(day) == words


def test_the_telephone_can_be_dialled_and_holds_no_markup(settings: Settings) -> None:
    settings.HELP_PHONE = '0269 <b>3"'
    assert help_phone() == ', ĐT <a href="tel:02693">0269 &lt;b&gt;3&quot;</a>'


def test_where_no_telephone_is_set_none_is_shown(settings: Settings) -> None:
    settings.HELP_PHONE = ""
    assert help_phone() == ""
