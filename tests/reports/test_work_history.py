"""A member's work over the years, on one page."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from phancong.access.actor import Actor
from phancong.followups import actions
from phancong.followups.enums import EntryKind
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.actions import Decision
from phancong.planning.models import Assignment, Plan
from phancong.reports.work_history import Year, work_history
from tests.factories import (
    TODAY,
    make_office_user,
    make_post,
    make_secretary_user,
    make_user,
    moment,
    parent_of,
)
from tests.followups.works import DUE, make_works, member_actor, plan_of, seen
from tests.planning.cells import belonging_member, make_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Rah Lan H'Bia")


def works(cell: Organization, member: Member, count: int) -> list[Assignment]:
    return make_works(cell, [(member, f"Việc {number}", DUE, True) for number in range(count)])


def outcomes(member: Member) -> list[tuple[int, list[tuple[str, int]]]]:
    return [
        (year.year, [(code, count) for code, _, count in year.counts])
        for year in work_history(member, today=TODAY)
    ]


def past_year(cell: Organization, member: Member, year: int) -> None:
    plan = Plan.objects.create(cell=cell, year=year, stage="closed", drafted_at=moment())
    Assignment.objects.create(duty=make_duty(plan), member=member, source="history")


def test_each_piece_of_work_is_told_by_what_became_of_it(
    cell: Organization, member: Member, secretary: Actor
) -> None:
    done, late, ended, running = works(cell, member, 4)
    herself = member_actor(member)
    actions.report(done, kind=EntryKind.DONE, text="Xong", by=herself)
    actions.accept(done, seen=seen(done), by=secretary)
    actions.report(late, kind=EntryKind.DONE, text="Xong", by=member_actor(member, today=date(2026, 12, 20)))
    after = Actor(None, None, "Bí thư", moment(date(2026, 12, 21)), secretary.grants)
    actions.accept(late, seen=seen(late), by=after)
    decision = Decision(decided_on=TODAY, basis="Biên bản số 5-BB/CB", reason="Sức khỏe")
    actions.end(ended, decision=decision, version=plan_of(ended).version, by=secretary)
    assert outcomes(member) == [(2026, [("done", 1), ("slow", 1), ("adjusted", 1), ("running", 1)])]
    assert running.pk


def test_the_reason_of_a_change_is_not_told_here(
    cell: Organization, member: Member, secretary: Actor
) -> None:
    (work,) = works(cell, member, 1)
    decision = Decision(decided_on=TODAY, basis="Biên bản số 5-BB/CB", reason="Vừa mổ tim")
    actions.end(work, decision=decision, version=plan_of(work).version, by=secretary)
    (year,) = work_history(member, today=TODAY)
    assert year.works[0].changed == ("Thôi giao ngày 23/11/2026, theo Biên bản số 5-BB/CB",)


def test_years_before_following_began_say_that_no_result_was_written(
    cell: Organization, member: Member
) -> None:
    past_year(cell, member, 2024)
    works(cell, member, 1)
    assert outcomes(member) == [(2026, [("running", 1)]), (2024, [("unknown", 1)])]


def test_a_draft_is_not_history(cell: Organization, member: Member) -> None:
    plan = Plan.objects.create(cell=cell, year=2026, drafted_at=moment())
    Assignment.objects.create(duty=make_duty(plan), member=member, source="proposed")
    assert outcomes(member) == []


def test_the_parts_of_the_picture_fill_the_bar_exactly(cell: Organization, member: Member) -> None:
    for number in range(7):
        past_year(cell, member, 2010 + number)
    year = Year(
        year=2026, works=tuple(work for year in work_history(member, today=TODAY) for work in year.works)
    )
    assert sum(width for _, _, width in year.bars) == 1000


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_years(
    cell: Organization, member: Member, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        past_year(cell, member, 2020 + number)
    with django_assert_num_queries(2):
        work_history(member, today=TODAY)


def test_the_page_is_for_the_member_the_secretary_and_those_above(
    cell: Organization, sister_cell: Organization, member: Member
) -> None:
    works(cell, member, 1)
    colleague, stranger = make_user(belonging_member(cell)), make_user()
    deputy = belonging_member(cell)
    make_post(deputy, cell, "deputy_secretary")
    users = {
        "member": make_user(member),
        "deputy": make_user(deputy),
        "office": make_office_user(parent_of(cell)),
        "colleague": colleague,
        "stranger": stranger,
        "sister secretary": make_secretary_user(sister_cell),
    }
    found = {}
    for name, user in users.items():
        client = Client()
        client.force_login(user)
        found[name] = client.get(f"/dang-vien/{member.pk}/qua-cac-nam/").status_code
    assert found == {
        "member": 200,
        "deputy": 200,
        "office": 200,
        "colleague": 404,
        "stranger": 404,
        "sister secretary": 404,
    }
