"""Switches that hold for every test: no network, no logged error, no warning, no undefined template variable."""

import logging
import time
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client, SimpleTestCase
from pytest_socket import socket_allow_hosts

from phancong.access.actor import Actor
from phancong.accounts.models import User
from phancong.audit import append_only
from phancong.common.guards import add_guards, remove_guards
from phancong.figures import register as figures_register
from phancong.followups import register
from phancong.meetings import register as minutes_register
from phancong.organizations.models import Organization
from phancong.oversight import register as oversight_register
from phancong.planning import frozen
from phancong.reviews import register as reviews_register
from phancong.transfers import register as transfers_register
from phancong.yearbook import register as yearbook_register
from tests.factories import make_actor, make_cell, moment

GUARDS = (
    *frozen.GUARDS,
    *register.GUARDS,
    *minutes_register.GUARDS,
    *reviews_register.GUARDS,
    *oversight_register.GUARDS,
    *figures_register.GUARDS,
    *transfers_register.GUARDS,
    *yearbook_register.GUARDS,
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL what cannot differ there is left out: what asks no database, and what says so of itself."""
    if connection.vendor != "postgresql":
        return
    left_out = [
        item for item in items if item.get_closest_marker("sqlite_is_enough") or not asks_a_database(item)
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def asks_a_database(item: pytest.Item) -> bool:
    owner = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not {"db", "transactional_db", "live_server", "django_db_setup"}.isdisjoint(
            getattr(item, "fixturenames", ())
        )
        or (isinstance(owner, type) and issubclass(owner, SimpleTestCase))
    )


@pytest.fixture(autouse=True)
def _one_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests run on the day of the factories, whatever day it is. Other processes keep their clock."""
    if "own_clock" in request.keywords:
        yield
        return
    with time_machine.travel(moment(), tick=True):
        yield


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """Only this machine's own addresses (the databases, the browser's server) can be reached."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _no_logged_error(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An error in the log fails the test that caused it."""
    yield
    errors = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert errors == []


@pytest.fixture(autouse=True)
def _signed_in_with_a_second_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in is tested where it is done; elsewhere a test's user has given every proof a moment ago."""
    plain = Client.force_login

    def force_login(client: Client, user: User, backend: str | None = None) -> None:
        plain(client, user, backend)
        session, stamp = client.session, time.time()
        session.update({"assured": True, "fresh_at": stamp, "began_at": stamp, "seen_at": stamp})
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(scope="session", autouse=True)
def _lines_go_when_databases_are_emptied() -> Iterator[None]:
    """Between tests the databases are emptied, by their owner; only for that moment the triggers are away."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_all(self: BaseDatabaseOperations, statements: list[str]) -> None:
        append_only.remove_triggers(self.connection)
        remove_guards(self.connection, GUARDS)
        try:
            flush(self, statements)
        finally:
            append_only.add_triggers(self.connection)
            add_guards(self.connection, GUARDS)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_all)
        yield


@pytest.fixture
def cell(db: None) -> Organization:
    """The cell whose secretary is `secretary`."""
    return make_cell(name="Chi bộ thôn 1")


@pytest.fixture
def sister_cell(cell: Organization) -> Organization:
    """Another cell under the same committee."""
    return make_cell(parent=cell.parent, name="Chi bộ thôn 2")


@pytest.fixture
def secretary(cell: Organization) -> Actor:
    """Holds the office."""
    return make_actor("secretary", cell.path, name="Bí thư")


@pytest.fixture
def colleague(cell: Organization) -> Actor:
    """In the same cell, with less."""
    return make_actor("member", cell.path, name="Đảng viên")


@pytest.fixture
def stranger() -> Actor:
    """Signed in, with no role anywhere."""
    return make_actor(name="Người ngoài")


@pytest.fixture
def sister_secretary(sister_cell: Organization) -> Actor:
    """Holds the same office in a sister organisation."""
    return make_actor("secretary", sister_cell.path, name="Bí thư chi bộ bên")


@pytest.fixture
def office(cell: Organization) -> Actor:
    """The office of the committee right above `cell`."""
    assert cell.parent is not None
    return make_actor("office", cell.parent.path, name="Văn phòng đảng ủy")
