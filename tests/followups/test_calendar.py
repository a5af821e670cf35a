"""The calendar of due days: for whoever has its address, and of nothing but days."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from phancong.accounts.models import User
from phancong.followups import actions
from phancong.followups.enums import EntryKind
from phancong.followups.models import CalendarLink, Matter
from phancong.planning.models import Assignment
from tests.factories import TODAY, make_actor, make_cell, make_user
from tests.followups.works import make_work, member_actor
from tests.planning.cells import belonging_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Assignment:
    cell = make_cell()
    return make_work(cell, member=belonging_member(cell), title="Việc không nêu tên")


@pytest.fixture
def user(work: Assignment) -> User:
    return make_user(work.member)


def address_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    shown: str = client.post(reverse("followups:calendar")).context["address"]
    return shown.removeprefix("http://testserver")


def unfolded(address: str) -> str:
    return Client().get(address).content.decode().replace("\r\n ", "")


def test_it_tells_days_and_nothing_of_the_work(work: Assignment, user: User) -> None:
    text = unfolded(address_of(user))
    assert ("DTSTART;VALUE=DATE:20261215" in text, "SUMMARY:Việc chi bộ – đến hạn" in text) == (True, True)
    assert ("không nêu tên" in text, text.count("BEGIN:VEVENT")) == (False, 1)


def test_lines_end_and_fold_as_calendars_read_them(work: Assignment, user: User) -> None:
    lines = Client().get(address_of(user)).content.split(b"\r\n")
    assert (max(len(line) for line in lines) <= 75, lines[0], lines[-1]) == (True, b"BEGIN:VCALENDAR", b"")


def test_an_extension_is_the_same_entry_with_a_higher_sequence(work: Assignment, user: User) -> None:
    address = address_of(user)
    uid = f"UID:viec-{work.pk}@phan-cong"
    assert f"{uid}\r\nSEQUENCE:0" in unfolded(address)
    by = make_actor("secretary", work.duty.plan.cell.path)
    actions.extend(work, new_due=date(2026, 12, 31), reason="Lũ", basis="Chi ủy", seen=0, by=by)
    text = unfolded(address)
    assert (f"{uid}\r\nSEQUENCE:1" in text, "VALUE=DATE:20261231" in text) == (True, True)


def test_a_new_address_ends_the_old_one(work: Assignment, user: User) -> None:
    old, new = address_of(user), address_of(user)
    assert [Client().get(one).status_code for one in (old, new)] == [404, 200]


def test_only_a_seal_of_the_address_is_kept(work: Assignment, user: User) -> None:
    token = address_of(user).split("/")[-1].removesuffix(".ics")
    assert token not in CalendarLink.objects.get().seal


def test_the_calendar_of_a_locked_account_is_closed(work: Assignment, user: User) -> None:
    address = address_of(user)
    User.objects.update(is_active=False)
    assert Client().get(address).status_code == 404


def test_it_can_be_let_go(work: Assignment, user: User) -> None:
    address = address_of(user)
    client = Client()
    client.force_login(user)
    client.post(reverse("followups:calendar"), {"lam": "bo"})
    assert (Client().get(address).status_code, CalendarLink.objects.count()) == (404, 0)


def test_every_night_what_was_not_answered_goes_up(work: Assignment) -> None:
    actions.report(
        work, kind=EntryKind.DIFFICULT, text="Thiếu loa", by=member_actor(work.member, today=TODAY)
    )
    Matter.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    call_command("raise_overdue_matters")
    matter = Matter.objects.get()
    assert (matter.holder, matter.raised) == (work.duty.plan.cell.parent, 1)
