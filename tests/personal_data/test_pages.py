"""The pages of one's own data and of the office, and the copies to take home."""

import io
import json
import unicodedata

import pytest
from django.test import Client
from pypdf import PdfReader

from phancong.audit.models import AuditEntry
from phancong.members.enums import LimitKind
from phancong.members.models import Member, WorkLimit, WorkLimitReason
from phancong.organizations.models import Organization
from phancong.personal_data.copying import as_pdf
from phancong.personal_data.models import DataRequest
from tests.factories import (
    TODAY,
    make_member,
    make_office_user,
    make_organization,
    make_secretary_user,
    make_user,
    moment,
    parent_of,
)

pytestmark = pytest.mark.django_db
ME = "/du-lieu-cua-toi/"
VOWELS, TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES) + "đ"


@pytest.fixture
def member(cell: Organization) -> Member:
    member = make_member(cell, full_name="Rah Lan H'Bia")
    limit = WorkLimit.objects.create(member=member, kind=LimitKind.LIGHT_WORK, valid_from=TODAY)
    WorkLimitReason.objects.create(limit=limit, text="vừa mổ tim, ở nhà nuôi mẹ già")
    return member


@pytest.fixture
def me(client: Client, member: Member) -> Client:
    client.force_login(make_user(member))
    return client


def _address(member: Member, field: str = "workplace") -> str:
    return f"{ME}sai/?dong=members.Member:{member.pk}&muc={field}"


def _ask(me: Client, member: Member, wish: str = "Trạm y tế") -> DataRequest:
    answer = me.post(_address(member), {"de-nghi": wish})
    assert answer.status_code == 302
    return DataRequest.objects.get()


def test_a_correction_goes_from_the_line_to_the_list_with_the_day_of_the_answer(
    me: Client, member: Member
) -> None:
    page = me.get(ME).content.decode()
    assert f"/du-lieu-cua-toi/sai/?dong=members.Member%3A{member.pk}&amp;muc=workplace" in page
    asked = _ask(me, member)
    page = me.get(f"{ME}yeu-cau/").content.decode()
    assert f"Văn phòng sẽ trả lời trước {asked.due_on:%d/%m/%Y}." in page
    assert "Trạm y tế" in page


def test_a_wrong_wish_is_said_and_kept_in_the_form(me: Client, member: Member) -> None:
    page = me.post(_address(member, "birth_date"), {"de-nghi": "32/1/1980"})
    assert page.context["refusal"]
    assert page.context["wish"] == "32/1/1980"
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize("query", ["", "?dong=members.Member:0&muc=workplace", "?dong=x&muc=y"])
def test_a_line_that_is_not_ones_own_does_not_exist(me: Client, query: str) -> None:
    assert me.get(f"{ME}sai/{query}").status_code == 404


def test_the_line_of_another_person_does_not_exist(me: Client, cell: Organization) -> None:
    assert me.get(_address(make_member(cell))).status_code == 404


def test_an_objection_is_sent_and_withdrawn(me: Client) -> None:
    sent = me.post(
        f"{ME}phan-doi/",
        {"kieu": "erasure", "phan": "members.WorkLimitReason", "de-nghi": "Tôi đã khỏe lại rồi."},
    )
    assert sent.status_code == 302
    asked = DataRequest.objects.get()
    me.post(f"{ME}yeu-cau/{asked.pk}/rut/")
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_an_objection_without_a_kind_is_said_and_keeps_the_words(me: Client) -> None:
    page = me.post(f"{ME}phan-doi/", {"phan": "members.Wish", "de-nghi": "Tôi không cần nữa."})
    assert "Chưa chọn loại yêu cầu" in page.context["refusal"]
    assert page.context["wish"] == "Tôi không cần nữa."


def test_nobody_withdraws_the_request_of_another(me: Client, member: Member, cell: Organization) -> None:
    asked = _ask(me, member)
    other = Client()
    other.force_login(make_user(make_member(cell)))
    assert other.post(f"{ME}yeu-cau/{asked.pk}/rut/").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "ai-duoc-xem/", "ai-da-xem/", "yeu-cau/", "phan-doi/", "ban-cua-toi.json", "ban-cua-toi.pdf"]
)
def test_every_page_of_ones_own_data_is_for_members_alone(client: Client, me: Client, path: str) -> None:
    assert me.get(ME + path).status_code == 200
    client.force_login(make_user())
    assert client.get(ME + path).status_code == 404


def test_the_json_copy_holds_what_the_page_holds_and_its_taking_is_noted(me: Client, member: Member) -> None:
    answer = me.get(f"{ME}ban-cua-toi.json")
    copy = json.loads(answer.content)
    assert copy["ho_va_ten"] == "Rah Lan H'Bia"
    assert "vừa mổ tim, ở nhà nuôi mẹ già" in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    line = AuditEntry.objects.get(action="data_copy_taken")
    assert (line.subject, line.detail) == (f"member:{member.pk}", {"form": "json"})


def test_the_pdf_copy_can_be_read_with_every_vietnamese_letter(member: Member) -> None:
    member.occupation, member.workplace = LETTERS, LETTERS.upper()
    member.save()
    reader = PdfReader(io.BytesIO(as_pdf(member, now=moment())))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert {letter for letter in LETTERS + LETTERS.upper() if letter not in text} == set()
    assert "vừamổtim,ởnhànuôimẹgià" in text
    assert str(reader.metadata and reader.metadata.title) == "Dữ liệu của tôi"


def test_nothing_in_the_text_acts_as_layout(member: Member) -> None:
    trick = '#read("/etc/passwd") *đậm* $x$ [a] \\ <b>'
    member.workplace = trick
    member.save()
    reader = PdfReader(io.BytesIO(as_pdf(member, now=moment())))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert "".join(trick.split()) in text


def test_the_office_accepts_and_the_file_says_it(me: Client, member: Member, cell: Organization) -> None:
    asked = _ask(me, member)
    office = Client()
    office.force_login(make_office_user(parent_of(cell)))
    page = office.get(f"/yeu-cau-du-lieu/{asked.pk}/").content.decode()
    assert "Trạm y tế" in page
    assert "Chấp nhận, sửa hồ sơ" in page
    assert office.post(f"/yeu-cau-du-lieu/{asked.pk}/", {"viec": "chap-nhan"}).status_code == 302
    member.refresh_from_db()
    assert member.workplace == "Trạm y tế"
    assert "Đã chấp nhận" in me.get(f"{ME}yeu-cau/").content.decode()


@pytest.mark.parametrize("act", ["khong", "gia-han"])
def test_the_office_says_why_and_the_member_reads_it(
    me: Client, member: Member, cell: Organization, act: str
) -> None:
    asked = _ask(me, member)
    office = Client()
    office.force_login(make_office_user(parent_of(cell)))
    without = office.post(f"/yeu-cau-du-lieu/{asked.pk}/", {"viec": act})
    assert "còn ngắn" in without.context["refusal"]
    office.post(f"/yeu-cau-du-lieu/{asked.pk}/", {"viec": act, "loi": "Chờ hồ sơ gốc gửi đến."})
    assert "Chờ hồ sơ gốc gửi đến." in me.get(f"{ME}yeu-cau/").content.decode()


def test_an_unknown_act_is_said(me: Client, member: Member, cell: Organization) -> None:
    asked = _ask(me, member)
    office = Client()
    office.force_login(make_office_user(parent_of(cell)))
    page = office.post(f"/yeu-cau-du-lieu/{asked.pk}/", {"viec": "x"})
    assert "Chưa chọn cách trả lời" in page.context["refusal"]


def test_a_late_answer_is_flagged_in_words(me: Client, member: Member, cell: Organization) -> None:
    asked = _ask(me, member)
    DataRequest.objects.update(due_on=asked.asked_at.date())
    office = Client()
    office.force_login(make_office_user(parent_of(cell)))
    assert "Quá hạn" in office.get("/yeu-cau-du-lieu/").content.decode()
    assert "1 yêu cầu đã quá hạn." in office.get("/").content.decode()
    assert "Quá hạn" in me.get(f"{ME}yeu-cau/").content.decode()


def test_the_first_page_counts_for_the_office_and_tells_the_member(
    me: Client, member: Member, cell: Organization
) -> None:
    asked = _ask(me, member)
    office = Client()
    office.force_login(make_office_user(parent_of(cell)))
    assert f"yêu cầu về dữ liệu cá nhân – hạn {asked.due_on:%d/%m/%Y}" in office.get("/").content.decode()
    assert f"văn phòng sẽ trả lời trước {asked.due_on:%d/%m/%Y}" in me.get("/").content.decode()


def test_other_offices_and_other_roles_find_no_request(
    me: Client, member: Member, cell: Organization
) -> None:
    asked = _ask(me, member)
    secretary, elsewhere = make_secretary_user(cell), make_office_user(make_organization("ward"))
    found = {}
    for name, user in {"secretary": secretary, "elsewhere": elsewhere, "member": member.user}.items():
        visitor = Client()
        visitor.force_login(user)
        found[name] = [
            visitor.get("/yeu-cau-du-lieu/").status_code,
            visitor.get(f"/yeu-cau-du-lieu/{asked.pk}/").status_code,
            visitor.post(f"/yeu-cau-du-lieu/{asked.pk}/", {"viec": "chap-nhan"}).status_code,
        ]
    assert found == {
        "secretary": [404, 404, 404],
        "elsewhere": [200, 404, 404],
        "member": [404, 404, 404],
    }
