"""What people read: limits broken, other choices, loads in words, the board's notes."""

from datetime import date

import pytest
from django.core.management import call_command
from tests.factories import FOUNDED, TODAY, make_actor, make_cell, make_member, make_office, make_post
from tests.planning.cells import YEAR, belonging_member, hamlet_cell, make_duty, make_entry, make_plan, teach

from phancong.access.actor import Actor
from phancong.members.enums import LimitKind
from phancong.members.models import WorkLimit
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.board import board_for, limit_words
from phancong.planning.models import Apartness, Assignment, Exclusion, Unmet
from phancong.planning.packs import planning_rules
from phancong.planning.queries import year_summary
from phancong.planning.solving.answer import broken_limits
from phancong.planning.solving.explaining import why, without_this_lock
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.summary import tell_year

pytestmark = pytest.mark.django_db
OFFICE = make_office()


@pytest.mark.parametrize(
    ("hours", "capacity", "word"),
    [
        (0, 20, "chưa có việc"),
        (1, 200, "nhẹ"),
        (7, 20, "nhẹ"),
        (8, 20, "vừa"),
        (15, 20, "nặng"),
        (0, 0, "chưa có việc"),
    ],
)
def test_a_load_is_a_word_by_the_share_of_hours(hours: int, capacity: int, word: str) -> None:
    assert planning_rules(TODAY).load_word(hours=hours, capacity=capacity).name == word


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "light_work"}, "Chỉ làm việc nhẹ"),
        ({"kind": "light_work", "valid_until": date(2026, 7, 1)}, "Chỉ làm việc nhẹ đến 30/6/2026"),
        ({"kind": "monthly_hours", "monthly_hours": 5}, "Nhiều nhất 5 giờ mỗi tháng"),
    ],
)
def test_a_limit_is_told_with_its_last_day_and_never_why(fields: dict[str, object], words: str) -> None:
    assert limit_words(WorkLimit(valid_from=FOUNDED, **fields)) == words


def test_everything_a_draft_asks_beyond_limits_is_told() -> None:
    cell = make_cell()
    first = belonging_member(cell, full_name="Siu A")
    second = belonging_member(cell, full_name="Nay B")
    plan = make_plan(cell)
    WorkLimit.objects.create(member=first, kind=LimitKind.LIGHT_WORK, valid_from=FOUNDED)
    heavy = make_duty(plan, title="Giữ rừng", health_need=2, monthly_hours=15)
    extra = [make_duty(plan, monthly_hours=2) for _ in range(3)]
    for duty in (heavy, *extra):
        Assignment.objects.create(duty=duty, member=first, source="chosen")
    Assignment.objects.create(duty=heavy, member=second, source="chosen")
    Exclusion.objects.create(duty=heavy, member=second, reason="Bàn rồi")
    Apartness.objects.create(plan=plan, first=first, second=second)
    told = broken_limits(snapshot_for(plan, today=TODAY))
    assert set(told) == {
        "Đ/c Siu A đang làm việc “Giữ rừng” dù chưa đạt: chỉ giao việc nhẹ cho đồng chí được miễn hoặc xin việc nhẹ.",
        "Đ/c Siu A đang làm việc “Giữ rừng” dù chưa đạt: đủ sức khỏe.",
        "Đ/c Siu A: các việc được giao vượt 1 giờ mỗi tháng.",
        "Đ/c Siu A: được giao quá 1 việc so với mức nhiều nhất.",
        "Việc “Giữ rừng”: đang có quá 1 người.",
        "Đ/c Siu A và đ/c Nay B không nên cùng làm việc “Giữ rừng”.",
        "Đ/c Nay B đang làm việc “Giữ rừng” mà chi bộ đã có ý kiến không giao.",
    }


def test_the_board_notes_a_limit_that_came_after_the_duty_was_given() -> None:
    cell = make_cell()
    member = belonging_member(cell)
    plan = make_plan(cell)
    Assignment.objects.create(duty=make_duty(plan, health_need=2), member=member, source="chosen")
    assert notes_for(OFFICE, cell) == ()
    WorkLimit.objects.create(member=member, kind=LimitKind.LIGHT_WORK, valid_from=FOUNDED)
    assert len(notes_for(OFFICE, cell)) == 2
    assert notes_for(make_actor("member", cell.path), cell) == ()


def test_a_member_in_no_mass_organisation_is_noted_in_one_plain_sentence() -> None:
    cell = make_cell()
    member = make_member(cell, full_name="Siu A")
    make_duty(make_plan(cell))
    actions.draft_plan(cell, year=YEAR, by=OFFICE)
    (need,) = Unmet.objects.filter(member=member)
    assert need.sentence == "Đ/c Siu A chưa sinh hoạt đoàn thể nào, cũng chưa phụ trách tổ, nhóm hộ."
    assert need.relaxation == "Giới thiệu đ/c Siu A vào một đoàn thể."


def test_taking_charge_of_a_group_stands_in_for_a_mass_organisation() -> None:
    cell = make_cell()
    make_member(cell)
    make_duty(make_plan(cell), is_group_charge=True, field="group_charge")
    actions.draft_plan(cell, year=YEAR, by=OFFICE)
    assert not Unmet.objects.exists()


def test_why_names_what_sets_the_member_apart() -> None:
    cell, area = hamlet_cell()
    member = belonging_member(cell, full_name="Siu A")
    member.residence = area
    member.save()
    teach(member, "law", 3)
    plan = make_plan(cell)
    make_duty(plan, title="Hòa giải", field="security", area=area, required={"law": 2})
    told = why(snapshot_for(plan, today=TODAY), member=member.pk, duty_number=1, others=1)
    assert told.sentence == (
        f"Đề xuất đ/c Siu A làm “Hòa giải – {area.name}” vì: có hiểu biết pháp luật, hòa giải (thành thạo); "
        f"cư trú tại {area.name}; mới giữ 1 việc khác."
    )
    assert all(condition.is_met for condition in told.conditions)


def test_releasing_a_pair_that_is_kept_tells_what_would_change() -> None:
    cell = make_cell()
    best, kept = belonging_member(cell, full_name="Siu A"), belonging_member(cell, full_name="Nay B")
    teach(best, "law", 3)
    plan = make_plan(cell)
    duty = make_duty(plan, title="Hòa giải", desired={"law": 3})
    actions.give_duty(duty, member=kept, version=1, by=OFFICE)
    snapshot = snapshot_for(plan, today=TODAY)
    choice = without_this_lock(snapshot, member=kept.pk, duty_number=1)
    assert choice is not None
    assert choice.moves == ("Đ/c Siu A nhận “Hòa giải”", "Đ/c Nay B thôi “Hòa giải”")
    assert choice.effect.startswith("Hợp hơn về kỹ năng, chuyên môn")
    assert without_this_lock(snapshot, member=best.pk, duty_number=1) is None


def test_a_duty_without_anybody_able_to_lead_is_told() -> None:
    cell = make_cell()
    belonging_member(cell)
    make_duty(make_plan(cell), title="Tổ tự quản", needs_lead=True)
    actions.draft_plan(cell, year=YEAR, by=OFFICE)
    (need,) = Unmet.objects.all()
    assert (need.rule, need.sentence.split(":")[0]) == (
        "lead",
        "Việc “Tổ tự quản” chưa có người đứng ra phụ trách",
    )
    assert "  Nhiệm vụ chưa có người đứng ra phụ trách: 1" in tell_year(year_summary(YEAR, today=TODAY))


def test_the_secretary_of_the_cell_is_put_in_charge() -> None:
    cell = make_cell()
    leader = belonging_member(cell)
    make_post(leader, cell)
    duty = make_duty(make_plan(cell), needs_lead=True)
    actions.draft_plan(cell, year=YEAR, by=OFFICE)
    assert list(duty.assignments.values_list("member", "is_lead")) == [(leader.pk, True)]


def test_the_catalogue_is_loaded_and_the_year_summarised_from_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("load_catalogue")
    call_command("summarize_year", "--year", str(YEAR))
    said = capsys.readouterr().out
    assert said.startswith("Danh mục nhiệm vụ: ")
    assert "Chi bộ đã có kế hoạch: 0/0" in said


def test_a_cell_has_entries_of_its_own_in_the_catalogue() -> None:
    cell, _ = hamlet_cell()
    belonging_member(cell)
    make_entry("own", cell=cell)
    make_entry("of_another", cell=make_cell())
    plan = actions.open_plan(cell, year=YEAR, by=OFFICE)
    assert list(plan.duties.values_list("catalogue__code", flat=True)) == ["own"]


def notes_for(actor: Actor, cell: Organization) -> tuple[str, ...]:
    board = board_for(actor, cell, YEAR)
    assert board is not None
    return board.notes
