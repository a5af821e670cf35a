"""The rule pack `classification`, typed: grades, who is not rated, caps, points and conditions of the rule of a day.

The office may correct a value that is not confirmed, by a decision; what was read in a source stays as it is.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from phancong.reviews.scheme_checks import wrongs_of
from phancong.rules import loader
from phancong.rules.model import RuleError, Sourced

SCOPES = {
    "grassroots": "tổ chức cơ sở đảng",
    "cell": "chi bộ",
    "group": "nhóm đảng viên có nhiệm vụ tương tự",
}
CAP_ROUNDINGS = {"floor": "làm tròn xuống", "half_up": "làm tròn thường", "ceil": "làm tròn lên"}
PRINT_ROUNDINGS = {"cut": "cắt bỏ phần lẻ", "half_up": "làm tròn thường"}
MEASURES = {
    "points": "điểm",
    "done": "việc hoàn thành (%)",
    "on_time": "việc hoàn thành đúng hạn (%)",
    "exceeded": "việc vượt mức (%)",
    "late": "việc chậm hạn (%)",
    "fixed": "hạn chế đã khắc phục (%)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Sourced):
    """A grade; a higher `rank` is better. `counted_inside`: the grade whose printed figure includes this one."""

    code: str
    name: str
    short_name: str
    rank: int
    counted_inside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRated(Sourced):
    """A reason for no grade: by status, by being admitted less than some months ago, or (neither) chosen by people."""

    code: str
    name: str
    statuses: tuple[str, ...] = ()
    admitted_within_months: int = 0

    @property
    def is_chosen(self) -> bool:
        return not self.statuses and not self.admitted_within_months

    def fits(self, *, status: str, admitted_on: date, day: date) -> bool:
        if self.admitted_within_months:
            months = (day.year - admitted_on.year) * 12 + day.month - admitted_on.month
            return months - (day.day < admitted_on.day) < self.admitted_within_months
        return status in self.statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Sourced):
    """At most `percent` of those in the grades `base` may have `level`, counted over `scope`."""

    code: str
    level: str
    percent: int
    base: tuple[str, ...]
    scope: str
    rounding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Sourced):
    """A part of the points, with the most it gives."""

    code: str
    name: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Sourced):
    """What `level` asks of a measure: points, or a share in percent. `confirmed_for`: the codes of the groups for
    which the source says so; empty for everybody."""

    code: str
    level: str
    measure: str
    at_least: int | None = None
    at_most: int | None = None
    confirmed_for: tuple[str, ...] = ()

    def is_confirmed_for(self, group: str) -> bool:
        return self.confirmed and (not self.confirmed_for or group in self.confirmed_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Sourced):
    """Members with like posts: who writes on which form, and is counted together where a cap says so."""

    code: str
    name: str
    form: str
    positions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def fits(self, *, posts: frozenset[str], category: str) -> bool:
        if self.positions:
            return bool(posts & set(self.positions))
        return not self.categories or category in self.categories


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective(Sourced):
    """A body of a cell that reviews itself: who belongs to it, and the post without which there is no such body."""

    code: str
    name: str
    form: str
    positions: tuple[str, ...]
    marked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation(Sourced):
    """How shares are printed: `rounding` "cut" or "half_up"."""

    rounding: str
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot(Sourced):
    """The share of votes a grade needs to be proposed."""

    numerator: int
    denominator: int
    strictly: bool
    is_secret: bool

    def least_votes(self, eligible: int) -> int:
        """How many of `eligible` votes back a grade."""
        exactly, rest = divmod(eligible * self.numerator, self.denominator)
        return exactly + 1 if self.strictly or rest else exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Sourced):
    code: str
    name: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Sourced):
    """What is pointed out to the body that decides, from `least` members on; it changes nothing."""

    code: str
    name: str
    least: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """Everything a review takes from the rule in force on a day."""

    basis: str
    valid_from: date
    levels: tuple[Level, ...]
    not_rated: tuple[NotRated, ...]
    caps: tuple[Cap, ...]
    parts: tuple[Part, ...]
    conditions: tuple[Condition, ...]
    groups: tuple[Group, ...]
    collectives: tuple[Collective, ...]
    presentation: Presentation
    ballot: Ballot
    clocks: tuple[Clock, ...]
    signs: tuple[Sign, ...]

    @property
    def best_first(self) -> tuple[Level, ...]:
        return tuple(sorted(self.levels, key=lambda level: -level.rank))

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(level.code for level in self.levels)

    @property
    def most_points(self) -> int:
        """0 where the rule gives no points."""
        return sum(part.most for part in self.parts)

    def name(self, code: str) -> str:
        """The name of a grade; nothing for none."""
        return next((level.name for level in self.levels if level.code == code), "")

    def short_name(self, code: str) -> str:
        return next((level.short_name for level in self.levels if level.code == code), "")

    def reason(self, code: str) -> str:
        """The name of a reason for no grade."""
        return next((reason.name for reason in self.not_rated if reason.code == code), "")

    def group_of(self, *, posts: frozenset[str], category: str) -> Group:
        return next(group for group in self.groups if group.fits(posts=posts, category=category))

    def group(self, code: str) -> Group:
        """The group of a rating; the last, which everybody fits, for a code of another time."""
        return next((group for group in self.groups if group.code == code), self.groups[-1])

    def not_rated_because(self, *, status: str, admitted_on: date, day: date) -> str:
        """The code of the first reason that fits; empty for whoever is rated."""
        fitting = (
            reason.code
            for reason in self.not_rated
            if not reason.is_chosen and reason.fits(status=status, admitted_on=admitted_on, day=day)
        )
        return next(fitting, "")

    def least(self, code: str) -> int:
        """From how many members on a sign is shown."""
        return next(sign.least for sign in self.signs if sign.code == code)

    def days(self, code: str) -> int:
        return next(clock.days for clock in self.clocks if clock.code == code)


@cache
def names_of_all_times(table: str) -> dict[str, str]:
    """Names by code of a list of the pack, of whatever time; the latest name of a code."""
    return {
        row["code"]: row["name"] for pack in loader.versions("classification") for row in pack.get(table, ())
    }


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value that an office put in the place of an unconfirmed one. `address`: as "cap.excellent.percent".

    `value` is a tuple where the pack has a list; `source` names the decision."""

    address: str
    value: Any
    source: str


LISTS: dict[str, type[Sourced]] = {
    "level": Level,
    "not_rated": NotRated,
    "cap": Cap,
    "part": Part,
    "condition": Condition,
    "group": Group,
    "collective": Collective,
    "clock": Clock,
    "sign": Sign,
}
SINGLE: dict[str, type[Sourced]] = {"presentation": Presentation, "vote": Ballot}
# How a cap is counted, beside its share: a decision on one of these says nothing of the share.
_COUNTING = frozenset({"base", "scope", "rounding"})


def scheme_on(day: date, corrections: tuple[Corrected, ...] = ()) -> Scheme:
    """The scheme in force on `day`. Raises RuleError for a gap or a wrong entry."""
    return _scheme(loader.version("classification", day)["valid_from"], corrections)


def first_days() -> list[date]:
    """The first day of every version, the latest first."""
    return [pack["valid_from"] for pack in reversed(loader.versions("classification"))]


def has_scheme(day: date) -> bool:
    try:
        scheme_on(day)
    except RuleError:
        return False
    return True


@cache
def _scheme(valid_from: date, corrections: tuple[Corrected, ...]) -> Scheme:
    pack = deepcopy(loader.version("classification", valid_from))
    for correction in corrections:
        entry, field = entry_at(pack, correction.address)
        entry[field] = correction.value
        if not (correction.address.startswith("cap.") and field in _COUNTING):
            entry |= {"source": correction.source, "confirmed": True}
    try:
        lists = {
            name: tuple(kind(**_frozen(row)) for row in pack.get(name, ())) for name, kind in LISTS.items()
        }
        single = {name: kind(**pack[name]) for name, kind in SINGLE.items()}
    except (KeyError, TypeError) as error:
        raise RuleError(f"Gói quy định “classification” từ {valid_from:%d/%m/%Y} sai: {error}") from error
    typed: Callable[..., Scheme] = Scheme
    scheme = typed(
        pack["basis"],
        valid_from,
        lists["level"],
        lists["not_rated"],
        lists["cap"],
        lists["part"],
        lists["condition"],
        lists["group"],
        lists["collective"],
        single["presentation"],
        single["vote"],
        lists["clock"],
        lists["sign"],
    )
    wrong = wrongs_of(
        scheme,
        scopes=SCOPES,
        cap_roundings=CAP_ROUNDINGS,
        print_roundings=PRINT_ROUNDINGS,
        measures=MEASURES,
    )
    if wrong:
        raise RuleError(f"Gói quy định “classification” từ {valid_from:%d/%m/%Y} sai: {'; '.join(wrong)}.")
    return scheme


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def entry_at(pack: Mapping[str, Any], address: str) -> tuple[dict[str, Any], str]:
    """The entry and field that an address names. Raises RuleError where there is none."""
    table, _, rest = address.partition(".")
    code, _, field = rest.rpartition(".")
    found = (
        pack.get(table)
        if table in SINGLE
        else next((row for row in pack.get(table, ()) if row["code"] == code), None)
    )
    if table not in {*LISTS, *SINGLE} or found is None or field not in found:
        raise RuleError(f"Quy định không có mục “{address}”.")
    return found, field
