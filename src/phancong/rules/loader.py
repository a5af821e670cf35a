"""Reads the packs once and answers for a day."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from phancong.rules.model import (
    Category,
    Choice,
    Minimum,
    OrganizationKind,
    Position,
    RuleError,
    Rules,
    Sourced,
)

__all__ = ["PACKS", "Rules", "on", "read"]

KINDS: dict[str, type[Sourced]] = {
    "kind": OrganizationKind,
    "position": Position,
    "category": Category,
    "minimum": Minimum,
}
PACKS = Path(__file__).resolve().parents[3] / "rules"


@cache
def on(day: date) -> Rules:
    """The rules in force on `day`."""
    return read(PACKS, day)


def read(folder: Path, day: date) -> Rules:
    """The rules in force on `day` as the packs in `folder` state them. Raises RuleError for a gap or a wrong entry."""

    def entries(pack: str, name: str) -> tuple[Any, ...]:
        return _entries(folder, pack, _version(folder, pack, day)["valid_from"], name)

    return Rules(
        day=day,
        organization_kinds=entries("organizations", "kind"),
        positions=entries("positions", "position"),
        categories=entries("categories", "category"),
        minimum=entries("minimum_members", "minimum"),
        fields=entries("catalogue", "field"),
        skills=entries("catalogue", "skill"),
        languages=entries("catalogue", "language"),
        educations=entries("catalogue", "education"),
        professional_levels=entries("catalogue", "professional_level"),
        professional_fields=entries("catalogue", "professional_field"),
        political_theories=entries("catalogue", "political_theory"),
        mass_organizations=entries("catalogue", "mass_organization"),
        area_kinds=entries("organizations", "area_kind"),
    )


@cache
def _pack(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def version(name: str, day: date, *, folder: Path = PACKS) -> dict[str, Any]:
    """The raw entries of the pack `name` in force on `day`, for packs whose shape belongs to one room."""
    return _version(folder, name, day)


def versions(name: str, *, folder: Path = PACKS) -> list[dict[str, Any]]:
    """All versions of the pack `name`, the oldest first."""
    found: list[dict[str, Any]] = _pack(folder / f"{name}.toml")["version"]
    return sorted(found, key=lambda entry: entry["valid_from"])


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


@cache
def _entries(folder: Path, pack: str, start: date, name: str) -> tuple[Any, ...]:
    """The entries of the version that begins on `start`, built once: the many days of a version share them."""
    rows, kind = _version(folder, pack, start).get(name, ()), KINDS.get(name, Choice)
    try:
        return tuple(kind(**_frozen(row)) for row in rows)
    except TypeError as error:
        raise RuleError(f"Gói quy định có mục “{name}” sai: {error}") from error


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
