"""Resolutions and their targets: set out, carried out by duties, and what becomes of them."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.factories import TODAY, make_appointment, make_member, make_post, make_user, parent_of
from tests.planning.cells import belonging_member, make_duty, make_plan

from phancong.access.actor import Actor
from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.followups import actions as following
from phancong.organizations.models import Organization
from phancong.planning.actions import sources
from phancong.planning.enums import ResolutionKind
from phancong.planning.models import Assignment, Duty
from phancong.planning.source_models import Resolution, Target
from phancong.reports.target_results import NOT_BEGUN

pytestmark = pytest.mark.django_db
YEAR = TODAY.year


def set_out(cell: Organization, by: Actor, *, year: int = YEAR) -> Target:
    resolution = sources.add_resolution(
        cell,
        year=year,
        by=by,
        kind=ResolutionKind.THEMATIC,
        number="",
        title="Nghị quyết về phát triển kinh tế hộ",
        issued_on=None,
        meeting="",
    )
    return sources.add_target(
        resolution,
        by=by,
        title="Ba hộ thoát nghèo",
        measure="Danh sách có xác nhận",
        field="economy",
        due_on=date(year, 12, 15),
    )


def adopted(cell: Organization, target: Target, by: Actor) -> Assignment:
    plan = make_plan(cell)
    duty = make_duty(plan, title="Giúp ba hộ nghèo")
    Duty.objects.filter(pk=duty.pk).update(target=target)
    given = Assignment.objects.create(duty=duty, member=belonging_member(cell), source="chosen", is_lead=True)
    following.adopt(plan, version=plan.version, adopted_on=TODAY, basis="Biên bản 01", by=by)
    return given


def client_of(cell: Organization) -> Client:
    person = make_member(cell)
    make_post(person, cell)
    client = Client()
    client.force_login(make_user(person))
    return client


def test_the_cell_sets_out_what_it_wants_and_nobody_else_does(
    cell: Organization, secretary: Actor, colleague: Actor, stranger: Actor, sister_secretary: Actor
) -> None:
    for by in (colleague, stranger, sister_secretary):
        with pytest.raises(Refused):
            set_out(cell, by)
    assert not Resolution.objects.exists()
    target = set_out(cell, secretary)
    assert (target.number, target.resolution.organization_id) == (1, cell.pk)
    assert first_broken_line() is None


def test_a_target_that_an_adopted_duty_carries_out_stays(cell: Organization, secretary: Actor) -> None:
    target = set_out(cell, secretary)
    adopted(cell, target, secretary)
    with pytest.raises(Refused):
        sources.change_target(target, by=secretary, title="Khác")
    with pytest.raises(Refused):
        sources.remove_target(target, by=secretary)
    with (
        pytest.raises(DatabaseError, match="không sửa được"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE planning_target SET title = 'Khác'")


def test_a_frozen_duty_keeps_its_triggers_after_the_table_was_made_anew(
    cell: Organization, secretary: Actor
) -> None:
    adopted(cell, set_out(cell, secretary), secretary)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE planning_duty SET title = 'Khác'")


def test_last_years_set_is_copied_once_with_its_targets_and_without_results(
    cell: Organization, secretary: Actor
) -> None:
    adopted(cell, set_out(cell, secretary), secretary)
    following_year = YEAR + 1
    assert sources.copy_resolutions(cell, year=following_year, by=secretary) == 1
    copied = Target.objects.get(resolution__year=following_year)
    assert (copied.title, copied.due_on, copied.duties.count()) == (
        "Ba hộ thoát nghèo",
        date(following_year, 12, 15),
        0,
    )
    with pytest.raises(Refused):
        sources.copy_resolutions(cell, year=following_year, by=secretary)


def test_the_page_puts_targets_without_a_duty_first_and_leads_to_one(
    cell: Organization, secretary: Actor
) -> None:
    make_plan(cell)
    set_out(cell, secretary)
    client = client_of(cell)
    page = client.get(reverse("planning:sources", args=[cell.pk, YEAR]))
    assert page.status_code == 200
    assert "Ba hộ thoát nghèo" in page.content.decode()


def test_a_committees_resolution_is_a_source_for_the_cells_below_it(
    cell: Organization, office: Actor, sister_cell: Organization
) -> None:
    set_out(parent_of(cell), office)
    make_plan(cell)
    page = client_of(cell).get(reverse("planning:sources", args=[cell.pk, YEAR]))
    assert "Ba hộ thoát nghèo" in page.content.decode()


def test_results_say_what_was_not_begun(cell: Organization, secretary: Actor) -> None:
    target = set_out(cell, secretary)
    adopted(cell, target, secretary)
    client = client_of(cell)
    page = client.get(reverse("results:place", args=[cell.pk, YEAR]))
    assert page.status_code == 200
    assert "Chưa bắt đầu" in page.content.decode()
    assert NOT_BEGUN == "idle"


def test_results_of_another_place_are_not_there(cell: Organization, sister_cell: Organization) -> None:
    make_appointment(make_user(), cell, since=TODAY)
    answer = client_of(sister_cell).get(reverse("results:place", args=[cell.pk, YEAR]))
    assert answer.status_code == 404
