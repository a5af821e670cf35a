"""Cells without a plan: who sees them, and how they are reminded of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.actions.reminding import Reminded
from phancong.followups.models import PlanReminder
from phancong.followups.terms import terms_on
from phancong.followups.unplanned import unplanned_page
from phancong.organizations.models import Organization
from tests.factories import (
    TODAY,
    make_actor,
    make_cell,
    make_member,
    make_office_user,
    make_secretary_user,
    moment,
    parent_of,
)
from tests.planning.cells import make_plan

pytestmark = pytest.mark.django_db
YEAR = TODAY.year
NOW_YEAR = TODAY.year
REST = terms_on(TODAY).plan_reminder_days


@pytest.fixture
def led(cell: Organization) -> Organization:
    """A cell with members, a secretary and no plan."""
    make_secretary_user(cell)
    return cell


def _on(actor: Actor, days: int) -> Actor:
    return replace(actor, now=moment(TODAY + timedelta(days=days)))


def test_one_press_reminds_every_cell_that_has_no_plan_and_says_who_did(
    office: Actor, led: Organization, sister_cell: Organization
) -> None:
    make_secretary_user(sister_cell)
    planned = make_cell(parent=parent_of(led))
    make_secretary_user(planned)
    make_plan(planned, year=YEAR)
    assert actions.remind_unplanned(year=YEAR, by=office) == Reminded(cells=2, unled=0)
    told = set(PlanReminder.objects.values_list("cell", "year", "on", "recorded_by_name"))
    assert told == {(one.pk, YEAR, TODAY, office.name) for one in (led, sister_cell)}
    lines = AuditEntry.objects.filter(action="remind_unplanned").values_list("subject", "place")
    assert set(lines) == {(f"organization:{one.pk}", one.path) for one in (led, sister_cell)}


@pytest.mark.parametrize(("days", "lines"), [(0, 1), (REST - 1, 1), (REST, 2)])
def test_a_cell_is_reminded_again_only_after_the_days_of_the_rule(
    office: Actor, led: Organization, days: int, lines: int
) -> None:
    actions.remind_unplanned(year=YEAR, by=office)
    again = actions.remind_unplanned(year=YEAR, by=_on(office, days))
    assert (again.cells, PlanReminder.objects.count()) == (lines - 1, lines)


def test_a_cell_nobody_leads_is_counted_and_not_reminded(office: Actor, cell: Organization) -> None:
    make_member(cell)
    assert actions.remind_unplanned(year=YEAR, by=office) == Reminded(cells=0, unled=1)
    assert not PlanReminder.objects.exists()


def test_nobody_reminds_themself(led: Organization, secretary: Actor) -> None:
    own = led.members.get()
    assert actions.remind_unplanned(year=YEAR, by=replace(secretary, member_id=own.pk)).cells == 0


def test_what_lies_outside_the_actors_places_is_neither_seen_nor_reminded(
    led: Organization, sister_cell: Organization, secretary: Actor
) -> None:
    make_secretary_user(sister_cell)
    assert [line.cell for line in unplanned_page(secretary, year=YEAR, after=0).lines] == [led]
    actions.remind_unplanned(year=YEAR, by=secretary)
    assert [one.cell for one in PlanReminder.objects.all()] == [led]


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_who_plans_for_no_cell_reminds_nobody(
    led: Organization, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="chưa được giao"):
        actions.remind_unplanned(year=YEAR, by=request.getfixturevalue(who))
    assert not PlanReminder.objects.exists()


def test_only_plans_that_can_be_made_are_asked_for(office: Actor, led: Organization) -> None:
    with pytest.raises(Refused, match="Chỉ lập kế hoạch của năm"):
        actions.remind_unplanned(year=YEAR - 1, by=office)


def test_the_page_names_who_leads_each_cell_and_when_it_was_reminded(
    client: Client, led: Organization, sister_cell: Organization
) -> None:
    make_member(sister_cell)
    leader = led.members.get()
    client.force_login(make_office_user(parent_of(led)))
    answer = client.post("/theo-doi/chua-co-ke-hoach/nhac/", {"nam": NOW_YEAR}, follow=True)
    lines = answer.context["page"].lines
    assert [(line.leader, line.reminded is not None) for line in lines] == [
        (f"Bí thư {leader.full_name}", True),
        ("", False),
    ]
    text = answer.content.decode()
    assert "Đã nhắc 1 chi bộ." in text
    assert "1 chi bộ chưa có bí thư, phó bí thư để nhắc." in text
    assert "Nhắc 1 chi bộ" not in text


def test_a_second_press_says_that_there_is_nobody_left_to_remind(client: Client, led: Organization) -> None:
    client.force_login(make_office_user(parent_of(led)))
    client.post("/theo-doi/chua-co-ke-hoach/nhac/")
    answer = client.post("/theo-doi/chua-co-ke-hoach/nhac/", follow=True)
    assert "Không còn chi bộ nào cần nhắc hôm nay." in answer.content.decode()
    assert PlanReminder.objects.count() == 1


@pytest.mark.parametrize("year", [NOW_YEAR, NOW_YEAR + 1])
def test_whoever_leads_the_cell_finds_it_on_the_first_page_until_there_is_a_plan(
    client: Client, cell: Organization, year: int
) -> None:
    secretary = make_secretary_user(cell)
    actor = make_actor("office", "", timezone.localdate(), name="Văn phòng phường")
    actions.remind_unplanned(year=year, by=actor)
    client.force_login(secretary)
    said = f"Văn phòng phường nhắc ngày {actor.today:%d/%m/%Y}."
    assert said in client.get("/").content.decode()
    make_plan(cell, year=year)
    assert said not in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_cells_as_for_one(
    office: Actor, cell: Organization, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_secretary_user(cell if number == 0 else make_cell(parent=parent_of(cell)))
    actions.remind_unplanned(year=YEAR, by=office)
    with django_assert_num_queries(5):
        assert len(unplanned_page(office, year=YEAR, after=0).lines) == count


def test_the_list_goes_on_where_the_page_before_it_ended(office: Actor, cell: Organization) -> None:
    for number in range(51):
        make_member(cell if number == 0 else make_cell(parent=parent_of(cell), name=f"Chi bộ số {number:02}"))
    first = unplanned_page(office, year=YEAR, after=0)
    assert first.next_after is not None
    second = unplanned_page(office, year=YEAR, after=first.next_after)
    assert (len(first.lines), len(second.lines), first.total) == (50, 1, 51)
    assert {line.cell for line in first.lines}.isdisjoint(line.cell for line in second.lines)
