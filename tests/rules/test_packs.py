"""The rule packs: one version for each day, each value with its source."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from phancong import rules
from phancong.access.roles import ROLES
from phancong.rules.loader import PACKS, read, version
from phancong.rules.model import RuleError, name_of

FIRST_DAY = date(1930, 2, 3)
NAMES = sorted(path.stem for path in PACKS.glob("*.toml"))


def versions(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((PACKS / f"{name}.toml").read_text("utf-8"))["version"]
    return found


def entries(name: str) -> list[dict[str, Any]]:
    return [
        entry
        for one in versions(name)
        for value in one.values()
        if isinstance(value, list)
        for entry in value
        if isinstance(entry, dict)
    ]


# No source names the grades of earlier reviews: the product refuses a round of that time and says so.
BEGINS_LATER = {"classification": date(2011, 1, 1)}


@pytest.mark.parametrize("name", NAMES)
def test_versions_follow_each_other_without_gap_or_overlap(name: str) -> None:
    found = sorted(versions(name), key=lambda one: one["valid_from"])
    assert found[0]["valid_from"] <= BEGINS_LATER.get(name, FIRST_DAY)
    assert [one.get("valid_until") for one in found] == [*(one["valid_from"] for one in found[1:]), None]


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_names_its_source(name: str) -> None:
    assert [entry for entry in entries(name) if not entry.get("source")] == []


@pytest.mark.parametrize(
    "day",
    [FIRST_DAY, date(2007, 3, 30), date(2013, 6, 1), date(2025, 6, 30), date(2025, 7, 1), date(2045, 1, 1)],
)
def test_the_rules_of_each_day_can_be_read(day: date) -> None:
    found = rules.on(day)
    assert (found.day, found.least("cell_official_members")) == (day, 3)


@pytest.mark.parametrize("day", [date(2013, 1, 1), date(2026, 1, 1)])
def test_codes_are_unique_and_parents_are_kinds_of_the_same_day(day: date) -> None:
    found = rules.on(day)
    codes = [kind.code for kind in found.organization_kinds]
    assert len(set(codes)) == len(codes)
    assert {parent for kind in found.organization_kinds for parent in kind.parents} <= set(codes)
    for listed in (
        found.positions,
        found.categories,
        found.fields,
        found.skills,
        found.languages,
        found.area_kinds,
    ):
        names = [entry.code for entry in listed]
        assert len(set(names)) == len(names)


def test_the_district_level_ends_on_its_day() -> None:
    kinds = [
        {kind.code for kind in rules.on(day).organization_kinds if not kind.parents}
        for day in (date(2025, 6, 30), date(2025, 7, 1))
    ]
    assert kinds == [{"town"}, {"ward", "commune"}]


def test_a_day_without_rules_is_named() -> None:
    with pytest.raises(RuleError, match="có 0 bản cho ngày 02/02/1930"):
        rules.on(FIRST_DAY - timedelta(days=1))


def test_an_unknown_entry_is_named_with_the_day() -> None:
    with pytest.raises(RuleError, match="ngày 01/01/2026 không có mục “town”"):
        rules.on(date(2026, 1, 1)).kind("town")


def test_the_name_of_an_unknown_code_is_the_code() -> None:
    found = rules.on(date(2026, 1, 1))
    assert [name_of(found.area_kinds, code) for code in ("buon", "lang")] == ["buôn", "lang"]


def test_posts_carry_roles_that_exist() -> None:
    roles = {position.role for position in rules.on(date(2026, 1, 1)).positions}
    assert roles - {""} <= set(ROLES)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the packs that a test may spoil."""
    for name in NAMES:
        (tmp_path / f"{name}.toml").write_text((PACKS / f"{name}.toml").read_text("utf-8"), "utf-8")
    return tmp_path


def test_a_gap_between_versions_is_named(packs: Path) -> None:
    text = (packs / "positions.toml").read_text("utf-8")
    (packs / "positions.toml").write_text(
        text.replace("valid_from = 1930-02-03", "valid_from = 2020-01-01"), "utf-8"
    )
    with pytest.raises(RuleError, match="“positions” có 0 bản cho ngày 31/12/2019"):
        read(packs, date(2019, 12, 31))


def test_two_versions_of_one_day_are_refused(packs: Path) -> None:
    text = (packs / "minimum_members.toml").read_text("utf-8")
    (packs / "minimum_members.toml").write_text(text + "\n[[version]]\nvalid_from = 2026-01-01\n", "utf-8")
    with pytest.raises(RuleError, match="có 2 bản cho ngày 01/01/2026"):
        read(packs, date(2026, 1, 1))


@pytest.mark.parametrize("line", ['source = "x"\nunknown = 1', 'name = "thiếu nguồn"'])
def test_an_entry_with_a_wrong_or_missing_field_is_refused(packs: Path, line: str) -> None:
    text = (packs / "minimum_members.toml").read_text("utf-8")
    entry = '\n[[version.minimum]]\ncode = "x"\nvalue = 1\n'
    (packs / "minimum_members.toml").write_text(text + entry + line + "\n", "utf-8")
    with pytest.raises(RuleError, match="mục “minimum” sai"):
        read(packs, date(2026, 1, 1))


def test_a_room_reads_its_own_pack_by_day() -> None:
    assert version("organizations", date(2026, 1, 1))["valid_from"] == date(2025, 7, 1)
