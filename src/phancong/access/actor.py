"""Who acts, and where they may: the single table behind `may()` and `places()`."""

from dataclasses import dataclass, field
from datetime import date, datetime

from phancong.access.permissions import Permission
from phancong.access.roles import ROLES


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for a span of days in the subtree of the organisation with path `path`."""

    role: str
    path: str
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


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


def places(actor: Actor, right: Permission) -> tuple[str, ...]:
    """Paths of the smallest set of subtrees in which `actor` has `right`; an empty path means everywhere."""
    paths = sorted(
        {g.path for g in actor.grants if g.holds_on(actor.today) and right in ROLES[g.role].permissions}
    )
    kept: list[str] = []
    for path in paths:
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def may(actor: Actor, right: Permission, place: str) -> bool:
    """Whether `actor` has `right` in the organisation with path `place`."""
    return any(place.startswith(path) for path in places(actor, right))


def may_anywhere(actor: Actor, right: Permission) -> bool:
    return bool(places(actor, right))
