"""Secondments to hamlets and committee members in charge, read from the tree and the roll."""

import pytest
from tests.factories import FOUNDED, TODAY, make_area, make_cell, make_committee, make_member, make_post
from tests.planning.cells import hamlet_cell, teach

from phancong.members.enums import LimitKind
from phancong.members.models import Member, WorkLimit
from phancong.organizations.models import Organization
from phancong.planning.solving.in_charge import propose_in_charge
from phancong.planning.solving.secondment import propose_secondments

pytestmark = pytest.mark.django_db


def agency_with(count: int, parent: Organization | None) -> list[Member]:
    agency = make_cell(kind="work_cell", parent=parent)
    return [make_member(agency, category="agency") for _ in range(count)]


def test_a_hamlet_that_lacks_members_gets_who_lives_there_or_speaks_its_language_first() -> None:
    cell, area = hamlet_cell(languages=("jrai",))
    make_member(cell)
    staff = agency_with(6, cell.parent)
    staff[1].residence = area
    staff[1].save()
    teach(staff[1], "jrai")
    teach(staff[4], "jrai")
    assert cell.parent is not None
    proposal = propose_secondments(cell.parent.path, today=TODAY)
    assert [(place.area, place.cell, place.missing) for place in proposal.places] == [(area, cell.pk, 2)]
    assert proposal.pairs == {(staff[1].pk, area.pk), (staff[4].pk, area.pk)}
    assert (proposal.short, proposal.is_proved) == ((), True)


def test_a_cell_never_sends_the_members_it_needs_itself() -> None:
    committee = make_committee()
    area = make_area(committee=committee)
    agency_with(4, committee)
    proposal = propose_secondments(committee.path, today=TODAY)
    assert (proposal.pairs, proposal.short) == (frozenset(), (area.pk,))


def test_members_on_light_work_are_not_sent() -> None:
    committee = make_committee()
    area = make_area(committee=committee)
    staff = agency_with(7, committee)
    WorkLimit.objects.create(member=staff[0], kind=LimitKind.LIGHT_WORK, valid_from=FOUNDED)
    proposal = propose_secondments(committee.path, today=TODAY)
    assert len(proposal.pairs) == 3
    assert (staff[0].pk, area.pk) not in proposal.pairs


def test_a_hamlet_with_enough_members_asks_for_nobody() -> None:
    cell, _ = hamlet_cell()
    for _ in range(3):
        make_member(cell)
    assert cell.parent is not None
    assert propose_secondments(cell.parent.path, today=TODAY).places == ()


def test_organisations_are_shared_out_by_the_members_they_have() -> None:
    committee = make_committee()
    cells = [make_cell(parent=committee) for _ in range(3)]
    for cell, count in zip(cells, (4, 2, 2), strict=True):
        for _ in range(count):
            make_member(cell)
    leaders = list(Member.objects.filter(cell=cells[0]).order_by("pk")[:2])
    for leader in leaders:
        make_post(leader, committee, "committee_member")
    proposal = propose_in_charge(committee, today=TODAY, locks=frozenset({(leaders[0].pk, cells[0].pk)}))
    assert proposal.pairs == {
        (leaders[0].pk, cells[0].pk),
        (leaders[1].pk, cells[1].pk),
        (leaders[1].pk, cells[2].pk),
    }
    assert proposal.weights == {leaders[0].pk: 4, leaders[1].pk: 4}
    assert (proposal.open_organizations, proposal.is_proved) == ((), True)
