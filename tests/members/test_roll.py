"""The list of members: who sees whom, in which order, page by page."""

from typing import Any

import pytest
from django.test import Client

from phancong.accounts.models import User
from phancong.members import queries
from phancong.members.enums import Status
from tests.factories import (
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_secretary_user,
    make_user,
)

pytestmark = pytest.mark.django_db


def _names(client: Client, user: User, **query: Any) -> list[str]:
    client.force_login(user)
    return [row["full_name"] for row in client.get("/dang-vien/", query).context["rows"]]


def test_a_secretary_sees_exactly_their_own_cell(client: Client) -> None:
    committee = make_committee()
    own, sister = make_cell(parent=committee), make_cell(parent=committee)
    secretary = make_secretary_user(own)
    make_member(own, full_name="Rah Lan H'Bia")
    make_member(sister, full_name="Người Chi Bộ Bên")
    assert sorted(_names(client, secretary)) == sorted(["Rah Lan H'Bia", str(secretary.member)])


def test_the_secretary_of_a_sister_cell_sees_theirs(client: Client) -> None:
    committee = make_committee()
    own, sister = make_cell(parent=committee), make_cell(parent=committee)
    make_member(own)
    sister_secretary = make_secretary_user(sister)
    assert _names(client, sister_secretary) == [str(sister_secretary.member)]


def test_a_member_without_a_post_finds_no_list(client: Client) -> None:
    client.force_login(make_user(make_member()))
    assert client.get("/dang-vien/").status_code == 404


def test_a_stranger_without_any_role_finds_no_list(client: Client) -> None:
    client.force_login(make_user())
    assert client.get("/dang-vien/").status_code == 404


def test_the_office_sees_everybody_on_the_roll_of_its_committee(client: Client) -> None:
    committee = make_committee()
    here = make_member(make_cell(parent=committee))
    make_member(make_cell(parent=committee), status=Status.TRANSFERRED)
    make_member(make_cell())
    assert _names(client, make_office_user(committee)) == [here.full_name]


def test_names_stand_in_the_order_of_vietnamese_given_names(client: Client) -> None:
    cell = make_cell()
    for name in (
        "Nguyễn Văn Đăng",
        "Trần Thị Hòa",
        "Lê Dũng",
        "Phạm Dung",
        "Bùi Ánh",
        "An Ẩn",
        "Nguyễn Thị Hoà",
    ):
        make_member(cell, full_name=name)
    assert _names(client, make_office_user(cell)) == [
        "Bùi Ánh", "An Ẩn", "Phạm Dung", "Lê Dũng", "Nguyễn Văn Đăng", "Nguyễn Thị Hoà", "Trần Thị Hòa",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["hoa", "HÒA", "tran hoa", "00001234"])
def test_a_name_is_found_without_marks_and_by_card_number(client: Client, words: str) -> None:
    cell = make_cell()
    make_member(cell, full_name="Trần Thị Hoà", card_number="00001234")
    make_member(cell, full_name="Lê Dũng")
    assert _names(client, make_office_user(cell), tim=words) == ["Trần Thị Hoà"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("chi_bo", "{cell}"), ("dien", "exempt"), ("trang_thai", "exempt"), ("so_the", "chua")],
)
def test_each_filter_keeps_exactly_those_that_match(client: Client, name: str, value: str) -> None:
    committee = make_committee()
    cell = make_cell(parent=committee)
    wanted = make_member(cell, status=Status.EXEMPT, category="exempt")
    make_member(make_cell(parent=committee), card_number="00001234")
    asked = {name: value.format(cell=cell.pk)}
    assert _names(client, make_office_user(committee), **asked) == [wanted.full_name]


def test_cells_too_many_to_choose_from_are_not_all_sent_yet_one_can_be_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_CELLS", 1)
    committee = make_committee()
    one, two = make_cell(parent=committee), make_cell(parent=committee)
    wanted = make_member(one)
    make_member(two)
    assert _names(client, make_office_user(committee), chi_bo=one.pk) == [wanted.full_name]
    form = client.get("/dang-vien/").context["form"]
    assert form.fields["chi_bo"].choices == [("", "Tất cả")]


def test_a_filter_of_an_unknown_value_counts_as_not_asked(client: Client) -> None:
    cell = make_cell()
    member = make_member(cell)
    assert _names(client, make_office_user(cell), chi_bo="abc", dien="?", sau="-1") == [member.full_name]


def test_an_empty_answer_offers_to_drop_each_filter(client: Client) -> None:
    cell = make_cell()
    client.force_login(make_office_user(cell))
    response = client.get("/dang-vien/", {"tim": "khong ai", "so_the": "chua"})
    assert response.context["chips"] == [
        ("Tìm theo tên hoặc số thẻ: “khong ai”", "?so_the=chua"),
        ("Số thẻ: Chưa có số thẻ", "?tim=khong+ai"),
    ]
    assert "Không có đồng chí nào khớp." in response.content.decode()


def test_pages_follow_each_other_without_a_gap_or_a_double(client: Client) -> None:
    cell = make_cell()
    for number in range(120):
        make_member(cell, full_name=f"Nguyễn Văn {'Ab'[number % 2]}")
    client.force_login(make_office_user(cell))
    seen, path = [], "/dang-vien/"
    while path:
        response = client.get(path)
        seen += [row["id"] for row in response.context["rows"]]
        path = response.context["next_url"] and "/dang-vien/" + response.context["next_url"]
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    cell = make_cell()
    for _ in range(rows):
        make_member(cell)
    client.force_login(make_office_user(cell))
    with django_assert_num_queries(8):
        client.get("/dang-vien/")
