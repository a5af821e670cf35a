"""Loading up to a past day, from an empty database; and what happens when loading fails."""

import io
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.accounts.models import User
from phancong.accounts.queries import system_actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.organizations.queries import counts_on
from phancong.sample.actions import is_empty, load_sample

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.get_default_timezone())
pytestmark = pytest.mark.django_db


class PowerCutError(Exception):
    pass


def interrupt(what: str, done: int, total: int) -> None:
    if what == "Đảng viên":
        raise PowerCutError


def ignore(what: str, done: int, total: int) -> None:
    return


@pytest.mark.slow
def test_until_2013_the_present_is_the_town_of_that_year() -> None:
    said = io.StringIO()
    call_command("load_sample", "--until", "2013-12-31", stdout=said)
    roots = Organization.objects.filter(parent=None)
    assert [root.name for root in roots] == ["Đảng bộ thị xã Ayun Pa"]
    assert Member.objects.on_roll().count() == 1378
    assert (
        counts_on(date(2013, 12, 31)).grassroots,
        Organization.objects.active().filter(is_grassroots=True).count(),
    ) == (45, 45)
    assert User.objects.filter(username="van-phong").count() == 1
    assert "dữ liệu mẫu" in said.getvalue().lower()


def test_an_interrupted_loading_leaves_nothing_behind() -> None:
    with pytest.raises(PowerCutError):
        load_sample(until=date(2007, 12, 31), seed=3, by=system_actor(now=NOON), progress=interrupt)
    assert is_empty()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("until", [date(2007, 4, 29), date(2026, 11, 23)])
def test_a_day_outside_the_history_is_refused(until: date) -> None:
    with pytest.raises(Refused, match="từ ngày 30/04/2007 đến hôm nay"):
        load_sample(until=until, seed=3, by=system_actor(now=NOON), progress=ignore)


def test_only_the_office_may_load() -> None:
    stranger = Actor(None, None, "Người lạ", NOON)
    with pytest.raises(Refused, match="văn phòng"):
        load_sample(until=date(2007, 12, 31), seed=3, by=stranger, progress=ignore)
