"""The figures of a year close, and every gap has its reason."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from tests.factories import TODAY, make_cell, make_committee, make_member, make_office
from tests.planning.cells import YEAR, belonging_member, make_duty, make_entry, make_plan

from phancong.jobs.models import Job
from phancong.members.enums import Status
from phancong.planning.actions import draft_plan, draft_plans
from phancong.planning.jobs import start_drafting
from phancong.planning.models import Assignment, Plan
from phancong.planning.queries import cells_to_plan, year_summary
from phancong.planning.summary import tell_year

pytestmark = pytest.mark.django_db
OFFICE = make_office()


def test_members_with_a_duty_with_other_work_and_without_are_all_members() -> None:
    cell = make_cell()
    with_duty, with_errand, idle = (belonging_member(cell) for _ in range(3))
    make_member(cell, status=Status.SUSPENDED)
    make_member(make_cell())
    plan = make_plan(cell)
    for member, is_substantive in ((with_duty, True), (with_errand, False)):
        duty = make_duty(plan, is_substantive=is_substantive, headcount_min=0)
        Assignment.objects.create(duty=duty, member=member, source="chosen", is_locked=True)
    make_duty(plan, required={"law": 1})
    draft_plan(cell, year=YEAR, by=OFFICE)
    Assignment.objects.filter(member=idle).delete()
    summary = year_summary(YEAR, today=TODAY)
    assert (summary.cells, summary.cells_planned) == (2, 1)
    assert (summary.members, summary.with_duty, summary.with_other_work, summary.without_work) == (5, 1, 1, 3)
    assert summary.why_without == {
        "việc đã đủ người": 1,
        "đình chỉ sinh hoạt đảng": 1,
        "chi bộ chưa có kế hoạch": 1,
    }
    assert sum(summary.why_without.values()) == summary.without_work


def test_open_duties_are_counted_with_people_missing_and_reasons() -> None:
    cell = make_cell()
    belonging_member(cell)
    plan = make_plan(cell)
    make_duty(plan)
    make_duty(plan, required={"law": 1}, headcount_min=2, headcount_max=2, needs_lead=True)
    draft_plan(cell, year=YEAR, by=OFFICE)
    summary = year_summary(YEAR, today=TODAY)
    assert (summary.duties, summary.duties_open, summary.people_missing) == (2, 1, 2)
    assert (summary.why_open, summary.without_lead) == ({"thiếu kỹ năng, tiếng nói bắt buộc": 1}, 1)


def test_the_summary_is_told_in_plain_sentences() -> None:
    cell = make_cell()
    belonging_member(cell)
    make_duty(make_plan(cell))
    draft_plan(cell, year=YEAR, by=OFFICE)
    lines = list(tell_year(year_summary(YEAR, today=TODAY)))
    assert lines[1].startswith("  Chi bộ đã có kế hoạch: 1/1;")
    assert lines[2] == "  Đảng viên: 1 = 1 có nhiệm vụ + 0 chỉ có việc sự vụ + 0 chưa có việc"
    assert lines[3] == "  Nhiệm vụ: 1; còn 0 nhiệm vụ thiếu 0 người"


def test_a_job_drafts_every_cell_and_ends_with_a_sentence() -> None:
    make_entry("common")
    parent = make_committee()
    for _ in range(3):
        belonging_member(make_cell(parent=parent))
    output = io.StringIO()
    call_command("plan_year", "--year", str(YEAR), stdout=output)
    job = Job.objects.get()
    link = {"url": f"{reverse('planning:list')}?nam={YEAR}", "label": "Xem kế hoạch của các chi bộ"}
    assert (job.state, job.result) == (Job.State.DONE, {"cells": 3, "proved": 3, "links": [link]})
    assert Plan.objects.count() == 3
    assert output.getvalue().startswith(f"Đã lập dự thảo kế hoạch năm {YEAR} cho 3 chi bộ; 3 kế hoạch")


def test_only_cells_without_a_plan_are_drafted_when_asked() -> None:
    parent = make_committee()
    old, new = make_cell(parent=parent), make_cell(parent=parent)
    for cell in (old, new):
        belonging_member(cell)
    draft_plans([old], year=YEAR, by=OFFICE)
    make_cell(parent=parent)
    assert list(cells_to_plan(year=YEAR, only_missing=True)) == [new]
    assert set(cells_to_plan(year=YEAR)) == {old, new}


def test_nothing_to_do_starts_no_job() -> None:
    assert start_drafting(by=OFFICE, year=YEAR, path="", only_missing=True) is None
    assert not Job.objects.exists()


def test_an_unknown_cell_is_refused_with_what_to_do() -> None:
    with pytest.raises(CommandError, match="Xem mã ở trang Tổ chức đảng"):
        call_command("plan_year", "--cell", "khong-co")


def test_one_cell_is_planned_by_its_code() -> None:
    cell = make_cell()
    belonging_member(cell)
    call_command("plan_year", "--cell", cell.code, "--year", str(YEAR), stdout=io.StringIO())
    assert list(Plan.objects.values_list("cell", flat=True)) == [cell.pk]
