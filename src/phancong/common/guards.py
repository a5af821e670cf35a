"""Triggers that refuse to change what is only added to, whoever asks; the same on both databases."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

# The net of row policies must not hide from the function what it looks up.
_SEES_ALL = "SECURITY DEFINER SET search_path = public SET \"phancong.places\" = '*'"


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses `act` ("DELETE", "UPDATE OF a, b") on rows of `table`; with `when` only where that SQL holds."""

    name: str
    act: str
    table: str
    sentence: str
    when: str = ""


def add_guards(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """A migration of SQLite that makes one of the tables anew drops its triggers: it calls this again."""
    guards = list(guards)
    remove_guards(connection, guards)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    _execute(connection, [statement for guard in guards for statement in make(guard)])


def remove_guards(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Only for going back a migration, and for emptying the databases of tests."""
    on_table = connection.vendor == "postgresql"
    _execute(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {guard.name}" + (f" ON {guard.table}" if on_table else "")
            for guard in guards
        ],
    )


def _sqlite(guard: Guard) -> list[str]:
    condition = f"WHEN {guard.when} " if guard.when else ""
    trigger = f"CREATE TRIGGER {guard.name} BEFORE {guard.act} ON {guard.table} FOR EACH ROW {condition}"
    return [f"{trigger}BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"]


def _postgresql(guard: Guard) -> list[str]:
    """PostgreSQL takes no query in WHEN: the function asks."""
    refuse = f"RAISE EXCEPTION '{guard.sentence}' USING ERRCODE = 'insufficient_privilege';"
    body = f"IF {guard.when} THEN {refuse} END IF;" if guard.when else refuse
    row = "OLD" if guard.act == "DELETE" else "NEW"
    function = (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql {_SEES_ALL} AS "
        f"$$ BEGIN {body} RETURN {row}; END $$"
    )
    trigger = f"CREATE TRIGGER {guard.name} BEFORE {guard.act} ON {guard.table}"
    return [function, f"{trigger} FOR EACH ROW EXECUTE FUNCTION {guard.name}()"]


def _execute(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
