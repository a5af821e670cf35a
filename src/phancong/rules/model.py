"""Typed entries of the rule packs. `source` names where an entry was read; `confirmed` says whether it was."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar


class RuleError(Exception):
    """A pack is incomplete or wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    source: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Sourced):
    """An entry of a list people choose from; `rank` orders levels from low to high, `also` other spellings."""

    code: str
    name: str
    rank: int = 0
    also: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationKind(Sourced):
    """A kind of organisation and the kinds it may stand under (empty: it may be a root)."""

    code: str
    name: str
    parents: tuple[str, ...] = ()
    is_grassroots: bool = False
    holds_members: bool = False
    covers_areas: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Sourced):
    """A post; `role` is the code of the role it carries (empty: none), `signs` the order in which posts sign."""

    code: str
    name: str
    role: str = ""
    leads_cell: bool = False
    rank: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Sourced):
    """A kind of member by the seed article, with what must be true of their work.

    `needs_duty`: at least one duty; `needs_substantive`: at least one that is not an errand; `only_light`: light duties
    alone; `needs_organization`: in a mass organisation; `or_group_charge`: being in charge of a group serves instead.
    """

    code: str
    name: str
    short_name: str
    needs_duty: bool
    needs_substantive: bool
    only_light: bool
    needs_organization: bool
    or_group_charge: bool
    monthly_hours: int
    max_duties: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum(Sourced):
    """A number that the Party's rules fix, by its code."""

    code: str
    name: str
    value: int


E = TypeVar("E", OrganizationKind, Category, Minimum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules in force on a day."""

    day: date
    organization_kinds: tuple[OrganizationKind, ...]
    positions: tuple[Position, ...]
    categories: tuple[Category, ...]
    minimum: tuple[Minimum, ...]
    fields: tuple[Choice, ...]
    skills: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    educations: tuple[Choice, ...]
    professional_levels: tuple[Choice, ...]
    professional_fields: tuple[Choice, ...]
    political_theories: tuple[Choice, ...]
    mass_organizations: tuple[Choice, ...]
    area_kinds: tuple[Choice, ...]

    def kind(self, code: str) -> OrganizationKind:
        return self._entry(self.organization_kinds, code)

    def category(self, code: str) -> Category:
        return self._entry(self.categories, code)

    def least(self, code: str) -> int:
        """The value of a minimum, for example `cell_official_members`."""
        return self._entry(self.minimum, code).value

    def _entry(self, entries: tuple[E, ...], code: str) -> E:
        for entry in entries:
            if entry.code == code:
                return entry
        raise RuleError(f"Quy định ngày {self.day:%d/%m/%Y} không có mục “{code}”.")


def name_of(choices: tuple[Choice, ...] | tuple[Position, ...], code: str) -> str:
    """The Vietnamese name of `code`; the code itself when the list of that day does not know it."""
    return next((choice.name for choice in choices if choice.code == code), code)
