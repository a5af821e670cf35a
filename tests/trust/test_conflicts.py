"""Nobody decides about themself, an inspector does not inspect their own cell, a technician reads no content."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from phancong.access.conflicts import check_not_oneself, check_second_person
from phancong.accounts.appointments import delegate_role, give_role
from phancong.accounts.models import Appointment
from phancong.accounts.queries import actor_of, system_actor
from phancong.common.refusal import Refused
from tests.trust.addresses import patterns, values
from tests.trust.measures import measured
from tests.trust.reading import body_of
from tests.trust.world import CELLS, World

pytestmark = pytest.mark.sqlite_is_enough

# What a technician opens: accounts and what everybody opens; no list, file or figure about members.
TECHNICIAN_OPENS = {
    "home", "components", "accounts:sign_in", "roles:who_may", "jobs:list",
    "accounts:activate", "accounts:confirm", "accounts:security", "accounts:password", "accounts:app",
    "account_pages:list", "account_pages:detail",
    # One's own work: a technician has none, and the page says so.
    "planning:own_draft", "followups:mine",
}  # fmt: skip


def test_nobody_gives_or_lends_themself_a_role(world: World) -> None:
    accepted = 0
    office, secretary = world.users["văn_phòng"], world.users["bí_thư_cùng"]
    last = world.today + timedelta(days=9)
    now = timezone.localtime()
    for role in ("office", "record_keeper", "inspector", "technician"):
        with pytest.raises(Refused):
            give_role(
                office, role=role, organization=world.organizations["C1"], decision_number="1",
                valid_from=world.today, valid_until=last, by=actor_of(office, now=now),
            )  # fmt: skip
    with pytest.raises(Refused):
        delegate_role(
            secretary, role="secretary", organization=world.organizations["C1"], valid_from=world.today,
            valid_until=last, by=actor_of(secretary, now=now),
        )  # fmt: skip
    accepted += Appointment.objects.filter(valid_until=last).count()
    measured(5, "tự giao, tự ủy quyền cho mình", n=5, wrong=accepted)
    assert accepted == 0


def test_an_inspector_opens_nothing_of_their_own_cell_that_a_member_may_not(world: World) -> None:
    client = world.client("kiểm_tra_có_quyết_định")
    own = [member.pk for member in world.members["C2"] if member.pk != world.members["C2"][2].pk]
    opened = [pk for pk in own if client.get(f"/dang-vien/{pk}/").status_code == 200]
    opened += [
        pk
        for pk in own
        if client.post(f"/dang-vien/{pk}/rieng/ky-luat/", {"muc_dich": "Kiểm tra chi bộ mình"}).status_code
        == 200
    ]
    measured(5, "người kiểm tra mở hồ sơ chi bộ mình", n=2 * len(own), wrong=len(opened))
    assert opened == []


def test_a_technician_opens_no_content(world: World) -> None:
    client, opened, tried = world.client("quản_trị_kỹ_thuật"), set(), 0
    for name, pattern in patterns():
        for cell in CELLS:
            answer = client.get(reverse(name, kwargs=values(world, pattern, cell)))
            body_of(answer)
            tried += 1
            if answer.status_code == 200:
                opened.add(name)
    measured(5, "quản trị kỹ thuật mở nội dung", n=tried, wrong=len(opened - TECHNICIAN_OPENS))
    assert opened == TECHNICIAN_OPENS


def test_a_proposer_does_not_approve_and_a_subject_does_not_decide(world: World) -> None:
    by = actor_of(world.users["đảng_viên_A"], now=timezone.localtime())
    with pytest.raises(Refused, match="không tự duyệt"):
        check_second_person(by, proposed_by=by.user_id)
    with pytest.raises(Refused, match="chính mình"):
        check_not_oneself(by, member_id=by.member_id)
    check_second_person(by, proposed_by=world.users["đảng_viên_B"].pk)
    check_not_oneself(by, user_id=world.users["đảng_viên_B"].pk, member_id=world.members["C1"][2].pk)
    nobody = system_actor(now=timezone.localtime())
    check_not_oneself(nobody, user_id=by.user_id)
    check_not_oneself(nobody, member_id=by.member_id)
    check_second_person(nobody, proposed_by=None)
    measured(5, "tự duyệt, tự quyết", n=2, wrong=0)
