"""The parts of a file: who opens which, and what opening a restricted one leaves behind."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.enums import Status
from phancong.members.field_groups import FieldGroup, groups_for
from phancong.members.models import Member, StatusPeriod, WorkLimit, WorkLimitReason
from phancong.members.opening import open_group
from phancong.organizations.models import Organization
from tests.factories import (
    TODAY,
    make_actor,
    make_appointment,
    make_member,
    make_user,
    parent_of,
)

G = FieldGroup
PURPOSE = "Xét giao việc nhẹ năm nay"
READS = {G.GENERAL, G.WORK, G.LIMITS}
WHO_OPENS = {
    "member": set(),
    "secretary": READS | {G.DISCIPLINE},
    "committee": READS,
    "office": READS | {G.DISCIPLINE},
    "record_keeper": {G.GENERAL, G.LIMITS, G.REASONS},
    "inspector": READS | {G.DISCIPLINE},
    "technician": set(),
}


@pytest.fixture
def ill(cell: Organization) -> Member:
    """A member with a reason for a limit and a suspension behind them."""
    member = make_member(cell)
    limit = WorkLimit.objects.create(member=member, kind="light_work", valid_from=date(2026, 1, 1))
    WorkLimitReason.objects.create(limit=limit, text="vừa mổ tim", health_grade=4)
    member.status_periods.update(valid_from=date(2026, 3, 1))
    StatusPeriod.objects.create(
        member=member,
        status=Status.SUSPENDED,
        decision_number="7-QĐ/UBKT",
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 3, 1),
    )
    return member


@pytest.fixture
def keeper(cell: Organization) -> Actor:
    return make_actor("record_keeper", cell.path, name="Người giữ hồ sơ")


@pytest.mark.parametrize("role", sorted(WHO_OPENS))
def test_each_role_opens_exactly_its_parts_of_a_file(cell: Organization, role: str) -> None:
    member = make_member(cell)
    assert groups_for(make_actor(role, cell.path), member) == WHO_OPENS[role]


@pytest.mark.parametrize("role", sorted(WHO_OPENS))
def test_no_role_opens_any_part_of_a_file_elsewhere(
    cell: Organization, sister_cell: Organization, role: str
) -> None:
    assert groups_for(make_actor(role, sister_cell.path), make_member(cell)) == set()


def test_opening_a_restricted_part_is_noted_with_its_purpose(
    ill: Member, keeper: Actor, cell: Organization
) -> None:
    lines = open_group(ill, G.REASONS, purpose=PURPOSE, by=keeper)
    assert [line.text for line in lines] == ["Chỉ làm việc nhẹ: vừa mổ tim; sức khỏe Loại IV"]
    entry = AuditEntry.objects.order_by("sequence").last()
    assert entry is not None
    assert (entry.actor_name, entry.action, entry.subject, entry.place, entry.detail, entry.purpose) == (
        "Người giữ hồ sơ",
        "read",
        f"member:{ill.pk}",
        cell.path,
        {"group": "ly-do-rieng"},
        PURPOSE,
    )


@pytest.mark.parametrize("purpose", ["", "   ", "xem"])
def test_without_a_purpose_nothing_is_opened_and_nothing_noted(
    ill: Member, keeper: Actor, purpose: str
) -> None:
    noted = AuditEntry.objects.count()
    with pytest.raises(Refused, match="Chưa ghi rõ mục đích xem"):
        open_group(ill, G.REASONS, purpose=purpose, by=keeper)
    assert AuditEntry.objects.count() == noted


def test_only_the_keeper_of_private_records_opens_reasons(
    ill: Member, keeper: Actor, secretary: Actor, colleague: Actor, stranger: Actor, sister_cell: Organization
) -> None:
    sister = make_actor("record_keeper", sister_cell.path)
    opened = []
    for actor in (keeper, secretary, colleague, stranger, sister):
        try:
            open_group(ill, G.REASONS, purpose=PURPOSE, by=actor)
        except Refused:
            continue
        opened.append(actor)
    assert opened == [keeper]


def test_a_purpose_of_ten_letters_is_enough(ill: Member, keeper: Actor) -> None:
    assert len(open_group(ill, G.REASONS, purpose="Giao việc.", by=keeper)) == 1


def test_of_their_own_file_a_member_opens_what_is_not_restricted(ill: Member) -> None:
    oneself = replace(make_actor(), member_id=ill.pk)
    assert groups_for(oneself, ill) == READS


def test_a_part_that_is_not_restricted_has_no_such_door(ill: Member, secretary: Actor) -> None:
    with pytest.raises(Refused, match="chưa được giao"):
        open_group(ill, G.WORK, purpose=PURPOSE, by=secretary)


def test_a_suspension_stands_in_the_part_about_discipline_alone(
    ill: Member, cell: Organization, client: Client
) -> None:
    inspector = make_user()
    make_appointment(inspector, parent_of(cell), "inspector", until=date(TODAY.year + 50, 1, 1))
    client.force_login(inspector)
    address = f"/dang-vien/{ill.pk}/rieng/ky-luat/"
    closed = [client.get(page).content.decode() for page in (f"/dang-vien/{ill.pk}/", address)]
    opened = client.post(address, {"muc_dich": PURPOSE}).content.decode()
    assert ["7-QĐ/UBKT" in page for page in (*closed, opened)] == [False, False, True]


def test_a_wrong_purpose_keeps_what_was_typed(ill: Member, cell: Organization, client: Client) -> None:
    inspector = make_user()
    make_appointment(inspector, parent_of(cell), "inspector", until=date(TODAY.year + 50, 1, 1))
    client.force_login(inspector)
    page = client.post(f"/dang-vien/{ill.pk}/rieng/ky-luat/", {"muc_dich": "xem"}).content.decode()
    assert 'value="xem"' in page
    assert "Chưa ghi rõ mục đích xem" in page


@pytest.mark.parametrize("group", ["ly-do-rieng", "ky-luat", "cong-tac", "khong-co"])
def test_a_part_without_the_right_does_not_exist(ill: Member, client: Client, group: str) -> None:
    client.force_login(make_user(ill))
    assert client.get(f"/dang-vien/{ill.pk}/rieng/{group}/").status_code == 404
    assert client.post(f"/dang-vien/{ill.pk}/rieng/{group}/", {"muc_dich": PURPOSE}).status_code == 404
