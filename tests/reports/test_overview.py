"""Toàn cảnh: every branch with the figures of the sheets, each leading to its rows, kept back where it must be."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phancong.access.actor import Actor
from phancong.figures.base import base_for
from phancong.figures.counting import table_of
from phancong.figures.enums import Tree
from phancong.figures.sections import OVERVIEW
from phancong.organizations import actions as tree
from phancong.organizations.models import Organization
from phancong.oversight.actions import write_note
from phancong.oversight.enums import NoteKind
from phancong.planning.models import Plan
from phancong.reports.overview import FILTERS, SUBJECTS, Overview, overview_of
from tests.factories import (
    FOUNDED,
    TODAY,
    make_actor,
    make_area,
    make_cell,
    make_committee,
    make_member,
    make_office,
    make_office_user,
    make_secretary_user,
    moment,
    parent_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee() -> Organization:
    """Two cells: the first with a drafted plan, a hamlet and two members, the second with one."""
    committee = make_committee()
    one, other = make_cell(parent=committee, name="Chi bộ 1"), make_cell(parent=committee, name="Chi bộ 2")
    for cell in (one, one, other):
        make_member(cell)
    area = make_area(committee=committee)
    tree.cover_area(by=make_office(), area=area, cell=one, valid_from=FOUNDED)
    make_area(committee=committee, name="Thôn trống")
    Plan.objects.create(cell=one, year=TODAY.year, drafted_at=moment())
    return committee


def overview(actor: Actor, committee: Organization, asked: str = "") -> Overview:
    base = base_for(actor, root_id=committee.pk, day=TODAY, tree=Tree.THEN)
    assert base is not None
    return overview_of(base, asked=asked)


def told(found: Overview) -> dict[str, list[str]]:
    """Name of each branch and its strips in words."""
    return {
        line.name: [f"{strip.subject.code}: {strip.told}" for strip in line.strips if strip.total]
        for line in found.lines
    }


def test_each_branch_tells_its_plan_people_and_hamlets(committee: Organization) -> None:
    assert told(overview(make_office(), committee)) == {
        "Chi bộ 1": ["ke-hoach: 1 mới có dự thảo", "phan-cong: 2 chưa có việc", "thon-to: 1 có tổ chức đảng"],
        "Chi bộ 2": ["ke-hoach: 1 chưa có kế hoạch", "phan-cong: 1 chưa có việc"],
        f"{committee.name}, tính riêng": ["thon-to: 1 chưa có tổ chức đảng"],
    }


def test_the_whole_is_the_sum_of_the_branches(committee: Organization) -> None:
    found = overview(make_office(), committee)
    for number, subject in enumerate(SUBJECTS):
        parts = [
            strip.total or 0 for line in found.lines for strip in line.strips if strip.subject is subject
        ]
        assert found.whole[number].total == sum(parts)


def test_subjects_with_nothing_to_tell_take_no_column(committee: Organization) -> None:
    assert [one.code for one in overview(make_office(), committee).subjects] == [
        "ke-hoach",
        "phan-cong",
        "thon-to",
    ]


def test_a_filter_leaves_the_branches_it_names(committee: Organization) -> None:
    found = overview(make_office(), committee, "ke-hoach.chua-co")
    assert [line.name for line in found.lines] == ["Chi bộ 2"]
    assert ("ke-hoach.chua-co", "Chưa có kế hoạch", 1) in found.filters
    assert overview(make_office(), committee, "la").asked == ""


def test_every_part_of_the_page_is_a_column_of_the_sheet(committee: Organization) -> None:
    base = base_for(make_office(), root_id=committee.pk, day=TODAY, tree=Tree.THEN)
    assert base is not None
    known = set(table_of(base, OVERVIEW).total)
    used = {column for subject in SUBJECTS for part in subject.parts for column in part.columns}
    assert used - known == set()
    assert set(FILTERS) - known == set()


def test_every_number_opens_as_many_rows(client: Client, committee: Organization) -> None:
    client.force_login(make_office_user(committee))
    found = client.get(reverse("overview:place")).context["overview"]
    looked = 0
    for strips in [found.whole, *(line.strips for line in found.lines)]:
        for strip in strips:
            for share in strip.shares:
                if share.count and len(share.part.columns) == 1:
                    assert client.get(share.address).context["page"].total == share.count
                    looked += 1
    assert looked == 11


def test_a_reader_without_the_files_is_told_no_small_number(committee: Organization) -> None:
    actor = make_actor("committee", committee.path)
    found = overview(actor, committee)
    listed = overview(make_actor("office", committee.path), committee)
    assert (found.is_full, listed.is_full) == (True, True)


def test_the_page_asks_as_often_for_five_cells_as_for_two(committee: Organization) -> None:
    office = make_actor("office", committee.path)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            overview(office, committee)
        return len(queries)

    before = asked()
    for _ in range(3):
        make_member(make_cell(parent=committee))
    assert asked() == before


def test_notes_of_the_year_stand_beside_the_cell_they_were_written_to(committee: Organization) -> None:
    office = make_actor("office", committee.path)
    cell = Organization.objects.get(name="Chi bộ 2")
    write_note(cell, kind=NoteKind.PRAISE, text="Tốt.", by=office)
    assert {line.name: line.notes for line in overview(office, committee).lines} == {
        "Chi bộ 1": 0,
        "Chi bộ 2": 1,
        f"{committee.name}, tính riêng": 0,
    }


def test_a_secretary_sees_the_own_cell_alone(client: Client, committee: Organization) -> None:
    cell = Organization.objects.get(name="Chi bộ 2")
    client.force_login(make_secretary_user(cell))
    page = client.get(reverse("overview:place"))
    assert [line.name for line in page.context["overview"].lines] == ["Chi bộ 2"]
    assert page.context["writable"] == set()
    assert client.get(reverse("overview:place"), {"to-chuc": parent_of(cell).pk}).status_code == 404
