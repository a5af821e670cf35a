"""The sample in the database, read back through the rooms it was written to."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from phancong.access.actor import Grant, may, places
from phancong.access.permissions import Permission
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of, system_actor
from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.figures.base import base_for
from phancong.figures.counting import table_of
from phancong.figures.enums import Tree
from phancong.figures.sections import sheet_called
from phancong.figures.years import days_of, years_for
from phancong.members.enums import ENDED, MembershipKind
from phancong.members.models import Member, Membership, Post
from phancong.organizations.models import Area, Organization
from phancong.organizations.queries import counts_on, coverage_on, population_on, tree_on
from phancong.planning.enums import AssignmentSource, PlanStage
from phancong.planning.models import Assignment, Duty, Plan
from phancong.reviews.models import Rating, Round
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.queries.totals import cap_states, totals_of_round
from phancong.sample.actions import is_empty, load_sample
from phancong.sample.history import DEFAULT_SEED
from phancong.sample.places import SMALL_CELL, WARD
from tests.sample.conftest import TODAY

EVENING = datetime(2026, 11, 22, 18, tzinfo=timezone.get_default_timezone())
FOUNDING, END_OF_2013, CONGRESS = date(2007, 4, 30), date(2013, 12, 31), date(2025, 8, 21)


def quietly(what: str, done: int, total: int) -> None:
    assert 0 < done <= total, what


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole history until today, loaded once and taken back after the last test of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample(until=TODAY, seed=DEFAULT_SEED, by=system_actor(now=EVENING), progress=quietly)
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("town")]


def test_the_review_of_2012_has_the_articles_table_and_names_those_it_leaves_out() -> None:
    """As printed then: excellent inside good, cut to one decimal. The roll has 25 more, who were not rated."""
    round_ = Round.objects.get(year=2012)
    totals = totals_of_round(round_, scheme_of(round_))
    assert {row.code: (row.printed, row.printed_share) for row in totals.rows} == {
        "qualified_excellent": (155, "11,5"),
        "qualified_good": (1160, "86,3"),
        "qualified_completed": (126, "9,3"),
        "violated": (5, "0,3"),
    }
    assert (totals.roll, totals.to_rate, totals.missing, totals.closes) == (1368, 1343, 52, False)
    left_out = Rating.objects.filter(review__round=round_, not_rated="", decided_grade="")
    assert len(set(left_out.values_list("member_name", flat=True))) > 40
    assert left_out.count() == 52


def test_the_review_of_last_year_closes_and_keeps_the_cap_everywhere() -> None:
    round_ = Round.objects.get(year=TODAY.year - 1)
    scheme = scheme_of(round_)
    assert totals_of_round(round_, scheme).closes
    assert [state.sentence for state in cap_states(round_, scheme) if state.over] == []


def test_the_years_beside_each_other_tell_the_articles_story() -> None:
    actor = system_actor(now=EVENING)
    office = replace(actor, grants=(Grant("office", "", date(1930, 2, 3)),))
    rows = years_for(office, root_id=None, days=days_of(FOUNDING, TODAY, until=2013))
    assert [(row.day.year, row.grassroots, row.cells, row.members, row.without) for row in rows][::2] == [
        (2007, 40, 86, 802, 7),
        (2009, 42, 91, 1080, 2),
        (2011, 44, 95, 1272, 0),
        (2013, 45, 95, 1378, 0),
    ]
    assert (rows[-1].share, rows[3].covered, rows[3].hamlets) == ("3,9", 55, 55)


def test_the_figures_of_2012_have_the_review_in_them() -> None:
    office = replace(system_actor(now=EVENING), grants=(Grant("office", "", date(1930, 2, 3)),))
    base, sheet = (
        base_for(office, root_id=None, day=date(2012, 12, 31), tree=Tree.THEN),
        sheet_called("xep-loai"),
    )
    assert base is not None
    assert sheet is not None
    table = table_of(base, sheet)
    assert {key: count for key, count in table.total.items() if count} == {
        "xep-loai.danh-sach": 1368,
        "xep-loai.muc-qualified_excellent": 155,
        "xep-loai.muc-qualified_good": 1005,
        "xep-loai.muc-qualified_completed": 126,
        "xep-loai.muc-violated": 5,
        "xep-loai.chua": 52,
        "xep-loai.khong-exempt": 24,
        "xep-loai.khong-suspended": 1,
    }
    assert table.faults == []


def members_on(day: date) -> int:
    return Membership.objects.filter(kind=MembershipKind.OFFICIAL).on(day).count()


@pytest.mark.parametrize(
    ("day", "grassroots", "dependent_cells", "members"),
    [(FOUNDING, 40, 86, 802), (END_OF_2013, 45, 95, 1378)],
)
def test_the_tree_and_the_roll_have_the_totals_of_the_article(
    day: date, grassroots: int, dependent_cells: int, members: int
) -> None:
    counts = counts_on(day)
    assert (counts.grassroots, counts.dependent_cells, members_on(day)) == (
        grassroots,
        dependent_cells,
        members,
    )


def test_at_its_congress_the_ward_has_44_grassroots_organizations_and_1307_members() -> None:
    assert (counts_on(CONGRESS).grassroots, members_on(CONGRESS)) == (44, 1307)


def test_today_about_a_hundred_cells_must_be_planned() -> None:
    assert 100 <= Organization.objects.active().cells().count() <= 125
    assert counts_on(TODAY).cells == Organization.objects.active().cells().count()


@pytest.mark.parametrize(
    ("day", "uncovered"),
    [(FOUNDING, 7), (date(2007, 12, 31), 7), (date(2009, 12, 31), 2), (date(2010, 12, 31), 0)],
)
def test_hamlets_without_a_cell_become_fewer(day: date, uncovered: int) -> None:
    coverage = coverage_on(day)
    assert (len(coverage.areas), len(coverage.uncovered)) == (55, uncovered)


def test_in_2013_the_members_were_3_9_percent_of_the_population() -> None:
    assert round(100 * members_on(END_OF_2013) / population_on(END_OF_2013), 2) == 3.9


def test_the_root_is_the_town_until_the_reform_and_the_ward_after_it() -> None:
    roots = [
        [row.name for row in tree_on(day) if row.parent_id is None]
        for day in (FOUNDING, date(2025, 6, 30), date(2025, 7, 1), TODAY)
    ]
    assert roots == [["Đảng bộ thị xã Ayun Pa"]] * 2 + [["Đảng bộ phường Ayun Pa"]] * 2


def test_the_hamlets_of_today_belong_to_the_ward_and_all_have_a_cell() -> None:
    areas = Area.objects.on(TODAY)
    assert Counter(areas.values_list("committee__code", flat=True)) == {WARD: 30}
    assert coverage_on(TODAY).uncovered == ()
    assert population_on(TODAY) == 26_820


def test_the_present_of_each_member_agrees_with_their_spans() -> None:
    spans = dict(
        Membership.objects.filter(kind=MembershipKind.OFFICIAL).on(TODAY).values_list("member", "cell")
    )
    assert dict(Member.objects.on_roll().values_list("pk", "cell")) == spans
    statuses = Member.objects.filter(status_periods__valid_until=None).values_list(
        "status", "status_periods__status"
    )
    assert [pair for pair in statuses if pair[0] != pair[1]] == []


def test_those_who_left_hold_no_cell_and_no_post() -> None:
    gone = Member.objects.filter(status__in=ENDED)
    assert gone.count() > 1000
    assert set(gone.values_list("cell", flat=True)) == {None}
    assert not Post.objects.on(TODAY).filter(member__in=gone).exists()


def test_most_cells_made_a_plan_last_year_some_of_errands_alone_and_some_none() -> None:
    plans = Plan.objects.filter(year=TODAY.year - 1)
    whole = plans.filter(pk__in=Duty.objects.filter(is_substantive=True).values("plan")).count()
    assert set(plans.values_list("stage", flat=True)) == {PlanStage.CLOSED}
    assert 0.65 < whole / 101 < 0.9
    assert 5 <= 101 - plans.count() <= 20
    assert plans.count() > whole


def test_last_years_work_was_given_to_members_of_the_cell() -> None:
    given = Assignment.objects.all()
    assert given.count() > 1000
    assert set(given.values_list("source", flat=True)) == {AssignmentSource.HISTORY}
    cell_then = dict(
        Membership.objects.filter(kind=MembershipKind.OFFICIAL)
        .on(date(TODAY.year - 1, 12, 31))
        .values_list("member", "cell")
    )
    strangers = [
        pk
        for pk, member, cell in given.values_list("pk", "member", "duty__plan__cell")
        if cell_then[member] != cell
    ]
    assert strangers == []


def rights_of(username: str, right: Permission) -> list[str]:
    actor = actor_of(User.objects.get(username=username), now=EVENING)
    names = dict(Organization.objects.active().values_list("path", "code"))
    return [names[place.path] for place in places(actor, right)]


@pytest.mark.parametrize(
    ("username", "right", "where"),
    [
        ("van-phong", Permission.PLAN_DRAFT_MANY, [WARD]),
        ("bi-thu-dang-uy", Permission.MEMBER_SEE, [WARD]),
        ("bi-thu-to-dan-pho-1", Permission.PLAN_CHANGE, ["CB-CR-01"]),
        ("bi-thu-to-dan-pho-2", Permission.PLAN_CHANGE, ["CB-CR-02"]),
        ("chi-uy-vien-to-dan-pho-1", Permission.PLAN_CHANGE, []),
        ("dang-vien", Permission.PLAN_SEE, ["CB-CR-01"]),
        ("dang-vien", Permission.MEMBER_LIST, []),
        ("bi-thu-buon-chu-droi", Permission.PLAN_CHANGE, [SMALL_CELL]),
    ],
)
def test_people_of_the_demonstration_have_the_rights_of_their_posts(
    username: str, right: Permission, where: list[str]
) -> None:
    assert rights_of(username, right) == where


def test_nobody_of_the_demonstration_has_a_password() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_office_may_not_see_private_reasons() -> None:
    office = actor_of(User.objects.get(username="van-phong"), now=EVENING)
    assert not may(office, Permission.MEMBER_REASON_SEE, Organization.objects.get(code=WARD).path)


def test_the_log_of_the_loading_is_whole() -> None:
    assert first_broken_line() is None


def test_a_second_loading_is_refused() -> None:
    with pytest.raises(Refused, match="đã có tổ chức đảng"):
        load_sample(until=TODAY, seed=DEFAULT_SEED, by=system_actor(now=EVENING), progress=quietly)


def test_the_command_says_why_it_refuses() -> None:
    with pytest.raises(CommandError, match="cơ sở dữ liệu trống"):
        call_command("load_sample", stdout=io.StringIO())


def test_the_command_leaves_a_filled_database_alone_when_asked_to() -> None:
    before = (Organization.objects.count(), Member.objects.count(), Plan.objects.count())
    said = io.StringIO()
    call_command("load_sample", "--if-empty", stdout=said)
    assert said.getvalue() == "Đã có dữ liệu, giữ nguyên.\n"
    assert (Organization.objects.count(), Member.objects.count(), Plan.objects.count()) == before
    assert not is_empty()
