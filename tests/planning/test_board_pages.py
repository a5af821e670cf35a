"""The pages of the board: a member a page, effects in a sentence, choices kept when somebody else was first."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories import make_member, make_secretary_user
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.access.actor import Actor
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.models import Assignment, Duty, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cell: Organization) -> Plan:
    return make_plan(cell)


@pytest.fixture
def member(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Siu H'Bia")


@pytest.fixture
def desk(cell: Organization) -> Client:
    """The secretary before the screen."""
    client = Client()
    client.force_login(make_secretary_user(cell))
    return client


def give(plan: Plan, member: Member, title: str, **fields: object) -> Assignment:
    return Assignment.objects.create(
        duty=make_duty(plan, title=title, **fields), member=member, source="proposed", fit=50
    )


def member_page(plan: Plan, member: Member) -> str:
    return reverse("planning:member", args=[plan.cell_id, plan.year, member.pk])


def test_giving_says_what_it_did_to_fit_and_load(plan: Plan, member: Member, desk: Client) -> None:
    duty = make_duty(plan, title="Giữ rừng", headcount_min=2, headcount_max=2)
    answer = desk.post(reverse("planning:give", args=[duty.pk]), {"version": 1, "ai": member.pk}, follow=True)
    page = answer.content.decode()
    assert "Đã giao “Giữ rừng” cho đ/c Siu H&#x27;Bia. Mức hợp chung" in page
    assert "đ/c Siu H&#x27;Bia từ 0 lên 4 giờ mỗi tháng, mức" in page
    assert "việc “Giữ rừng” còn thiếu 1 người." in page


def test_what_is_done_on_the_page_of_a_member_leads_back_to_it(
    plan: Plan, member: Member, desk: Client
) -> None:
    duty, there = make_duty(plan), {"ve": member.pk}
    answer = desk.post(reverse("planning:give", args=[duty.pk]), {"version": 1, "ai": member.pk, **there})
    assert answer["Location"] == member_page(plan, member)
    given = Assignment.objects.get()
    answer = desk.post(reverse("planning:take", args=[given.pk]), {"version": 2, **there})
    assert answer["Location"] == member_page(plan, member)


def test_members_follow_each_other_as_on_the_board(plan: Plan, cell: Organization, desk: Client) -> None:
    members = [belonging_member(cell, full_name=name) for name in ("Nay An", "Siu Bia")]
    first, second = (desk.get(member_page(plan, one)).context["here"] for one in members)
    assert (first.following.person.member, second.previous.person.member) == (members[1], members[0])


def test_the_page_of_a_member_is_there_for_members_of_the_cell_only(
    plan: Plan, sister_cell: Organization, desk: Client
) -> None:
    assert desk.get(member_page(plan, make_member(sister_cell))).status_code == 404


def test_a_choice_on_an_old_page_is_shown_beside_what_the_other_did(
    plan: Plan, member: Member, cell: Organization, desk: Client, secretary: Actor
) -> None:
    duty = make_duty(plan, title="Giữ rừng", required={"law": 2})
    actions.set_apart(plan, first=member, second=belonging_member(cell), apart=True, version=1, by=secretary)
    sent = {"version": 1, "ai": member.pk, "ly-do": "đã học", "ve": member.pk}
    answer = desk.post(reverse("planning:give", args=[duty.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Giao “Giữ rừng” cho đ/c Siu H&#x27;Bia." in page
    assert "Không xếp đ/c Siu H&#x27;Bia" in page
    assert 'name="ly-do" value="đã học"' in page
    assert not Assignment.objects.exists()
    desk.post(reverse("planning:give", args=[duty.pk]), {**sent, "version": answer.context["plan"].version})
    assert Assignment.objects.get().despite == "đã học"


def test_an_exchange_with_warnings_asks_why_and_keeps_the_choice(
    plan: Plan, member: Member, cell: Organization, desk: Client
) -> None:
    own = give(plan, member, "Giữ rừng", required={"law": 2})
    other = give(plan, belonging_member(cell), "Hòa giải")
    address = reverse("planning:swap", args=[own.pk])
    sent = {"version": 1, "lay": other.pk, "tu": own.pk}
    page = desk.post(address, sent).content.decode()
    assert "Cần cân nhắc trước khi giao" in page
    assert f'name="lay" value="{other.pk}"' in page
    desk.post(address, {**sent, "ly-do": "đã bàn"})
    assert set(Assignment.objects.values_list("member", "duty__title")) == {
        (member.pk, "Hòa giải"),
        (other.member_id, "Giữ rừng"),
    }


def test_a_duty_is_passed_on_from_its_page(
    plan: Plan, member: Member, cell: Organization, desk: Client
) -> None:
    own, other = give(plan, member, "Giữ rừng"), belonging_member(cell, full_name="Nay Dũng")
    assert "Nay Dũng" in desk.get(reverse("planning:exchange", args=[own.pk])).content.decode()
    desk.post(reverse("planning:pass_on", args=[own.pk]), {"version": 1, "ai": other.pk})
    assert Assignment.objects.get().member == other


def test_the_proposal_is_accepted_and_the_last_change_taken_back_from_the_board(
    plan: Plan, member: Member, desk: Client
) -> None:
    give(plan, member, "Giữ rừng")
    desk.post(reverse("planning:keep_all", args=[plan.cell_id, YEAR]), {"version": 1})
    assert Assignment.objects.get().is_locked
    page = desk.get(reverse("planning:board", args=[plan.cell_id, YEAR])).content.decode()
    assert "Nhận cả bản gợi ý, giữ mọi phần việc" in page
    desk.post(reverse("planning:undo", args=[plan.cell_id, YEAR]), {"version": 2})
    assert not Assignment.objects.get().is_locked


def test_a_duty_typed_on_an_old_page_is_kept_and_both_versions_are_shown(
    plan: Plan, desk: Client, secretary: Actor
) -> None:
    duty = make_duty(plan, title="Giữ rừng")
    address = reverse("planning:change_duty", args=[duty.pk])
    form = desk.get(address).context["form"]
    typed = {
        one.name: one.value() for one in form if one.value() not in ("", None) and one.value() is not False
    }
    actions.change_duty(duty, monthly_hours=9, version=1, by=secretary)
    page = desk.post(address, {**typed, "product": "Báo cáo của tôi", "version": 1}).content.decode()
    assert ("Báo cáo của tôi" in page, "Sửa việc “Giữ rừng”" in page, "đang là 9" in page) == (
        True,
        True,
        True,
    )
    assert Duty.objects.get().product == ""
    desk.post(address, {**typed, "product": "Báo cáo của tôi", "version": 2})
    assert Duty.objects.get().product == "Báo cáo của tôi"


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize(("name", "queries"), [("member", 37), ("exchange", 33)])
def test_a_page_costs_the_same_queries_for_any_number_of_members(
    plan: Plan,
    cell: Organization,
    desk: Client,
    count: int,
    name: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    given = [give(plan, make_member(cell), f"Việc {number}") for number in range(count)]
    addresses = {
        "member": member_page(plan, given[0].member),
        "exchange": reverse("planning:exchange", args=[given[0].pk]),
    }
    desk.get(addresses[name])
    with django_assert_num_queries(queries):
        desk.get(addresses[name])
