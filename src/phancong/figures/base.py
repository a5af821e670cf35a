"""What figures are laid out by: a day, a tree, an organisation of it, and the branches right below.

One reader may see an organisation of today; then they may see its figures as of any day. Whoever may see every
organisation that stands today may also see what stood before them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from phancong.access.actor import Actor, Place, may, places
from phancong.access.permissions import Permission
from phancong.figures.enums import Tree
from phancong.figures.lineage import Lineage
from phancong.organizations.enums import EventKind, PartyRole
from phancong.organizations.models import PATH_WIDTH, EventParty, Organization, OrganizationVersion
from phancong.organizations.naming import name_key
from phancong.organizations.queries import organizations_for, path_on

# Keys of rows that are no branch: what counts for the organisation itself, what has no place in the tree
# any more, and what stands in an organisation that did not exist on the day.
OWN, GONE, ASTRAY = 0, -1, -2
GONE_WORDS = "Tổ chức đã giải thể, không có nơi kế tục"
EVERYTHING = "Toàn bộ đảng bộ"


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of a table: an organisation right below, or one of the two keys above."""

    key: int
    name: str
    is_open: bool = False
    """Whether there is a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """`branch_of`: every organisation of the day that counts here, with the branch it counts in."""

    actor: Actor
    day: date
    tree: Tree
    root_id: int | None
    name: str
    branches: tuple[Branch, ...]
    branch_of: Mapping[int, int]
    is_whole: bool
    """Nothing that was counted on the day may be missing here."""
    sees_files: bool

    @property
    def year(self) -> int:
        return self.day.year

    def holds(self, cell: str, branch: int | None = None) -> Q:
        """Rows that belong here, or to one branch; where everything does, also those that fit nowhere."""
        if branch is None and self.is_whole:
            return Q()
        if branch == ASTRAY:
            return ~Q(**{f"{cell}__in": list(self.branch_of)}) if self.is_whole else Q(pk__in=[])
        ids = [pk for pk, key in self.branch_of.items() if branch is None or key == branch]
        return Q(**{f"{cell}__in": ids})


@dataclass(frozen=True, slots=True)
class _Row:
    """An organisation of the day, and where it counts."""

    id: int
    name: str
    path: str
    path_now: str
    home: str


def sees_everything(actor: Actor) -> bool:
    """Whether every organisation of today lies where the actor sees figures, nothing left out."""
    held = [place for place in places(actor, Permission.FIGURES_SEE) if not place.without]
    roots = Organization.objects.active().filter(parent=None).values_list("path", flat=True)
    return any(not place.path for place in held) or (
        bool(held) and all(Place(path) in held for path in roots)
    )


def base_for(actor: Actor, *, root_id: int | None, day: date, tree: Tree) -> Base | None:
    """None: there is no such organisation for the actor. Without `root_id` the highest one they may see."""
    everything = sees_everything(actor)
    root = None
    if root_id is not None or not everything:
        root = _root(actor, root_id)
        if root is None:
            return None
    rows = _rows(actor, day, tree)
    path = _path_of(root, day, tree)
    inside = [row for row in rows if path is not None and (not path or row.home.startswith(path))]
    name = root.name if root else EVERYTHING
    if root is None:
        tops = _tops(rows, tree)
        if len(tops) == 1:
            [(path, name)] = tops.items()
    path = path or ""
    kept = _without_left_out(actor, inside)
    branch_of = {row.id: _key(row.home, path) for row in kept}
    top_id = int(path[-PATH_WIDTH:]) if path else None
    return Base(
        actor=actor,
        day=day,
        tree=tree,
        root_id=root.pk if root else None,
        name=name,
        branches=_branches(kept, branch_of, top_id, name, tree),
        branch_of=branch_of,
        is_whole=root is None,
        sees_files=_sees_files(actor, root),
    )


def _root(actor: Actor, root_id: int | None) -> Organization | None:
    seen = organizations_for(actor, right=Permission.FIGURES_SEE)
    if root_id is not None:
        return seen.filter(pk=root_id).first()
    return seen.order_by("depth", "sort_key", "id").first()


def _rows(actor: Actor, day: date, tree: Tree) -> list[_Row]:
    found = (
        OrganizationVersion.objects.on(day)
        .order_by("path")
        .values_list("organization", "name", "path", "organization__path")
    )
    versions = list(found)
    if tree == Tree.THEN:
        return [_Row(pk, name, path, now, path) for pk, name, path, now in versions]
    lineage = _lineage({pk for pk, _, _, now in versions if not now}, actor.today)
    return [_Row(pk, name, path, now, now or lineage.home(pk)) for pk, name, path, now in versions]


def _lineage(ended: set[int], today: date) -> Lineage:
    """What followed the organisations that ended, by the decisions on merging and dividing."""
    if not ended:
        return Lineage({}, {})
    parties = EventParty.objects.filter(
        event__kind__in=[EventKind.MERGE, EventKind.SPLIT], event__effective_on__lte=today
    ).values_list("event", "role", "organization", "organization__path")
    sources: dict[int, list[int]] = defaultdict(list)
    results: dict[int, list[int]] = defaultdict(list)
    standing: dict[int, str] = {}
    for event, role, organization, path in parties:
        (sources if role == PartyRole.SOURCE else results)[event].append(organization)
        if path:
            standing[organization] = path
    heirs: dict[int, list[int]] = defaultdict(list)
    for event, before in sources.items():
        for organization in before:
            heirs[organization] += [one for one in results[event] if one != organization]
    return Lineage(standing, heirs)


def _path_of(root: Organization | None, day: date, tree: Tree) -> str | None:
    """Where the organisation stands in the tree; None: it did not stand there on the day."""
    if root is None:
        return ""
    return root.path if tree == Tree.NOW else path_on(root.pk, day)


def _tops(rows: list[_Row], tree: Tree) -> dict[str, str]:
    """Roots of the tree, path and name."""
    if tree == Tree.THEN:
        return {row.path: row.name for row in rows if len(row.path) == PATH_WIDTH}
    return dict(Organization.objects.active().filter(parent=None).values_list("path", "name"))


def _without_left_out(actor: Actor, rows: list[_Row]) -> list[_Row]:
    """What the reader's decision leaves out is left out on every day, by its place then and its place now."""
    left_out = {place.without for place in places(actor, Permission.FIGURES_SEE) if place.without}
    if not left_out or sees_everything(actor):
        return rows
    then = {row.path for row in rows if row.path_now in left_out}
    return [
        row
        for row in rows
        if not any(
            place and place.startswith(out) for out in (*left_out, *then) for place in (row.path, row.home)
        )
    ]


def _key(home: str, path: str) -> int:
    if not home or not home.startswith(path):
        return GONE
    return int(home[len(path) : len(path) + PATH_WIDTH]) if len(home) > len(path) else OWN


def _branches(
    rows: list[_Row], branch_of: Mapping[int, int], top_id: int | None, name: str, tree: Tree
) -> tuple[Branch, ...]:
    used = set(branch_of.values())
    if tree == Tree.NOW:
        below = Organization.objects.active().filter(parent=top_id).values_list("id", "name")
        names = dict(below)
        is_open = set(names)
    else:
        names = {row.id: row.name for row in rows if branch_of[row.id] == row.id}
        is_open = {row.id for row in rows if row.path_now}
    found = [
        Branch(pk, words, pk in is_open)
        for pk, words in sorted(names.items(), key=lambda one: (name_key(one[1]), one[0]))
    ]
    if OWN in used:
        found.append(Branch(OWN, f"{name}, tính riêng" if found else name))
    if GONE in used:
        found.append(Branch(GONE, GONE_WORDS))
    return tuple(found)


def _sees_files(actor: Actor, root: Organization | None) -> bool:
    """Whether the reader may list everybody who is counted here."""
    if root is not None:
        return may(actor, Permission.MEMBER_LIST, root.path)
    roots = Organization.objects.active().filter(parent=None).values_list("path", flat=True)
    return all(may(actor, Permission.MEMBER_LIST, path) for path in roots)
