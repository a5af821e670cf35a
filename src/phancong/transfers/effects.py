"""What a transfer changes, told before it is confirmed: posts, running work, the numbers of the cell that sends."""

from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.followups.enums import State as WorkState
from phancong.members.enums import COUNTED_OFFICIAL
from phancong.members.models import Member, Post
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Plan
from phancong.rules.model import name_of
from phancong.transfers.enums import Kind

_OVER = (WorkState.DONE, WorkState.ENDED)


@dataclass(frozen=True, slots=True)
class Work:
    title: str
    due_on: date | None
    is_late: bool
    is_lead: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """`keeps`: official members left in the cell when this one is no longer counted there."""

    posts: tuple[str, ...]
    works: tuple[Work, ...]
    keeps: int
    least: int
    is_counted_away: bool

    @property
    def falls_short(self) -> bool:
        return self.is_counted_away and self.keeps < self.least


@dataclass(frozen=True, slots=True)
class Coming:
    """The plan of the receiving cell: whether there is one that takes up another member, and its running work."""

    year: int
    has_plan: bool
    without_work: int


def leaving(member: Member, home: Organization, *, kind: str, today: date) -> Leaving:
    official = Member.objects.filter(cell=home, status__in=COUNTED_OFFICIAL)
    counts = member.status in COUNTED_OFFICIAL and kind == Kind.OFFICIAL
    return Leaving(
        posts=_posts(member, today=today),
        works=_works(member, home, today=today),
        keeps=official.exclude(pk=member.pk).count() if counts else official.count(),
        least=rules.on(today).least("cell_official_members"),
        is_counted_away=counts,
    )


def _posts(member: Member, *, today: date) -> tuple[str, ...]:
    known = rules.on(today).positions
    held = Post.objects.on(today).filter(member=member).select_related("organization").order_by("pk")
    return tuple(f"{name_of(known, one.position)} {one.organization.name}" for one in held)


def _works(member: Member, home: Organization, *, today: date) -> tuple[Work, ...]:
    """Work of this year's and later plans that nobody has ended or found done."""
    rows = (
        Assignment.objects.standing()
        .filter(member=member, duty__plan__cell=home, duty__plan__year__gte=today.year)
        .exclude(progress__state__in=_OVER)
        .select_related("duty", "progress")
        .order_by("duty__due_on", "pk")
    )
    return tuple(_work(row, today) for row in rows)


def _work(row: Assignment, today: date) -> Work:
    progress = getattr(row, "progress", None)
    due = progress.due_on if progress else row.duty.due_on
    return Work(row.duty.title, due, due is not None and due < today, row.is_lead)


def coming(cell: Organization, *, today: date) -> Coming:
    plan = Plan.objects.filter(cell=cell, year=today.year).exists()
    without = Member.objects.filter(cell=cell).on_roll() if plan else Member.objects.none()
    working = Assignment.objects.standing().filter(duty__plan__cell=cell, duty__plan__year=today.year)
    return Coming(today.year, plan, without.exclude(pk__in=working.values("member")).count() if plan else 0)
