"""Members are entered, moved and appointed by named actions."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from phancong.access.actor import Actor, Grant
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members import actions
from phancong.members.enums import LimitKind, Status
from phancong.members.models import Member
from phancong.members.records import MemberRecord, MembershipSpan, PostSpan, WorkLimitRecord
from phancong.organizations.models import Organization, path_step

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OFFICE = Actor(None, None, "Văn phòng", NOW, (Grant("office", "", NOW.date()),))
FOUNDED = date(2007, 1, 1)


def a_cell(code: str, parent: Organization | None = None) -> Organization:
    cell = Organization.objects.create(
        code=code,
        name=f"Chi bộ {code}",
        kind="area_cell",
        parent=parent,
        sort_key=code,
        founded_on=FOUNDED,
        holds_members=True,
    )
    cell.path = (parent.path if parent else "") + path_step(cell.pk)
    cell.save()
    return cell


def a_record(cell: Organization, **fields: object) -> MemberRecord:
    values: dict[str, object] = {
        "full_name": "Rah Lan H'Nga",
        "birth_date": date(1980, 5, 20),
        "sex": "female",
        "admitted_on": date(2010, 2, 3),
        "official_on": date(2011, 2, 3),
        "category": "residential",
        "memberships": (MembershipSpan(cell.pk, valid_from=date(2010, 2, 3)),),
    }
    return MemberRecord(**{**values, **fields})  # type: ignore[arg-type]


def test_registered_members_carry_cell_status_and_name_parts() -> None:
    cell = a_cell("A")
    [pk] = actions.register_members(
        [
            a_record(
                cell,
                posts=(PostSpan(cell.pk, "secretary", date(2020, 1, 1)),),
                work_limits=(WorkLimitRecord(LimitKind.NO_NIGHT, date(2026, 1, 1), reason="mổ tim"),),
            )
        ],
        by=OFFICE,
    )
    member = Member.objects.get(pk=pk)
    assert (member.family_name, member.given_name) == ("Rah Lan", "H'Nga")
    assert (member.cell, member.ancestor_1, member.status) == (cell, cell.pk, Status.OFFICIAL)
    assert [p.status for p in member.status_periods.order_by("valid_from")] == ["probationary", "official"]
    assert member.work_limits.get().reason.text == "mổ tim"


def test_many_members_leave_one_line_in_the_log() -> None:
    cell = a_cell("A")
    records = [a_record(cell, full_name=f"Nguyễn Văn {n}") for n in range(3)]
    actions.register_members(records, by=OFFICE)
    assert AuditEntry.objects.get().detail == {"count": 3, "cells": 1}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"birth_date": date(1995, 5, 20)}, "chưa đủ 18 tuổi"),
        ({"official_on": date(2009, 1, 1)}, "ngày chính thức"),
        ({"birth_date": date(2027, 1, 1)}, "ngày sinh"),
        ({"memberships": ()}, "chưa có chi bộ"),
    ],
)
def test_a_record_against_the_rules_is_refused_and_nothing_is_written(
    fields: dict[str, object], words: str
) -> None:
    cell = a_cell("A")
    with pytest.raises(Refused, match=words):
        actions.register_members([a_record(cell), a_record(cell, **fields)], by=OFFICE)
    assert Member.objects.count() == 0


def test_a_card_number_is_held_once() -> None:
    cell = a_cell("A")
    actions.register_members([a_record(cell, card_number="01234567")], by=OFFICE)
    with pytest.raises(Refused, match="01234567"):
        actions.register_members([a_record(cell, card_number="01234567")], by=OFFICE)


def test_a_transfer_ends_the_old_membership_and_its_posts() -> None:
    old, new = a_cell("A"), a_cell("B")
    [pk] = actions.register_members(
        [a_record(old, posts=(PostSpan(old.pk, "secretary", date(2020, 1, 1)),))], by=OFFICE
    )
    member = actions.transfer_member(pk, to=new, on=date(2026, 3, 1), by=OFFICE)
    spans = [(m.cell, m.valid_from, m.valid_until) for m in member.memberships.order_by("valid_from")]
    assert spans == [(old, date(2010, 2, 3), date(2026, 3, 1)), (new, date(2026, 3, 1), None)]
    assert member.posts.get().valid_until == date(2026, 3, 1)
    assert member.ancestor_1 == new.pk


def test_a_member_who_left_the_party_leaves_cell_and_posts() -> None:
    cell = a_cell("A")
    [pk] = actions.register_members([a_record(cell)], by=OFFICE)
    member = actions.change_status(pk, status=Status.WITHDRAWN, on=date(2026, 3, 1), by=OFFICE)
    assert (member.cell, member.status) == (None, Status.WITHDRAWN)
    with pytest.raises(Refused, match="không còn trong danh sách"):
        actions.update_member(pk, changes={"occupation": "x"}, by=OFFICE)


def test_a_new_limit_ends_the_old_one_of_its_kind() -> None:
    cell = a_cell("A")
    [pk] = actions.register_members([a_record(cell)], by=OFFICE)
    actions.set_work_limit(pk, kind=LimitKind.LIGHT_WORK, valid_from=date(2026, 1, 1), by=OFFICE)
    actions.set_work_limit(
        pk, kind=LimitKind.LIGHT_WORK, valid_from=date(2026, 3, 1), valid_until=date(2026, 7, 1), by=OFFICE
    )
    spans = [(w.valid_from, w.valid_until) for w in Member.objects.get().work_limits.order_by("valid_from")]
    assert spans == [(date(2026, 1, 1), date(2026, 3, 1)), (date(2026, 3, 1), date(2026, 7, 1))]


def test_only_the_office_of_the_place_changes_members() -> None:
    cell, sister = a_cell("A"), a_cell("B")
    [pk] = actions.register_members([a_record(cell)], by=OFFICE)
    refused = []
    for name, grants in {
        "office of the cell": (Grant("office", cell.path, FOUNDED),),
        "office of the sister": (Grant("office", sister.path, FOUNDED),),
        "secretary": (Grant("secretary", cell.path, FOUNDED),),
        "stranger": (),
    }.items():
        actor = Actor(1, None, name, NOW, grants)
        try:
            actions.update_member(pk, changes={"occupation": name}, by=actor)
        except Refused:
            refused.append(name)
    assert refused == ["office of the sister", "secretary", "stranger"]


def test_posts_are_given_to_official_members_and_end_on_a_day() -> None:
    cell = a_cell("A")
    [pk] = actions.register_members([a_record(cell)], by=OFFICE)
    post = actions.appoint(pk, organization=cell, position="secretary", on=date(2026, 1, 1), by=OFFICE)
    with pytest.raises(Refused, match="đang giữ chức vụ"):
        actions.appoint(pk, organization=cell, position="secretary", on=date(2026, 2, 1), by=OFFICE)
    assert actions.end_post(post.pk, on=date(2026, 3, 1), by=OFFICE).valid_until == date(2026, 3, 1)
