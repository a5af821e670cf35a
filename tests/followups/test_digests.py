"""The digest by mail: asked for, numbers only, one a day, outside of the hours of rest."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from phancong.accounts.models import User
from phancong.accounts.queries import system_actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.digests import digests_on
from phancong.followups.models import MailChoice, Progress
from phancong.organizations.models import Organization
from tests.factories import TODAY, make_actor, make_cell, make_post, make_user, moment
from tests.followups.works import make_work
from tests.planning.cells import belonging_member

pytestmark = pytest.mark.django_db
# Letters go out on Mondays, which the day of the tests is.
MONDAY = TODAY


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://phancong.example"


@pytest.fixture
def cell() -> Organization:
    return make_cell()


def _late(cell: Organization, *, asks: bool = True) -> User:
    """A member whose work is past its day."""
    given = make_work(cell, member=belonging_member(cell), title="Việc không nêu tên")
    Progress.objects.filter(assignment=given).update(due_on=TODAY - timedelta(days=3), state="running")
    user = make_user(given.member)
    if asks:
        MailChoice.objects.create(user=user, address=f"{user.username}@example.vn", asked_at=moment())
    return user


def _send(hour: int = 9, *, days: int = 0) -> actions.Sent:
    now = moment(MONDAY + timedelta(days=days), hour)
    return actions.send_digests(by=system_actor(now=now), progress=lambda *_: None)


def test_whoever_asked_is_told_in_numbers_and_nobody_else(cell: Organization) -> None:
    user = _late(cell)
    _late(make_cell(), asks=False)
    assert _send() == actions.Sent(sent=1, nothing=0, failed=0)
    (letter,) = mail.outbox
    assert letter.to == [f"{user.username}@example.vn"]
    assert "1 việc của đồng chí đã quá hạn" in letter.body
    assert "https://phancong.example/" in letter.body
    assert not any(word in letter.body for word in ("Việc không nêu tên", cell.name, str(user)))


def test_a_second_run_on_the_same_day_sends_nothing(cell: Organization) -> None:
    _late(cell)
    _send()
    assert _send(15).sent == 0
    assert _send(days=7).sent == 1
    assert len(mail.outbox) == 2


def test_a_secretary_is_told_what_waits_for_a_word_in_the_cell(cell: Organization) -> None:
    _late(cell, asks=False)
    Progress.objects.update(state="awaiting")
    leader = belonging_member(cell)
    make_post(leader, cell)
    MailChoice.objects.create(user=make_user(leader), address="bt@example.vn", asked_at=moment())
    _send()
    assert "1 báo cáo của chi bộ chờ nhận xét" in mail.outbox[0].body


def test_nothing_is_sent_when_nothing_waits(cell: Organization) -> None:
    MailChoice.objects.create(
        user=make_user(belonging_member(cell)), address="a@example.vn", asked_at=moment()
    )
    assert _send() == actions.Sent(sent=0, nothing=1, failed=0)
    assert mail.outbox == []


@pytest.mark.parametrize(("hour", "days"), [(22, 0), (5, 0), (9, 1)])
def test_at_rest_and_on_other_days_nothing_is_sent(cell: Organization, hour: int, days: int) -> None:
    _late(cell)
    with pytest.raises(Refused):
        _send(hour, days=days)
    assert mail.outbox == []


def test_an_address_that_does_not_take_it_stops_nobody_else(
    cell: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = [_late(cell), _late(make_cell())]
    whole = EmailBackend.send_messages

    def broken(self: EmailBackend, letters: list[mail.EmailMessage]) -> int:
        if letters[0].to == [f"{users[0].username}@example.vn"]:
            raise ConnectionRefusedError
        return whole(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", broken)
    with pytest.raises(CommandError, match="1 thư không gửi được"):
        call_command("send_digests")
    assert [letter.to for letter in mail.outbox] == [[f"{users[1].username}@example.vn"]]
    assert set(MailChoice.objects.filter(sent_on=TODAY).values_list("user", flat=True)) == {users[1].pk}


def test_the_number_of_queries_does_not_grow_with_those_who_ask(cell: Organization) -> None:
    _late(cell)
    with CaptureQueriesContext(connection) as one:
        assert len(digests_on(TODAY)) == 1
    for _ in range(2):
        _late(make_cell())
    with CaptureQueriesContext(connection) as three:
        assert len(digests_on(TODAY)) == 3
    assert len(three) == len(one)


def test_a_member_asks_for_it_and_gives_it_up_on_the_page(client: Client, cell: Organization) -> None:
    user = _late(cell, asks=False)
    client.force_login(user)
    client.post(reverse("followups:mail"), {"dia_chi": " an@example.vn "})
    assert MailChoice.objects.get().address == "an@example.vn"
    assert 'value="an@example.vn"' in client.get(reverse("followups:calendar")).content.decode()
    client.post(reverse("followups:mail"), {"lam": "thoi"})
    assert not MailChoice.objects.exists()
    asked = AuditEntry.objects.filter(action__in=["ask_for_mail", "refuse_mail"])
    assert [(row.subject, row.detail) for row in asked.order_by("sequence")] == [(f"user:{user.pk}", {})] * 2


@pytest.mark.parametrize("address", ["", "khong-phai-thu", "a@b", "x" * 300 + "@example.vn"])
def test_what_is_no_address_is_refused(cell: Organization, address: str) -> None:
    with pytest.raises(Refused, match="Địa chỉ thư chưa đúng"):
        actions.ask_for_mail(address, by=make_actor("member", cell.path))
    assert not MailChoice.objects.exists()


def test_without_an_address_of_the_site_nobody_is_asked(
    client: Client, cell: Organization, settings: Settings
) -> None:
    settings.SITE_ADDRESS = ""
    client.force_login(_late(cell, asks=False))
    assert "Nhắc qua thư điện tử" not in client.get(reverse("followups:calendar")).content.decode()
    with pytest.raises(Refused, match="Chưa đặt SITE_ADDRESS"):
        _send()
