"""The 25 mistakes of real lists are each found at their cell, and nothing else is."""

from datetime import date

import pytest

from phancong.members.importing.columns import Key
from phancong.members.importing.findings import Code
from phancong.members.importing.lookups import lookups_for
from phancong.members.importing.preview import judged_batches
from phancong.members.importing.roster import Roster
from phancong.members.importing.sheets import open_sheet
from phancong.organizations.actions import dissolve_organization
from phancong.organizations.models import Organization
from tests.factories import TODAY, make_cell, make_committee, make_member, make_office
from tests.members.rosters import MISTAKES, plant_everything, right_roster

pytestmark = pytest.mark.django_db
ROWS = 10_000
OF_EACH = 8


@pytest.mark.slow
def test_each_planted_mistake_is_found_at_its_cell_and_nothing_else_is() -> None:
    committee = make_committee(name="Đảng bộ xã Thử")
    cells = [make_cell(parent=committee, name=f"Chi bộ thôn {number}") for number in range(1, 21)]
    closed = make_cell(parent=committee, name="Chi bộ đã thôi")
    dissolve_organization(
        organization=closed, by=make_office(), effective_on=TODAY, decision_number="9-QĐ/ĐU", decided_on=TODAY
    )
    roster = right_roster(ROWS, cells)
    step = ROWS // (MISTAKES * OF_EACH)
    places = list(range(step - 1, ROWS, step))
    for turn in range(OF_EACH):
        doubled = make_member(cells[0], full_name="Cao Thị Lặp", birth_date=date(1960, 1, turn + 1))
        kept = make_member(
            cells[1],
            full_name="Phan Văn Giữ",
            birth_date=date(1961, 1, turn + 1),
            card_number=f"9999990{turn}",
        )
        changed = {
            Key.NAME: kept.full_name,
            Key.BIRTH: kept.birth_date,
            Key.CARD: kept.card_number,
            Key.CELL: cells[1].name,
            Key.ADMITTED: kept.admitted_on,
            Key.OFFICIAL: kept.official_on,
            Key.OCCUPATION: "Thợ mộc",
        }
        # The member of the same name sits in another cell than the row says.
        here = places[turn * MISTAKES : (turn + 1) * MISTAKES]
        roster.rows[here[19]][Key.CELL] = cells[2].name
        plant_everything(
            roster,
            places=here,
            closed=closed,
            doubled=(doubled.full_name, doubled.birth_date),
            changed=changed,
            turn=turn,
        )
    found = findings_of(roster.content(), committee)
    assert len(roster.truth) == MISTAKES * OF_EACH
    assert found == roster.truth


def findings_of(content: bytes, committee: Organization) -> set[tuple[Code, int, int]]:
    lookups = lookups_for(committee, today=TODAY)
    with open_sheet(content, pasted=False) as sheet:
        roster = Roster(sheet, lookups=lookups, today=TODAY)
        return {
            (finding.code, finding.row, finding.column)
            for batch in judged_batches(roster, root=committee, lookups=lookups, today=TODAY)
            for judged in batch
            for finding in judged.row.findings
        }


def test_a_right_roster_has_nothing_to_remark() -> None:
    committee = make_committee()
    cells = [make_cell(parent=committee, name="Chi bộ thôn 1")]
    assert findings_of(right_roster(200, cells).content(), committee) == set()
