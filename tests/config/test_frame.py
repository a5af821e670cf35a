"""The frame of every page: sections one may open, where one is, and pages for what went wrong."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings

from phancong.config.navigation import navigation_for
from tests.factories import (
    make_actor,
    make_cell,
    make_member,
    make_office_user,
    make_secretary_user,
    make_user,
)

NAMES = {
    "home": "Việc hôm nay",
    "log": "Nhật ký và toàn vẹn",
    "anchors": "Mốc neo nhật ký",
    "plans": "Phân công công tác",
    "members": "Danh sách đảng viên",
    "tree": "Tổ chức đảng",
    "import": "Nhập từ Excel",
    "accounts": "Tài khoản",
    "roles": "Vai trò",
    "lend": "Ủy quyền",
    "jobs": "Việc chạy nền",
    "requests": "Yêu cầu về dữ liệu",
    "own data": "Dữ liệu của tôi",
    "own work": "Việc của tôi",
    "own year": "Việc trong năm của tôi",
    "meetings": "Sinh hoạt chi bộ",
    "following": "Theo dõi, đôn đốc",
    "year": "Việc trong năm",
    "figures": "Số liệu",
    "overview": "Toàn cảnh",
    "notes": "Biểu dương, nhắc nhở",
    "reviews": "Kiểm điểm, xếp loại",
    "transfers": "Chuyển sinh hoạt",
    "hamlets": "Thôn, tổ dân phố",
    "own review": "Kiểm điểm của tôi",
    "rebuilding": "Sắp xếp tổ chức",
}

WORK = ("plans", "meetings", "following", "year", "reviews", "overview", "notes", "figures")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "sections"),
    [
        (None, ["home"]),
        ("member", ["home", "plans", "meetings", "tree"]),
        ("committee", ["home", *WORK, "members", "transfers", "hamlets", "tree"]),
        ("secretary", ["home", *WORK, "members", "transfers", "hamlets", "tree", "lend", "jobs", "log"]),
        (
            "office",
            [
                "home",
                *WORK,
                "members",
                "transfers",
                "hamlets",
                "tree",
                "rebuilding",
                "import",
                "accounts",
                "roles",
                "jobs",
                "requests",
                "anchors",
            ],
        ),
        ("technician", ["home", "accounts"]),
    ],
)
def test_each_role_finds_exactly_its_sections(role: str | None, sections: list[str]) -> None:
    navigation = navigation_for(make_actor(role), current="/")
    assert [item.label for item in navigation.items] == [NAMES[section] for section in sections]


@pytest.mark.django_db
def test_only_who_is_a_member_finds_their_own_data_in_the_menu() -> None:
    member = make_member(make_cell())
    actor = replace(make_actor("office"), member_id=member.pk)
    labels = {
        kind: [item.label for item in navigation_for(one, current="/").items]
        for kind, one in {"member": actor, "account": make_actor("office")}.items()
    }
    assert set(labels["member"]) - set(labels["account"]) == {
        NAMES[name] for name in ("own data", "own work", "own year", "own review")
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/", "home"),
        ("/dang-vien/7/", "members"),
        ("/dang-vien/nhap/3/", "import"),
        ("/phan-cong/1/2026/", "plans"),
    ],
)
def test_the_section_of_a_page_is_marked_and_no_other(path: str, section: str) -> None:
    navigation = navigation_for(make_actor("office"), current=path)
    assert [item.label for item in navigation.items if item.is_current] == [NAMES[section]]


@pytest.mark.django_db
def test_the_frame_says_who_one_is_and_where(client: Client) -> None:
    cell = make_cell(name="Chi bộ buôn Thử")
    client.force_login(make_secretary_user(cell))
    navigation = client.get("/").context["navigation"]
    assert (navigation.role, navigation.place) == ("Bí thư, phó bí thư chi bộ", "Chi bộ buôn Thử")


@pytest.mark.django_db
def test_every_page_carries_help_a_way_out_and_a_way_past_the_menu(
    client: Client, settings: Settings
) -> None:
    settings.HELP_PHONE = "0269 3 111 222"
    client.force_login(make_office_user(make_cell()))
    page = client.get("/to-chuc/").content.decode()
    for part in ('href="tel:02693111222"', 'action="/thoat/"', 'href="#noi-dung"', "data-print"):
        assert part in page


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("path", ["/dang-vien/999999/", "/khong-co-trang-nay/"])
def test_what_is_not_there_is_answered_in_vietnamese_even_while_trying_out(
    client: Client, settings: Settings, path: str, debug: bool
) -> None:
    settings.DEBUG = debug
    client.force_login(make_user(make_member()))
    response = client.get(path)
    assert response.status_code == 404
    assert "hoặc đồng chí chưa được giao xem mục này" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_a_page_of_trouble_stands_without_any_context(name: str) -> None:
    page = render_to_string(name)
    assert "Văn phòng Đảng ủy, ĐT" in page
    assert page.count("<h1>") == 1


@pytest.mark.django_db
def test_a_form_sent_from_elsewhere_is_refused_with_a_way_out() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/dang-nhap/", {"person": 1})
    assert response.status_code == 403
    assert "Chưa gửi được" in response.content.decode()


@pytest.mark.django_db
def test_an_address_without_its_last_stroke_still_leads_there(client: Client) -> None:
    client.force_login(make_user(make_member()))
    assert client.get("/to-chuc")["Location"] == "/to-chuc/"
