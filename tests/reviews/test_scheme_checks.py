"""A slip in the pack is told when it is read; and no value of the rule stands in the code that reads it."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from phancong.reviews import schemes
from phancong.reviews.closing import Counted, totals_of
from phancong.reviews.rule_values import choices_of, read_value, values_on
from phancong.reviews.schemes import Corrected, first_days, scheme_on
from phancong.rules import loader
from phancong.rules.model import RuleError

NOW = date(2026, 11, 23)
SOURCE = Path(schemes.__file__).parents[1]
PURE = ("schemes", "scheme_checks", "caps", "ceiling", "closing")
NUMBERS = ("percent", "most", "at_least", "at_most", "admitted_within_months", "days", "least")
# A hundred is the whole of a percentage, in arithmetic as in the pack.
WHOLE = 100


@pytest.fixture
def pack(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The version of today, for a test to spoil."""
    spoilt = deepcopy(loader.version("classification", NOW))
    monkeypatch.setattr(loader, "version", lambda *_: spoilt)
    schemes._scheme.cache_clear()
    yield spoilt
    schemes._scheme.cache_clear()


@pytest.mark.parametrize(
    ("table", "number", "changed", "told"),
    [
        ("cap", 0, {"base": ["tot"]}, "mức “tot” không có"),
        ("cap", 0, {"level": "tot"}, "mức “tot” không có"),
        ("cap", 0, {"scope": "tinh"}, "phạm vi “tinh” không có"),
        ("cap", 0, {"rounding": "cut"}, "cách làm tròn “cut” không có"),
        ("level", 0, {"counted_inside": "tot"}, "mức “tot” không có"),
        ("level", 0, {"code": "good"}, "mã “good” ghi hai lần"),
        ("level", 0, {"rank": 3}, "hai mức cùng bậc 3"),
        ("condition", 0, {"level": "tot"}, "mức “tot” không có"),
        ("condition", 0, {"measure": "diem"}, "số đo “diem” không có"),
        ("condition", 0, {"at_least": None}, "điều kiện “excellent_points” không ghi giới hạn"),
        ("condition", 0, {"confirmed_for": ["ai"]}, "nhóm “ai” không có"),
        ("group", -1, {"categories": ["agency"]}, "nhóm cuối phải nhận mọi đảng viên"),
        ("group", -1, {"positions": ["secretary"]}, "nhóm cuối phải nhận mọi đảng viên"),
        ("part", 0, {"code": "results"}, "mã “results” ghi hai lần"),
        ("part", 0, {"diem": 30}, "unexpected keyword argument"),
        ("vote", None, {"numerator": 0}, "tỷ lệ phiếu 0/2 không thể đạt"),
        ("vote", None, {"numerator": 3}, "tỷ lệ phiếu 3/2 không thể đạt"),
    ],
)
def test_a_slip_in_the_pack_is_told(
    pack: dict[str, Any], table: str, number: int | None, changed: dict[str, Any], told: str
) -> None:
    (pack[table] if number is None else pack[table][number]).update(changed)
    with pytest.raises(RuleError, match="Gói quy định “classification” từ 30/08/2025 sai") as refused:
        scheme_on(NOW)
    assert told in str(refused.value)


def test_a_way_of_printing_that_nobody_knows_is_told(pack: dict[str, Any]) -> None:
    pack["presentation"]["rounding"] = "ceil"
    with pytest.raises(RuleError, match="cách làm tròn “ceil” không có"):
        scheme_on(NOW)


def test_a_pack_without_its_vote_is_told(pack: dict[str, Any]) -> None:
    del pack["vote"]
    with pytest.raises(RuleError, match="vote"):
        scheme_on(NOW)


@pytest.mark.parametrize(
    "address", ["cap.no.percent", "cap.excellent.share", "rule.excellent.percent", "cap"]
)
def test_a_decision_on_a_value_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(RuleError, match="không có mục"):
        scheme_on(NOW, (Corrected(address, 1, "1-QĐ"),))


@pytest.mark.parametrize("first", first_days())
def test_every_choice_the_office_is_offered_can_be_counted_with(first: date) -> None:
    people = [Counted(level.code) for level in scheme_on(first).levels]
    for value in values_on(first):
        for text in choices_of(value):
            read = read_value(value, text, levels=scheme_on(first).codes)
            held = scheme_on(first, (Corrected(value.address, read, "1-QĐ"),))
            assert totals_of(held, people).closes


def numbers_of_the_pack() -> set[int]:
    return {
        entry[field]
        for version in loader.versions("classification")
        for rows in version.values()
        if isinstance(rows, list)
        for entry in rows
        for field in NUMBERS
        if field in entry
    }


def constants(path: Path) -> set[object]:
    return {
        node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)
    }


@pytest.mark.parametrize("module", PURE)
def test_no_threshold_of_the_rule_stands_in_the_code_that_counts(module: str) -> None:
    found = constants(SOURCE / "reviews" / f"{module}.py")
    assert {one for one in found if isinstance(one, int)} & numbers_of_the_pack() <= {WHOLE}


def test_no_grade_of_any_time_stands_in_the_code() -> None:
    """The invented people of the sample are data, and so are migrations."""
    rows = [row for pack in loader.versions("classification") for row in pack["level"]]
    told = {row[field] for row in rows for field in ("code", "name")}
    modules = [path for path in SOURCE.rglob("*.py") if not {"migrations", "sample"} & set(path.parts)]
    assert {path.name: found for path in modules if (found := told & constants(path))} == {}
