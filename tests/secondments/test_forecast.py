"""What is known to come to the cell of a hamlet."""

import pytest

from phancong.organizations.actions import cover_area
from phancong.secondments.coverage import page_for
from phancong.transfers.models import Transfer
from tests.factories import FOUNDED, TODAY, make_area, make_cell, make_committee, make_member
from tests.secondments.hills import acting

pytestmark = pytest.mark.django_db


def test_transfers_for_good_that_are_under_way_are_foreseen_on_both_sides() -> None:
    committee = make_committee()
    office = acting("office", committee)
    cells = [make_cell(parent=committee) for _ in range(2)]
    areas = [make_area(committee=committee) for _ in cells]
    for area, cell in zip(areas, cells, strict=True):
        cover_area(by=office, area=area, cell=cell, valid_from=FOUNDED)
    member = make_member(cells[0])
    Transfer.objects.create(
        member=member, member_name=member.full_name, kind="official", home=cells[0], cell=cells[1],
        reason="home", decided_on=TODAY, requested_on=TODAY, due_on=TODAY,
    )  # fmt: skip
    told = {line.hamlet.area.pk: line.forecast.words for line in page_for(office, after=None).lines}
    assert told == {areas[0].pk: "−1 đang chuyển đi", areas[1].pk: "+1 đang chuyển đến"}
