"""The tree of organisations with figures that add up, as of any day."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Count, QuerySet

from phancong import rules
from phancong.access.actor import Actor, Place, places
from phancong.access.permissions import Permission
from phancong.common.spans import on_day
from phancong.common.suppression import suppress
from phancong.members.enums import COUNTED_OFFICIAL, ENDED, MembershipKind, Status
from phancong.members.models import Membership, Post
from phancong.organizations.models import in_places
from phancong.organizations.queries import TreeRow, sum_up_the_tree, tree_on
from phancong.planning.models import Plan

ON_ROLL = frozenset(Status) - ENDED
EXEMPT = frozenset({Status.EXEMPT, Status.TEMPORARILY_EXEMPT})
SHOWN_AT_ONCE = 400


class Flag(StrEnum):
    """What an organisation lacks. The value is the word in the address of the list."""

    NO_SECRETARY = "chua-bi-thu"
    TOO_FEW = "thieu-dang-vien"
    NO_PLAN = "chua-ke-hoach"


@dataclass(frozen=True, slots=True)
class RollCounts:
    """Members on the roll by status; the parts add up to `total`."""

    official: int = 0
    probationary: int = 0
    exempt: int = 0
    suspended: int = 0

    @property
    def total(self) -> int:
        return self.official + self.probationary + self.exempt + self.suspended

    def told(self, *, least: int) -> "ToldCounts":
        """The figures with small numbers kept back."""
        total, parts = suppress(asdict(self), least=least)
        return ToldCounts(total=total, **parts)


@dataclass(frozen=True, slots=True)
class ToldCounts:
    """Figures for people without the list; None: too small to be told."""

    total: int | None
    official: int | None
    probationary: int | None
    exempt: int | None
    suspended: int | None


@dataclass(slots=True)
class Node:
    """One organisation of the tree, its figures, what it lacks, and what stands below it."""

    row: TreeRow
    kind: str
    counts: RollCounts | ToldCounts
    flags: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    day: date
    roots: list[Node]
    counts: RollCounts | ToldCounts
    grassroots: int
    cells: int
    flagged: dict[Flag, list[Node]]
    members_in_cells: int
    least_official: int
    closes: bool
    """Whether those who belong to a cell are exactly those who have a status on the day."""
    is_full: bool
    """Whether every figure is told; otherwise small ones are kept back."""


def tree_for(actor: Actor, day: date, *, root_path: str | None = None) -> Tree:
    """What the actor may see of the tree on `day`, or the part of it under `root_path`."""
    seen = places(actor, Permission.ORGANIZATION_SEE)
    if root_path is not None:
        seen = tuple(Place(root_path, place.without) for place in seen if place.covers(root_path))
    rows = [row for place in seen for row in tree_on(day, place.path) if place.covers(row.path)]
    by_status = _statuses(day, seen)
    listed = places(actor, Permission.MEMBER_LIST)
    is_full = all(any(place.covers(row.path) for place in listed) for row in rows)
    whole = _roll({status: sum(cells.values()) for status, cells in by_status.items()})
    counts = {pk: _told(one, day, is_full=is_full) for pk, one in _summed(rows, by_status).items()}
    flags = _flags(rows, day, by_status)
    nodes = _nodes(rows, counts, flags, day)
    known = {row.id for row in rows}
    in_cells = _memberships(day, seen).count()
    return Tree(
        day=day,
        roots=[nodes[row.id] for row in rows if row.parent_id not in known and row.id in nodes],
        counts=_told(whole, day, is_full=is_full),
        grassroots=sum(row.is_grassroots for row in rows),
        cells=sum(row.holds_members for row in rows),
        flagged={
            flag: [_node(row, counts, flags, day) for row in rows if flag in flags.get(row.id, ())]
            for flag in Flag
        },
        members_in_cells=in_cells,
        least_official=rules.on(day).least("cell_official_members"),
        closes=in_cells == whole.total,
        is_full=is_full,
    )


def _told(counts: RollCounts, day: date, *, is_full: bool) -> RollCounts | ToldCounts:
    return counts if is_full else counts.told(least=rules.on(day).least("figure_shown"))


def _statuses(day: date, seen: tuple[Place, ...]) -> dict[str, dict[int, int]]:
    """status → cell → number of members on the roll."""
    rows = (
        _memberships(day, seen)
        .filter(on_day(day, prefix="member__status_periods__"), member__status_periods__status__in=ON_ROLL)
        .values_list("member__status_periods__status", "cell")
        .annotate(count=Count("id"))
    )
    found: dict[str, dict[int, int]] = {}
    for status, cell, count in rows:
        found.setdefault(status, {})[cell] = count
    return found


def _memberships(day: date, seen: tuple[Place, ...]) -> QuerySet[Membership]:
    """Official memberships of `day` in the cells that stood in these places on that day."""
    found: QuerySet[Membership] = Membership.objects.on(day).filter(
        in_places(seen, field="cell__versions__path"),
        on_day(day, prefix="cell__versions__"),
        kind=MembershipKind.OFFICIAL,
    )
    return found


def _summed(rows: list[TreeRow], by_status: Mapping[str, Mapping[int, int]]) -> dict[int, RollCounts]:
    sums = {status: sum_up_the_tree(rows, cells) for status, cells in by_status.items()}
    return {row.id: _roll({status: cells[row.id] for status, cells in sums.items()}) for row in rows}


def _roll(numbers: Mapping[str, int]) -> RollCounts:
    return RollCounts(
        official=sum(numbers.get(status, 0) for status in (Status.OFFICIAL, Status.REDUCED)),
        probationary=numbers.get(Status.PROBATIONARY, 0),
        exempt=sum(numbers.get(status, 0) for status in EXEMPT),
        suspended=numbers.get(Status.SUSPENDED, 0),
    )


def _flags(
    rows: list[TreeRow], day: date, by_status: Mapping[str, Mapping[int, int]]
) -> dict[int, list[Flag]]:
    heads = [position.code for position in rules.on(day).positions if position.rank == 1]
    led = set(Post.objects.on(day).filter(position__in=heads).values_list("organization", flat=True))
    planned = set(Plan.objects.filter(year=day.year).values_list("cell", flat=True))
    least = rules.on(day).least("cell_official_members")
    found: dict[int, list[Flag]] = {}
    for row in rows:
        if not row.holds_members:
            continue
        # A cell that stands empty has nobody to plan for.
        is_staffed = any(cells.get(row.id) for cells in by_status.values())
        official = sum(by_status.get(status, {}).get(row.id, 0) for status in COUNTED_OFFICIAL)
        lacks = {
            Flag.NO_SECRETARY: row.id not in led,
            Flag.TOO_FEW: official < least,
            Flag.NO_PLAN: is_staffed and row.id not in planned,
        }
        found[row.id] = [flag for flag, is_so in lacks.items() if is_so]
    return found


def flag_words(flag: Flag, day: date) -> str:
    least = rules.on(day).least("cell_official_members")
    return {
        Flag.NO_SECRETARY: "Chưa có bí thư",
        Flag.TOO_FEW: f"Dưới {least} đảng viên chính thức",
        Flag.NO_PLAN: f"Chưa có kế hoạch {day.year}",
    }[flag]


def _node(
    row: TreeRow, counts: Mapping[int, RollCounts | ToldCounts], flags: Mapping[int, list[Flag]], day: date
) -> Node:
    kinds = {kind.code: kind.name for kind in rules.on(day).organization_kinds}
    words = [flag_words(flag, day) for flag in flags.get(row.id, ())]
    return Node(row, kinds.get(row.kind, row.kind), counts[row.id], words)


def _nodes(
    rows: list[TreeRow],
    counts: Mapping[int, RollCounts | ToldCounts],
    flags: Mapping[int, list[Flag]],
    day: date,
) -> dict[int, Node]:
    """Nodes by id, joined to their parents. A big tree is cut two levels below its top."""
    top = min((row.depth for row in rows), default=0)
    shown = rows if len(rows) <= SHOWN_AT_ONCE else [row for row in rows if row.depth <= top + 1]
    nodes = {row.id: _node(row, counts, flags, day) for row in shown}
    parents = {row.parent_id for row in rows}
    for row in shown:
        if row.parent_id in nodes:
            nodes[row.parent_id].children.append(nodes[row.id])
    for node in nodes.values():
        node.is_cut = node.row.id in parents and not node.children
    return nodes
