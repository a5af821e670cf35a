"""Named reads of members. Those that end in `_for` return only what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.db.models import Count, Q, QuerySet, TextChoices

from phancong import rules
from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.members.models import Member, MemberQuerySet, Post
from phancong.organizations.models import Organization, in_places

PAGE_ROWS = 50
MOST_CELLS = 300


class DutyCount(TextChoices):
    NONE = "0", "Chưa có"
    ONE = "1", "1 nhiệm vụ"
    MORE = "2", "2 nhiệm vụ trở lên"


@dataclass(frozen=True, slots=True)
class ListFilter:
    words: str = ""
    cell_id: int | None = None
    category: str = ""
    status: str = ""
    duties: str = ""
    without_card: bool = False


class MemberRow(TypedDict):
    id: int
    full_name: str
    birth_date: date
    card_number: str | None
    category: str
    status: str
    cell__name: str
    duty_count: int


@dataclass(frozen=True, slots=True)
class MemberPage:
    rows: list[MemberRow]
    total: int
    next_after: int | None


def members_for(actor: Actor, right: Permission = Permission.MEMBER_LIST) -> MemberQuerySet:
    """Members whose official cell lies where the actor has `right`."""
    return Member.objects.in_places(places(actor, right))


def roll_for(
    actor: Actor, wanted: ListFilter, *, year: int, right: Permission = Permission.MEMBER_LIST
) -> MemberQuerySet:
    """Members on the roll that the actor may list, narrowed down, in the order of Vietnamese names."""
    found = members_for(actor, right).on_roll().matching(wanted.words)
    exact = {"cell_id": wanted.cell_id, "category": wanted.category, "status": wanted.status}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.without_card:
        found = found.filter(card_number__isnull=True)
    if wanted.duties:
        found = _with_duties(found, wanted.duties, year)
    return found.order_by("sort_key", "id")


def page_of(roll: MemberQuerySet, *, after: int | None, year: int) -> MemberPage:
    """One page of `roll`, starting behind the member `after`."""
    rest: QuerySet[Member] = roll
    last = Member.objects.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if after and last is not None:
        rest = roll.filter(Q(sort_key__gt=last) | Q(sort_key=last, id__gt=after))
    rows: list[Any] = list(
        rest.values("id", "full_name", "birth_date", "card_number", "category", "status", "cell__name")[
            : PAGE_ROWS + 1
        ]
    )
    has_more, rows = len(rows) > PAGE_ROWS, rows[:PAGE_ROWS]
    counts = duty_counts([row["id"] for row in rows], year=year)
    for row in rows:
        row["duty_count"] = counts.get(row["id"], 0)
    return MemberPage(rows, roll.count(), rows[-1]["id"] if has_more else None)


def duty_counts(member_ids: Sequence[int], *, year: int) -> dict[int, int]:
    """How many duties each of these members has in the plans of `year`; who has none is left out."""
    counted = (
        Member.objects.filter(
            pk__in=member_ids, assignments__duty__plan__year=year, assignments__ended_on__isnull=True
        )
        .values_list("pk")
        .annotate(count=Count("assignments"))
    )
    return dict(counted)


def _with_duties(members: MemberQuerySet, wanted: str, year: int) -> MemberQuerySet:
    holding = (
        Member.objects.filter(assignments__duty__plan__year=year, assignments__ended_on__isnull=True)
        .values("pk")
        .annotate(count=Count("assignments"))
    )
    if wanted == DutyCount.NONE:
        return members.exclude(pk__in=holding.values("pk"))
    if wanted == DutyCount.ONE:
        return members.filter(pk__in=holding.filter(count=1).values("pk"))
    return members.filter(pk__in=holding.filter(count__gte=2).values("pk"))


def cells_for(actor: Actor, *, asked: str = "") -> list[tuple[int, str]]:
    """Cells where the actor may list members; where they are too many to choose from, only the one asked for."""
    cells = (
        Organization.objects.active()
        .cells()
        .filter(in_places(places(actor, Permission.MEMBER_LIST), field="path"))
        .order_by("sort_key", "id")
        .values_list("id", "name")
    )
    found = list(cells[: MOST_CELLS + 1])
    if len(found) <= MOST_CELLS:
        return found
    return list(cells.filter(pk=int(asked))) if asked.isascii() and asked.isdigit() else []


def member_for(actor: Actor, member_id: int) -> Member | None:
    """The file of a member: for those entitled where the member's cell is, and for the member."""
    visible = members_for(actor, Permission.MEMBER_SEE).filter(pk=member_id)
    found = visible.select_related("cell__parent", "residence").first()
    if found is None and actor.member_id == member_id:
        found = Member.objects.select_related("cell__parent", "residence").filter(pk=member_id).first()
    return found


def leader_of(actor: Actor) -> str:
    """Post and name of who leads the actor's cell, to be asked when no work is given; empty when nobody does."""
    member = Member.objects.filter(pk=actor.member_id).first() if actor.member_id else None
    if member is None or member.cell_id is None:
        return ""
    positions = {
        position.code: position for position in rules.on(actor.today).positions if position.leads_cell
    }
    posts = list(
        Post.objects.on(actor.today)
        .filter(organization=member.cell_id, position__in=positions)
        .exclude(member=member)
        .select_related("member")
    )
    first = min(posts, key=lambda post: (positions[post.position].rank, post.pk), default=None)
    return f"{positions[first.position].name.lower()} {first.member}" if first else ""
