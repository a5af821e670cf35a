"""People change during the year: the work this touches comes back with a proposal, all other work stays."""

from datetime import date

import pytest
from tests.factories import FOUNDED, TODAY
from tests.planning.cells import belonging_member, make_duty, make_plan
from tests.planning.test_adoption import adopt

from phancong.access.actor import Actor
from phancong.members.enums import LimitKind, Status
from phancong.members.models import Member, WorkLimit
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.models import Assignment, Plan
from phancong.planning.solving.affected import Affected, affected_in


@pytest.fixture
def people(cell: Organization) -> list[Member]:
    return [belonging_member(cell, full_name=f"Nguyễn Văn {name}") for name in ("An", "Bình", "Chung")]


@pytest.fixture
def plan(cell: Organization, people: list[Member], secretary: Actor) -> Plan:
    """Two heavy duties, done by the first two."""
    plan = make_plan(cell)
    for member, title in zip(people, ("Tuần tra đêm", "Sửa đường"), strict=False):
        duty = make_duty(plan, title=title, health_need=2, at_night=title == "Tuần tra đêm")
        actions.give_duty(duty, member=member, version=plan.version, by=secretary)
        plan.refresh_from_db()
    adopt(plan, secretary)
    return plan


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(one.assignment.duty.title, one.why) for one in affected_in(plan, today=TODAY)]


def only(plan: Plan) -> Affected:
    (one,) = affected_in(plan, today=TODAY)
    return one


def limit(member: Member, kind: LimitKind) -> None:
    WorkLimit.objects.create(member=member, kind=kind, valid_from=FOUNDED)


def test_nothing_is_affected_while_nobody_changed(plan: Plan) -> None:
    assert told(plan) == []


def test_a_new_limit_brings_the_work_back_with_somebody_free(plan: Plan, people: list[Member]) -> None:
    limit(people[0], LimitKind.NO_NIGHT)
    one = only(plan)
    assert (one.assignment.duty.title, one.why) == (
        "Tuần tra đêm",
        "Đ/c Nguyễn Văn An nay không làm việc ban đêm.",
    )
    assert one.successor == people[2]


def test_who_left_the_cell_is_replaced(plan: Plan, people: list[Member], sister_cell: Organization) -> None:
    Member.objects.filter(pk=people[1].pk).update(cell=sister_cell)
    one = only(plan)
    assert (one.why, one.successor) == ("Đ/c Nguyễn Văn Bình không còn sinh hoạt ở chi bộ.", people[2])


def test_a_status_that_takes_no_work_brings_all_of_it_back(plan: Plan, people: list[Member]) -> None:
    Member.objects.filter(pk=people[0].pk).update(status=Status.SUSPENDED)
    assert told(plan) == [("Tuần tra đêm", "Đ/c Nguyễn Văn An đang ở trạng thái “Đình chỉ sinh hoạt đảng”.")]


def test_where_nobody_suits_there_is_no_proposal(plan: Plan, people: list[Member]) -> None:
    for member in people:
        limit(member, LimitKind.NO_NIGHT)
    one = only(plan)
    assert (one.assignment.duty.title, one.successor) == ("Tuần tra đêm", None)


def test_several_pieces_of_work_come_back_each_with_its_proposal(plan: Plan, people: list[Member]) -> None:
    for member in people[:2]:
        limit(member, LimitKind.LIGHT_WORK)
    found = affected_in(plan, today=TODAY)
    assert [one.assignment.member for one in found] == people[:2]
    assert {one.successor for one in found} == {people[2]}


def test_what_was_known_when_it_was_adopted_is_not_told_again(
    cell: Organization, people: list[Member], secretary: Actor
) -> None:
    limit(people[0], LimitKind.NO_NIGHT)
    plan = make_plan(cell)
    duty = make_duty(plan, at_night=True)
    actions.give_duty(duty, member=people[0], version=1, by=secretary, despite="Chỉ trực đầu hôm")
    plan.refresh_from_db()
    adopt(plan, secretary)
    assert told(plan) == []


def test_what_is_kept_with_a_reason_is_not_told_again(
    plan: Plan, people: list[Member], secretary: Actor
) -> None:
    limit(people[0], LimitKind.NO_NIGHT)
    row = only(plan).assignment
    actions.keep_despite(row, reason="Đồng chí xin trực ca đầu hôm", by=secretary)
    assert told(plan) == []
    assert Assignment.objects.get(pk=row.pk).accepted_limits == ["night"]


def test_only_work_that_is_still_open_is_looked_at(plan: Plan, people: list[Member]) -> None:
    limit(people[0], LimitKind.NO_NIGHT)
    assert affected_in(plan, today=TODAY, among=[]) == ()


def test_a_limit_that_is_over_touches_nothing(plan: Plan, people: list[Member]) -> None:
    WorkLimit.objects.create(
        member=people[0], kind=LimitKind.NO_NIGHT, valid_from=FOUNDED, valid_until=date(2026, 3, 1)
    )
    assert told(plan) == []
