"""Merging and splitting."""

from datetime import date
from typing import Any

import pytest
from tests.factories import (
    FOUNDED,
    TODAY,
    make_area,
    make_cell,
    make_committee,
    make_office,
    make_organization,
    parent_of,
)

from phancong.common.refusal import Refused
from phancong.organizations.actions import Part, cover_area, merge_organizations, split_organization
from phancong.organizations.models import Area, AreaCoverage, Organization
from phancong.organizations.queries import coverage_on, tree_on

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
DECIDED: dict[str, Any] = {"effective_on": DAY, "decision_number": "7-QĐ/ĐU", "decided_on": DAY}


def decided() -> dict[str, Any]:
    return {"by": make_office(), **DECIDED}


def names_on(day: date) -> list[str]:
    return [row.name for row in tree_on(day)]


@pytest.fixture
def ward() -> Organization:
    return make_organization("ward", name="Phường")


def test_a_merger_puts_the_cells_of_the_sources_under_the_new_committee(ward: Organization) -> None:
    one, two = make_committee(parent=ward, name="Đảng bộ 1"), make_committee(parent=ward, name="Đảng bộ 2")
    make_cell(parent=one, name="Chi bộ A")
    make_cell(parent=two, name="Chi bộ B")
    new = make_organization("grassroots_committee", parent=ward, name="Đảng bộ mới", founded_on=DAY)
    merge_organizations(sources=[one, two], into=new, **decided())
    assert names_on(FOUNDED) == ["Phường", "Đảng bộ 1", "Chi bộ A", "Đảng bộ 2", "Chi bộ B"]
    assert names_on(DAY) == ["Phường", "Đảng bộ mới", "Chi bộ A", "Chi bộ B"]


def test_what_a_merged_cell_covered_the_other_cell_covers(
    cell: Organization, sister_cell: Organization
) -> None:
    assert cell.parent is not None
    area = make_area(committee=cell.parent, name="Thôn 1")
    cover_area(by=make_office(), area=area, cell=cell, valid_from=FOUNDED)
    merge_organizations(sources=[cell], into=sister_cell, **decided())
    spans = AreaCoverage.objects.order_by("valid_from").values_list("cell", "valid_from", "valid_until")
    assert list(spans) == [(cell.pk, FOUNDED, DAY), (sister_cell.pk, DAY, None)]


def test_the_territory_of_a_merged_committee_passes_on(ward: Organization) -> None:
    one, two = make_committee(parent=ward), make_committee(parent=ward)
    area = make_area(committee=one)
    merge_organizations(sources=[one], into=two, **decided())
    assert [row.id for row in coverage_on(TODAY, two.path).areas] == [area.pk]


def test_a_committee_divides_and_each_cell_goes_to_one_part(ward: Organization) -> None:
    old = make_committee(parent=ward, name="Đảng bộ cũ")
    a, b = make_cell(parent=old, name="Chi bộ A"), make_cell(parent=old, name="Chi bộ B")
    parts = [
        Part(code="M1", name="Đảng bộ 1", children=(a,)),
        Part(code="M2", name="Đảng bộ 2", children=(b,)),
    ]
    split_organization(source=old, parts=parts, source_stays=False, **decided())
    assert names_on(FOUNDED) == ["Phường", "Đảng bộ cũ", "Chi bộ A", "Chi bộ B"]
    assert names_on(DAY) == ["Phường", "Đảng bộ 1", "Chi bộ A", "Đảng bộ 2", "Chi bộ B"]


def test_a_cell_gives_one_area_to_a_new_cell_and_stays(cell: Organization) -> None:
    assert cell.parent is not None
    areas: list[Area] = [make_area(committee=cell.parent, name=name) for name in ("Thôn 1", "Thôn 2")]
    for area in areas:
        cover_area(by=make_office(), area=area, cell=cell, valid_from=FOUNDED)
    part = Part(code="M", name="Chi bộ thôn 2", areas=(areas[1],))
    split_organization(source=cell, parts=[part], source_stays=True, **decided())
    assert [area.cell_name for area in coverage_on(TODAY).areas] == ["Chi bộ thôn 1", "Chi bộ thôn 2"]
    assert [area.cell_name for area in coverage_on(FOUNDED).areas] == ["Chi bộ thôn 1", "Chi bộ thôn 1"]


def test_a_division_that_leaves_a_cell_behind_is_refused(ward: Organization) -> None:
    old = make_committee(parent=ward)
    a, _ = make_cell(parent=old, name="Chi bộ A"), make_cell(parent=old, name="Chi bộ B")
    parts = [Part(code="M1", name="Một", children=(a,)), Part(code="M2", name="Hai")]
    with pytest.raises(Refused, match="chưa chọn nơi nhận cho: Chi bộ B"):
        split_organization(source=old, parts=parts, source_stays=False, **decided())


def test_a_cell_of_somebody_else_cannot_be_given_away(cell: Organization) -> None:
    other = make_cell()
    with pytest.raises(Refused, match="chỉ về một tổ chức mới"):
        split_organization(
            source=parent_of(cell),
            parts=[Part(code="M", name="Một", children=(other,))],
            source_stays=True,
            **decided(),
        )


@pytest.mark.parametrize(("count", "stays"), [(0, True), (1, False)])
def test_a_division_needs_parts(cell: Organization, count: int, stays: bool) -> None:
    parts = [Part(code=f"M{number}", name="Một") for number in range(count)]
    with pytest.raises(Refused, match="Chia thì cần"):
        split_organization(source=cell, parts=parts, source_stays=stays, **decided())


def test_a_merger_of_nothing_or_with_itself_is_refused(cell: Organization) -> None:
    for sources in ([], [cell]):
        with pytest.raises(Refused, match="Chọn ít nhất một"):
            merge_organizations(sources=sources, into=cell, **decided())


def test_an_office_may_merge_only_what_is_below_it(cell: Organization) -> None:
    from tests.factories import make_actor

    other = make_cell()
    assert cell.parent is not None
    with pytest.raises(Refused, match="chưa được giao"):
        merge_organizations(by=make_actor("office", cell.parent.path), sources=[cell], into=other, **DECIDED)


def test_a_refused_merger_leaves_the_tree_as_it_was(ward: Organization) -> None:
    committee = make_committee(parent=ward, name="Đảng bộ 1")
    make_cell(parent=committee, name="Chi bộ A")
    target = make_organization("grassroots_cell", parent=ward, name="Chi bộ cơ sở")
    before = names_on(DAY)
    with pytest.raises(Refused, match="không trực thuộc Chi bộ cơ sở được"):
        merge_organizations(sources=[committee], into=target, **decided())
    assert names_on(DAY) == before


def test_areas_that_the_source_does_not_cover_cannot_be_given_away(cell: Organization) -> None:
    area = make_area(committee=parent_of(cell))
    part = Part(code="M", name="Chi bộ mới", areas=(area,))
    with pytest.raises(Refused, match="Mỗi địa bàn"):
        split_organization(source=cell, parts=[part], source_stays=True, **decided())


def test_a_committee_with_territory_is_not_divided_away(ward: Organization) -> None:
    old = make_committee(parent=ward)
    make_area(committee=old)
    parts = [Part(code="M1", name="Một"), Part(code="M2", name="Hai")]
    with pytest.raises(Refused, match="còn quản lý địa bàn"):
        split_organization(source=old, parts=parts, source_stays=False, **decided())


def test_a_source_founded_on_the_day_itself_cannot_end_on_it(ward: Organization) -> None:
    one = make_organization("grassroots_committee", parent=ward, founded_on=DAY)
    with pytest.raises(Refused, match="thành lập cùng ngày"):
        merge_organizations(sources=[one], into=make_committee(parent=ward), **decided())
