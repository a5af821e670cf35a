"""Renaming, moving, converting and dissolving, with what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories import (
    FOUNDED,
    TODAY,
    make_actor,
    make_cell,
    make_committee,
    make_office,
    make_organization,
    parent_of,
)

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.organizations.actions import (
    bring_up_to_date,
    convert_organization,
    dissolve_organization,
    found_organization,
    move_organization,
    rename_organization,
)
from phancong.organizations.models import Organization, OrganizationEvent, OrganizationVersion
from phancong.organizations.queries import tree_on

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


def decided(day: date = DAY, by: Actor | None = None) -> dict[str, Any]:
    by = by or make_office()
    return {"by": by, "effective_on": day, "decision_number": "12-QĐ/ĐU", "decided_on": min(day, by.today)}


def states(organization: Organization) -> list[tuple[str, date, date | None]]:
    versions = OrganizationVersion.objects.filter(organization=organization).order_by("valid_from")
    return [(version.name, version.valid_from, version.valid_until) for version in versions]


def below(organization: Organization, day: date) -> set[int]:
    paths = (
        OrganizationVersion.objects.filter(organization=organization).on(day).values_list("path", flat=True)
    )
    return {row.id for path in paths for row in tree_on(day, path)} - {organization.pk}


def test_a_new_name_holds_from_its_day(cell: Organization) -> None:
    rename_organization(organization=cell, name="Chi bộ  buôn\u00a0Rưng", **decided())
    assert states(cell) == [("Chi bộ thôn 1", FOUNDED, DAY), ("Chi bộ buôn Rưng", DAY, None)]
    assert cell.name == "Chi bộ buôn Rưng"


def test_a_decision_with_a_later_day_changes_the_present_when_the_day_comes(cell: Organization) -> None:
    rename_organization(organization=cell, name="Chi bộ mới", **decided(TODAY + timedelta(days=1)))
    assert cell.name == "Chi bộ thôn 1"
    bring_up_to_date(by=make_office(TODAY + timedelta(days=1)))
    cell.refresh_from_db()
    assert cell.name == "Chi bộ mới"


def test_an_earlier_rename_recorded_late_stops_at_the_next_one(cell: Organization) -> None:
    rename_organization(organization=cell, name="Tên sau", **decided(DAY))
    rename_organization(organization=cell, name="Tên giữa", **decided(date(2026, 1, 1)))
    assert states(cell) == [
        ("Chi bộ thôn 1", FOUNDED, date(2026, 1, 1)),
        ("Tên giữa", date(2026, 1, 1), DAY),
        ("Tên sau", DAY, None),
    ]


def test_a_move_takes_everything_below_along_and_keeps_the_past(cell: Organization) -> None:
    committee = parent_of(cell)
    other = make_organization("ward")
    done = move_organization(organization=committee, parent=other, **decided())
    cell.refresh_from_db()
    assert cell.path == f"{other.path}{committee.pk:08d}{cell.pk:08d}"
    assert done.moved == (other.path + f"{committee.pk:08d}",)
    assert below(other, DAY) == {committee.pk, cell.pk}
    assert below(other, DAY - timedelta(days=1)) == set()


def test_what_was_founded_after_a_move_recorded_late_moves_too(cell: Organization) -> None:
    committee = parent_of(cell)
    late = make_cell(parent=committee, founded_on=date(2026, 6, 1))
    other = make_organization("ward")
    move_organization(organization=committee, parent=other, **decided())
    assert below(other, date(2026, 6, 1)) == {committee.pk, cell.pk, late.pk}


def test_a_conversion_changes_what_the_organisation_is(cell: Organization) -> None:
    grown = make_organization("grassroots_cell", parent=make_organization("ward"))
    convert_organization(organization=grown, kind="grassroots_committee", **decided())
    assert (grown.is_grassroots, grown.holds_members) == (True, False)
    moved = move_organization(organization=cell, parent=grown, **decided(TODAY))
    assert moved.moved == (grown.path + f"{cell.pk:08d}",)


def test_a_dissolved_organisation_has_no_place_from_its_day(cell: Organization) -> None:
    dissolve_organization(organization=cell, **decided())
    assert (cell.path, cell.dissolved_on) == ("", DAY)
    assert states(cell) == [("Chi bộ thôn 1", FOUNDED, DAY)]
    assert set(Organization.objects.active()) == set(Organization.objects.exclude(pk=cell.pk))


def test_each_decision_leaves_one_event_and_one_audit_line(cell: Organization) -> None:
    events, lines = OrganizationEvent.objects.count(), AuditEntry.objects.count()
    rename_organization(organization=cell, name="Chi bộ mới", **decided())
    assert (OrganizationEvent.objects.count(), AuditEntry.objects.count()) == (events + 1, lines + 1)
    event = OrganizationEvent.objects.latest("pk")
    assert (event.kind, event.decision_number, event.effective_on) == ("rename", "12-QĐ/ĐU", DAY)
    assert [(party.organization, party.role) for party in event.parties.all()] == [(cell, "source")]


Act = Callable[[Organization, Actor], object]
ACTS: dict[str, Act] = {
    "rename": lambda cell, by: rename_organization(organization=cell, name="Mới", **decided(by=by)),
    "move": lambda cell, by: move_organization(organization=cell, parent=make_committee(), **decided(by=by)),
    "convert": lambda cell, by: convert_organization(organization=cell, kind="work_cell", **decided(by=by)),
    "dissolve": lambda cell, by: dissolve_organization(organization=cell, **decided(by=by)),
    "found": lambda cell, by: found_organization(
        code="X", name="Mới", kind="work_cell", parent=cell.parent, **decided(by=by)
    ),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_those_without_the_right_change_nothing(
    act: Act, cell: Organization, secretary: Actor, colleague: Actor, stranger: Actor, sister_secretary: Actor
) -> None:
    sister_office = make_actor("office", make_committee().path)
    before = list(OrganizationVersion.objects.values())
    for actor in (secretary, colleague, stranger, sister_secretary, sister_office):
        with pytest.raises(Refused, match="chưa được giao"):
            act(cell, actor)
    changed = OrganizationVersion.objects.filter(organization__in=[row["organization_id"] for row in before])
    assert list(changed.values()) == before


@pytest.mark.parametrize("act", [ACTS["rename"], ACTS["convert"], ACTS["dissolve"], ACTS["found"]])
def test_the_office_of_the_committee_above_may(act: Act, cell: Organization, office: Actor) -> None:
    act(cell, office)


def test_the_office_cannot_move_a_cell_to_a_committee_that_is_not_its_own(
    cell: Organization, office: Actor
) -> None:
    with pytest.raises(Refused, match="chưa được giao"):
        ACTS["move"](cell, office)


REFUSED: dict[str, tuple[Act, str]] = {
    "a day before founding": (
        lambda cell, by: rename_organization(organization=cell, name="A", **decided(date(2020, 1, 1), by)),
        "không hoạt động ngày 01/01/2020",
    ),
    "no decision number": (
        lambda cell, by: rename_organization(
            organization=cell, name="A", by=by, effective_on=DAY, decision_number=" ", decided_on=DAY
        ),
        "Thiếu số quyết định",
    ),
    "a decision of tomorrow": (
        lambda cell, by: rename_organization(
            organization=cell,
            name="A",
            by=by,
            effective_on=DAY,
            decision_number="1",
            decided_on=TODAY + timedelta(days=1),
        ),
        "chưa tới",
    ),
    "no name": (
        lambda cell, by: rename_organization(organization=cell, name=" ", **decided(by=by)),
        "Thiếu tên",
    ),
    "the same name": (
        lambda cell, by: rename_organization(organization=cell, name=cell.name, **decided(by=by)),
        "không có gì thay đổi",
    ),
    "under itself": (
        lambda cell, by: move_organization(organization=cell, parent=cell, **decided(by=by)),
        "không trực thuộc|chính nó",
    ),
    "under a kind the rules do not allow": (
        lambda cell, by: move_organization(
            organization=cell, parent=make_organization("ward"), **decided(by=by)
        ),
        "không trực thuộc Đảng bộ phường được",
    ),
    "to a kind that cannot stand there": (
        lambda cell, by: convert_organization(organization=cell, kind="grassroots_cell", **decided(by=by)),
        "không trực thuộc Đảng bộ cơ sở được",
    ),
    "to a kind of another time": (
        lambda cell, by: convert_organization(organization=cell, kind="town", **decided(by=by)),
        "không có loại hình",
    ),
    "a committee that would leave its cells without a place": (
        lambda cell, by: convert_organization(
            organization=parent_of(cell), kind="grassroots_cell", **decided(by=by)
        ),
        "không trực thuộc Chi bộ cơ sở được",
    ),
    "dissolving what still has a cell": (
        lambda cell, by: dissolve_organization(organization=parent_of(cell), **decided(by=by)),
        "còn tổ chức trực thuộc từ ngày 01/03/2026: Chi bộ thôn 1",
    ),
    "dissolving on the day of founding": (
        lambda cell, by: dissolve_organization(organization=cell, **decided(FOUNDED, by)),
        "ngày giải thể phải sau",
    ),
    "founding with a code in use": (
        lambda cell, by: found_organization(
            code=cell.code, name="A", kind="work_cell", parent=cell.parent, **decided(by=by)
        ),
        "đã dùng cho tổ chức khác",
    ),
    "founding at the top what must stand below": (
        lambda _, by: found_organization(code="X", name="A", kind="work_cell", parent=None, **decided(by=by)),
        "phải trực thuộc",
    ),
    "founding before its parent": (
        lambda cell, by: found_organization(
            code="X", name="A", kind="work_cell", parent=cell.parent, **decided(date(2025, 6, 1), by)
        ),
        "không hoạt động ngày 01/06/2025",
    ),
}


@pytest.mark.parametrize(("act", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_with_its_reason(cell: Organization, act: Act, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        act(cell, make_office())


def test_two_renames_from_the_same_day_contradict_each_other(cell: Organization) -> None:
    rename_organization(organization=cell, name="Một", **decided())
    with pytest.raises(Refused, match="đã có quyết định đổi tên từ ngày 01/03/2026"):
        rename_organization(organization=cell, name="Hai", **decided())


def test_nothing_happens_to_what_is_dissolved(cell: Organization) -> None:
    dissolve_organization(organization=cell, **decided())
    with pytest.raises(Refused, match="không hoạt động"):
        rename_organization(organization=cell, name="Hai", **decided(TODAY))


def test_the_tree_ends_at_its_greatest_depth(monkeypatch: pytest.MonkeyPatch, cell: Organization) -> None:
    monkeypatch.setattr("phancong.organizations.placing.MAX_DEPTH", 2)
    with pytest.raises(Refused, match="nhiều nhất 2 cấp"):
        make_cell(parent=cell.parent)


def test_a_circle_that_a_later_decision_would_close_is_refused() -> None:
    ward = make_organization("ward")
    one, two = (make_organization("grassroots_committee", parent=ward) for _ in range(2))
    section = make_organization("section", parent=one)
    move_organization(organization=section, parent=two, **decided(TODAY))
    with pytest.raises(Refused):
        move_organization(organization=two, parent=section, **decided(DAY))


def test_nothing_moves_under_what_ends_on_a_later_day(cell: Organization) -> None:
    ending = make_organization(
        "grassroots_committee", parent=parent_of(parent_of(cell)), name="Đảng bộ sắp hết"
    )
    dissolve_organization(organization=ending, **decided(TODAY + timedelta(days=30)))
    with pytest.raises(Refused, match=f"Đảng bộ sắp hết, nhưng ngày {TODAY + timedelta(days=30):%d/%m/%Y}"):
        move_organization(organization=cell, parent=ending, **decided())


def test_a_decision_due_brings_down_and_up_what_it_named(cell: Organization) -> None:
    tomorrow = TODAY + timedelta(days=1)
    born = make_cell(parent=parent_of(cell), founded_on=tomorrow)
    dissolve_organization(organization=cell, **decided(tomorrow))
    assert (born.path, cell.path != "") == ("", True)
    moved = bring_up_to_date(by=make_office(tomorrow))
    born.refresh_from_db()
    cell.refresh_from_db()
    assert moved == (born.path,)
    assert (born.path, cell.path, cell.dissolved_on) == (f"{parent_of(born).path}{born.pk:08d}", "", tomorrow)


def test_only_who_acts_everywhere_brings_the_tree_up_to_date(cell: Organization, office: Actor) -> None:
    with pytest.raises(Refused, match="chưa được giao"):
        bring_up_to_date(by=office)


def test_a_day_without_due_decisions_changes_and_notes_nothing(cell: Organization) -> None:
    lines = AuditEntry.objects.count()
    assert bring_up_to_date(by=make_office()) == ()
    assert AuditEntry.objects.count() == lines


def test_a_root_becomes_another_kind_of_root() -> None:
    ward = make_organization("ward")
    convert_organization(organization=ward, kind="commune", **decided())
    assert (ward.kind, ward.path) == ("commune", f"{ward.pk:08d}")


def test_the_end_of_the_district_level_is_one_conversion(cell: Organization) -> None:
    old, new = date(2007, 4, 1), date(2025, 7, 1)
    town = make_organization("town", founded_on=old, name="Đảng bộ thị xã")
    committee = make_organization("grassroots_committee", parent=town, founded_on=old)
    convert_organization(organization=town, kind="ward", **decided(new))
    kinds = [[row.kind for row in tree_on(day, town.path)] for day in (new - timedelta(days=1), new)]
    assert kinds == [["town", "grassroots_committee"], ["ward", "grassroots_committee"]]
    assert committee.path == f"{town.path}{committee.pk:08d}"
