"""The actor of a signed-in person: rights come from where they stand today."""

from datetime import timedelta

import pytest

from phancong.access.actor import Place, may, places
from phancong.access.permissions import Permission
from phancong.accounts.queries import actor_of
from tests.factories import (
    TODAY,
    make_appointment,
    make_cell,
    make_member,
    make_post,
    make_user,
    moment,
    parent_of,
)

pytestmark = pytest.mark.django_db


def test_a_member_of_a_cell_without_a_place_has_no_right_anywhere() -> None:
    cell = make_cell()
    user = make_user(make_member(cell))
    cell.path, cell.dissolved_on = "", TODAY
    cell.save()
    user.refresh_from_db()
    assert [places(actor_of(user, now=moment()), right) for right in Permission] == [()] * len(Permission)


def test_the_right_of_a_post_ends_on_the_day_the_post_ends() -> None:
    cell = make_cell()
    member = make_member(cell)
    make_post(member, cell, "secretary", since=TODAY - timedelta(days=365), until=TODAY)
    user = make_user(member)
    before = actor_of(user, now=moment(TODAY - timedelta(days=1), hour=23))
    after = actor_of(user, now=moment(TODAY, hour=0))
    assert [may(actor, Permission.PLAN_CHANGE, cell.path) for actor in (before, after)] == [True, False]


def test_a_secretary_has_no_right_in_a_sister_cell() -> None:
    cell, sister = make_cell(), make_cell()
    member = make_member(cell)
    make_post(member, cell, "secretary")
    actor = actor_of(make_user(member), now=moment())
    assert places(actor, Permission.MEMBER_LIST) == (Place(cell.path),)
    assert not may(actor, Permission.MEMBER_LIST, sister.path)


def test_an_inspector_reads_every_cell_of_the_decision_but_their_own() -> None:
    own = make_cell()
    sister = make_cell(parent=own.parent)
    user = make_user(make_member(own))
    make_appointment(user, parent_of(own), "inspector", until=TODAY + timedelta(days=1))
    actor = actor_of(user, now=moment())
    assert [may(actor, Permission.MEMBER_SEE, one.path) for one in (own, sister, parent_of(own))] == [
        False,
        True,
        True,
    ]


def test_an_inspector_sees_nothing_from_the_day_the_decision_ends() -> None:
    cell = make_cell()
    user = make_user()
    make_appointment(user, cell, "inspector", until=TODAY)
    assert [places(actor_of(user, now=moment()), right) for right in Permission] == [()] * len(Permission)
