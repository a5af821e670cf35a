"""Reads for the pages of roles: who holds what by decision, whom it may be given to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES, Role
from phancong.accounts.models import Appointment, User
from phancong.members.models import Member
from phancong.organizations.models import Organization, in_places

PAGE_ROWS = 50
FOUND_AT_MOST = 20
# Above this many organisations a list to choose from helps nobody: the topmost stand in it.
PLACES_TO_CHOOSE = 300
TOP_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, in words; `last_day` is the last day it holds."""

    id: int
    person: str
    role: str
    place: str
    valid_from: date
    last_day: date | None
    basis: str
    is_own: bool


def appointments_for(actor: Actor) -> QuerySet[Appointment]:
    """Roles given or lent that have not ended, where the actor gives roles, and those the actor lent."""
    inside = in_places(places(actor, Permission.ROLE_GIVE), field="organization__path")
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gt=actor.today)
    lent = Q(delegated_by=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    return (
        Appointment.objects.filter(inside | lent)
        .filter(not_over)
        .select_related("user__member", "organization", "delegated_by__member")
        .order_by("id")
    )


def held(
    appointments: QuerySet[Appointment], *, by: Actor, after: int | None = None
) -> tuple[list[Held], int | None]:
    """One page of roles held, starting behind the row `after`, and the row the next page starts behind."""
    rows = list(appointments.filter(id__gt=after or 0)[: PAGE_ROWS + 1])
    shown = [_in_words(row, by=by) for row in rows[:PAGE_ROWS]]
    return shown, shown[-1].id if len(rows) > PAGE_ROWS else None


def people_for(actor: Actor, words: str) -> list[User]:
    """Accounts found by name or by sign-in name, among those of the actor's places and those of no member."""
    if not words.strip():
        return []
    members = Member.objects.in_places(places(actor, Permission.ROLE_GIVE)).on_roll().matching(words)
    found = User.objects.filter(is_active=True).filter(
        Q(member__in=members) | Q(member__isnull=True, username__icontains=words.strip())
    )
    rows = found.exclude(Q(pk=actor.user_id)).select_related("member__cell")
    return list(rows.order_by("member__sort_key", "username")[:FOUND_AT_MOST])


def person_for(actor: Actor, user_id: int) -> User | None:
    """An account that the actor may give a role to."""
    members = Member.objects.in_places(places(actor, Permission.ROLE_GIVE)).on_roll()
    found = User.objects.filter(is_active=True).filter(Q(member__in=members) | Q(member__isnull=True))
    return found.exclude(Q(pk=actor.user_id)).select_related("member__cell").filter(pk=user_id).first()


def places_to_choose(actor: Actor, right: Permission) -> list[tuple[int, str]]:
    """Organisations in which the actor has `right`, from the top down."""
    inside = (
        Organization.objects.active().filter(in_places(places(actor, right), field="path")).order_by("path")
    )
    rows = list(inside[: PLACES_TO_CHOOSE + 1])
    if len(rows) > PLACES_TO_CHOOSE:
        rows = list(inside.filter(depth__lt=rows[0].depth + TOP_LEVELS)[:PLACES_TO_CHOOSE])
    top = min((row.depth for row in rows), default=0)
    return [(row.pk, "– " * (row.depth - top) + row.name) for row in rows]


def lendable(actor: Actor) -> list[tuple[str, Organization]]:
    """Roles, each with its organisation, that the actor holds by post and may lend."""
    paths = {
        (grant.role, grant.path)
        for grant in actor.grants
        if grant.path and grant.holds_on(actor.today) and grant.gives(Permission.ROLE_DELEGATE)
    }
    found = {
        row.path: row for row in Organization.objects.active().filter(path__in={path for _, path in paths})
    }
    return [(role, found[path]) for role, path in sorted(paths, key=lambda pair: pair[1]) if path in found]


def colleagues(organization: Organization, *, by: Actor) -> list[User]:
    """Accounts of members of this organisation, but for the actor's own."""
    members = Member.objects.in_places((organization.path,)).on_roll()
    rows = (
        User.objects.filter(is_active=True, member__in=members)
        .exclude(Q(pk=by.user_id))
        .select_related("member")
    )
    return list(rows.order_by("member__sort_key", "id")[:PLACES_TO_CHOOSE])


def roles_to_give() -> list[Role]:
    return [role for role in ROLES.values() if role.by_decision]


def _in_words(row: Appointment, *, by: Actor) -> Held:
    last = date.fromordinal(row.valid_until.toordinal() - 1) if row.valid_until else None
    basis = f"ủy quyền của {row.delegated_by}" if row.delegated_by else row.decision_number or "chưa ghi số"
    is_own = row.delegated_by_id is not None and row.delegated_by_id == by.user_id
    return Held(
        row.pk,
        str(row.user),
        ROLES[row.role].name,
        row.organization.name,
        row.valid_from,
        last,
        basis,
        is_own,
    )
