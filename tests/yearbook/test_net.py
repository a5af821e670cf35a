"""The second net, with every filter taken away: what the database itself shows to each side, and lets it write."""

import pytest
from django.db import connection

from phancong.audit.net.scope import scope_of, seeing
from phancong.members.models import Member
from phancong.yearbook import actions
from phancong.yearbook.actions import Given
from phancong.yearbook.models import Correction, Pledge, PledgeNote, Remark, ResidenceContact
from phancong.yearbook.queries.doors import contact_at_home_for, remark_for
from phancong.yearbook.queries.pages import incoming_page
from tests.factories import TODAY
from tests.trust.net import as_the_product
from tests.yearbook.places import YEAR, Places, make_places, record

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


@pytest.fixture
def places() -> Places:
    found = make_places()
    record(found)
    actions.ask_yearly_remarks(found.work, year=YEAR, by=found.at_work())
    Pledge.objects.create(member=found.member, year=YEAR, content="x", registered_on=TODAY)
    PledgeNote.objects.create(member=found.member, year=YEAR, text="x", done_on=TODAY)
    return found


def test_the_side_of_residence_sees_the_contact_and_not_the_member(places: Places) -> None:
    actors = {"work": places.at_work(), "home": places.at_home(), "sister": places.at_sister()}
    seen = {}
    with as_the_product():
        for name, actor in actors.items():
            with seeing(scope_of(actor)):
                models = (Member, ResidenceContact, Remark, Pledge, PledgeNote)
                seen[name] = tuple(model._default_manager.count() for model in models)
    assert seen == {"work": (1, 1, 1, 1, 1), "home": (0, 1, 1, 0, 0), "sister": (0, 0, 0, 0, 0)}


def test_the_pages_of_residence_work_behind_the_net(places: Places) -> None:
    home = places.at_home()
    with as_the_product(), seeing(scope_of(home)):
        ((contact, (remark,)),) = incoming_page(places.home, year=YEAR, after=None).rows
        assert contact.member_name == places.member.full_name
        held = contact_at_home_for(home, contact.pk)
        assert held is not None
        actions.receive_contact(held, received_on=TODAY, version=1, by=home)
        for version, text in enumerate(("Tham gia đủ", "Tham gia đều"), start=1):
            found = remark_for(home, remark.pk)
            assert found is not None
            given = Given(text=text, given_by="Chi ủy", given_on=TODAY)
            actions.write_remark(found, given=given, version=version, reason="Ghi rõ", by=home)
        assert Correction.objects.count() == 1
