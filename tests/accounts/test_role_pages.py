"""The pages of roles: who opens them, what they do, what they never reach."""

from typing import Any

import pytest
from django.test import Client

from phancong.accounts.models import Appointment, User
from phancong.organizations.models import Organization
from tests.factories import (
    make_appointment,
    make_cell,
    make_member,
    make_office_user,
    make_secretary_user,
    make_user,
    parent_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cell: Organization, sister_cell: Organization) -> dict[str, User]:
    return {
        "office": make_office_user(parent_of(cell)),
        "secretary": make_secretary_user(cell),
        "colleague": make_user(make_member(cell)),
        "stranger": make_user(),
        "sister office": make_office_user(sister_cell),
    }


def asked(people: dict[str, User], address: str, method: str = "get", **data: str) -> dict[str, int]:
    found = {}
    for name, user in people.items():
        client = Client()
        client.force_login(user)
        found[name] = getattr(client, method)(address, data).status_code
    return found


def test_the_list_of_roles_is_the_offices(people: dict[str, User]) -> None:
    assert asked(people, "/vai-tro/") == {
        "office": 200, "secretary": 404, "colleague": 404, "stranger": 404, "sister office": 200,
    }  # fmt: skip


def test_a_role_is_given_to_people_of_ones_own_place_alone(
    people: dict[str, User], cell: Organization
) -> None:
    user = make_user(make_member(cell))
    assert asked(people, f"/vai-tro/giao/{user.pk}/") == {
        "office": 200, "secretary": 404, "colleague": 404, "stranger": 404, "sister office": 404,
    }  # fmt: skip


def test_a_role_of_another_place_cannot_be_taken_back(people: dict[str, User], cell: Organization) -> None:
    given = make_appointment(make_user(), cell, "record_keeper")
    address = f"/vai-tro/{given.pk}/thoi/"
    assert asked({name: people[name] for name in people if name != "office"}, address, "post") == {
        "secretary": 404, "colleague": 404, "stranger": 404, "sister office": 404,
    }  # fmt: skip
    given.refresh_from_db()
    assert given.valid_until is None


def test_lending_is_for_those_who_hold_a_post(people: dict[str, User]) -> None:
    assert asked(people, "/uy-quyen/") == {
        "office": 404, "secretary": 200, "colleague": 404, "stranger": 404, "sister office": 404,
    }  # fmt: skip


def test_everybody_who_signed_in_reads_who_may_do_what(people: dict[str, User]) -> None:
    assert asked(people, "/ai-lam-duoc-gi/") == dict.fromkeys(people, 200)


def test_the_office_finds_somebody_and_gives_the_role(
    client: Client, people: dict[str, User], cell: Organization
) -> None:
    user = make_user(make_member(cell, full_name="Ksor H'Nga"))
    client.force_login(people["office"])
    assert f"/vai-tro/giao/{user.pk}/" in client.get("/vai-tro/", {"tim": "h'nga"}).content.decode()
    answer = client.post(
        f"/vai-tro/giao/{user.pk}/",
        {
            "role": "inspector",
            "organization": str(parent_of(cell).pk),
            "decision_number": "9-QĐ/UBKT",
            "since": "01/12/2026",
            "last_day": "31/12/2099",
        },
        follow=True,
    )
    given = Appointment.objects.get(user=user)
    assert (given.role, f"{given.valid_from}", f"{given.valid_until}") == (
        "inspector",
        "2026-12-01",
        "2100-01-01",
    )
    assert "đến hết 31/12/2099" in answer.content.decode()


def test_a_form_with_gaps_says_each_and_keeps_what_was_typed(
    client: Client, people: dict[str, User], cell: Organization
) -> None:
    user = make_user(make_member(cell))
    client.force_login(people["office"])
    page = client.post(
        f"/vai-tro/giao/{user.pk}/", {"organization": str(cell.pk), "since": "30/2/2027", "last_day": "x"}
    ).content.decode()
    for sentence in ("Chưa chọn vai trò", "Thiếu số quyết định", "30/2/2027"):
        assert sentence in page
    assert not Appointment.objects.filter(user=user).exists()


def test_a_secretary_lends_to_a_member_of_the_cell_and_takes_it_back(
    client: Client, people: dict[str, User]
) -> None:
    client.force_login(people["secretary"])
    client.post(
        "/uy-quyen/", {"person": str(people["colleague"].pk), "since": "01/11/2026", "last_day": "31/12/2099"}
    )
    lent = Appointment.objects.exclude(role="office").get()
    assert (lent.user, lent.delegated_by) == (people["colleague"], people["secretary"])
    other = Client()
    other.force_login(people["colleague"])
    before = other.get("/dang-vien/").status_code
    client.post(f"/vai-tro/{lent.pk}/thoi/")
    assert (before, other.get("/dang-vien/").status_code) == (200, 404)


def test_a_member_of_another_cell_cannot_be_chosen_to_lend_to(
    client: Client, people: dict[str, User], sister_cell: Organization
) -> None:
    outsider = make_user(make_member(sister_cell))
    client.force_login(people["secretary"])
    page = client.post(
        "/uy-quyen/", {"person": str(outsider.pk), "since": "01/11/2026", "last_day": "31/12/2099"}
    ).content.decode()
    assert "Chọn một dòng có trong danh sách." in page
    assert not Appointment.objects.exclude(role="office").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_rows_as_for_one(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    cell = make_cell()
    for _ in range(rows):
        make_appointment(make_user(make_member(cell)), cell, "record_keeper")
    client.force_login(make_office_user(parent_of(cell)))
    with django_assert_num_queries(5):
        client.get("/vai-tro/")
