"""The list of people whom a breach touches: complete, within the actor's places, honest about why."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from phancong.access.actor import Actor
from phancong.accounts.models import User
from phancong.audit.log import record
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Member, Membership
from phancong.organizations.models import Organization
from phancong.personal_data.breach import Breach, affected_for, users_for
from tests.factories import (
    TODAY,
    cell_of,
    make_actor,
    make_appointment,
    make_member,
    make_office,
    make_office_user,
    make_organization,
    make_post,
    make_secretary_user,
    make_user,
    moment,
    parent_of,
)

pytestmark = pytest.mark.django_db


def _breach(*users: User, places: tuple[Organization, ...] = (), day: date = TODAY) -> Breach:
    return Breach(moment(day, 0), moment(day, 23), users=users, organizations=places)


def _names(actor: Actor, breach: Breach) -> set[str]:
    return {one.name for one in affected_for(actor, breach)}


@pytest.fixture
def two(cell: Organization, sister_cell: Organization) -> tuple[Member, Member]:
    return make_member(cell, full_name="Siu Một"), make_member(sister_cell, full_name="Ksor Hai")


def test_the_account_of_a_secretary_touches_its_cell_and_no_other(
    cell: Organization, two: tuple[Member, Member], office: Actor
) -> None:
    secretary = make_member(cell, full_name="Bí Thư")
    make_post(secretary, cell)
    assert _names(office, _breach(make_user(secretary))) == {"Siu Một", "Bí Thư"}


def test_the_account_of_the_office_touches_everybody_below(
    cell: Organization, two: tuple[Member, Member], office: Actor
) -> None:
    assert _names(office, _breach(make_office_user(parent_of(cell)))) == {"Siu Một", "Ksor Hai"}


def test_what_lies_outside_the_actors_places_is_not_listed(
    cell: Organization, two: tuple[Member, Member]
) -> None:
    officer = make_office_user(parent_of(cell))
    assert _names(make_actor("office", cell.path), _breach(officer)) == {"Siu Một"}


def test_nobody_lists_anybody_without_the_right(
    cell: Organization, two: tuple[Member, Member], secretary: Actor, colleague: Actor, stranger: Actor
) -> None:
    breach = _breach(make_office_user(parent_of(cell)))
    assert [_names(actor, breach) for actor in (secretary, colleague, stranger)] == [set(), set(), set()]


def test_a_role_that_had_ended_reaches_nobody(
    cell: Organization, two: tuple[Member, Member], office: Actor
) -> None:
    user = make_user()
    make_appointment(user, parent_of(cell), until=date(2026, 6, 1))
    assert _names(office, _breach(user)) == set()
    assert _names(office, _breach(user, day=date(2026, 5, 31))) == {"Siu Một", "Ksor Hai"}


def test_whoever_took_part_there_at_that_time_is_listed_and_whoever_came_later_is_not(
    cell: Organization, sister_cell: Organization, office: Actor
) -> None:
    moved = make_member(cell, full_name="Đã Chuyển")
    moved.memberships.update(valid_until=date(2026, 6, 1))
    Membership.objects.create(member=moved, cell=sister_cell, kind="official", valid_from=date(2026, 6, 1))
    Member.objects.filter(pk=moved.pk).update(cell=sister_cell)
    assert _names(office, _breach(places=(cell,), day=date(2026, 5, 31))) == {"Đã Chuyển"}
    assert _names(office, _breach(places=(cell,))) == set()


def test_the_log_says_who_was_opened_and_exported(
    cell: Organization, sister_cell: Organization, two: tuple[Member, Member], office: Actor
) -> None:
    user = make_office_user(parent_of(cell))
    by = make_actor("office", parent_of(cell).path, user_id=user.pk)
    with transaction.atomic():
        record(by=by, action="read", subject=f"member:{two[0].pk}", place=cell.path)
        record(by=by, action="member_export", subject="members", place=sister_cell.path)
    found = {one.name: one.logged for one in affected_for(office, _breach(user))}
    assert found == {
        "Siu Một": ("Xem phần hồ sơ riêng lúc 09:00 23/11/2026",),
        "Ksor Hai": ("Xuất danh sách đảng viên lúc 09:00 23/11/2026",),
    }


def test_acts_before_and_after_the_breach_do_not_count(
    cell: Organization, two: tuple[Member, Member], office: Actor
) -> None:
    user = make_user()
    by = make_actor("office", cell.path, user_id=user.pk)
    with transaction.atomic():
        record(by=by, action="read", subject=f"member:{two[0].pk}", place=cell.path)
    later = Breach(moment(TODAY, 10), moment(TODAY, 11), users=(user,))
    assert affected_for(office, later) == []
    assert [one.reach for one in affected_for(office, _breach(user))] == [False]


def test_an_account_of_elsewhere_and_one_that_does_not_exist_answer_alike(
    cell: Organization, office: Actor
) -> None:
    elsewhere = make_office_user(make_organization("ward"))
    answers = []
    for name in (elsewhere.username, "khong-co"):
        with pytest.raises(Refused) as refused:
            users_for(office, [name])
        answers.append(str(refused.value).replace(name, "X"))
    assert answers[0] == answers[1]


def _form(user: User, **changed: str) -> dict[str, str]:
    return {
        "noticed": "08:00 23/11/2026",
        "since": "1/1/2026",
        "until": "31/12/2026",
        "accounts": user.username,
        **changed,
    }


def test_the_page_lists_the_people_and_counts_the_hours(client: Client, two: tuple[Member, Member]) -> None:
    user = make_secretary_user(cell_of(two[0]))
    client.force_login(make_office_user(Organization.objects.get(kind="ward")))
    page = client.post("/su-co-du-lieu/", _form(user))
    assert {one.name for one in page.context["affected"]} >= {"Siu Một"}
    _name, due, _ = page.context["clocks"][0]
    assert due - datetime.fromisoformat("2026-11-23T08:00:00+07:00") == timedelta(hours=72)
    assert AuditEntry.objects.get(action="breach_list").detail["accounts"] == [user.pk]


def test_the_workbook_says_what_it_is_based_on(client: Client, two: tuple[Member, Member]) -> None:
    user = make_secretary_user(cell_of(two[0]))
    client.force_login(make_office_user(Organization.objects.get(kind="ward")))
    answer = client.post("/su-co-du-lieu/", _form(user, tai="1"))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    text = " ".join(str(cell) for row in rows for cell in row if cell)
    assert "Siu Một" in text
    assert "không có nghĩa là đã xem" in text
    assert "Ksor Hai" not in text
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"noticed": "hôm qua"}, "noticed"),
        ({"since": "32/1/2026"}, "since"),
        ({"until": "31/12/2025"}, "until"),
        ({"accounts": ""}, "accounts"),
        ({"accounts": "khong-co"}, "accounts"),
        ({"place": "x"}, "place"),
    ],
)
def test_a_wrong_entry_is_said_at_its_field_and_nothing_is_listed(
    client: Client, cell: Organization, changed: dict[str, str], field: str
) -> None:
    client.force_login(make_office_user(parent_of(cell)))
    page = client.post("/su-co-du-lieu/", _form(make_secretary_user(cell), **changed))
    assert field in page.context["form"].errors
    assert page.context["affected"] is None
    assert not AuditEntry.objects.filter(action="breach_list").exists()


@pytest.mark.parametrize(
    "role", ["member", "secretary", "committee", "record_keeper", "inspector", "technician"]
)
def test_the_page_does_not_exist_for_others(client: Client, cell: Organization, role: str) -> None:
    user = make_user()
    make_appointment(user, cell, role=role, until=date(2099, 1, 1))
    client.force_login(user)
    assert client.get("/su-co-du-lieu/").status_code == 404


def test_the_actor_of_the_whole_tree_lists_everybody(two: tuple[Member, Member], cell: Organization) -> None:
    assert _names(make_office(), _breach(places=(parent_of(cell),))) == {"Siu Một", "Ksor Hai"}
