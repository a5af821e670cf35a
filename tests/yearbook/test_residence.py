"""Contact with the place of residence: three groups, one letter, two sides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.yearbook import actions
from phancong.yearbook.models import Correction, Remark, ResidenceContact
from phancong.yearbook.packs import residence_rules
from phancong.yearbook.queries import doors
from phancong.yearbook.queries.figures import figures_of
from phancong.yearbook.queries.pages import contacts_page, incoming_page
from tests.factories import TODAY
from tests.yearbook.places import YEAR, Places, agency_member, make_places, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> Places:
    return make_places()


def test_each_rule_has_its_groups() -> None:
    days = (date(1999, 1, 1), date(2010, 1, 1), date(2026, 1, 1))
    assert [set(residence_rules(day).groups) for day in days] == [
        {"ordinary"},
        {"ordinary", "not_introduced"},
        {"ordinary", "excused", "not_introduced"},
    ]


def test_only_the_ordinary_group_is_remarked_on_every_year() -> None:
    groups = residence_rules(TODAY).groups.values()
    assert {group.code for group in groups if group.yearly_remark} == {"ordinary"}


def test_the_cell_of_residence_follows_from_the_area(places: Places) -> None:
    contact = record(places)
    assert (contact.residence_cell, contact.work_cell) == (places.home, places.work)


def test_the_cell_of_residence_reads_name_cell_of_work_and_group(places: Places) -> None:
    record(places)
    rows = incoming_page(places.home, year=YEAR, after=None).rows
    told = [(row.member_name, row.work_cell.name, row.group) for row, _ in rows]
    assert told == [("Siu H'Bia", "Chi bộ Tổ Toán", "ordinary")]


def test_each_side_finds_its_own_door_and_a_sister_cell_none(places: Places) -> None:
    contact = record(places)
    actors = {"work": places.at_work(), "home": places.at_home(), "sister": places.at_sister()}
    assert {name: doors.contact_at_work_for(actor, contact.pk) is not None for name, actor in actors.items()} == {
        "work": True, "home": False, "sister": False,
    }  # fmt: skip
    assert {name: doors.contact_at_home_for(actor, contact.pk) is not None for name, actor in actors.items()} == {
        "work": False, "home": True, "sister": False,
    }  # fmt: skip


def test_only_the_cell_of_work_records(places: Places) -> None:
    facts = actions.ContactFacts(group="ordinary")
    for actor in (places.at_home(), places.at_sister(), places.themself()):
        with pytest.raises(Refused, match="chưa được giao"):
            actions.record_contact(places.member, year=YEAR, facts=facts, version=0, by=actor)
    assert ResidenceContact.objects.count() == 0


def test_whoever_is_excused_is_excused_for_a_reason(places: Places) -> None:
    with pytest.raises(Refused, match="lý do được miễn"):
        record(places, group="excused")


def test_whoever_is_not_introduced_has_no_place_and_no_letter(places: Places) -> None:
    contact = record(places, group="not_introduced", basis="Đơn vị sẵn sàng chiến đấu")
    assert (contact.residence_cell, contact.area, contact.letter_number, contact.letter_on) == (
        None, None, "", None,
    )  # fmt: skip


def test_a_place_outside_of_the_committee_is_named(places: Places) -> None:
    contact = record(places, area=None, place_name="Tổ 5, phường Diên Hồng")
    assert (contact.residence_cell, contact.place_name) == (None, "Tổ 5, phường Diên Hồng")


def test_a_letter_has_number_and_day(places: Places) -> None:
    with pytest.raises(Refused, match="cả số và ngày"):
        record(places, letter_on=None)


def test_an_area_of_ones_own_cell_needs_no_introduction(places: Places) -> None:
    actor = replace(places.at_home(), grants=(*places.at_home().grants,))
    neighbour = agency_member(places.home)
    with pytest.raises(Refused, match="không cần giới thiệu"):
        actions.record_contact(
            neighbour,
            year=YEAR,
            facts=actions.ContactFacts(group="ordinary", area=places.area),
            version=0,
            by=actor,
        )


def test_the_cell_of_residence_receives_the_letter(places: Places) -> None:
    contact = record(places)
    actions.receive_contact(contact, received_on=TODAY, version=1, by=places.at_home())
    contact.refresh_from_db()
    assert (contact.received_on, contact.version) == (TODAY, 2)


def test_neither_the_cell_of_work_nor_a_sister_receives_it(places: Places) -> None:
    contact = record(places)
    for actor in (places.at_work(), places.at_sister()):
        with pytest.raises(Refused, match="chưa được giao"):
            actions.receive_contact(contact, received_on=TODAY, version=1, by=actor)


def test_a_letter_is_not_received_before_it_was_written(places: Places) -> None:
    contact = record(places)
    with pytest.raises(Refused, match="trước ngày của giấy"):
        actions.receive_contact(
            contact, received_on=TODAY - timedelta(days=1), version=1, by=places.at_home()
        )


def test_a_wrong_letter_is_mended_with_a_reason_and_a_trace(places: Places) -> None:
    record(places)
    facts = actions.ContactFacts(group="ordinary", area=places.area, letter_number="4-GT/CB", letter_on=TODAY)
    with pytest.raises(Refused, match="Ghi lý do sửa"):
        actions.record_contact(places.member, year=YEAR, facts=facts, version=1, by=places.at_work())
    actions.record_contact(
        places.member, year=YEAR, facts=facts, version=1, reason="Ghi nhầm số", by=places.at_work()
    )
    told = list(Correction.objects.values_list("field", "before", "after", "reason", "by_role"))
    assert told == [("số giấy giới thiệu", "3-GT/CB", "4-GT/CB", "Ghi nhầm số", "Bí thư, phó bí thư chi bộ")]


def test_who_moves_is_received_anew(places: Places) -> None:
    contact = record(places)
    actions.receive_contact(contact, received_on=TODAY, version=1, by=places.at_home())
    facts = actions.ContactFacts(
        group="ordinary", place_name="Phường khác", letter_number="3-GT/CB", letter_on=TODAY
    )
    moved = actions.record_contact(
        places.member, year=YEAR, facts=facts, version=2, reason="Chuyển nhà", by=places.at_work()
    )
    assert (moved.received_on, moved.residence_cell) == (None, None)


def test_an_old_page_changes_nothing(places: Places) -> None:
    record(places)
    with pytest.raises(Refused, match="vừa được sửa"):
        record(places)


def test_a_correction_stays_as_it_was_written(places: Places) -> None:
    contact = record(places)
    row = Correction.objects.create(
        kind="contact", row_id=contact.pk, member=places.member, cell=places.work, field="x", reason="x",
        by_role="x", recorded_at=places.at_work().now,
    )  # fmt: skip
    for act in (row.save, row.delete):
        with pytest.raises(TypeError):
            act()
    rows = Correction.objects.filter(pk=row.pk)
    for change in (rows.delete, lambda: rows.update(reason="y")):
        with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
            change()


def test_yearly_remarks_are_asked_for_the_whole_cell_at_once(places: Places) -> None:
    outside, excused, unknown = (agency_member(places.work) for _ in range(3))
    record(places)
    record(places, outside, area=None, place_name="Tổ 5, phường Diên Hồng")
    record(places, excused, group="excused", basis="Đi học tập trung")
    record(places, unknown, area=None, letter_number="", letter_on=None)
    asked = actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())
    assert {(row.member_id, row.asked_of) for row in asked} == {
        (places.member.pk, "Chi ủy Chi bộ thôn 1"),
        (outside.pk, "Tổ 5, phường Diên Hồng"),
    }


def test_nobody_is_asked_about_twice(places: Places) -> None:
    record(places)
    actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())
    with pytest.raises(Refused, match="Không còn đồng chí nào"):
        actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())
    assert Remark.objects.count() == 1


def test_the_excused_are_remarked_on_when_it_is_needed(places: Places) -> None:
    contact = record(places, group="excused", basis="Đi học tập trung")
    remark = actions.ask_remark_when_needed(contact, purpose="Bổ nhiệm", by=places.at_work())
    assert (remark.purpose, remark.contact) == ("Bổ nhiệm", contact)


def test_who_is_not_introduced_is_never_remarked_on(places: Places) -> None:
    contact = record(places, group="not_introduced", basis="Đơn vị sẵn sàng chiến đấu")
    with pytest.raises(Refused, match="miễn giới thiệu"):
        actions.ask_remark_when_needed(contact, purpose="Bổ nhiệm", by=places.at_work())


def test_the_year_before_is_taken_over_in_one_act(places: Places) -> None:
    record(places)
    ResidenceContact.objects.update(year=YEAR - 1)
    count = actions.carry_contacts_over(places.work, year=YEAR, by=places.at_work())
    kept = list(ResidenceContact.objects.order_by("year").values_list("year", "residence_cell", "version"))
    assert (count, kept) == (1, [(YEAR - 1, places.home.pk, 1), (YEAR, places.home.pk, 1)])


def test_the_figures_of_both_sides_say_what_is_missing(places: Places) -> None:
    agency_member(places.work)
    record(places)
    actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())
    found = figures_of([places.work.pk, places.home.pk, places.sister.pk], year=YEAR, today=TODAY)
    shown = {
        cell: {name: value for name in found[cell].__slots__ if (value := getattr(found[cell], name))}
        for cell in found
    }
    assert shown == {
        places.work.pk: {
            "members": 2, "without_contact": 1, "letter_not_received": 1, "remark_waiting": 1,
            "without_pledge": 2,
        },
        places.home.pk: {"letters_here": 1, "remarks_here": 1},
        places.sister.pk: {},
    }  # fmt: skip


def test_the_list_at_work_names_whom_the_rule_concerns(places: Places) -> None:
    resident = agency_member(places.work, "Lê Thị An")
    resident.category = "residential"
    resident.save()
    rows = contacts_page(places.work, year=YEAR, today=TODAY, after=None).rows
    assert [row.member for row in rows] == [places.member]


def test_the_log_says_who_did_what_without_the_reason_of_an_excuse(places: Places) -> None:
    record(places, group="excused", basis="Chữa bệnh xa nhà")
    lines = list(AuditEntry.objects.filter(action="record_contact").values_list("subject", "detail"))
    assert lines == [(f"member:{places.member.pk}", {"year": YEAR, "kind": "excused"})]
