"""The rule pack `reorganizations`, typed: how far from today a decision may take effect."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from phancong.rules.loader import version
from phancong.rules.model import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Sourced):
    code: str
    name: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorganizationRules:
    """Days."""

    days_back: int
    days_ahead: int


@cache
def reorganization_rules(day: date) -> ReorganizationRules:
    pack = version("reorganizations", day)
    numbers = {row["code"]: Number(**row).value for row in pack["number"]}
    return ReorganizationRules(days_back=numbers["days_back"], days_ahead=numbers["days_ahead"])
