"""Working days: without weekends and the holidays of the pack `personal_data`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from phancong.rules.loader import version
from phancong.rules.model import Sourced

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday(Sourced):
    """A day of every year (`month_day`), or one day (`on`)."""

    name: str
    month_day: str = ""
    on: date | None = None

    def falls_on(self, day: date) -> bool:
        return self.on == day or (self.month_day != "" and f"{day:%m-%d}" == self.month_day)


def works(day: date, holidays: Iterable[Holiday]) -> bool:
    return day.weekday() < SATURDAY and not any(one.falls_on(day) for one in holidays)


def is_working_day(day: date) -> bool:
    return works(day, _holidays(day))


def working_day_after(day: date, count: int) -> date:
    """The last of `count` working days that follow `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_until(day: date, last: date) -> int:
    """How many working days follow `day`, up to and with `last`."""
    return sum(is_working_day(day + timedelta(days=step)) for step in range(1, (last - day).days + 1))


def _holidays(day: date) -> tuple[Holiday, ...]:
    return _of_version(version("personal_data", day)["valid_from"])


@cache
def _of_version(start: date) -> tuple[Holiday, ...]:
    return tuple(Holiday(**row) for row in version("personal_data", start).get("holiday", ()))
