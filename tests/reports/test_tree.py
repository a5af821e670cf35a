"""The tree of organisations: figures that add up, on any day, only where one may look."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.members.enums import Status
from phancong.members.models import Membership, StatusPeriod
from phancong.organizations.models import Organization
from phancong.planning.models import Plan
from phancong.reports import organization_tree
from phancong.reports.organization_tree import Flag, Node, RollCounts, ToldCounts, tree_for
from tests.factories import (
    TODAY,
    make_actor,
    make_cell,
    make_committee,
    make_member,
    make_office,
    make_office_user,
    make_organization,
    make_post,
    make_secretary_user,
    make_user,
    moment,
)

pytestmark = pytest.mark.django_db


def _all(nodes: list[Node]) -> list[Node]:
    return [found for node in nodes for found in (node, *_all(node.children))]


def test_each_organisation_counts_itself_and_everything_below_it() -> None:
    ward = make_organization("ward", name="Phường")
    committee = make_committee(parent=ward, name="Đảng bộ A")
    one = make_cell(parent=committee, name="Chi bộ 1")
    two = make_cell(parent=committee, name="Chi bộ 2")
    make_member(one)
    make_member(one, status=Status.PROBATIONARY, official_on=None)
    make_member(two, status=Status.EXEMPT)
    make_member(two, status=Status.SUSPENDED)
    make_member(two, status=Status.DECEASED)
    tree = tree_for(make_office(), TODAY)
    assert {node.row.name: node.counts for node in _all(tree.roots)} == {
        "Phường": RollCounts(1, 1, 1, 1),
        "Đảng bộ A": RollCounts(1, 1, 1, 1),
        "Chi bộ 1": RollCounts(1, 1, 0, 0),
        "Chi bộ 2": RollCounts(0, 0, 1, 1),
    }
    assert (tree.counts.total, tree.grassroots, tree.cells) == (4, 1, 2)


def test_somebody_who_moved_counts_once_and_where_they_are_now() -> None:
    committee = make_committee()
    before, now = make_cell(parent=committee, name="Trước"), make_cell(parent=committee, name="Sau")
    member = make_member(before)
    Membership.objects.filter(member=member).update(valid_until=date(2026, 3, 1))
    Membership.objects.create(member=member, cell=now, kind="official", valid_from=date(2026, 3, 1))
    StatusPeriod.objects.filter(member=member).update(valid_until=date(2026, 2, 1))
    StatusPeriod.objects.create(member=member, status=Status.REDUCED, valid_from=date(2026, 2, 1))
    tree = tree_for(make_office(), TODAY)
    assert {node.row.name: node.counts.total for node in _all(tree.roots)[-2:]} == {"Sau": 1, "Trước": 0}
    assert (tree.counts.total, tree.closes) == (1, True)


def test_totals_that_do_not_close_are_said(client: Client) -> None:
    cell = make_cell()
    member = make_member(cell)
    make_member(cell)
    StatusPeriod.objects.filter(member=member).update(valid_from=date(2099, 1, 1))
    client.force_login(make_office_user(cell))
    page = client.get("/to-chuc/").content.decode()
    assert "2 đồng chí có chi bộ ≠ 1 đồng chí có trạng thái" in page


def test_a_past_day_shows_what_stood_then() -> None:
    committee = make_committee(name="Đảng bộ A")
    make_cell(parent=committee, name="Chi bộ mới", founded_on=date(2026, 3, 1))
    assert [node.row.name for node in _all(tree_for(make_office(), date(2026, 2, 28)).roots)][
        -1
    ] == "Đảng bộ A"
    assert [node.row.name for node in _all(tree_for(make_office(), date(2026, 3, 1)).roots)][
        -1
    ] == "Chi bộ mới"


def test_a_cell_says_what_it_lacks() -> None:
    committee = make_committee()
    whole, bare = make_cell(parent=committee, name="Đủ"), make_cell(parent=committee, name="Thiếu")
    members = [make_member(whole) for _ in range(3)]
    make_member(bare)
    make_post(members[0], whole)
    Plan.objects.create(cell=whole, year=TODAY.year, drafted_at=moment())
    tree = tree_for(make_office(), TODAY)
    assert {flag: [node.row.id for node in nodes] for flag, nodes in tree.flagged.items()} == {
        Flag.NO_SECRETARY: [bare.pk],
        Flag.TOO_FEW: [bare.pk],
        Flag.NO_PLAN: [bare.pk],
    }


def test_a_big_tree_is_cut_below_its_second_level_and_keeps_its_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(organization_tree, "SHOWN_AT_ONCE", 2)
    ward = make_organization("ward")
    committee = make_committee(parent=ward)
    make_member(make_cell(parent=committee))
    tree = tree_for(make_office(), TODAY)
    assert [(node.row.id, node.is_cut, node.counts.total) for node in _all(tree.roots)] == [
        (ward.pk, False, 1),
        (committee.pk, True, 1),
    ]


def test_a_secretary_sees_their_own_cell_alone() -> None:
    committee = make_committee()
    own = make_cell(parent=committee)
    make_cell(parent=committee)
    tree = tree_for(make_actor("secretary", own.path), TODAY)
    assert [node.row.id for node in _all(tree.roots)] == [own.pk]


def test_a_stranger_finds_no_tree(client: Client) -> None:
    make_cell()
    client.force_login(make_user())
    assert client.get("/to-chuc/").status_code == 404


def test_a_member_sees_their_own_cell(client: Client) -> None:
    member = make_member()
    make_cell()
    client.force_login(make_user(member))
    tree = client.get("/to-chuc/").context["tree"]
    assert [node.row.id for node in _all(tree.roots)] == [member.cell_id]


@pytest.mark.parametrize("who", ["secretary", "sister"])
def test_the_page_of_an_organisation_is_open_where_one_may_look(client: Client, who: str) -> None:
    committee = make_committee()
    own, sister = make_cell(parent=committee, name="Chi bộ của tôi"), make_cell(parent=committee)
    client.force_login(make_secretary_user(own if who == "secretary" else sister))
    assert client.get(f"/to-chuc/{own.pk}/").status_code == (200 if who == "secretary" else 404)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("32/1/2020", "32/1/2020"),
        ("1/1/2999", "Ngày phải là hôm nay hoặc trước đó."),
        ("1/1/1901", "Phần mềm chưa có quy định của ngày này."),
    ],
)
def test_a_day_that_cannot_be_is_answered_with_a_way_out(client: Client, text: str, sentence: str) -> None:
    client.force_login(make_office_user(make_cell()))
    response = client.get("/to-chuc/", {"ngay": text})
    assert sentence in response.context["form"].errors["ngay"][0]


@pytest.mark.parametrize("cells", [1, 3])
def test_the_tree_asks_the_database_as_often_for_three_cells_as_for_one(
    client: Client, cells: int, django_assert_num_queries: Any
) -> None:
    committee = make_committee()
    for _ in range(cells):
        make_member(make_cell(parent=committee))
    client.force_login(make_office_user(committee))
    with django_assert_num_queries(9):
        client.get("/to-chuc/")


def test_a_member_is_not_told_how_few_of_their_cell_have_a_rare_status(cell: Organization) -> None:
    for status in (Status.OFFICIAL,) * 5 + (Status.SUSPENDED,):
        make_member(cell, status=status)
    seen = {
        role: tree_for(make_actor(role, cell.path), TODAY).roots[0].counts for role in ("member", "secretary")
    }
    assert seen == {
        "member": ToldCounts(total=6, official=None, probationary=0, exempt=0, suspended=None),
        "secretary": RollCounts(official=5, suspended=1),
    }


def test_only_the_role_of_one_cell_sees_figures_without_the_list() -> None:
    """Figures of several organisations could be subtracted from each other; no role may come to that unnoticed."""
    figures = {code for code, role in ROLES.items() if Permission.ORGANIZATION_SEE in role.permissions}
    listed = {code for code, role in ROLES.items() if Permission.MEMBER_LIST in role.permissions}
    assert figures - listed == {"member"}
