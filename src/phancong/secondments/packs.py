"""The rule pack `secondments`, typed: what right sits where, how far ahead a hamlet is looked at."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from phancong.rules.loader import version
from phancong.rules.model import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Right(Sourced):
    """Where a right or duty of a seconded member sits, by the form: "home" or "host"."""

    code: str
    name: str
    official: str
    temporary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Sourced):
    code: str
    name: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondmentRules:
    rights: tuple[Right, ...]
    forecast_months: int
    old_age: int
    longest_term_months: int


@cache
def secondment_rules(day: date) -> SecondmentRules:
    """The rules of seconding in force on `day`."""
    pack = version("secondments", day)
    numbers = {row["code"]: Number(**row).value for row in pack["number"]}
    return SecondmentRules(
        rights=tuple(Right(**row) for row in pack["right"]),
        forecast_months=numbers["forecast_months"],
        old_age=numbers["old_age"],
        longest_term_months=numbers["longest_term_months"],
    )
