"""What a reorganisation would do: carried out, looked at, and taken back, so that the preview cannot differ from it."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from phancong import rules
from phancong.access.actor import Actor
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.common.refusal import Refused
from phancong.followups.models import Progress
from phancong.members.enums import COUNTED_OFFICIAL
from phancong.members.models import Member, Post
from phancong.organizations.models import PATH_WIDTH, Area, Organization
from phancong.planning.models import Plan
from phancong.reorganizations.carrying import Outcome, carry_out
from phancong.reorganizations.footprint import changes
from phancong.reorganizations.models import Reorganization
from phancong.reorganizations.sight import Change, Seen, changes_of_sight, seen_now
from phancong.reviews.models import CellReview

LEVELS = 2


@dataclass(frozen=True, slots=True)
class Counts:
    members: int = 0
    official: int = 0
    grassroots: int = 0
    cells: int = 0
    areas: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation of the first levels, before and after; a count is None where it is not there."""

    name: str
    depth: int
    before: Counts | None
    after: Counts | None


@dataclass(frozen=True, slots=True)
class Move:
    """Members who change their cell together."""

    origin: str
    target: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """`refusal`: why it cannot be done; then the rest is empty."""

    refusal: str = ""
    total: tuple[Counts, Counts] = (Counts(), Counts())
    lines: tuple[Line, ...] = ()
    moves: tuple[Move, ...] = ()
    posts: tuple[str, ...] = ()
    works: int = 0
    plans: tuple[str, ...] = ()
    reviews: int = 0
    keepers: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    sight: tuple[Change, ...] = ()

    @property
    def moved(self) -> int:
        return sum(len(move.names) for move in self.moves)

    @property
    def closes(self) -> bool:
        """Nobody and no area is lost on the way."""
        return closing(*self.total)


def closing(before: Counts, after: Counts) -> bool:
    return (before.members, before.official, before.areas) == (after.members, after.official, after.areas)


def preview_of(one: Reorganization, *, by: Actor) -> Preview:
    """A decision of a later day is looked at as it would be on that day."""
    try:
        with seeing(EVERYTHING), transaction.atomic():
            found = _looked_at(one, on_the_day(one, by))
            transaction.set_rollback(True)
    except Refused as refused:
        return Preview(refusal=str(refused))
    return found


def on_the_day(one: Reorganization, by: Actor) -> Actor:
    if one.effective_on <= by.today:
        return by
    return replace(by, now=timezone.make_aware(datetime.combine(one.effective_on, time(8))))


def _looked_at(one: Reorganization, by: Actor) -> Preview:
    every = set(Organization.objects.in_subtree(one.committee.path).values_list("pk", flat=True))
    before = state_of(every, today=by.today)
    outcome = carry_out(one, by=by)
    touched = every | outcome.organizations | outcome.created
    after = state_of(touched, today=by.today)
    return told(one, before, after, outcome, by=by)


@dataclass(frozen=True, slots=True)
class State:
    """How the tree stands: organisations by id, counts of each subtree, who sees whom."""

    organizations: dict[int, Organization]
    counts: dict[int, Counts]
    total: Counts
    seen: Seen


def state_of(every: Collection[int], *, today: date) -> State:
    """How these organisations stand. Eight queries."""
    places = {row.pk: row for row in Organization.objects.active().filter(pk__in=every)}
    sums: dict[int, Counter[str]] = {pk: Counter() for pk in places}
    whole: Counter[str] = Counter()

    def add(path: str, what: str, count: int = 1) -> None:
        whole[what] += count
        for end in range(PATH_WIDTH, len(path) + 1, PATH_WIDTH):
            pk = int(path[end - PATH_WIDTH : end])
            if pk in sums:
                sums[pk][what] += count

    for place in places.values():
        if place.is_grassroots:
            add(place.path, "grassroots")
        if place.holds_members:
            add(place.path, "cells")
    for path, status in Member.objects.on_roll().filter(cell__in=places).values_list("cell__path", "status"):
        add(path, "members")
        if status in COUNTED_OFFICIAL:
            add(path, "official")
    areas = Area.objects.on(today).filter(committee__in=places)
    for path in areas.values_list("committee__path", flat=True):
        add(path, "areas")
    counts = {pk: Counts(**found) for pk, found in sums.items()}
    return State(places, counts, Counts(**whole), seen_now(set(every), (), today=today))


def told(one: Reorganization, before: State, after: State, outcome: Outcome, *, by: Actor) -> Preview:
    gone = {pk: place.name for pk, place in before.organizations.items() if pk not in after.organizations}
    year = one.effective_on.year
    plans = Plan.objects.filter(cell__in=gone, year__gte=year).order_by("cell_id", "year")
    return Preview(
        total=(before.total, after.total),
        lines=_lines(before, after),
        moves=_moves(before, after, outcome),
        posts=_posts(outcome, by),
        works=sum(table == Progress._meta.label for table, *_ in changes(outcome.before, outcome.after)),
        plans=tuple(f"{gone[row.cell_id]}, năm {row.year}" for row in plans),
        reviews=CellReview.objects.filter(cell__in=gone, round__year__gte=year).count(),
        keepers=_keepers(gone),
        small=_small(before, after, by),
        sight=tuple(changes_of_sight(before.seen, after.seen)),
    )


def _keepers(gone: Collection[int]) -> tuple[str, ...]:
    """Where the papers of what ends can be read from then on."""
    kept = Organization.objects.filter(pk__in=gone).exclude(kept_by=None).order_by("sort_key", "id")
    return tuple(f"{name} → {keeper}" for name, keeper in kept.values_list("name", "kept_by__name"))


def _lines(before: State, after: State) -> tuple[Line, ...]:
    """Organisations of the first levels whose counts change, or that come or go."""
    found = []
    for pk in before.organizations.keys() | after.organizations.keys():
        old, new = before.organizations.get(pk), after.organizations.get(pk)
        place = new or old
        counts = before.counts.get(pk), after.counts.get(pk)
        if (
            place is not None
            and min(one.depth for one in (old, new) if one) <= LEVELS
            and counts[0] != counts[1]
        ):
            found.append((place.path, place.sort_key, Line(place.name, place.depth, *counts)))
    return tuple(line for *_, line in sorted(found, key=lambda row: row[:2]))


def _moves(before: State, after: State, outcome: Outcome) -> tuple[Move, ...]:
    """Everybody whose official cell is another one."""
    label = Member._meta.label
    groups: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for table, row, old, new in changes(outcome.before, outcome.after):
        if table == label and old is not None and new is not None:
            groups[old["cell_id"], new["cell_id"]].append(row)
    names = Member.objects.in_bulk([pk for found in groups.values() for pk in found])
    places = {pk: place.name for pk, place in {**before.organizations, **after.organizations}.items()}
    moves = [
        Move(
            places.get(origin or 0, "–"),
            places.get(target or 0, "–"),
            tuple(one.full_name for one in sorted((names[pk] for pk in found), key=lambda one: one.sort_key)),
        )
        for (origin, target), found in groups.items()
    ]
    return tuple(sorted(moves, key=lambda move: (move.origin, move.target)))


def _posts(outcome: Outcome, by: Actor) -> tuple[str, ...]:
    """Posts that end by it, with their holders."""
    label = Post._meta.label
    ended = [row for table, row, *_ in changes(outcome.before, outcome.after) if table == label]
    names = {row.code: row.name for row in rules.on(by.today).positions}
    posts = Post.objects.filter(pk__in=ended).select_related("member", "organization")
    return tuple(
        f"{post.member.full_name}: {names.get(post.position, post.position)} {post.organization.name}"
        for post in posts.order_by("organization__sort_key", "member__sort_key", "pk")
    )


def _small(before: State, after: State, by: Actor) -> tuple[str, ...]:
    """What the rules on numbers have to say: cells too small, committees with fewer members than one asks for."""
    law = rules.on(by.today)
    least, committee = law.least("cell_official_members"), law.least("committee_members")
    found = []
    for pk, place in after.organizations.items():
        counts, was = after.counts[pk], before.counts.get(pk)
        if counts == was:
            continue
        if place.holds_members and counts.official < least:
            found.append(f"{place.name}: {counts.official} đảng viên chính thức, dưới {least}")
        is_new = was is None or before.organizations[pk].kind != place.kind
        if is_new and place.is_grassroots and not place.holds_members and counts.members < committee:
            found.append(f"{place.name}: {counts.members} đảng viên, dưới {committee} của một đảng bộ cơ sở")
    return tuple(sorted(found))
