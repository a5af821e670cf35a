"""A duty goes on to another member, two members exchange duties, the whole proposal is accepted."""

from dataclasses import replace

import pytest
from tests.factories import TODAY, make_actor, make_post
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.board import board_for
from phancong.planning.models import Assignment, Plan
from phancong.planning.one_member import exchanges_for, offers_for
from phancong.planning.policies import NeedsReason, Outdated

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cell: Organization) -> Plan:
    return make_plan(cell)


def give(plan: Plan, name: str, *, title: str, **fields: object) -> Assignment:
    member = Member.objects.filter(cell=plan.cell, full_name=name).first() or belonging_member(
        plan.cell, full_name=name
    )
    duty = make_duty(plan, title=title, **fields)
    return Assignment.objects.create(duty=duty, member=member, source="proposed", fit=50)


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("member__full_name", "duty__title"))


def test_a_duty_goes_on_to_another_member_in_one_change(plan: Plan, secretary: Actor) -> None:
    given = give(plan, "Siu Lan", title="Giữ rừng")
    other = belonging_member(plan.cell, full_name="Nay Dũng")
    actions.pass_duty(given, member=other, version=1, by=secretary)
    assert pairs() == {("Nay Dũng", "Giữ rừng")}
    assert AuditEntry.objects.order_by("sequence").last().action == "pass_duty"  # type: ignore[union-attr]


def test_being_in_charge_goes_on_to_who_may_be(plan: Plan, secretary: Actor) -> None:
    given = give(plan, "Siu Lan", title="Giữ rừng")
    given.is_lead = True
    given.save()
    leader = belonging_member(plan.cell, full_name="Nay Dũng")
    make_post(leader, plan.cell, "deputy_secretary")
    made = actions.pass_duty(given, member=leader, version=1, by=secretary)
    assert made.is_lead
    other = belonging_member(plan.cell, full_name="Siu Bia")
    made = actions.pass_duty(made, member=other, version=2, by=secretary)
    assert not made.is_lead


def test_two_members_exchange_two_duties_in_one_change(plan: Plan, secretary: Actor) -> None:
    first, second = give(plan, "Siu Lan", title="Giữ rừng"), give(plan, "Nay Dũng", title="Hòa giải")
    actions.swap_duties(first, second, version=1, by=secretary)
    assert pairs() == {("Siu Lan", "Hòa giải"), ("Nay Dũng", "Giữ rừng")}
    assert Plan.objects.get().version == 2


def test_an_exchange_asks_one_reason_for_the_warnings_of_both(plan: Plan, secretary: Actor) -> None:
    first = give(plan, "Siu Lan", title="Giữ rừng", required={"law": 2})
    second = give(plan, "Nay Dũng", title="Hòa giải", required={"law": 2})
    with pytest.raises(NeedsReason) as needed:
        actions.swap_duties(first, second, version=1, by=secretary)
    assert [sentence.split(" chưa")[0] for sentence in needed.value.warnings] == [
        "Đ/c Siu Lan",
        "Đ/c Nay Dũng",
    ]
    assert pairs() == {("Siu Lan", "Giữ rừng"), ("Nay Dũng", "Hòa giải")}
    first, second = Assignment.objects.select_related("duty__plan__cell", "member").order_by("pk")
    actions.swap_duties(first, second, version=1, by=secretary, despite="đã bàn")
    assert set(Assignment.objects.values_list("despite", flat=True)) == {"đã bàn"}


def test_nothing_is_exchanged_with_oneself(plan: Plan, secretary: Actor) -> None:
    first, second = give(plan, "Siu Lan", title="Giữ rừng"), give(plan, "Siu Lan", title="Hòa giải")
    with pytest.raises(Refused, match="một đồng chí khác"):
        actions.swap_duties(first, second, version=1, by=secretary)


def test_an_exchange_on_an_old_page_is_refused(plan: Plan, secretary: Actor) -> None:
    first, second = give(plan, "Siu Lan", title="Giữ rừng"), give(plan, "Nay Dũng", title="Hòa giải")
    Plan.objects.update(version=4)
    with pytest.raises(Outdated):
        actions.swap_duties(first, second, version=3, by=secretary)


def test_accepting_the_proposal_keeps_every_part_of_it(plan: Plan, secretary: Actor) -> None:
    give(plan, "Siu Lan", title="Giữ rừng")
    give(plan, "Nay Dũng", title="Hòa giải")
    assert actions.keep_all(plan, version=1, by=secretary) == 2
    assert set(Assignment.objects.values_list("is_locked", flat=True)) == {True}
    board = board_for(secretary, plan.cell, YEAR)
    assert board is not None
    assert board.is_kept


def test_none_of_it_is_done_by_those_who_may_not_change_the_plan(
    plan: Plan, colleague: Actor, stranger: Actor, sister_secretary: Actor
) -> None:
    first, second = give(plan, "Siu Lan", title="Giữ rừng"), give(plan, "Nay Dũng", title="Hòa giải")
    for actor in (colleague, stranger, sister_secretary):
        for change in (
            lambda by: actions.swap_duties(first, second, version=1, by=by),
            lambda by: actions.pass_duty(first, member=second.member, version=1, by=by),
            lambda by: actions.keep_all(plan, version=1, by=by),
        ):
            with pytest.raises(Refused, match="chưa được giao sửa"):
                change(actor)
    assert pairs() == {("Siu Lan", "Giữ rừng"), ("Nay Dũng", "Hòa giải")}


def test_duties_that_suit_and_lack_people_are_offered_first(plan: Plan, secretary: Actor) -> None:
    member = give(plan, "Siu Lan", title="Giữ rừng").member
    make_duty(plan, title="Chỉ cần thêm", headcount_min=0)
    make_duty(plan, title="Còn thiếu")
    make_duty(plan, title="Cần luật", required={"law": 3})
    offers = offers_for(secretary, plan, member.pk)
    assert [(one.title, bool(one.warnings)) for one in offers] == [
        ("Còn thiếu", False),
        ("Chỉ cần thêm", False),
        ("Cần luật", True),
    ]
    assert [one.hours for one in offers] == [8, 8, 8]


def test_exchanges_without_warnings_come_first(plan: Plan, secretary: Actor) -> None:
    own = give(plan, "Siu Lan", title="Giữ rừng")
    give(plan, "Nay Dũng", title="Cần luật", required={"law": 3})
    give(plan, "Nay Dũng", title="Hòa giải")
    found = exchanges_for(secretary, Assignment.objects.select_related("duty__plan__cell").get(pk=own.pk))
    assert [(one.title, bool(one.warnings)) for one in found] == [("Hòa giải", False), ("Cần luật", True)]


def test_the_board_flags_errands_only_and_too_much_work(plan: Plan, secretary: Actor) -> None:
    give(plan, "Siu Lan", title="Treo cờ", is_substantive=False)
    give(plan, "Nay Dũng", title="Giữ rừng", monthly_hours=79)
    board = board_for(secretary, plan.cell, YEAR)
    assert board is not None
    flags = {row.person.member.full_name: (row.has_errands_only, row.is_overloaded) for row in board.rows}
    assert flags == {"Siu Lan": (True, False), "Nay Dũng": (False, True)}
    assert (board.errands_only, board.overloaded) == (1, 1)


def test_opinions_and_steps_are_shown_to_those_who_change_the_plan(
    plan: Plan, secretary: Actor, colleague: Actor
) -> None:
    member = give(plan, "Siu Lan", title="Giữ rừng").member
    actions.ask_opinions(plan, until=TODAY, version=1, by=secretary)
    own = replace(make_actor("member", plan.cell.path, name="Siu Lan"), member_id=member.pk)
    actions.object_to(plan, duty=None, text="Xin việc gần nhà", by=own)
    shown = [board_for(actor, plan.cell, YEAR) for actor in (secretary, colleague)]
    assert [len(board.objections) for board in shown if board] == [1, 0]
