"""Who may see a file and who looked: complete, by office and unit, without names."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from phancong.audit.log import record
from phancong.members.actions import transfer_member
from phancong.members.field_groups import PARTS, FieldGroup, groups_for
from phancong.members.models import Member
from phancong.members.opening import open_group
from phancong.organizations.models import Organization
from phancong.personal_data.held import held_about
from phancong.personal_data.watching import looks_at, rights_table, who_may_see
from tests.factories import (
    TODAY,
    make_actor,
    make_appointment,
    make_member,
    make_office,
    make_office_user,
    make_post,
    make_secretary_user,
    make_user,
    moment,
    parent_of,
)

pytestmark = pytest.mark.django_db
G = FieldGroup


@pytest.fixture
def member(cell: Organization) -> Member:
    return make_member(cell, full_name="Rah Lan H'Bia")


def test_offices_are_listed_from_the_cell_upwards_with_what_they_open(
    member: Member, cell: Organization, sister_cell: Organization
) -> None:
    committee = parent_of(cell)
    make_post(make_member(cell), cell)
    make_post(make_member(sister_cell), sister_cell)
    make_appointment(make_user(), committee)
    make_appointment(make_user(), committee)
    make_appointment(make_user(), parent_of(committee), role="record_keeper")
    make_appointment(make_user(), committee, role="technician")
    found = [(one.office, one.place, one.count, set(one.parts)) for one in who_may_see(member, TODAY)]
    reads = {G.GENERAL, G.WORK, G.LIMITS}
    assert found == [
        ("Bí thư", cell.name, 1, reads | {G.DISCIPLINE}),
        ("Văn phòng, ban xây dựng Đảng", committee.name, 2, reads | {G.DISCIPLINE}),
        ("Người giữ hồ sơ riêng", parent_of(committee).name, 1, {G.GENERAL, G.LIMITS, G.REASONS}),
    ]


def test_what_ended_and_who_is_locked_out_do_not_count(member: Member, cell: Organization) -> None:
    make_post(make_member(cell), cell, until=TODAY)
    locked = make_user()
    locked.is_active = False
    locked.save()
    make_appointment(locked, cell)
    assert who_may_see(member, TODAY) == []


def test_the_member_is_not_listed_for_themself(member: Member, cell: Organization) -> None:
    make_post(member, cell)
    assert who_may_see(member, TODAY) == []


def test_an_inspector_of_the_same_cell_is_not_listed(member: Member, cell: Organization) -> None:
    for inspector in (make_user(make_member(cell)), make_user()):
        make_appointment(inspector, cell, role="inspector", until=date(2027, 1, 1))
    assert [(one.office, one.count) for one in who_may_see(member, TODAY)] == [
        ("Người kiểm tra, giám sát", 1)
    ]


def test_the_list_agrees_with_the_doors(member: Member, cell: Organization) -> None:
    for role in ("secretary", "committee", "office", "record_keeper", "inspector", "technician", "member"):
        make_appointment(make_user(), cell, role=role, until=date(2027, 1, 1))
    listed = {one.office: set(one.parts) for one in who_may_see(member, TODAY)}
    opened = {
        name: groups_for(make_actor(role, cell.path), member)
        for role, name in {
            "secretary": "Bí thư, phó bí thư chi bộ",
            "committee": "Cấp ủy viên",
            "office": "Văn phòng, ban xây dựng Đảng",
            "record_keeper": "Người giữ hồ sơ riêng",
            "inspector": "Người kiểm tra, giám sát",
        }.items()
    }
    assert listed == opened


@pytest.mark.parametrize("holders", [1, 3])
def test_who_may_see_asks_the_database_three_times(
    member: Member,
    cell: Organization,
    holders: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(holders):
        make_post(make_member(cell), cell)
        make_appointment(make_user(), parent_of(cell))
    with django_assert_num_queries(3):
        who_may_see(member, TODAY)


def test_every_part_of_a_file_names_its_roles() -> None:
    assert [part for part, roles in rights_table() if roles] == [part.name for part in PARTS.values()]


def test_an_opened_part_is_seen_with_office_unit_hour_purpose_and_part(
    member: Member, cell: Organization
) -> None:
    user = make_secretary_user(cell)
    actor = make_actor("secretary", cell.path, name="Trần Bí Thư", user_id=user.pk)
    open_group(member, G.DISCIPLINE, purpose="Xét giao việc năm nay", by=actor)
    look = looks_at(member, today=TODAY).rows[0]
    assert (look.office, look.place, look.at, look.purpose, look.part) == (
        "Bí thư", cell.name, moment(), "Xét giao việc năm nay", "Đình chỉ, kỷ luật",
    )  # fmt: skip


def test_the_office_is_that_of_the_day_of_the_look(member: Member, cell: Organization) -> None:
    user = make_user()
    make_appointment(user, parent_of(cell), until=TODAY)
    for day in (date(2026, 11, 22), TODAY):
        with transaction.atomic():
            record(
                by=make_actor("office", "", day, user_id=user.pk),
                action="read",
                subject=f"member:{member.pk}",
            )
    assert [look.office for look in looks_at(member, today=TODAY).rows] == [
        "Chưa rõ chức danh",
        "Văn phòng, ban xây dựng Đảng",
    ]


@pytest.mark.parametrize("where", ["cell", "committee", "everywhere"])
def test_an_export_of_a_place_that_holds_the_cell_counts_as_a_look(
    member: Member, cell: Organization, where: str
) -> None:
    place = {"cell": cell.path, "committee": parent_of(cell).path, "everywhere": ""}[where]
    with transaction.atomic():
        record(by=make_office(), action="member_export", subject="members", place=place)
    assert [look.part for look in looks_at(member, today=TODAY).rows] == [
        "Cả danh sách, trong đó có đồng chí"
    ]


def test_an_export_elsewhere_or_from_before_and_after_ones_time_there_does_not_count(
    member: Member, cell: Organization, sister_cell: Organization
) -> None:
    transfer_member(member.pk, to=sister_cell, on=date(2026, 10, 1), by=make_office())
    counted = {}
    for place, day in (
        (cell, date(2026, 9, 30)), (cell, date(2026, 10, 1)),
        (sister_cell, date(2026, 9, 30)), (sister_cell, date(2026, 10, 1)),
    ):  # fmt: skip
        with transaction.atomic():
            line = record(by=make_office(day), action="member_export", subject="members", place=place.path)
        counted[place.name, day.month] = line.sequence in {
            look.sequence for look in looks_at(member, today=TODAY).rows
        }
    assert counted == {
        (cell.name, 9): True,
        (cell.name, 10): False,
        (sister_cell.name, 9): False,
        (sister_cell.name, 10): True,
    }


def test_ones_own_looks_and_those_at_others_are_not_shown(member: Member, cell: Organization) -> None:
    user, other = make_user(member), make_member(cell)
    with transaction.atomic():
        record(
            by=make_actor("secretary", cell.path, user_id=user.pk),
            action="read",
            subject=f"member:{member.pk}",
        )
        record(by=make_office(), action="read", subject=f"member:{other.pk}")
    assert looks_at(member, today=TODAY).rows == []


def test_the_page_names_nobody_who_looked(client: Client, member: Member, cell: Organization) -> None:
    actor = replace(
        make_actor("secretary", cell.path, name="Trần Bí Thư"), user_id=make_secretary_user(cell).pk
    )
    open_group(member, G.DISCIPLINE, purpose="Xét giao việc năm nay", by=actor)
    client.force_login(make_user(member))
    page = client.get("/du-lieu-cua-toi/ai-da-xem/").content.decode()
    assert "Xét giao việc năm nay" in page
    assert "Trần Bí Thư" not in page


def test_older_looks_are_on_the_next_page(client: Client, member: Member) -> None:
    with transaction.atomic():
        for number in range(53):
            record(
                by=make_office(),
                action="read",
                subject=f"member:{member.pk}",
                purpose=f"lần {number}",
            )
    client.force_login(make_user(member))
    first = client.get("/du-lieu-cua-toi/ai-da-xem/").context["page"]
    rest = client.get(f"/du-lieu-cua-toi/ai-da-xem/?truoc={first.next_before}").context["page"]
    assert [len(first.rows), len(rest.rows), rest.next_before] == [50, 3, None]
    assert {look.purpose for look in (*first.rows, *rest.rows)} == {f"lần {number}" for number in range(53)}


@pytest.mark.parametrize("looks", [1, 3])
def test_looks_are_read_with_as_many_queries_for_three_as_for_one(
    member: Member, cell: Organization, looks: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(looks):
        user = make_office_user(parent_of(cell))
        with transaction.atomic():
            record(
                by=make_actor("office", "", user_id=user.pk),
                action="read",
                subject=f"member:{member.pk}",
            )
    with django_assert_num_queries(6):
        looks_at(member, today=TODAY)


@pytest.mark.parametrize(
    ("role", "until", "told"),
    [
        ("inspector", TODAY + timedelta(days=1), False),
        ("inspector", TODAY, True),
        ("office", TODAY + timedelta(days=1), True),
    ],
)
def test_a_look_of_an_inspection_is_told_when_its_decision_has_ended(
    member: Member, cell: Organization, role: str, until: date, told: bool
) -> None:
    user, start = make_user(), TODAY - timedelta(days=9)
    make_appointment(user, parent_of(cell), role=role, since=start, until=until)
    inspector = replace(make_actor(role, parent_of(cell).path, start), user_id=user.pk)
    open_group(member, G.DISCIPLINE, purpose="Kiểm tra theo quyết định", by=inspector)
    assert [look.purpose for look in looks_at(member, today=TODAY).rows] == [
        "Kiểm tra theo quyết định"
    ] * told
    held = {group.label: group.rows for group in held_about(member, today=TODAY)}
    assert len(held["audit.AuditEntry"]) == told


def test_a_look_with_another_role_than_that_of_the_inspection_is_told_at_once(
    member: Member, cell: Organization
) -> None:
    user = make_secretary_user(cell)
    make_appointment(user, parent_of(cell), role="inspector", until=TODAY + timedelta(days=9))
    secretary = make_actor("secretary", cell.path, user_id=user.pk)
    open_group(member, G.DISCIPLINE, purpose="Xét giao việc", by=secretary)
    assert [look.purpose for look in looks_at(member, today=TODAY).rows] == ["Xét giao việc"]


def test_a_look_from_before_the_inspection_began_stays_told(member: Member, cell: Organization) -> None:
    user = make_user()
    make_appointment(user, parent_of(cell), role="inspector", since=TODAY, until=TODAY + timedelta(days=9))
    early = make_actor("inspector", cell.path, TODAY - timedelta(days=1), user_id=user.pk)
    open_group(member, G.DISCIPLINE, purpose="Kiểm tra lần trước", by=early)
    assert [look.purpose for look in looks_at(member, today=TODAY).rows] == ["Kiểm tra lần trước"]
