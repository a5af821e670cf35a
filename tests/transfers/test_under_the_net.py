"""With the database's own net hung: the receiving side takes over a member whose file it did not see before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from phancong.members.models import Member
from phancong.transfers.models import Transfer
from tests.factories import make_secretary_user
from tests.transfers.roads import make_roads
from tests.trust.net import as_the_product

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has row-level security"),
]


@pytest.mark.parametrize("kind", ["official", "temporary"])
def test_each_side_does_its_steps_under_the_net(kind: str) -> None:
    roads = make_roads()
    sender, receiver = Client(), Client()
    sender.force_login(make_secretary_user(roads.home))
    receiver.force_login(make_secretary_user(roads.host))
    today = timezone.localdate()
    day = f"{today:%d/%m/%Y}"
    asked = {
        "viec": "ghi",
        "kind": kind,
        "cell": roads.host.code,
        "reason": "home",
        "decided_on": day,
        "requested_on": day,
    }
    if kind == "temporary":
        last = f"{today + timedelta(days=200):%d/%m/%Y}"
        asked |= {"reason": "away", "valid_from": day, "last_day": last}
    given = {
        "viec": "gioi-thieu",
        "version": "1",
        "met_on": day,
        "introduced_on": day,
        "paper_number": "05-GT/CB",
        "is_complete": "on",
        "is_clear": "on",
    }
    with as_the_product():
        page = sender.post(reverse("transfers:start", args=[roads.member.pk]), asked)["Location"]
        assert sender.get(page).status_code == 200
        assert sender.post(f"{page}viec/", given).status_code == 302
        assert roads.member.full_name in receiver.get(page).content.decode()
        taken = {"viec": "tiep-nhan", "version": "2", "on": day}
        assert receiver.post(f"{page}viec/", taken).status_code == 302
        assert receiver.get(page).status_code == 200
    row = Transfer.objects.get()
    assert row.received_on == today
    moved = Member.objects.get(pk=roads.member.pk)
    assert moved.cell == (roads.host if kind == "official" else roads.home)
    assert roads.host.pk in roads.memberships(kind, today)  # type: ignore[arg-type]
