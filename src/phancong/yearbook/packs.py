"""The rule packs `residence` and `yearbook`, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from phancong.rules.loader import version
from phancong.rules.model import Choice, Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Sourced):
    """What a group of contact owes: introduced or not, at meetings or not, remarked on every year or when needed."""

    code: str
    name: str
    is_introduced: bool
    attends: bool
    yearly_remark: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay(Sourced):
    """A day of every year."""

    code: str
    name: str
    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidenceRules:
    subjects: frozenset[str]
    groups: Mapping[str, Group]
    days: Mapping[str, YearDay]

    def asks_from(self, year: int) -> date:
        """From when the yearly remark is asked for."""
        return _day(self.days["ask_from"], year)

    def due(self, year: int) -> date:
        """By when the yearly remark is there."""
        return _day(self.days["due"], year)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRules:
    pledge_day: YearDay
    studies: tuple[Choice, ...]
    expected: frozenset[str]

    def pledge_due(self, year: int) -> date:
        return _day(self.pledge_day, year)


@cache
def residence_rules(day: date) -> ResidenceRules:
    """The rules of keeping contact with the place of residence in force on `day`."""
    pack = version("residence", day)
    return ResidenceRules(
        subjects=_codes(pack["subject"]),
        groups={row["code"]: Group(**row) for row in pack["group"]},
        days={row["code"]: YearDay(**row) for row in pack["day"]},
    )


@cache
def year_rules(day: date) -> YearRules:
    """The rules of pledges and of study in force on `day`."""
    pack = version("yearbook", day)
    return YearRules(
        pledge_day=YearDay(**pack["day"][0]),
        studies=tuple(Choice(**row) for row in pack["study"]),
        expected=_codes(pack["expected"]),
    )


def rule_day(year: int, today: date) -> date:
    """The day whose rules a year's rows follow: today within the year, otherwise its nearest end."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def _codes(rows: list[dict[str, Any]]) -> frozenset[str]:
    return frozenset(row["code"] for row in rows)


def _day(row: YearDay, year: int) -> date:
    return date(year, row.month, row.day)
