"""Who sees whose files before and after: by the posts and roles in the organisations that are touched."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.accounts.models import Appointment
from phancong.members.models import Member, Post
from phancong.organizations.models import Organization

FILES = Permission.MEMBER_LIST


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """Somebody with a post or a role: a member, or a user who is none."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Seen:
    """`reach`: places in whose subtrees each holder opens files; `paths`: where each member is, by id."""

    reach: Mapping[Holder, frozenset[str]]
    words: Mapping[Holder, str]
    paths: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What one holder sees otherwise than before, in numbers of members."""

    holder: str
    before: str
    after: str
    gained: int
    lost: int
    gained_ids: frozenset[int]


def seen_now(organizations: Collection[int], members: Iterable[int], *, today: date) -> Seen:
    """How it stands on `today` in these organisations. Four queries."""
    reach: dict[Holder, set[str]] = defaultdict(set)
    words: dict[Holder, list[str]] = defaultdict(list)
    positions = {row.code: row for row in rules.on(today).positions}
    posts = Post.objects.on(today).filter(organization__in=organizations, organization__path__gt="")
    for post in posts.select_related("member", "organization").order_by("pk"):
        position = positions.get(post.position)
        if position is None or not position.role or FILES not in ROLES[position.role].permissions:
            continue
        holder = Holder(post.member.full_name, f"m{post.member_id}")
        reach[holder].add(post.organization.path)
        words[holder].append(f"{position.name} {post.organization.name}")
    given = Appointment.objects.on(today).filter(
        organization__in=organizations, organization__path__gt="", delegated_by__isnull=True
    )
    for row in given.select_related("user__member", "organization").order_by("pk"):
        role = ROLES[row.role]
        if FILES not in role.permissions:
            continue
        key = f"m{row.user.member_id}" if row.user.member_id else f"u{row.user_id}"
        holder = Holder(str(row.user), key)
        reach[holder].add(row.organization.path)
        words[holder].append(f"{role.name} {row.organization.name}")
    places = Organization.objects.active().filter(pk__in=organizations)
    paths = dict(Member.objects.filter(cell__in=places).values_list("pk", "cell__path"))
    paths |= dict(Member.objects.filter(pk__in=list(members)).values_list("pk", "cell__path"))
    return Seen(
        {holder: frozenset(found) for holder, found in reach.items()},
        {holder: "; ".join(dict.fromkeys(found)) for holder, found in words.items()},
        {pk: path or "" for pk, path in paths.items()},
    )


def changes_of_sight(before: Seen, after: Seen) -> list[Change]:
    """Only holders who see more, see less, or hold another office than before; those who gain most come first."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pk in before.paths.keys() | after.paths.keys():
        groups[before.paths.get(pk, ""), after.paths.get(pk, "")].append(pk)
    by_key = {holder.key: holder for holder in (*before.reach, *after.reach)}
    old = {holder.key: (found, before.words[holder]) for holder, found in before.reach.items()}
    new = {holder.key: (found, after.words[holder]) for holder, found in after.reach.items()}
    nothing: tuple[frozenset[str], str] = (frozenset(), "")
    changes = []
    for key, holder in by_key.items():
        (had, words_before), (has, words_after) = old.get(key, nothing), new.get(key, nothing)
        gained, lost = [], 0
        for (was, is_now), people in groups.items():
            saw, sees = _covers(had, was), _covers(has, is_now)
            if sees and not saw:
                gained += people
            lost += len(people) * (saw and not sees)
        if gained or lost or words_before != words_after:
            changes.append(
                Change(holder.name, words_before, words_after, len(gained), lost, frozenset(gained))
            )
    return sorted(changes, key=lambda one: (-one.gained, -one.lost, one.holder))


def _covers(places: Iterable[str], path: str) -> bool:
    return bool(path) and any(path.startswith(place) for place in places)


def headcounts(cells: Collection[int]) -> Counter[int]:
    """Members on the roll of each cell."""
    return Counter(Member.objects.on_roll().filter(cell__in=cells).values_list("cell", flat=True))
