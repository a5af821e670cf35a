"""The rule pack `classification`, typed: grades, who is not rated, caps, points and conditions of the rule of a day.

The office may correct a value that is not confirmed, by a decision; what was read in a source stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from phancong.common.refusal import Refused
from phancong.rules import loader
from phancong.rules.model import RuleError, Sourced


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
    """What `level` asks of a measure: points, or a share in percent."""

    code: str
    level: str
    measure: str
    at_least: int | None = None
    at_most: int | None = None


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


_LISTS: dict[str, type[Sourced]] = {
    "level": Level,
    "not_rated": NotRated,
    "cap": Cap,
    "part": Part,
    "condition": Condition,
    "group": Group,
    "clock": Clock,
    "sign": Sign,
}
_SINGLE: dict[str, type[Sourced]] = {"presentation": Presentation, "vote": Ballot}


def scheme_on(day: date, corrections: tuple[Corrected, ...] = ()) -> Scheme:
    """The scheme in force on `day`. Raises RuleError for a gap or a wrong entry."""
    return _scheme(loader.version("classification", day)["valid_from"], corrections)


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
        entry |= {field: correction.value, "source": correction.source, "confirmed": True}
    try:
        lists = {
            name: tuple(kind(**_frozen(row)) for row in pack.get(name, ())) for name, kind in _LISTS.items()
        }
        single = {name: kind(**pack[name]) for name, kind in _SINGLE.items()}
    except (KeyError, TypeError) as error:
        raise RuleError(f"Gói quy định “classification” từ {valid_from:%d/%m/%Y} sai: {error}") from error
    scheme: Callable[..., Scheme] = Scheme
    return scheme(
        pack["basis"],
        valid_from,
        lists["level"],
        lists["not_rated"],
        lists["cap"],
        lists["part"],
        lists["condition"],
        lists["group"],
        single["presentation"],
        single["vote"],
        lists["clock"],
        lists["sign"],
    )


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def entry_at(pack: Mapping[str, Any], address: str) -> tuple[dict[str, Any], str]:
    """The entry and field that an address names. Raises RuleError where there is none."""
    table, _, rest = address.partition(".")
    code, _, field = rest.rpartition(".")
    found = (
        pack.get(table)
        if table in _SINGLE
        else next((row for row in pack.get(table, ()) if row["code"] == code), None)
    )
    if table not in {*_LISTS, *_SINGLE} or found is None or field not in found:
        raise RuleError(f"Quy định không có mục “{address}”.")
    return found, field


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the pack as the page of rules shows it."""

    address: str
    table: str
    name: str
    field: str
    value: Any
    source: str
    confirmed: bool

    is_corrected: bool

    @property
    def may_be_corrected(self) -> bool:
        """What was read in a source stays; what a decision set, a later decision may set again."""
        return not self.confirmed


# Fields that a decision may set, with their names; codes, names and sources are the pack's own.
CORRECTABLE = {
    "percent": "tỷ lệ (%)",
    "base": "tính trên số xếp loại",
    "scope": "phạm vi tính",
    "rounding": "làm tròn",
    "most": "điểm tối đa",
    "at_least": "ít nhất",
    "at_most": "nhiều nhất",
    "admitted_within_months": "kết nạp chưa đủ (tháng)",
    "decimals": "số chữ số lẻ",
    "numerator": "tỷ lệ phiếu, tử số",
    "denominator": "tỷ lệ phiếu, mẫu số",
    "days": "số ngày",
    "least": "từ số đồng chí",
    "form": "tên mẫu",
}
SCOPES = {
    "grassroots": "tổ chức cơ sở đảng",
    "cell": "chi bộ",
    "group": "nhóm đảng viên có nhiệm vụ tương tự",
}
ROUNDINGS = {
    "floor": "làm tròn xuống",
    "half_up": "làm tròn thường",
    "ceil": "làm tròn lên",
    "cut": "cắt bỏ phần lẻ",
}
_MOST = {"percent": 100, "admitted_within_months": 24, "decimals": 2, "days": 365}
_WHOLE = frozenset({*_MOST, "least", "most", "at_least", "at_most", "numerator", "denominator"})


def values_on(day: date, corrections: Iterable[Corrected] = ()) -> list[Value]:
    """Every value that a decision may set or a source has confirmed; corrected ones with their decision."""
    pack = loader.version("classification", day)
    corrected = {correction.address: correction for correction in corrections}
    rows = [(f"{table}.{row['code']}", table, row) for table in _LISTS for row in pack.get(table, ())] + [
        (f"{table}.", table, pack[table]) for table in _SINGLE
    ]
    return [
        _value(f"{prefix}.{field}", table, row, field, corrected.get(f"{prefix}.{field}"))
        for prefix, table, row in rows
        for field in row
        if field in CORRECTABLE
    ]


def _value(
    address: str, table: str, row: Mapping[str, Any], field: str, correction: Corrected | None
) -> Value:
    return Value(
        address=address,
        table=table,
        name=str(row.get("name") or row.get("code", "")),
        field=field,
        value=correction.value if correction else row[field],
        source=correction.source if correction else row["source"],
        confirmed=row.get("confirmed", False),
        is_corrected=correction is not None,
    )


def read_value(value: Value, text: str, *, levels: Iterable[str]) -> Any:
    """What the office wrote, in the kind of the value it replaces. Raises Refused with what is possible."""
    text = text.strip()
    if value.field in _WHOLE:
        most = _MOST.get(value.field, 1000)
        if not (text.isascii() and text.isdigit() and int(text) <= most):
            raise Refused(f"Ghi một số nguyên từ 0 đến {most}.")
        if value.field == "denominator" and int(text) == 0:
            raise Refused("Mẫu số phải lớn hơn 0.")
        return int(text)
    if value.field == "base":
        wanted, known = text.split(), set(levels)
        if not wanted or not set(wanted) <= known:
            raise Refused(f"Ghi mã các mức, cách nhau bằng dấu cách, trong: {', '.join(sorted(known))}.")
        return wanted
    choices = {"scope": SCOPES, "rounding": ROUNDINGS}.get(value.field)
    if choices is not None and text not in choices:
        raise Refused(f"Chọn một trong: {', '.join(choices)}.")
    if not text:
        raise Refused("Ghi giá trị mới.")
    return text
