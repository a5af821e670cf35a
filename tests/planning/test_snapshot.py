"""What the planner is told of members and plans, and in how many queries."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories import FOUNDED, TODAY, make_cell, make_member, make_post
from tests.planning.cells import YEAR, belonging_member, hamlet_cell, make_duty, make_plan, teach

from phancong.members.enums import LimitKind, MembershipKind, Status
from phancong.members.models import Experience, Membership, Wish, WorkLimit
from phancong.organizations.models import Organization
from phancong.planning.models import Apartness, Assignment, Exclusion
from phancong.planning.solving.people import Person, people_of, planning_day
from phancong.planning.solving.reading import snapshot_for

pytestmark = pytest.mark.django_db


def people(cell: Organization) -> tuple[Person, ...]:
    return people_of([cell.pk], year=YEAR, today=TODAY)[cell.pk]


def test_a_member_is_told_in_full() -> None:
    cell, area = hamlet_cell()
    member = belonging_member(cell)
    member.residence, member.professional_field, member.professional_level = area, "law", "university"
    member.save()
    teach(member, "law", 3)
    Experience.objects.create(member=member, field="security", description="Tổ hòa giải", from_year=2020)
    Wish.objects.create(member=member, year=YEAR, field="culture")
    make_post(member, cell)
    (person,) = people(cell)
    told = person.facts
    assert (told.id, told.category, told.hours, told.max_duties) == (str(member.pk), "residential", 20, 3)
    assert (told.competences, told.field, told.education) == (
        {"law": 3, "writing": 1, "computing": 1},
        "security",
        5,
    )
    assert (told.area, told.experience, told.wishes) == (
        str(area.pk),
        frozenset({"security"}),
        frozenset({"culture"}),
    )
    assert (told.health, told.no_night, told.can_lead) == (2, False, True)
    assert (told.in_mass_organization, told.must_have_work, told.available) == (True, True, True)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.OFFICIAL, (20, 2, "residential", True)),
        (Status.PROBATIONARY, (20, 2, "residential", True)),
        (Status.REDUCED, (10, 1, "residential", True)),
        (Status.EXEMPT, (6, 0, "exempt", True)),
        (Status.SUSPENDED, (0, 0, "residential", False)),
        (Status.TEMPORARILY_EXEMPT, (0, 0, "residential", False)),
    ],
)
def test_a_status_decides_hours_health_category_and_whether_work_is_planned(
    status: Status, told: tuple[int, int, str, bool]
) -> None:
    cell = make_cell()
    make_member(cell, status=status)
    (person,) = people(cell)
    assert (person.facts.hours, person.facts.health, person.facts.category, person.facts.available) == told


def test_a_probationary_member_is_never_in_charge() -> None:
    cell = make_cell()
    member = make_member(cell, status=Status.PROBATIONARY)
    member.professional_level = "university"
    member.save()
    assert not people(cell)[0].facts.can_lead


def test_limits_that_hold_in_what_is_left_of_the_year_count_and_past_ones_do_not() -> None:
    cell = make_cell()
    member = make_member(cell)
    for kind, since, until in (
        (LimitKind.LIGHT_WORK, date(YEAR, 12, 1), date(YEAR, 12, 20)),
        (LimitKind.NO_NIGHT, date(YEAR, 1, 1), date(YEAR, 3, 1)),
    ):
        WorkLimit.objects.create(member=member, kind=kind, valid_from=since, valid_until=until)
    WorkLimit.objects.create(member=member, kind=LimitKind.MONTHLY_HOURS, monthly_hours=5, valid_from=FOUNDED)
    told = people(cell)[0].facts
    assert (told.health, told.no_night, told.hours) == (0, False, 5)


@pytest.mark.parametrize(("until", "available"), [(date(YEAR, 12, 1), True), (None, False)])
def test_a_member_away_for_most_of_what_is_left_is_planned_no_work(
    until: date | None, available: bool
) -> None:
    cell = make_cell()
    WorkLimit.objects.create(
        member=make_member(cell), kind=LimitKind.AWAY, valid_from=FOUNDED, valid_until=until
    )
    assert people(cell)[0].facts.available is available


@pytest.mark.parametrize(
    ("field", "level", "recorded", "told"),
    [
        ("law", "elementary", 0, {"law": 1}),
        ("law", "university", 0, {"law": 2, "writing": 1, "computing": 1}),
        ("law", "university", 3, {"law": 3, "writing": 1, "computing": 1}),
        ("law", "none", 0, {}),
        ("", "university", 0, {"writing": 1, "computing": 1}),
    ],
)
def test_schooling_teaches_skills_that_the_roster_does_not_name(
    field: str, level: str, recorded: int, told: dict[str, int]
) -> None:
    cell = make_cell()
    member = make_member(cell)
    member.professional_field, member.professional_level = field, level
    member.save()
    if recorded:
        teach(member, "law", recorded)
    assert people(cell)[0].facts.competences == told


def test_a_lapsed_competence_is_not_told() -> None:
    cell = make_cell()
    member = make_member(cell)
    teach(member, "law")
    member.competences.update(valid_until=TODAY)
    assert people(cell)[0].facts.competences == {}


def test_a_temporary_member_is_planned_where_they_meet_and_not_at_home() -> None:
    home, host = make_cell(), make_cell()
    member = make_member(home)
    Membership.objects.create(member=member, cell=host, kind=MembershipKind.TEMPORARY, valid_from=FOUNDED)
    found = people_of([home.pk, host.pk], year=YEAR, today=TODAY)
    assert [(one.absence, one.is_temporary) for one in found[host.pk]] == [("", True)]
    assert [one.absence for one in found[home.pk]] == ["đang sinh hoạt tạm thời ở chi bộ khác"]
    assert not found[home.pk][0].facts.available


def test_a_member_who_has_left_is_not_in_the_cell() -> None:
    cell = make_cell()
    make_member(cell, status=Status.TRANSFERRED)
    assert people(cell) == ()


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2025, 11, 1), date(2026, 1, 1)),
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2027, 2, 1), date(2026, 12, 31)),
    ],
)
def test_a_plan_starts_from_the_nearest_day_of_its_year(today: date, day: date) -> None:
    assert planning_day(2026, today) == day


def test_what_people_decided_and_last_year_did_is_told_by_number() -> None:
    cell = make_cell()
    first, second = make_member(cell), make_member(cell)
    before = make_duty(make_plan(cell, year=YEAR - 1), title="Giữ rừng")
    Assignment.objects.create(duty=before, member=second, source="history")
    plan = make_plan(cell)
    duties = [make_duty(plan, title="Giữ rừng"), make_duty(plan)]
    Assignment.objects.create(duty=duties[0], member=first, is_locked=True, source="chosen")
    Assignment.objects.create(duty=duties[1], member=second, source="proposed")
    Exclusion.objects.create(duty=duties[1], member=first, reason="Chi bộ bàn")
    Apartness.objects.create(plan=plan, first=first, second=second)
    problem = snapshot_for(plan, today=TODAY, keep_current=True).problem
    one, other = str(first.pk), str(second.pk)
    assert problem.locks == {(one, "001")}
    assert problem.forbidden == {(one, "002")}
    assert problem.apart == {(one, other)}
    assert problem.previous == {(other, "001")}
    assert problem.current == frozenset({(one, "001"), (other, "002")})


@pytest.mark.parametrize("count", [3, 60])
def test_a_snapshot_costs_the_same_queries_for_any_number_of_members(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cell = make_cell()
    for _ in range(count):
        make_member(cell)
    plan = make_plan(cell)
    make_duty(plan)
    with django_assert_num_queries(13):
        snapshot_for(plan, today=TODAY)
