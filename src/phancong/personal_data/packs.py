"""The rule pack of personal data, typed: terms of answers, times of keeping, the clock of a breach."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from phancong.rules.loader import version
from phancong.rules.model import RuleError, Sourced
from phancong.rules.working_days import Holiday, works


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Sourced):
    code: str
    name: str
    days: int
    counts: str
    extension_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Sourced):
    """`way`: the rows are deleted, or `fields` of them are cleared, `months` after the person left."""

    model: str
    name: str
    months: int
    way: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRetention(Sourced):
    code: str
    name: str
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachTerm(Sourced):
    code: str
    name: str
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo(Sourced):
    """Looks with `role` are told to the member when the decision that gave it has ended."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class DataRules:
    terms: tuple[Term, ...]
    holidays: tuple[Holiday, ...]
    retention: tuple[Retention, ...]
    files: tuple[FileRetention, ...]
    breach: tuple[BreachTerm, ...]
    embargoes: tuple[Embargo, ...]

    def term(self, code: str) -> Term:
        return next(term for term in self.terms if term.code == code)

    def last_day(self, term: Term, *, first: date, days: int) -> date:
        """The last of `days` days of which `first` is the first one that counts."""
        if term.counts == "calendar":
            return first + timedelta(days=days - 1)
        day, left = first, days - self._works(first)
        while left > 0:
            day += timedelta(days=1)
            left -= self._works(day)
        return day

    def _works(self, day: date) -> bool:
        return works(day, self.holidays)


def data_rules(day: date) -> DataRules:
    return _rules(version("personal_data", day)["valid_from"])


@cache
def _rules(start: date) -> DataRules:
    pack = version("personal_data", start)

    def entries(name: str, kind: type[Any]) -> tuple[Any, ...]:
        try:
            return tuple(
                kind(
                    **{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
                )
                for row in pack.get(name, ())
            )
        except TypeError as error:
            raise RuleError(f"Gói quy định “personal_data” có mục “{name}” sai: {error}") from error

    return DataRules(
        terms=entries("term", Term),
        holidays=entries("holiday", Holiday),
        retention=entries("retention", Retention),
        files=entries("file", FileRetention),
        breach=entries("breach", BreachTerm),
        embargoes=entries("embargo", Embargo),
    )


def due_on(kind: str, *, asked: date) -> date:
    """The office answers before this day."""
    found = data_rules(asked)
    term = found.term(kind)
    return found.last_day(term, first=asked, days=term.days) + timedelta(days=1)


def extended(kind: str, *, due: date, asked: date) -> date:
    """The day before which the office answers after its one extension."""
    found = data_rules(asked)
    term = found.term(kind)
    return found.last_day(term, first=due, days=term.extension_days) + timedelta(days=1)
