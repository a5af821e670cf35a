"""The pages of the import: who may see them, and a list brought in from the file to the last button."""

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from phancong.access.permissions import Permission
from phancong.access.roles import OFFICE, ROLES
from phancong.jobs.models import Job
from phancong.members.models import Member, RosterImport
from phancong.members.views import imports
from phancong.organizations.models import Organization
from phancong.planning.models import Plan, Unmet
from tests.factories import (
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_secretary_user,
    make_user,
    moment,
)
from tests.members.test_roster_import import AN, NGA, book, prepared, written
from tests.members.test_sheets import book as sheets

pytestmark = pytest.mark.django_db
WRONG = [*NGA[:1], "30/2/1985", *NGA[2:]]


@pytest.fixture
def committee() -> Organization:
    committee = make_committee(name="Đảng bộ xã Thử")
    make_cell(parent=committee, name="Chi bộ thôn 1")
    return committee


@pytest.fixture
def office(client: Client, committee: Organization) -> Client:
    client.force_login(make_office_user(committee))
    return client


def send(client: Client, content: bytes, committee: Organization) -> RosterImport:
    file = SimpleUploadedFile("Danh sách.xlsx", content)
    answer = client.post(reverse("members:import_start"), {"tep": file, "dang_bo": committee.pk})
    assert answer.status_code == 302, answer.content.decode()
    return RosterImport.objects.latest("pk")


def test_a_list_goes_from_the_file_to_the_members_and_back(office: Client, committee: Organization) -> None:
    kept = send(office, book(AN, NGA), committee)
    page = office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    assert "Ghi 2 dòng" in page
    assert Member.objects.count() == 0
    office.post(reverse("members:import_write", args=[kept.pk]))
    assert Member.objects.count() == 2
    question = office.get(reverse("members:import_undo", args=[kept.pk])).content.decode()
    assert "2 đồng chí đã thêm" in question
    office.post(reverse("members:import_undo", args=[kept.pk]))
    assert Member.objects.count() == 0
    assert "Đã hoàn tác" in office.get(reverse("members:import_start")).content.decode()
    page = office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    assert ("2 hồ sơ trở lại như trước" in page, "Thêm mới" in page) == (True, False)


def test_a_list_with_a_mistake_offers_the_marked_file_and_the_right_rows(
    office: Client, committee: Organization
) -> None:
    kept = send(office, book(AN, WRONG), committee)
    page = office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    assert "Tải tệp đã đánh dấu lỗi (1)" in page
    assert "Chỉ ghi 1 dòng đúng" in page
    answer = office.get(reverse("members:import_marked", args=[kept.pk]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]  # type: ignore[attr-defined]
    assert sheet["A1"].value == "Lỗi"
    refused = office.post(reverse("members:import_write", args=[kept.pk]))
    assert (refused.status_code, Member.objects.count()) == (422, 0)
    office.post(reverse("members:import_write", args=[kept.pk]), {"dong": "dung"})
    assert Member.objects.count() == 1
    assert (
        "Còn 1 dòng có lỗi" in office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    )
    assert office.get(reverse("members:import_marked", args=[kept.pk])).status_code == 200


def test_a_pasted_table_is_previewed(office: Client, committee: Organization) -> None:
    pasted = "Họ và tên\tNgày sinh\tNgày vào Đảng\tChi bộ\nSiu H'Bia\t1/3/1985\t3/2/2010\tthôn 1\n"
    answer = office.post(
        reverse("members:import_start"), {"bang": pasted, "dang_bo": committee.pk}, follow=True
    )
    assert "Siu H&#x27;Bia" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Chưa có tệp"),
        ({"bang": "xin chào"}, "Không tìm thấy dòng tiêu đề"),
        (
            {"tep": SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99)},
            "dạng .xls cũ",
        ),
        ({"tep": SimpleUploadedFile("a.xlsx", b"PK"), "bang": "Họ và tên"}, "Có cả tệp và bảng dán"),
        ({"tep": SimpleUploadedFile("a.xlsx", b"")}, "Tệp Excel đã chọn không có gì"),
        ({"bang": "Họ\0tên"}, "Bảng dán có ký tự rỗng"),
        ({"bang": "Họ và tên", "chi_bo": "0"}, "Ô “Chi bộ của cả bảng” không có chi bộ đó"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(
    office: Client, committee: Organization, data: dict[str, object], words: str
) -> None:
    answer = office.post(reverse("members:import_start"), {**data, "dang_bo": committee.pk})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RosterImport.objects.filter(state=RosterImport.State.PREVIEWED).exists()


def test_a_big_list_is_read_and_written_as_long_work(
    office: Client, committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "BYTES_AT_ONCE", 100)
    send(office, book(AN), committee)
    assert Job.objects.get().kind == "read_roster"
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 0)
    kept = prepared(book(AN, NGA), committee)
    office.post(reverse("members:import_write", args=[kept.pk]))
    assert Job.objects.latest("pk").kind == "import_roster"


def test_the_template_is_a_file_to_download(office: Client) -> None:
    answer = office.get(reverse("members:import_template"))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''M%E1%BA%ABu")


def test_imports_exist_only_for_the_office_of_the_place(client: Client, committee: Organization) -> None:
    kept = prepared(book(AN), committee)
    cell = Organization.objects.get(name="Chi bộ thôn 1")
    people = {
        "office": make_office_user(committee),
        "secretary": make_secretary_user(cell),
        "office of the sister": make_office_user(make_committee()),
        "stranger": make_user(make_member()),
    }
    names = ("detail", "marked", "undo")
    seen = {}
    for who, user in people.items():
        client.force_login(user)
        seen[who] = {
            client.get(reverse(f"members:import_{name}", args=[kept.pk])).status_code for name in names
        }
        seen[who].add(client.get(reverse("members:import_start")).status_code)
    assert seen == {
        "office": {200, 302},  # an import not yet written has nothing to undo
        "secretary": {404},
        "office of the sister": {404, 200},
        "stranger": {404},
    }


@pytest.mark.parametrize("name", ["write", "cancel", "sheet", "found", "days", "again"])
def test_acts_take_posts_only(office: Client, committee: Organization, name: str) -> None:
    kept = prepared(book(AN), committee)
    assert office.get(reverse(f"members:import_{name}", args=[kept.pk])).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_the_same_number_of_questions(
    office: Client, committee: Organization, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        prepared(book(AN), committee)
    with django_assert_max_num_queries(12):
        assert office.get(reverse("members:import_start")).status_code == 200


def test_one_of_several_rosters_is_chosen_and_the_others_are_named(
    office: Client, committee: Organization
) -> None:
    rows = [["Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Chi bộ"], [*AN[:3], AN[4]]]
    kept = send(office, sheets(CB1=rows, CB2=[*rows, ["Siu H'Bia", *AN[1:3], AN[4]]]), committee)
    url = reverse("members:import_detail", args=[kept.pk])
    page = office.get(url).content.decode()
    assert ('value="CB1"' in page, 'value="CB2"' in page, "2 dòng" in page) == (True, True, True)
    choose = reverse("members:import_sheet", args=[kept.pk])
    assert office.post(choose, {"trang": "Khác"}).status_code == 422
    page = office.post(choose, {"trang": "CB2"}, follow=True).content.decode()
    assert ("Ghi 2 dòng" in page, "trang “CB2” (tệp còn trang “CB1”" in page) == (True, True)


def test_missing_cells_are_founded_from_the_preview(office: Client, committee: Organization) -> None:
    kept = send(office, book([*AN[:4], "TDP 7", *AN[5:]]), committee)
    assert "TDP 7" in office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    found = reverse("members:import_found", args=[kept.pk])
    assert office.post(found).status_code == 422
    assert "Ghi 1 dòng" in office.post(found, {"chi_bo": "TDP 7"}, follow=True).content.decode()
    assert Organization.objects.filter(name="Chi bộ Tổ dân phố 7", parent=committee).exists()


def test_founding_from_the_preview_asks_for_the_right_to_found(
    office: Client, committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = send(office, book([*AN[:4], "TDP 7", *AN[5:]]), committee)
    only_import = replace(OFFICE, permissions=OFFICE.permissions - {Permission.ORGANIZATION_CHANGE})
    monkeypatch.setitem(ROLES, "office", only_import)
    page = office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    assert ("TDP 7" in page, "Thành lập chi bộ" in page) == (True, False)
    answer = office.post(reverse("members:import_found", args=[kept.pk]), {"chi_bo": "TDP 7"})
    assert answer.status_code == 422
    assert "chưa được giao việc thay đổi tổ chức đảng" in answer.content.decode()
    assert not Organization.objects.filter(name="Chi bộ Tổ dân phố 7").exists()


def test_a_file_that_cannot_be_read_says_so_in_the_history(office: Client, committee: Organization) -> None:
    office.post(reverse("members:import_start"), {"bang": "xin chào", "dang_bo": committee.pk})
    kept = RosterImport.objects.get()
    assert (kept.state, bytes(kept.content)) == (RosterImport.State.UNREADABLE, b"")
    assert "Không đọc được" in office.get(reverse("members:import_start")).content.decode()
    page = office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    assert "Không tìm thấy dòng tiêu đề" in page


def test_a_preview_that_no_longer_holds_is_renewed_and_writes_nothing(
    office: Client, committee: Organization
) -> None:
    kept = send(office, book(AN, NGA), committee)
    written(book(AN), committee)
    answer = office.post(reverse("members:import_write", args=[kept.pk]))
    page = answer.content.decode()
    assert (answer.status_code, Member.objects.count()) == (422, 1)
    assert ("Danh sách đã thay đổi từ lúc xem trước" in page, "Ghi 1 dòng" in page) == (True, True)


def test_a_preview_is_read_again_on_demand(office: Client, committee: Organization) -> None:
    kept = send(office, book(AN, NGA), committee)
    written(book(AN), committee)
    page = office.post(reverse("members:import_again", args=[kept.pk]), follow=True).content.decode()
    assert "Ghi 1 dòng" in page


def test_where_undoing_is_impossible_the_page_says_why_and_leads_there(
    office: Client, committee: Organization
) -> None:
    kept = written(book(AN), committee)
    url = reverse("members:import_detail", args=[kept.pk])
    undo = reverse("members:import_undo", args=[kept.pk])
    assert undo in office.get(url).content.decode()
    cell = Organization.objects.get(name="Chi bộ thôn 1")
    plan = Plan.objects.create(cell=cell, year=2026, drafted_at=moment())
    Unmet.objects.create(plan=plan, member=Member.objects.get(), rule="thu", sentence="Thử")
    page = office.get(url).content.decode()
    assert (undo in page, reverse("planning:board", args=[cell.pk, 2026]) in page) == (False, True)
    assert "Đ/c Nguyễn Văn An đã có trong một kế hoạch phân công" in page
    assert office.get(undo)["Location"] == url
    assert (office.post(undo).status_code, Member.objects.count()) == (422, 1)


def test_the_same_mistake_in_many_cells_is_told_once_with_all_of_them(
    office: Client, committee: Organization
) -> None:
    wrong = [[f"Nguyễn Văn {letter}n", "30/2/1985", *AN[2:]] for letter in "AHKLMNPTVX"]
    kept = send(office, book(*wrong), committee)
    page = office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    assert page.count("Không có ngày 30/2/1985") == 1
    assert "<strong>B2, B3, B4, B5, B6, B7, B8, B9</strong> và 2 ô nữa" in page


def test_the_preview_says_what_would_be_founded(office: Client, committee: Organization) -> None:
    kept = send(office, book([*AN[:4], "TDP 7", *AN[5:]]), committee)
    page = office.get(reverse("members:import_detail", args=[kept.pk])).content.decode()
    assert "Sẽ là: Chi bộ Tổ dân phố 7" in page
    assert "phụ trách Tổ dân phố 7" in page
