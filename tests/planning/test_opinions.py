"""Members see their part of the draft before the meeting, object with a reason, and are answered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories import TODAY, make_actor, make_secretary_user, make_user
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.models import Assignment, Objection, Plan
from phancong.planning.opinions import own_drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Siu H'Bia")


@pytest.fixture
def plan(cell: Organization) -> Plan:
    plan = make_plan(cell)
    plan.opinions_until = TODAY
    plan.save()
    return plan


@pytest.fixture
def given(plan: Plan, member: Member) -> Assignment:
    return Assignment.objects.create(
        duty=make_duty(plan, title="Giữ rừng", product="Báo cáo quý"),
        member=member,
        source="proposed",
        fit=50,
    )


@pytest.fixture
def self(member: Member, cell: Organization) -> Actor:
    """The member whose part of the draft it is."""
    return as_actor(member, cell)


def as_actor(member: Member, cell: Organization) -> Actor:
    return replace(make_actor("member", cell.path, name=member.full_name), member_id=member.pk)


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(make_user(member))
    return client


def test_a_member_objects_to_a_duty_and_is_answered(given: Assignment, self: Actor, secretary: Actor) -> None:
    said = actions.object_to(given.duty.plan, duty=given.duty, text=" Tôi hay  đau lưng ", by=self)
    assert (said.text, said.about, said.state) == ("Tôi hay đau lưng", "Giữ rừng", "open")
    actions.answer_objection(said, changed=False, answer="Việc chỉ đi tuần ban ngày", by=secretary)
    said.refresh_from_db()
    assert (said.state, said.answer, said.answered_by_name) == ("kept", "Việc chỉ đi tuần ban ngày", "Bí thư")


def test_one_opinion_of_a_duty_is_open_at_a_time(given: Assignment, self: Actor) -> None:
    said = actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=self)
    with pytest.raises(Refused, match="đã gửi ý kiến về việc này"):
        actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=self)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(plan=said.plan, member=said.member, duty=said.duty, text="Nữa", at=said.at)
    actions.withdraw_objection(said, by=self)
    actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà lắm", by=self)
    assert sorted(Objection.objects.values_list("state", flat=True)) == ["open", "withdrawn"]


def test_one_opinion_of_the_whole_part_is_open_at_a_time(plan: Plan, self: Actor) -> None:
    actions.object_to(plan, duty=None, text="Xin thêm việc", by=self)
    with pytest.raises(Refused, match="đang chờ trả lời"):
        actions.object_to(plan, duty=None, text="Xin thêm việc", by=self)


@pytest.mark.parametrize("until", [None, TODAY - timedelta(days=1)])
def test_opinions_are_taken_only_while_they_are_asked_for(
    given: Assignment, self: Actor, until: object
) -> None:
    Plan.objects.update(opinions_until=until)
    with pytest.raises(Refused, match="chưa mở hoặc đã hết ngày"):
        actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=self)


@pytest.mark.parametrize(("text", "sentence"), [(" ", "Ghi lý do"), ("a" * 501, "dài 501 ký tự")])
def test_an_opinion_says_why_in_so_many_letters(
    given: Assignment, self: Actor, text: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.object_to(given.duty.plan, duty=given.duty, text=text, by=self)


def test_members_speak_only_of_their_own_part(
    cell: Organization, given: Assignment, stranger: Actor, sister_secretary: Actor, secretary: Actor
) -> None:
    colleague = as_actor(belonging_member(cell), cell)
    for actor in (colleague, stranger, sister_secretary, secretary):
        with pytest.raises(Refused, match="dự kiến giao cho mình"):
            actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=actor)
    assert not Objection.objects.exists()


def test_only_the_secretary_answers_and_only_the_member_withdraws(
    cell: Organization,
    given: Assignment,
    self: Actor,
    stranger: Actor,
    sister_secretary: Actor,
    secretary: Actor,
) -> None:
    said = actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=self)
    for actor in (self, stranger, sister_secretary):
        with pytest.raises(Refused, match="chưa được giao sửa"):
            actions.answer_objection(said, changed=True, answer="Được", by=actor)
    for actor in (stranger, sister_secretary, secretary):
        with pytest.raises(Refused, match="Chỉ người gửi"):
            actions.withdraw_objection(said, by=actor)
    said.refresh_from_db()
    assert said.state == "open"


def test_an_answer_needs_words_and_is_given_once(given: Assignment, self: Actor, secretary: Actor) -> None:
    said = actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=self)
    with pytest.raises(Refused, match="Ghi lời trả lời"):
        actions.answer_objection(said, changed=True, answer="", by=secretary)
    actions.answer_objection(said, changed=True, answer="Đã đổi", by=secretary)
    with pytest.raises(Refused, match="đã có trả lời"):
        actions.answer_objection(said, changed=False, answer="Thôi", by=secretary)
    with pytest.raises(Refused, match="đã có trả lời"):
        actions.withdraw_objection(said, by=self)


def test_an_opinion_outlives_its_duty(given: Assignment, self: Actor, secretary: Actor) -> None:
    said = actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=self)
    actions.remove_duty(given.duty, version=1, by=secretary)
    said.refresh_from_db()
    assert (said.duty, said.about) == (None, "Giữ rừng")


def test_only_who_changes_the_plan_opens_it_for_opinions(
    plan: Plan, colleague: Actor, stranger: Actor, sister_secretary: Actor, secretary: Actor
) -> None:
    for actor in (colleague, stranger, sister_secretary):
        with pytest.raises(Refused, match="chưa được giao sửa"):
            actions.ask_opinions(plan, until=None, version=1, by=actor)
    actions.ask_opinions(plan, until=None, version=1, by=secretary)
    assert (Plan.objects.get().opinions_until, Plan.objects.get().version) == (None, 2)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [(TODAY - timedelta(days=1), "đã qua"), (TODAY.replace(year=YEAR + 1), "nằm sau năm")],
)
def test_the_last_day_for_opinions_lies_ahead_and_in_the_year(
    plan: Plan, secretary: Actor, until: object, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.ask_opinions(plan, until=until, version=1, by=secretary)  # type: ignore[arg-type]


def test_a_member_sees_only_their_own_part_of_the_draft(
    cell: Organization, given: Assignment, member: Member
) -> None:
    other = belonging_member(cell, full_name="Nay Dũng")
    Assignment.objects.create(
        duty=make_duty(given.duty.plan, title="Hòa giải"), member=other, source="proposed"
    )
    page = signed_in(member).get(reverse("planning:own_draft")).content.decode()
    assert ("Giữ rừng" in page, "Báo cáo quý" in page, "Hòa giải" in page, "Nay Dũng" in page) == (
        True,
        True,
        False,
        False,
    )


def test_the_part_is_hidden_when_opinions_are_over_and_answers_stay(
    given: Assignment, self: Actor, secretary: Actor
) -> None:
    said = actions.object_to(given.duty.plan, duty=given.duty, text="Xa nhà", by=self)
    actions.answer_objection(said, changed=True, answer="Đã đổi", by=secretary)
    Plan.objects.update(opinions_until=None)
    [draft] = own_drafts(self)
    assert (draft.is_open, draft.duties, [one.answer for one in draft.other]) == (False, (), ["Đã đổi"])


def test_a_stranger_has_no_draft(stranger: Actor, plan: Plan) -> None:
    assert own_drafts(stranger) == []


def test_an_opinion_goes_the_whole_way_over_the_pages(
    cell: Organization, given: Assignment, member: Member
) -> None:
    client = signed_in(member)
    client.post(
        reverse("planning:object_to", args=[given.duty.plan_id]), {"viec": given.duty_id, "y-kien": "Xa nhà"}
    )
    office = Client()
    office.force_login(make_secretary_user(cell))
    board = reverse("planning:board", args=[cell.pk, YEAR])
    assert "về việc “Giữ rừng”: Xa nhà" in office.get(board).content.decode()
    said = Objection.objects.get()
    address = reverse("planning:answer_objection", args=[said.pk])
    office.post(address, {"ket-qua": "sua", "tra-loi": "Đã đổi"})
    assert "Ý kiến của đảng viên" not in office.get(board).content.decode()
    assert "Đã đổi" in client.get(reverse("planning:own_draft")).content.decode()


def test_what_was_typed_is_kept_when_it_is_refused(
    cell: Organization, given: Assignment, member: Member
) -> None:
    client = signed_in(member)
    address = reverse("planning:object_to", args=[given.duty.plan_id])
    long = "Xa nhà " * 80
    answer = client.post(address, {"viec": given.duty_id, "y-kien": long}).content.decode()
    assert (long in answer, "Rút ngắn rồi gửi lại" in answer) == (True, True)


@pytest.mark.parametrize("count", [1, 5])
def test_the_own_draft_costs_the_same_queries_for_any_number_of_duties(
    given: Assignment, member: Member, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        Assignment.objects.create(duty=make_duty(given.duty.plan), member=member, source="proposed")
    client = signed_in(member)
    client.get(reverse("planning:own_draft"))
    with django_assert_num_queries(OWN_DRAFT_QUERIES):
        client.get(reverse("planning:own_draft"))


OWN_DRAFT_QUERIES = 9
