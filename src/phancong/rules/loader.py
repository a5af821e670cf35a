"""Reads the packs once and answers for a day."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from phancong.rules.model import (
    Category,
    Choice,
    Minimum,
    OrganizationKind,
    Position,
    RuleError,
    Rules,
)

__all__ = ["PACKS", "Rules", "on", "read"]

T = TypeVar("T")
PACKS = Path(__file__).resolve().parents[3] / "rules"


@cache
def on(day: date) -> Rules:
    """The rules in force on `day`."""
    return read(PACKS, day)


def read(folder: Path, day: date) -> Rules:
    """The rules in force on `day` as the packs in `folder` state them. Raises RuleError for a gap or a wrong entry."""
    organizations = _version(folder, "organizations", day)
    catalogue = _version(folder, "catalogue", day)
    return Rules(
        day=day,
        organization_kinds=_entries(organizations, "kind", OrganizationKind),
        positions=_entries(_version(folder, "positions", day), "position", Position),
        categories=_entries(_version(folder, "categories", day), "category", Category),
        minimum=_entries(_version(folder, "minimum_members", day), "minimum", Minimum),
        fields=_entries(catalogue, "field", Choice),
        skills=_entries(catalogue, "skill", Choice),
        languages=_entries(catalogue, "language", Choice),
        educations=_entries(catalogue, "education", Choice),
        professional_levels=_entries(catalogue, "professional_level", Choice),
        professional_fields=_entries(catalogue, "professional_field", Choice),
        political_theories=_entries(catalogue, "political_theory", Choice),
        mass_organizations=_entries(catalogue, "mass_organization", Choice),
        area_kinds=_entries(organizations, "area_kind", Choice),
    )


@cache
def _pack(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def version(name: str, day: date, *, folder: Path = PACKS) -> dict[str, Any]:
    """The raw entries of the pack `name` in force on `day`, for packs whose shape belongs to one room."""
    return _version(folder, name, day)


def _version(folder: Path, name: str, day: date) -> dict[str, Any]:
    found = [entry for entry in _pack(folder / f"{name}.toml")["version"] if _holds(entry, day)]
    if len(found) != 1:
        raise RuleError(
            f"Gói quy định “{name}” có {len(found)} bản cho ngày {day:%d/%m/%Y}; cần đúng một bản."
        )
    return found[0]  # type: ignore[no-any-return]


def _holds(entry: dict[str, Any], day: date) -> bool:
    until = entry.get("valid_until")
    return entry["valid_from"] <= day and (until is None or day < until)


def _entries(entries: dict[str, Any], name: str, kind: type[T]) -> tuple[T, ...]:
    try:
        return tuple(kind(**_frozen(row)) for row in entries.get(name, ()))
    except TypeError as error:
        raise RuleError(f"Gói quy định có mục “{name}” sai: {error}") from error


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
