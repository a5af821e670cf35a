"""The rule packs `meetings` and `votes`, typed."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from phancong.rules import loader
from phancong.rules.model import RuleError, Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingKind(Sourced):
    code: str
    name: str
    least_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem(Sourced):
    """An item that the agenda of meetings of `kinds` begins with; `kind` is an `ItemKind`."""

    code: str
    title: str
    kinds: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCounted(Sourced):
    """Whoever fits all lists that are not empty is not in the number a vote is counted against."""

    code: str
    name: str
    statuses: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    presences: tuple[str, ...] = ()

    def fits(self, *, status: str, stay: str, presence: str) -> bool:
        wanted = ((self.statuses, status), (self.stays, stay), (self.presences, presence))
        return all(not listed or value in listed for listed, value in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteKind(Sourced):
    """The share of the votes it takes; `strictly` more than that, or as many."""

    code: str
    name: str
    numerator: int
    denominator: int
    strictly: bool


@dataclass(frozen=True, slots=True)
class MeetingRules:
    kinds: tuple[MeetingKind, ...]
    items: tuple[TemplateItem, ...]
    documents_days: int

    def kind(self, code: str) -> MeetingKind:
        return next(kind for kind in self.kinds if kind.code == code)

    def agenda(self, code: str) -> tuple[TemplateItem, ...]:
        return tuple(item for item in self.items if code in item.kinds)


@dataclass(frozen=True, slots=True)
class VoteRules:
    not_counted: tuple[NotCounted, ...]
    kinds: tuple[VoteKind, ...]

    def kind(self, code: str) -> VoteKind:
        return next(kind for kind in self.kinds if kind.code == code)


@cache
def meeting_rules(day: date) -> MeetingRules:
    """The rules of meetings in force on `day`."""
    pack = loader.version("meetings", day)
    terms = {row["code"]: row["value"] for row in pack["term"]}
    return MeetingRules(
        kinds=_typed(MeetingKind, pack["kind"]),
        items=_typed(TemplateItem, pack["item"]),
        documents_days=int(terms["documents_days"]),
    )


@cache
def vote_rules(day: date) -> VoteRules:
    """The rules of votes in force on `day`."""
    pack = loader.version("votes", day)
    return VoteRules(
        not_counted=_typed(NotCounted, pack["not_counted"]), kinds=_typed(VoteKind, pack["vote"])
    )


def _typed(kind: type[Any], rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    try:
        return tuple(
            kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
            for row in rows
        )
    except TypeError as error:
        raise RuleError(f"Gói quy định về sinh hoạt chi bộ sai: {error}") from error
