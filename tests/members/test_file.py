"""The file of a member: who may open it, and what it never says."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from phancong.members.enums import CompetenceKind, LimitKind
from phancong.members.models import Competence, WorkLimit, WorkLimitReason
from tests.factories import (
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_secretary_user,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_secretary_opens_a_file_of_their_cell(client: Client) -> None:
    cell = make_cell()
    member = make_member(cell, full_name="Rah Lan H'Bia")
    client.force_login(make_secretary_user(cell))
    assert "<h1>Rah Lan H&#x27;Bia</h1>" in client.get(f"/dang-vien/{member.pk}/").content.decode()


def test_a_member_opens_their_own_file(client: Client) -> None:
    member = make_member()
    client.force_login(make_user(member))
    assert client.get(f"/dang-vien/{member.pk}/").status_code == 200


def test_for_the_secretary_of_a_sister_cell_the_file_does_not_exist(client: Client) -> None:
    committee = make_committee()
    member = make_member(make_cell(parent=committee))
    client.force_login(make_secretary_user(make_cell(parent=committee)))
    unseen = client.get(f"/dang-vien/{member.pk}/")
    unknown = client.get("/dang-vien/999999/")
    assert unseen.status_code == unknown.status_code == 404
    assert _without_token(unseen.content) == _without_token(unknown.content)


def _without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)


def test_for_a_member_of_the_same_cell_the_file_does_not_exist(client: Client) -> None:
    cell = make_cell()
    member = make_member(cell)
    client.force_login(make_user(make_member(cell)))
    assert client.get(f"/dang-vien/{member.pk}/").status_code == 404


def test_for_a_stranger_the_file_does_not_exist(client: Client) -> None:
    member = make_member()
    client.force_login(make_user())
    assert client.get(f"/dang-vien/{member.pk}/").status_code == 404


def test_a_limit_is_told_with_its_last_day_and_without_its_reason(client: Client) -> None:
    cell = make_cell()
    member = make_member(cell)
    limit = WorkLimit.objects.create(
        member=member, kind=LimitKind.LIGHT_WORK, valid_from=date(2020, 1, 1), valid_until=date(2099, 7, 1)
    )
    WorkLimitReason.objects.create(limit=limit, text="vừa mổ", health_grade=4)
    client.force_login(make_office_user(cell))
    page = client.get(f"/dang-vien/{member.pk}/").content.decode()
    assert "Chỉ làm việc nhẹ đến 30/06/2099" in page
    assert "vừa mổ" not in page
    assert "Loại IV" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_file_asks_the_database_as_often_for_three_facts_as_for_one(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    cell = make_cell()
    member = make_member(cell)
    for code in ("jrai", "bahnar", "ede")[:rows]:
        Competence.objects.create(member=member, kind=CompetenceKind.LANGUAGE, code=code, level=1)
    client.force_login(make_office_user(cell))
    with django_assert_num_queries(14):
        client.get(f"/dang-vien/{member.pk}/")
