"""Building the actor of a request from posts and appointments."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from phancong import rules
from phancong.access.actor import Actor, Grant
from phancong.access.roles import ROLES
from phancong.accounts.models import Appointment, User
from phancong.common.text import fold
from phancong.members.models import Member, Post
from phancong.organizations.models import Organization


def actor_of(user: User, *, now: datetime, assured: bool = True) -> Actor:
    """The actor for `user` at the moment `now`: grants of posts and appointments that hold today.

    Where the session gave no second step (`assured` is False), roles that need one give nothing.
    """
    today = now.date()
    own = user.member.cell.path if user.member and user.member.cell else ""
    roles = {position.code: position.role for position in rules.on(today).positions}
    grants = [
        Grant(
            row.role,
            row.organization.path,
            row.valid_from,
            row.valid_until,
            without=own if ROLES[row.role].spares_own_cell else "",
            is_delegated=row.delegated_by_id is not None,
        )
        for row in _appointments_of(user, today)
    ]
    if user.member is not None:
        grants += [
            Grant(roles[post.position], post.organization.path, post.valid_from, post.valid_until)
            for post in Post.objects.on(today)
            .filter(member=user.member, organization__path__gt="")
            .select_related("organization")
            if roles.get(post.position)
        ]
        # An empty path means everywhere: what is dissolved or not yet founded has no place and gives no right.
        if own:
            grants.append(Grant("member", own, today))
    kept = tuple(grant for grant in grants if assured or not ROLES[grant.role].second_factor)
    return Actor(user.pk, user.member_id, str(user), now, kept)


def _appointments_of(user: User, today: date) -> list[Appointment]:
    """Those in force today. Every page asks this, so whether a lent role still stands is asked only of lent ones."""
    rows = list(
        user.appointments.on(today)
        .filter(organization__path__gt="")
        .select_related("organization")
        .order_by("id")
    )
    lent = [row.pk for row in rows if row.delegated_by_id is not None]
    if not lent:
        return rows
    standing = set(
        Appointment.objects.filter(pk__in=lent)
        .in_force(today, posts=posts_by_role(today))
        .values_list("pk", flat=True)
    )
    return [row for row in rows if row.delegated_by_id is None or row.pk in standing]


def posts_by_role(day: date) -> dict[str, list[str]]:
    """Codes of the posts that carry each role on `day`."""
    found: dict[str, list[str]] = {}
    for position in rules.on(day).positions:
        if position.role:
            found.setdefault(position.role, []).append(position.code)
    return found


def system_actor(*, now: datetime, name: str = "Hệ thống") -> Actor:
    """The actor of a management command: the office's rights everywhere."""
    return Actor(None, None, name, now, (Grant("office", "", now.date()),))


@dataclass(frozen=True, slots=True)
class SamplePerson:
    user_id: int
    name: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class SampleGroup:
    """Sample people of one role: the first of them, and whether there are more."""

    name: str
    people: list[SamplePerson]
    has_more: bool


SHOWN_PER_ROLE = 4


def sample_people(words: str, *, today: date) -> list[SampleGroup]:
    """People to choose from in the demonstration, by role; `words` of a name or of a cell narrow them down."""
    positions = {position.code: position for position in rules.on(today).positions}
    users = User.objects.filter(is_active=True)
    if words.strip():
        users = users.filter(
            Q(member__in=Member.objects.matching(words)) | Q(member__cell__in=_organizations_named(words))
        )
    appointed = (
        Appointment.objects.on(today)
        .filter(user__in=User.objects.filter(is_active=True))
        .order_by("user__username")
        .select_related("user__member", "organization")
    )
    given: dict[str, list[SamplePerson]] = {role.code: [] for role in ROLES.values() if role.by_decision}
    for row in appointed:
        if row.role in given and fold(words) in fold(f"{row.user} {row.organization.name}"):
            person = SamplePerson(row.user_id, str(row.user), ROLES[row.role].name, row.organization.name)
            given[row.role].append(person)
    groups = [_group(ROLES[role].name, people) for role, people in given.items()]
    for role in ("secretary", "committee"):
        codes = [code for code, position in positions.items() if position.role == role]
        posts = (
            Post.objects.on(today)
            .filter(position__in=codes, member__user__in=users)
            .order_by("organization__path", "member__sort_key", "id")
            .select_related("member__user", "organization")
        )
        groups.append(
            _group(
                ROLES[role].name,
                [
                    SamplePerson(
                        post.member.user.pk,
                        post.member.full_name,
                        positions[post.position].name,
                        post.organization.name,
                    )
                    for post in posts[: SHOWN_PER_ROLE + 1]
                ],
            )
        )
    plain = (
        users.filter(member__cell__isnull=False)
        .exclude(member__in=Post.objects.on(today).values("member"))
        .exclude(appointments__isnull=False)
        .order_by("member__sort_key", "id")
        .select_related("member__cell")
    )
    people = [
        SamplePerson(user.pk, str(user), ROLES["member"].name, str(user.member.cell) if user.member else "")
        for user in plain[: SHOWN_PER_ROLE + 1]
    ]
    groups.append(_group(ROLES["member"].name, people))
    return [group for group in groups if group.people]


def _group(name: str, people: list[SamplePerson]) -> SampleGroup:
    return SampleGroup(name, people[:SHOWN_PER_ROLE], len(people) > SHOWN_PER_ROLE)


def _organizations_named(words: str) -> list[int]:
    wanted = fold(words)
    return [
        pk for pk, name in Organization.objects.active().values_list("pk", "name") if wanted in fold(name)
    ]
