"""Days and hours of following up, from the rule pack `followups`."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from phancong.rules import loader


@dataclass(frozen=True, slots=True)
class Terms:
    """`answer_days`: for whoever holds a matter; `quiet_from`, `quiet_until`: hours in which nothing is sent."""

    soon_days: int
    quiet_days: int
    answer_days: int
    raised_days: int
    digest_weekday: int
    quiet_from: int
    quiet_until: int
    plan_reminder_days: int
    photo_side: int
    photo_megapixels: int


@cache
def terms_on(day: date) -> Terms:
    """The terms in force on `day`."""
    value = {row["code"]: row["value"] for row in loader.version("followups", day)["term"]}
    return Terms(**{name: int(value[name]) for name in Terms.__dataclass_fields__})
