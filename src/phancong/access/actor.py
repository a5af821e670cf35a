"""Who acts, and where they may: the single table behind `may()` and `places()`."""

from dataclasses import dataclass, field
from datetime import date, datetime

from phancong.access.permissions import Permission
from phancong.access.roles import ROLES


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The subtree of the organisation with path `path` (empty: everywhere) but for `without` (empty: nothing)."""

    path: str
    without: str = ""

    def covers(self, path: str) -> bool:
        return path.startswith(self.path) and not (self.without and path.startswith(self.without))

    def contains(self, other: "Place") -> bool:
        """Whether everything in `other` also lies here."""
        if not other.path.startswith(self.path):
            return False
        overlaps = self.without.startswith(other.path) or other.path.startswith(self.without)
        return (
            not self.without or not overlaps or bool(other.without and self.without.startswith(other.without))
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for a span of days in the subtree of the organisation with path `path`, but for the subtree `without`.

    What was delegated is not delegated again.
    """

    role: str
    path: str
    valid_from: date
    valid_until: date | None = None
    without: str = ""
    is_delegated: bool = False

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def gives(self, right: Permission) -> bool:
        """Whether this grant carries `right` on the days it holds."""
        if self.without and self.path.startswith(self.without):
            return False
        if self.is_delegated and right is Permission.ROLE_DELEGATE:
            return False
        return right in ROLES[self.role].permissions

    @property
    def place(self) -> Place:
        """What is left out and does not lie inside is nothing: the same place has one name, so none hides another."""
        return Place(self.path, self.without if self.without.startswith(self.path) else "")


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, a command or a job, at the moment `now` (local time)."""

    user_id: int | None
    member_id: int | None
    name: str
    now: datetime
    grants: tuple[Grant, ...] = field(default=())

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held today, anywhere."""
        return frozenset(grant.role for grant in self.grants if grant.holds_on(self.today))


def places(actor: Actor, right: Permission) -> tuple[Place, ...]:
    """The fewest places in which `actor` has `right`."""
    held = {grant.place for grant in actor.grants if grant.holds_on(actor.today) and grant.gives(right)}
    return tuple(
        sorted(place for place in held if not any(place != other and other.contains(place) for other in held))
    )


def may(actor: Actor, right: Permission, place: str) -> bool:
    """Whether `actor` has `right` in the organisation with path `place`."""
    return any(held.covers(place) for held in places(actor, right))


def may_anywhere(actor: Actor, right: Permission) -> bool:
    return bool(places(actor, right))
