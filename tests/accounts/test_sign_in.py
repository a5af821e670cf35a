"""Signing in as a sample person: only in the demonstration."""

import pytest
from django.test import Client
from pytest_django import Settings

from phancong.audit.models import AuditEntry
from tests.factories import make_cell, make_member, make_office_user, make_secretary_user, make_user

pytestmark = pytest.mark.django_db
WORDS_OF_REFUSAL = "Chỉ bản chạy thử mới cho chọn người để vào."


def test_the_demonstration_lets_a_sample_person_in_and_notes_it(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    user = make_secretary_user(make_cell())
    response = client.post("/dang-nhap/", {"person": user.pk})
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last is not None
    assert (last.action, last.subject) == ("sign_in_as_sample", f"user:{user.pk}")


def test_a_real_installation_refuses_to_let_a_sample_person_in(client: Client) -> None:
    user = make_secretary_user(make_cell())
    response = client.post("/dang-nhap/", {"person": user.pk})
    assert WORDS_OF_REFUSAL in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_real_installation_names_nobody(client: Client) -> None:
    user = make_secretary_user(make_cell())
    page = client.get("/dang-nhap/").content.decode()
    assert str(user) not in page
    assert str(user) not in page


@pytest.mark.parametrize("person", ["", "999999", "x"])
def test_an_unknown_person_is_answered_with_a_way_out(
    client: Client, settings: Settings, person: str
) -> None:
    settings.DEMO = True
    page = client.post("/dang-nhap/", {"person": person}).content.decode()
    assert "Chọn một người trong danh sách." in page
    assert "_auth_user_id" not in client.session


def test_people_are_shown_by_role_and_cell(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    cell = make_cell(name="Chi bộ buôn Thử")
    make_user(make_member(cell, full_name="Siu Y Thương"))
    make_secretary_user(cell)
    make_office_user(cell)
    groups = client.get("/dang-nhap/").context["groups"]
    assert [(group.name, len(group.people)) for group in groups] == [
        ("Văn phòng, ban xây dựng Đảng", 1),
        ("Bí thư, phó bí thư chi bộ", 1),
        ("Đảng viên", 1),
    ]


@pytest.mark.parametrize("words", ["thuong", "THƯƠNG siu", "buon thu"])
def test_somebody_is_found_by_name_or_cell_without_marks(
    client: Client, settings: Settings, words: str
) -> None:
    settings.DEMO = True
    make_user(make_member(make_cell(name="Chi bộ buôn Thử"), full_name="Siu Y Thương"))
    make_user(make_member(make_cell(name="Chi bộ trường học"), full_name="Nguyễn Văn Nam"))
    groups = client.get("/dang-nhap/", {"tim": words}).context["groups"]
    assert [person.name for group in groups for person in group.people] == ["Siu Y Thương"]


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_after_signing_in_nobody_is_led_to_another_site(
    client: Client, settings: Settings, wanted: str
) -> None:
    settings.DEMO = True
    user = make_secretary_user(make_cell())
    assert client.post("/dang-nhap/", {"person": user.pk, "next": wanted})["Location"] == "/"


def test_signing_out_ends_the_session(client: Client) -> None:
    client.force_login(make_secretary_user(make_cell()))
    assert client.post("/thoat/")["Location"] == "/dang-nhap/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/", "/to-chuc/", "/dang-vien/", "/dang-vien/1/", "/viec-chay-nen/"])
def test_a_guest_is_led_to_the_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/dang-nhap/?next={path}"
