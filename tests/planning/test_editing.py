"""What people change in a draft, what is refused, and who may."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests.factories import (
    FOUNDED,
    TODAY,
    make_actor,
    make_area,
    make_cell,
    make_committee,
    make_office,
    moment,
)
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan, teach

from phancong.audit import log
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.enums import LimitKind, Status
from phancong.members.models import Member, WorkLimit
from phancong.planning import actions
from phancong.planning.actions.editing import TAKEN_AWAY
from phancong.planning.enums import PlanStage
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Plan, Unmet
from phancong.planning.policies import NeedsReason

pytestmark = pytest.mark.django_db
OFFICE = make_office()


@pytest.fixture
def duty() -> Duty:
    return make_duty(make_plan(make_cell()), title="Giữ rừng")


@pytest.fixture
def member(duty: Duty) -> Member:
    return belonging_member(duty.plan.cell)


def give(duty: Duty, member: Member, despite: str = "") -> Assignment:
    return actions.give_duty(
        duty, member=member, version=Plan.objects.get().version, by=OFFICE, despite=despite
    )


def test_a_duty_given_by_people_is_kept_and_says_how_it_fits(duty: Duty, member: Member) -> None:
    given = give(duty, member)
    assert (given.is_locked, given.source, given.fit == sum(given.terms.values())) == (True, "chosen", True)


def test_every_change_moves_the_version_and_leaves_one_line(duty: Duty, member: Member) -> None:
    given = give(duty, member)
    actions.lock_assignment(given, locked=False, version=2, by=OFFICE)
    actions.take_duty(given, version=3, by=OFFICE)
    lines = AuditEntry.objects.filter(subject=f"plan:{duty.plan_id}").order_by("sequence")
    assert [line.action for line in lines] == ["give_duty", "lock_assignment", "take_duty"]
    assert Plan.objects.get().version == 4


def test_a_page_that_is_no_longer_current_is_refused_with_who_changed_it(duty: Duty, member: Member) -> None:
    give(duty, member)
    with pytest.raises(Refused, match=r"Đồng chí Văn phòng \(lúc 09:00\) vừa sửa kế hoạch này"):
        actions.remove_duty(duty, version=1, by=OFFICE)
    assert Duty.objects.exists()


def test_an_adopted_plan_is_not_changed(duty: Duty, member: Member) -> None:
    Plan.objects.update(stage=PlanStage.ADOPTED)
    with pytest.raises(Refused, match="đã được chi bộ thông qua"):
        give(duty, member)


@pytest.mark.parametrize(
    ("status", "words"), [(Status.SUSPENDED, "Đình chỉ"), (Status.TRANSFERRED, "không còn sinh hoạt")]
)
def test_who_takes_no_part_gets_nothing_whatever_the_reason(
    duty: Duty, member: Member, status: Status, words: str
) -> None:
    Member.objects.update(status=status)
    with pytest.raises(Refused, match=words):
        give(duty, member, despite="Chi bộ muốn vậy")


def test_a_full_duty_takes_nobody_more(duty: Duty, member: Member) -> None:
    give(duty, belonging_member(duty.plan.cell))
    with pytest.raises(Refused, match="đã đủ 1 người"):
        give(duty, member)


def test_nobody_is_given_the_same_duty_twice(duty: Duty, member: Member) -> None:
    Duty.objects.update(headcount_max=2)
    duty.refresh_from_db()
    give(duty, member)
    with pytest.raises(Refused, match="đã được giao việc này rồi"):
        give(duty, member)


WARNED: dict[str, dict[str, object]] = {
    "chưa có kỹ năng": {"required": {"law": 1}},
    "không thuộc diện": {"categories": ["agency"]},
    "có giới hạn công việc": {"health_need": 2},
    "không làm việc ban đêm": {"at_night": True},
    "không đủ thời gian": {"monthly_hours": 30},
    "chưa đạt trình độ": {"education_min": 5},
}


@pytest.mark.parametrize("words", WARNED)
def test_what_speaks_against_it_asks_for_a_reason_and_keeps_it(
    duty: Duty, member: Member, words: str
) -> None:
    for kind in (LimitKind.LIGHT_WORK, LimitKind.NO_NIGHT):
        WorkLimit.objects.create(member=member, kind=kind, valid_from=FOUNDED)
    Duty.objects.update(**WARNED[words])
    duty.refresh_from_db()
    with pytest.raises(NeedsReason, match=words):
        give(duty, member)
    assert not Assignment.objects.exists()
    assert give(duty, member, despite="Chi bộ đã bàn").despite == "Chi bộ đã bàn"


def test_too_many_duties_ask_for_a_reason(duty: Duty, member: Member) -> None:
    for _ in range(3):
        Assignment.objects.create(duty=make_duty(duty.plan), member=member, source="proposed")
    with pytest.raises(NeedsReason, match="đã có 3 việc, nhiều nhất là 3"):
        give(duty, member)


def test_too_many_hours_ask_for_a_reason(duty: Duty, member: Member) -> None:
    heavy = make_duty(duty.plan, monthly_hours=18)
    Assignment.objects.create(duty=heavy, member=member, source="proposed")
    with pytest.raises(NeedsReason, match="sẽ có 22 giờ việc mỗi tháng, quá mức 20 giờ"):
        give(duty, member)


def test_what_is_open_is_told_anew_after_each_change(duty: Duty, member: Member) -> None:
    given = give(duty, member)
    assert not Unmet.objects.exists()
    actions.take_duty(given, version=2, by=OFFICE)
    assert {(row.duty_id, row.member_id) for row in Unmet.objects.all()} == {
        (duty.pk, None),
        (None, member.pk),
    }


def test_an_excluded_member_is_taken_off_and_may_come_back(duty: Duty, member: Member) -> None:
    give(duty, member)
    ruled_out = actions.exclude(duty, member=member, reason="Sắp chuyển đi", version=2, by=OFFICE)
    assert not Assignment.objects.exists()
    actions.include_again(ruled_out, version=3, by=OFFICE)
    assert not Exclusion.objects.exists()


def test_an_exclusion_needs_a_reason(duty: Duty, member: Member) -> None:
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.exclude(duty, member=member, reason=" ", version=1, by=OFFICE)


def test_two_members_are_set_apart_in_one_order_and_allowed_again(duty: Duty, member: Member) -> None:
    other = belonging_member(duty.plan.cell)
    actions.set_apart(duty.plan, first=other, second=member, apart=True, version=1, by=OFFICE)
    assert list(Apartness.objects.values_list("first", "second")) == [(member.pk, other.pk)]
    actions.set_apart(duty.plan, first=member, second=other, apart=False, version=2, by=OFFICE)
    assert not Apartness.objects.exists()
    with pytest.raises(Refused, match="hai đồng chí khác nhau"):
        actions.set_apart(duty.plan, first=member, second=member, apart=True, version=3, by=OFFICE)


def test_a_duty_of_the_cells_own_resolution_is_added_changed_and_removed(duty: Duty) -> None:
    fields = {"title": "Làm cầu", "field": "production", "monthly_hours": 6, "headcount_min": 1}
    added = actions.add_duty(duty.plan, version=1, by=OFFICE, due_on=duty.due_on, **fields)
    assert (added.number, added.source) == (2, "resolution")
    actions.change_duty(added, version=2, by=OFFICE, product="Cây cầu")
    assert Duty.objects.get(pk=added.pk).product == "Cây cầu"
    actions.remove_duty(added, version=3, by=OFFICE)
    assert list(Duty.objects.all()) == [duty]


def test_headcounts_that_contradict_each_other_are_refused(duty: Duty) -> None:
    with pytest.raises(Refused, match="nhỏ hơn số người ít nhất"):
        actions.change_duty(duty, version=1, by=OFFICE, headcount_min=3, headcount_max=2)


def test_only_the_description_of_a_duty_can_be_changed(duty: Duty) -> None:
    with pytest.raises(TypeError):
        actions.change_duty(duty, version=1, by=OFFICE, plan=None)


def test_solving_again_moves_only_what_gains_and_says_why(duty: Duty, member: Member) -> None:
    actions.draft_plan(duty.plan.cell, year=YEAR, by=OFFICE)
    teach(member, "law")
    new = make_duty(duty.plan, title="Hòa giải", desired={"law": 2})
    plan = Plan.objects.select_related("cell").get()
    result = actions.solve_again(plan, version=plan.version, by=OFFICE)
    assert len(result.moves) == 1
    assert result.moves[0].startswith(f"Đ/c {member.full_name} nhận “Hòa giải”: có hiểu biết pháp luật")
    assert (result.unmet, new.assignments.count(), duty.assignments.count()) == (0, 1, 1)
    plan.refresh_from_db()
    assert plan.version == 3


def test_solving_again_refuses_an_old_page(duty: Duty, member: Member) -> None:
    plan = duty.plan
    give(duty, member)
    with pytest.raises(Refused, match="vừa sửa kế hoạch này"):
        actions.solve_again(plan, version=1, by=OFFICE)


CHANGES: dict[str, Callable[[Duty, Member, object], object]] = {
    "give": lambda duty, member, by: actions.give_duty(duty, member=member, version=1, by=by),  # type: ignore[arg-type]
    "remove": lambda duty, _member, by: actions.remove_duty(duty, version=1, by=by),  # type: ignore[arg-type]
    "solve": lambda duty, _member, by: actions.solve_again(duty.plan, version=1, by=by),  # type: ignore[arg-type]
    "draft": lambda duty, _member, by: actions.draft_plan(duty.plan.cell, year=YEAR, by=by),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("change", CHANGES)
def test_only_who_leads_the_cell_changes_its_plan(duty: Duty, member: Member, change: str) -> None:
    cell = duty.plan.cell
    sister = make_cell(parent=cell.parent)
    actors = {
        "secretary": make_actor("secretary", cell.path),
        "colleague": make_actor("committee", cell.path),
        "stranger": make_actor(None, make_committee().path),
        "sister_secretary": make_actor("secretary", sister.path),
    }
    allowed = set()
    for name in ("colleague", "stranger", "sister_secretary", "secretary"):
        try:
            CHANGES[change](duty, member, actors[name])
        except Refused:
            continue
        allowed.add(name)
    assert allowed == {"secretary"}


def test_only_members_of_the_cell_are_set_apart_or_ruled_out(duty: Duty, member: Member) -> None:
    stranger = belonging_member(make_cell())
    with pytest.raises(Refused, match="đang sinh hoạt ở chi bộ này"):
        actions.set_apart(duty.plan, first=member, second=stranger, apart=True, version=1, by=OFFICE)
    with pytest.raises(Refused, match="đang sinh hoạt ở chi bộ này"):
        actions.exclude(duty, member=stranger, reason="Bận", version=1, by=OFFICE)
    assert not Apartness.objects.exists()
    assert not Exclusion.objects.exists()


@pytest.mark.parametrize("year", [YEAR - 1, YEAR + 2])
def test_plans_are_made_for_this_year_and_the_next_only(year: int) -> None:
    cell = make_cell()
    belonging_member(cell)
    for make in (actions.open_plan, actions.draft_plan):
        with pytest.raises(Refused, match=f"Chỉ lập kế hoạch của năm {YEAR} hoặc {YEAR + 1}"):
            make(cell, year=year, by=OFFICE)
    assert not Plan.objects.exists()


def test_a_clash_with_ones_own_other_window_names_nobody(duty: Duty, member: Member) -> None:
    me = make_actor("office", user_id=7, name="Văn phòng")
    actions.give_duty(duty, member=member, version=1, by=me)
    with pytest.raises(Refused, match="Đồng chí vừa sửa kế hoạch này ở cửa sổ khác lúc 09:00"):
        actions.remove_duty(duty, version=1, by=me)
    other = make_actor("office", user_id=8)
    with pytest.raises(Refused, match=r"Đồng chí Văn phòng \(lúc 09:00\) vừa sửa"):
        actions.remove_duty(duty, version=1, by=other)


def test_who_only_took_the_papers_away_is_not_named_as_the_editor(duty: Duty, member: Member) -> None:
    give(duty, member)
    with transaction.atomic():
        log.record(by=make_actor(name="Người tải"), action=TAKEN_AWAY, subject=f"plan:{duty.plan_id}")
    with pytest.raises(Refused, match="Đồng chí Văn phòng"):
        actions.remove_duty(duty, version=1, by=OFFICE)


def test_drafting_many_plans_at_once_names_no_earlier_editor(duty: Duty, member: Member) -> None:
    give(duty, member)
    Plan.objects.update(drafted_at=moment(hour=10))
    with pytest.raises(Refused, match="Kế hoạch này vừa được sửa sau khi đồng chí mở trang"):
        actions.remove_duty(duty, version=1, by=OFFICE)


@pytest.mark.parametrize("version", [0, -1])
def test_a_page_that_sends_no_version_is_refused_with_a_sentence_of_its_own(duty: Duty, version: int) -> None:
    with pytest.raises(Refused, match="thiếu số lần sửa"):
        actions.remove_duty(duty, version=version, by=OFFICE)
    assert Duty.objects.exists()


OWN: dict[str, Any] = {"title": "Làm cầu", "field": "production", "monthly_hours": 6, "headcount_min": 1}


@pytest.mark.parametrize("day", [date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1)])
def test_a_duty_is_due_within_the_year_of_its_plan(duty: Duty, day: date) -> None:
    with pytest.raises(Refused, match=f"nằm ngoài năm {YEAR}"):
        actions.add_duty(duty.plan, version=1, by=OFFICE, due_on=day, **OWN)
    with pytest.raises(Refused, match=f"nằm ngoài năm {YEAR}"):
        actions.change_duty(duty, version=1, by=OFFICE, due_on=day)
    assert list(Duty.objects.values_list("title", "due_on")) == [("Giữ rừng", TODAY)]


@pytest.mark.parametrize("title", ["Giữ rừng", "giu  RUNG"])
def test_the_same_duty_is_not_written_twice(duty: Duty, title: str) -> None:
    with pytest.raises(Refused, match="Kế hoạch đã có việc"):
        actions.add_duty(duty.plan, version=1, by=OFFICE, due_on=TODAY, **OWN | {"title": title})
    other = make_duty(duty.plan, title="Làm đường")
    with pytest.raises(Refused, match="Kế hoạch đã có việc"):
        actions.change_duty(other, version=1, by=OFFICE, title=title)
    assert sorted(Duty.objects.values_list("title", flat=True)) == ["Giữ rừng", "Làm đường"]


def test_the_same_duty_may_stand_once_for_each_area(duty: Duty) -> None:
    assert duty.plan.cell.parent is not None
    area = make_area(committee=duty.plan.cell.parent)
    actions.add_duty(duty.plan, version=1, by=OFFICE, due_on=TODAY, area=area, **OWN | {"title": duty.title})
    assert Duty.objects.filter(title=duty.title).count() == 2


def test_a_duty_that_stands_twice_already_can_still_be_changed(duty: Duty) -> None:
    make_duty(duty.plan, title=duty.title)
    actions.change_duty(duty, version=1, by=OFFICE, product="Rừng còn nguyên")
    assert Duty.objects.get(pk=duty.pk).product == "Rừng còn nguyên"


def test_a_reason_that_is_too_long_is_refused_and_invisible_characters_go(duty: Duty, member: Member) -> None:
    Duty.objects.update(required={"law": 1})
    duty.refresh_from_db()
    for act in (
        lambda reason: actions.exclude(duty, member=member, reason=reason, version=1, by=OFFICE),
        lambda reason: give(duty, member, despite=reason),
    ):
        with pytest.raises(Refused, match="Lý do dài 241 ký tự, nhiều nhất là 240"):
            act("d" * 241)
    assert give(duty, member, despite="Đã\0 bàn ").despite == "Đã bàn"
