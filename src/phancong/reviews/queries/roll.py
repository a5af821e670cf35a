"""Who is reviewed: the members of the cells of a committee, both as they stood on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from phancong.members.enums import ENDED, MembershipKind
from phancong.members.models import Member, Membership, Post, StatusPeriod
from phancong.organizations.models import OrganizationVersion
from phancong.organizations.queries import TreeRow, path_on, steps_of, tree_on


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A member of a cell on the day the roll is counted."""

    member: Member
    cell_id: int
    status: str
    posts: frozenset[str]


def cells_on(committee_id: int, day: date) -> list[TreeRow]:
    """The cells under the committee in the tree of `day`, in its order; none when there was no such committee."""
    path = path_on(committee_id, day)
    return [row for row in tree_on(day, path) if row.holds_members] if path else []


def grassroots_of(cells: Iterable[TreeRow], day: date) -> dict[int, int]:
    """The grassroots organisation of each cell on `day`; itself where it is one, or stands under none."""
    cells = list(cells)
    above = {step for cell in cells for step in steps_of(cell.path)}
    bases = set(
        OrganizationVersion.objects.on(day)
        .filter(organization__in=above, is_grassroots=True)
        .values_list("organization", flat=True)
    )
    return {
        cell.id: next((step for step in reversed(steps_of(cell.path)) if step in bases), cell.id)
        for cell in cells
    }


def roll_on(cell_ids: Iterable[int], day: date) -> list[OnRoll]:
    """Everybody whose official cell on `day` is one of these; three statements however many."""
    spans = (
        Membership.objects.on(day)
        .filter(cell__in=list(cell_ids), kind=MembershipKind.OFFICIAL)
        .select_related("member")
    )
    found = {span.member_id: span for span in spans}
    people = spans.values("member")
    statuses = dict(StatusPeriod.objects.on(day).filter(member__in=people).values_list("member_id", "status"))
    posts: dict[int, set[str]] = defaultdict(set)
    for member_id, position in (
        Post.objects.on(day).filter(member__in=people).values_list("member_id", "position")
    ):
        posts[member_id].add(position)
    return [
        OnRoll(span.member, span.cell_id, status, frozenset(posts[pk]))
        for pk, span in sorted(found.items(), key=lambda pair: (pair[1].member.sort_key, pair[0]))
        if (status := statuses.get(pk, span.member.status)) not in ENDED
    ]
