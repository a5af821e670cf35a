"""Appointing the office."""

import pytest

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.accounts.appointments import appoint_office
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of
from phancong.common.refusal import Refused
from tests.factories import make_actor, make_organization

pytestmark = pytest.mark.django_db


def test_the_office_may_import_the_roster_of_its_own_committee_only() -> None:
    own, other = make_organization(), make_organization()
    by = make_actor(role="office", path="")
    user = appoint_office(own, username="van-phong", by=by)
    office = actor_of(user, now=by.now)
    assert [may(office, Permission.MEMBER_IMPORT, place.path) for place in (own, other)] == [True, False]


@pytest.mark.parametrize("role", ["member", "secretary", "committee"])
def test_only_who_may_change_the_organisation_appoints_its_office(role: str) -> None:
    own = make_organization()
    by: Actor = make_actor(role=role, path=own.path)
    with pytest.raises(Refused):
        appoint_office(own, username="van-phong", by=by)
    assert not User.objects.exists()
