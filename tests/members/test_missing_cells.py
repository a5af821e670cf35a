"""Cells that a roster names and nobody has founded: told once each, and founded when the office says so."""

from typing import Any

import pytest

from phancong.common.refusal import Refused
from phancong.members.importing.actions import found_missing_cells, prepare_import
from phancong.members.importing.cell_names import cell_key, full_cell_name
from phancong.organizations.models import Area, Organization
from tests.factories import make_cell, make_committee
from tests.members.test_roster_import import AN, BY, HEADER, NGA, book, counts, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Organization:
    committee = make_committee(name="Đảng bộ xã Thử")
    make_cell(parent=committee, name="Chi bộ Tổ dân phố 3")
    return committee


def of_cell(cell: str, row: list[Any] = AN) -> list[Any]:
    return [*row[:4], cell, *row[5:]]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("TDP 3", "Chi bộ Tổ dân phố 3"),
        ("tdp03", "Tổ dân phố 3"),
        ("CB thôn 1", "Chi bộ thôn 1"),
        ("Chi bộ TDP. 3", "Chi bộ Tổ dân phố 03"),
        ("CB TDP 3", "tổ dân phố 3"),
        ("Trường THCS Lê Lợi", "Chi bộ trường Trung học cơ sở Lê Lợi"),
    ],
)
def test_a_short_name_means_the_long_one(short: str, long: str) -> None:
    assert cell_key(short) == cell_key(long)


def test_a_code_is_no_short_name() -> None:
    assert cell_key("CB01") != cell_key("Chi bộ 1")


def test_a_new_cell_is_named_in_full() -> None:
    assert [full_cell_name(name) for name in ("CB thôn 4", "TDP 5", "Chi bộ Quân sự")] == [
        "Chi bộ thôn 4",
        "Chi bộ Tổ dân phố 5",
        "Chi bộ Quân sự",
    ]


def test_a_roster_with_short_names_is_right(committee: Organization) -> None:
    assert counts(prepared(book(of_cell("TDP 3")), committee)) == (1, 0, 0, 0)


def test_unknown_cells_are_told_once_with_their_rows(committee: Organization) -> None:
    others = [of_cell("TDP 4", [f"Siu H'{name}", *AN[1:]]) for name in ("Bia", "Nga")]
    summary = prepared(book(*others, of_cell("Chi bộ Quân sự")), committee).summary
    assert summary["unknown_cells"] == [{"name": "TDP 4", "rows": 2}, {"name": "Chi bộ Quân sự", "rows": 1}]
    assert (summary["counts"]["error"], summary["errors"]) == (3, [])


def test_rows_under_an_unknown_heading_are_told_by_it(committee: Organization) -> None:
    header, row = [*HEADER[:4], *HEADER[5:]], [*AN[:4], *AN[5:]]
    summary = prepared(book(["CHI BỘ THÔN 9"], row, header=header), committee).summary
    assert summary["unknown_cells"] == [{"name": "CHI BỘ THÔN 9", "rows": 1}]


def test_chosen_cells_are_founded_with_their_areas_and_the_rest_is_not(committee: Organization) -> None:
    kept = prepared(book(of_cell("TDP 4"), of_cell("TDP 5", NGA)), committee)
    found_missing_cells(kept.pk, names=["TDP 4", "Chi bộ khác"], by=BY)
    assert set(Organization.objects.cells().values_list("name", flat=True)) == {
        "Chi bộ Tổ dân phố 3",
        "Chi bộ Tổ dân phố 4",
    }
    assert [area.name for area in Area.objects.all()] == ["Tổ dân phố 4"]
    assert counts(prepare_import(kept.pk, by=BY)) == (1, 0, 0, 1)


def test_a_cell_is_founded_once(committee: Organization) -> None:
    kept = prepared(book(of_cell("TDP 4")), committee)
    make_cell(parent=committee, name="Chi bộ Tổ dân phố 4")
    with pytest.raises(Refused, match="Chưa chọn chi bộ nào"):
        found_missing_cells(kept.pk, names=["TDP 4"], by=BY)
