"""What the database may show now. It follows the person through the request, never the connection."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from phancong.access.actor import Actor
from phancong.access.roles import MEMBER

_ALL = "*"
PLAIN_MEMBER = MEMBER.code


@dataclass(frozen=True, slots=True)
class Scope:
    """Values of the session settings that the policies read: patterns of paths, and the last step of each path.

    `files`: where more is held than being a member; `sparing`: the same, where something (`left_out`) is not one's own.
    """

    places: str = ""
    place_ids: str = ""
    member: str = ""
    user: str = ""
    files: str = ""
    sparing: str = ""
    left_out: str = ""


NOTHING = Scope()
EVERYTHING = Scope(places=_ALL)
_now: ContextVar[Scope | None] = ContextVar("scope", default=None)
_of_process = NOTHING


def scope_of(actor: Actor) -> Scope:
    """Everything in the places of the actor's grants of today, and what is their own."""
    held = [grant for grant in actor.grants if grant.holds_on(actor.today)]
    paths = sorted({grant.path for grant in held})
    own = str(actor.member_id or ""), str(actor.user_id or "")
    if "" in paths:
        return Scope(_ALL, "", *own)
    opened = [grant.place for grant in held if grant.role != PLAIN_MEMBER]
    return Scope(
        _patterns(paths),
        _array(str(int(path[-8:])) for path in paths),
        *own,
        files=_patterns(place.path for place in opened if not place.without),
        sparing=_patterns(place.path for place in opened if place.without),
        left_out=_patterns(place.without for place in opened if place.without),
    )


def _patterns(paths: Iterable[str]) -> str:
    return _array(f"{path}%" for path in sorted(set(paths)))


def _array(values: Iterable[str]) -> str:
    return "{" + ",".join(values) + "}"


def see_everything_in_this_process() -> None:
    """For commands and workers: their rights are asked by the product, where the work is given and where it is done."""
    global _of_process  # noqa: PLW0603 -- a process is one thing or the other
    _of_process = EVERYTHING


@contextmanager
def seeing(scope: Scope) -> Iterator[None]:
    """The database shows `scope` inside, and afterwards what it showed before."""
    token = _now.set(scope)
    try:
        _apply(connection)
        yield
    finally:
        _now.reset(token)
        _apply(connection)


def begin(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A new connection: ask whether the net is hung for its role, and show what may be shown now."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(row_security_active(to_regclass('members_member')), false)")
        connection.has_row_net = cursor.fetchone()[0]  # type: ignore[attr-defined]
    _apply(connection)


def _apply(database: Any) -> None:
    if database.connection is None or not getattr(database, "has_row_net", False):
        return
    # In a failed transaction nothing can be set; its rollback brings back what was set before it.
    if database.connection.info.transaction_status == TransactionStatus.INERROR or database.needs_rollback:
        return
    scope = _now.get() or _of_process
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('phancong.places', %s, false), set_config('phancong.place_ids', %s, false), "
            "set_config('phancong.member', %s, false), set_config('phancong.user', %s, false), "
            "set_config('phancong.files', %s, false), set_config('phancong.sparing', %s, false), "
            "set_config('phancong.left_out', %s, false)",
            astuple(scope),
        )
