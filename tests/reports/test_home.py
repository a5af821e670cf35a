"""Việc hôm nay: each person finds what needs them, and nothing of others."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from phancong.followups.enums import State
from phancong.followups.models import Progress
from phancong.jobs.models import Job
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Duty, Plan, Unmet
from phancong.reports.queries import Gaps, gaps_for
from tests.factories import (
    TODAY,
    make_actor,
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_organization,
    make_post,
    make_secretary_user,
    make_user,
    moment,
)
from tests.followups.works import make_works

pytestmark = pytest.mark.django_db


def _plan(cell: Organization, year: int) -> Plan:
    return Plan.objects.create(cell=cell, year=year, drafted_at=moment())


def _give(plan: Plan, member: Member, title: str = "Vận động hộ nghèo") -> Duty:
    duty = Duty.objects.create(
        plan=plan,
        number=plan.duties.count() + 1,
        title=title,
        field="mass_work",
        monthly_hours=4,
        source="catalogue",
        due_on=date(plan.year, 12, 20),
    )
    Assignment.objects.create(duty=duty, member=member, source="proposed")
    return duty


def test_the_office_counts_what_is_missing_in_its_places_alone() -> None:
    ward = make_organization("ward")
    committee = make_committee(parent=ward)
    planned, unplanned = make_cell(parent=committee), make_cell(parent=committee)
    busy = make_member(planned, card_number="00000001")
    make_post(busy, planned)
    make_member(unplanned, card_number="00000002")
    make_member(unplanned)
    plan = _plan(planned, TODAY.year)
    duty = _give(plan, busy)
    Unmet.objects.create(plan=plan, duty=duty, rule="headcount", sentence="Còn thiếu 1 người.")
    make_member(make_cell())
    assert gaps_for(make_actor("office", ward.path), year=TODAY.year) == Gaps(
        cells_without_plan=1,
        cells_without_secretary=1,
        open_duties=1,
        members_without_work=2,
        members_without_card=1,
    )


def test_the_rows_of_the_office_lead_to_lists_as_long_as_they_say(client: Client) -> None:
    committee = make_committee()
    for _ in range(2):
        make_member(make_cell(parent=committee))
    make_cell(parent=committee)
    client.force_login(make_office_user(committee))
    gaps = client.get("/").context["gaps"]
    assert (gaps.cells_without_plan, gaps.cells_without_secretary) == (2, 3)
    assert gaps.cells_without_plan == len(client.get("/to-chuc/?loc=chua-ke-hoach").context["flagged"])
    assert gaps.cells_without_secretary == len(client.get("/to-chuc/?loc=chua-bi-thu").context["flagged"])
    assert gaps.members_without_work == client.get("/dang-vien/?so_viec=0").context["page"].total
    assert gaps.members_without_card == client.get("/dang-vien/?so_the=chua").context["page"].total


def test_a_secretary_sees_the_plan_of_their_cell_and_what_it_lacks(client: Client) -> None:
    cell = make_cell(name="Chi bộ buôn Thử")
    secretary = make_secretary_user(cell)
    plan = _plan(cell, timezone.localdate().year)
    Unmet.objects.create(plan=plan, member=secretary.member, rule="substantive", sentence="Chưa có việc hợp.")
    client.force_login(secretary)
    [led] = client.get("/").context["led_cells"]
    assert (led.cell, led.plan, [need.sentence for need in led.unmet]) == (cell, plan, ["Chưa có việc hợp."])


def test_a_secretary_sees_what_earlier_years_left_open_and_comes_to_it(client: Client) -> None:
    cell = make_cell()
    secretary = make_secretary_user(cell)
    last = TODAY.year - 1
    due = date(last, 12, 15)
    wanted = [(make_member(cell), title, due, True) for title in ("Chưa xong", "Đã xong")]
    _, done = make_works(cell, wanted, adopted_on=date(last, 1, 5), year=last)
    Progress.objects.filter(assignment=done).update(state=State.DONE)
    client.force_login(secretary)
    [led] = client.get("/").context["led_cells"]
    assert [(left.year, left.count) for left in led.earlier] == [(last, 1)]
    assert "Chưa xong" in client.get(led.earlier[0].url).content.decode()


def test_whoever_looks_after_several_cells_sees_what_is_missing_in_them(client: Client) -> None:
    committee = make_committee()
    cells = [make_cell(parent=committee) for _ in range(2)]
    make_member(cells[0])
    head = make_member(cells[1])
    make_post(head, committee)
    client.force_login(make_user(head))
    assert client.get("/").context["gaps"].cells_without_plan == 2


def test_a_member_finds_their_own_duties_of_this_year_alone(client: Client) -> None:
    cell = make_cell()
    member, other = make_member(cell), make_member(cell)
    year = timezone.localdate().year
    _give(_plan(cell, year), member, "Việc của tôi")
    _give(_plan(make_cell(), year), other, "Việc của người khác")
    _give(_plan(cell, year - 1), member, "Việc năm trước")
    client.force_login(make_user(member))
    response = client.get("/")
    assert [duty.title for duty in response.context["duties"]] == ["Việc của tôi"]
    assert (response.context["gaps"], response.context["led_cells"]) == (None, [])


def test_a_member_without_work_is_told_whom_to_ask(client: Client) -> None:
    cell = make_cell()
    secretary = make_secretary_user(cell)
    client.force_login(make_user(make_member(cell)))
    assert f"Hỏi bí thư {secretary}." in client.get("/").content.decode()


def test_somebody_without_any_role_gets_a_page_and_no_figures(client: Client) -> None:
    client.force_login(make_user())
    context = client.get("/").context
    assert (context["gaps"], context["led_cells"], context["duties"], context["jobs"]) == (None, [], [], [])


def test_work_under_way_is_shown_where_one_may_see_it(client: Client) -> None:
    committee = make_committee()
    now = timezone.now()
    for place in (committee.path, make_committee().path):
        Job.objects.create(
            kind="x", title="Việc dài", place=place, state="running", created_at=now, beat_at=now
        )
    client.force_login(make_office_user(committee))
    assert [job.place for job, _ in client.get("/").context["jobs"]] == [committee.path]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_duties_as_for_one(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    cell = make_cell()
    member = make_member(cell)
    plan = _plan(cell, timezone.localdate().year)
    for _ in range(rows):
        _give(plan, member)
    client.force_login(make_user(member))
    with django_assert_num_queries(14):
        client.get("/")
