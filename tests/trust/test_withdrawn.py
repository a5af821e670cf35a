"""A right that ends between two requests of an open session is gone at the second."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from phancong.accounts.appointments import end_appointment
from phancong.accounts.models import Appointment, User
from phancong.accounts.queries import system_actor
from phancong.members.models import Post
from phancong.organizations.actions import Decision, dissolve_organization, move_organization
from phancong.organizations.models import Organization
from tests.trust.measures import measured
from tests.trust.reading import body_of
from tests.trust.world import World


def end_the_post(world: World) -> None:
    Post.objects.filter(member=world.members["C1"][0]).update(valid_until=world.today)


def end_the_decision(world: World) -> None:
    Appointment.objects.filter(role="inspector").update(valid_until=world.today)


def take_the_role_back(world: World) -> None:
    for given in Appointment.objects.filter(role="office"):
        end_appointment(given, by=system_actor(now=timezone.localtime()))


def transfer_the_member(world: World) -> None:
    member = world.members["C1"][1]
    member.cell = world.organizations["C2"]
    member.save()


def let_the_member_leave(world: World) -> None:
    member = world.members["C1"][1]
    member.status, member.cell = "transferred", None
    member.save()


def lock_the_account(world: World) -> None:
    User.objects.filter(username="bi-thu-cung").update(is_active=False)


def _decision(world: World) -> Decision:
    return Decision(
        by=system_actor(now=timezone.localtime()),
        effective_on=world.today,
        decision_number="9-QĐ",
        decided_on=world.today,
    )


def move_the_cell(world: World) -> None:
    move_organization(
        organization=world.organizations["C1"], parent=world.organizations["K3"], **_decision(world)
    )


def dissolve_the_cell(world: World) -> None:
    cell = Organization.objects.get(pk=world.organizations["C1"].pk)
    dissolve_organization(organization=cell, **_decision(world))


def end_the_lent_role(world: World) -> None:
    end_the_post(world)


def lend(world: World) -> None:
    Appointment.objects.create(
        user=world.users["đảng_viên_B"],
        role="secretary",
        organization=world.organizations["C1"],
        delegated_by=world.users["bí_thư_cùng"],
        valid_from=world.today,
        valid_until=world.today + timedelta(days=9),
    )


def nothing(world: World) -> None:
    """What has to be so before."""


BOARD, FILE, LIST = "/phan-cong/{cell_id}/{year}/", "/dang-vien/{member_id}/", "/dang-vien/"
Change = Callable[[World], None]
CASES: list[tuple[str, str, Change, Change]] = [
    ("bí_thư_cùng", BOARD.replace("/{year}/", "/{year}/bang-tinh/"), nothing, end_the_post),
    ("bí_thư_cùng", FILE, nothing, end_the_post),
    ("bí_thư_cùng", LIST, nothing, end_the_post),
    ("bí_thư_cùng", "/uy-quyen/", nothing, end_the_post),
    ("bí_thư_cùng", "/", nothing, lock_the_account),
    ("bí_thư_cùng", BOARD, nothing, dissolve_the_cell),
    ("bí_thư_cùng", LIST, nothing, dissolve_the_cell),
    ("kiểm_tra_có_quyết_định", FILE, nothing, end_the_decision),
    ("kiểm_tra_có_quyết_định", BOARD, nothing, end_the_decision),
    ("văn_phòng", FILE, nothing, take_the_role_back),
    ("văn_phòng", "/vai-tro/", nothing, take_the_role_back),
    ("văn_phòng", "/dang-vien/nhap/", nothing, take_the_role_back),
    ("văn_phòng", BOARD, nothing, move_the_cell),
    ("văn_phòng", FILE, nothing, let_the_member_leave),
    ("bí_thư_cùng", FILE, nothing, transfer_the_member),
    ("đảng_viên_A", BOARD, nothing, transfer_the_member),
    ("đảng_viên_A", "/to-chuc/{organization_id}/", nothing, transfer_the_member),
    ("đảng_viên_A", BOARD, nothing, let_the_member_leave),
    ("đảng_viên_B", LIST, lend, end_the_lent_role),
    ("đảng_viên_B", FILE, lend, lock_the_account),
]


@pytest.mark.parametrize("case", range(len(CASES)))
def test_the_next_request_after_the_end_is_not_served(world: World, case: int) -> None:
    persona, shape, before, change = CASES[case]
    before(world)
    ids = {name: things["C1"] for name, things in world.things.items()}
    address = shape.format(**ids, year=world.year)
    client = world.client(persona)
    first, second = client.get(address), None
    body_of(first)
    change(world)
    second = client.get(address)
    body_of(second)
    served = second.status_code == 200
    measured(4, "yêu cầu sau khi quyền hết", n=1, wrong=int(served))
    assert (first.status_code, served) == (200, False)


def test_a_right_that_begins_tomorrow_is_not_there_today(world: World) -> None:
    post = Post.objects.get(member=world.members["C1"][0])
    Post.objects.filter(pk=post.pk).update(valid_from=world.today + timedelta(days=1))
    served = world.client("bí_thư_cùng").get(LIST).status_code == 200
    measured(4, "yêu cầu trước khi quyền bắt đầu", n=1, wrong=int(served))
    assert not served


def test_a_term_that_ended_long_ago_gives_nothing(world: World) -> None:
    Post.objects.filter(member=world.members["C1"][0]).update(
        valid_from=date(2000, 1, 1), valid_until=date(2005, 1, 1)
    )
    served = world.client("bí_thư_cùng").get(LIST).status_code == 200
    measured(4, "yêu cầu trước khi quyền bắt đầu", n=1, wrong=int(served))
    assert not served
