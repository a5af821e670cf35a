"""Rows that figures count, and that stand behind them: one place says of both which rows these are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from phancong.common.spans import on_day
from phancong.figures.base import Base
from phancong.figures.packs import report_rules
from phancong.followups.as_of import standing_on
from phancong.followups.enums import State
from phancong.followups.models import Progress
from phancong.followups.queries import title_of
from phancong.meetings.enums import State as MeetingState
from phancong.meetings.models import Meeting
from phancong.members.enums import MembershipKind
from phancong.members.models import Membership
from phancong.organizations.models import Area, OrganizationVersion
from phancong.planning.enums import PlanStage
from phancong.reviews.models import Rating
from phancong.reviews.queries.totals import DECIDED
from phancong.yearbook.models import Pledge, Remark, StudyAttendance

IN_FORCE = tuple(stage for stage in PlanStage if stage != PlanStage.DRAFT)
HELD = (MeetingState.HELD, MeetingState.READ_BACK, MeetingState.SIGNED)


@dataclass(frozen=True, slots=True)
class Source:
    """`cell`: lookup of the organisation a row counts in; `member`: of the person it names, empty where nobody.

    `order`: the two keys by which the rows are listed, the second of them unique.
    `words`: what a row is, beside the person.
    """

    code: str
    unit: str
    rows: Callable[[Base], QuerySet[Any]]
    cell: str
    order: tuple[str, str]
    words: Callable[[Any], str]
    related: tuple[str, ...] = ()
    member: str = ""


def members_of(base: Base) -> QuerySet[Any]:
    """Official memberships of the day, each with the period of status that holds, if there is one."""
    period = FilteredRelation(
        "member__status_periods", condition=on_day(base.day, prefix="member__status_periods__")
    )
    found: QuerySet[Any] = Membership.objects.on(base.day).filter(kind=MembershipKind.OFFICIAL)
    with_period: QuerySet[Any] = found.annotate(period=period)
    return with_period


def _organizations(base: Base) -> QuerySet[Any]:
    found: QuerySet[Any] = OrganizationVersion.objects.on(base.day)
    return found


def _cells(base: Base) -> QuerySet[Any]:
    """Each with its plan of the year, if there is one: no cell has two."""
    plan = FilteredRelation("organization__plans", condition=Q(organization__plans__year=base.year))
    found: QuerySet[Any] = _organizations(base).filter(holds_members=True).annotate(plan=plan)
    return found


def _areas(base: Base) -> QuerySet[Any]:
    """Each counts in the cell that covers it on the day, or where nobody does in the committee of its territory."""
    coverage = FilteredRelation("coverages", condition=on_day(base.day, prefix="coverages__"))
    home = Coalesce(F("coverage__cell"), F("committee"))
    found: QuerySet[Any] = Area.objects.on(base.day).annotate(coverage=coverage)
    with_home: QuerySet[Any] = found.annotate(home=home, home_id=home)
    return with_home


def _works(base: Base) -> QuerySet[Any]:
    found: QuerySet[Any] = standing_on(
        Progress.objects.filter(year=base.year), base.day, today=base.actor.today
    )
    return found


def _meetings(base: Base) -> QuerySet[Any]:
    return Meeting.objects.filter(held_on__year=base.year, held_on__lte=base.day, state__in=HELD)


def _study(base: Base) -> QuerySet[Any]:
    return StudyAttendance.objects.filter(session__year=base.year, session__held_on__lte=base.day)


def _remarks(base: Base) -> QuerySet[Any]:
    return Remark.objects.filter(year=base.year, asked_on__lte=base.day).defer("text", "purpose")


def _ratings(base: Base) -> QuerySet[Any]:
    """Everybody on the roll of the reviews of the year, with the grade that holds."""
    rows = Rating.objects.filter(review__round__year=base.year, is_on_roll=True)
    found: QuerySet[Any] = rows.annotate(held=DECIDED).defer("committee_remark", "evidence")
    return found


MEMBERS = Source(
    "members",
    "đồng chí",
    members_of,
    "cell",
    ("member__sort_key", "member_id"),
    lambda row: str(row.cell.name),
    ("cell",),
    "member_id",
)
ORGANIZATIONS = Source(
    "organizations",
    "tổ chức",
    _organizations,
    "organization",
    ("path", "organization_id"),
    lambda row: f"Mã {row.organization.code}, từ ngày {row.valid_from:%d/%m/%Y}",
    ("organization",),
)
CELLS = Source(
    "cells",
    "chi bộ",
    _cells,
    "organization",
    ("path", "organization_id"),
    lambda row: f"Mã {row.organization.code}, từ ngày {row.valid_from:%d/%m/%Y}",
    ("organization",),
)
AREAS = Source(
    "areas",
    "thôn, tổ",
    _areas,
    "home",
    ("sort_key", "pk"),
    lambda row: f"Mã {row.code}",
)
WORKS = Source(
    "works",
    "việc",
    _works,
    "cell",
    ("member__sort_key", "pk"),
    lambda row: f"{title_of(row.assignment.duty)} – {row.cell.name}",
    ("cell", "assignment__duty__area"),
    "member_id",
)
RATINGS = Source(
    "ratings",
    "đồng chí",
    _ratings,
    "review__cell",
    ("sort_key", "pk"),
    lambda row: str(row.review.cell.name),
    ("review__cell",),
    "member_id",
)
MEETINGS = Source(
    "meetings",
    "kỳ họp",
    _meetings,
    "cell",
    ("held_on", "pk"),
    lambda row: f"{row.cell.name}, ngày {row.held_on:%d/%m/%Y}",
    ("cell",),
)
STUDY = Source(
    "study",
    "lượt",
    _study,
    "cell",
    ("member__sort_key", "pk"),
    lambda row: f"{row.session.title}, ngày {row.session.held_on:%d/%m/%Y} – {row.cell.name}",
    ("session", "cell"),
    "member_id",
)
REMARKS = Source(
    "remarks",
    "nhận xét",
    _remarks,
    "cell",
    ("asked_on", "pk"),
    lambda row: f"{row.get_kind_display()}, xin ngày {row.asked_on:%d/%m/%Y} – {row.cell.name}",
    ("cell",),
    "member_id",
)


def has_work(base: Base, *, substantive: bool = False) -> Q:
    """Members who hold work of the year on the day, over rows of MEMBERS."""
    held = standing_on(
        Progress.objects.filter(year=base.year),
        base.day,
        today=base.actor.today,
    ).exclude(state_then=State.ENDED)
    if substantive:
        held = held.filter(assignment__duty__is_substantive=True)
    # One set for all rows: asked row by row it costs four times as much over a province.
    return Q(member__in=held.values("member"))


def has_pledge(base: Base) -> Q:
    pledges = Pledge.objects.filter(member=OuterRef("member"), year=base.year, registered_on__lte=base.day)
    return Q(Exists(pledges))


def has_plan(base: Base, *, adopted: bool = False, late: bool = False) -> Q:
    """Cells with a plan of the year; adopted by the day, in time or late; over rows of CELLS."""
    found = Q(plan__isnull=False)
    if adopted:
        in_force = Q(plan__adopted_on__isnull=True) | Q(plan__adopted_on__lte=base.day)
        found &= Q(plan__stage__in=IN_FORCE) & in_force
    if late:
        found &= Q(plan__adopted_on__gt=report_rules(base.day).plan_due(base.year))
    return found


def has_people(base: Base) -> Q:
    """Cells in which somebody takes part on the day, over rows of CELLS."""
    people = Membership.objects.on(base.day).filter(
        cell=OuterRef("organization"), kind=MembershipKind.OFFICIAL
    )
    return Q(Exists(people))
