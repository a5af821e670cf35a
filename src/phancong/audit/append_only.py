"""Triggers that refuse to change or remove lines of the log, whoever asks: the first of its three protections."""

from django.db.backends.base.base import BaseDatabaseWrapper

SENTENCE = "Nhật ký chỉ được ghi thêm."
_TABLE = "audit_auditentry"

_POSTGRESQL_ADD = (
    f"""
    CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'insufficient_privilege'; END $$
    """,
    f"""
    CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
    """,
    f"""
    CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {_TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()
    """,
)
_POSTGRESQL_REMOVE = (
    f"DROP TRIGGER IF EXISTS audit_no_change ON {_TABLE}",
    f"DROP TRIGGER IF EXISTS audit_no_truncate ON {_TABLE}",
)
# SQLite drops the triggers of a table that a later migration makes anew: such a migration adds them again.
_SQLITE_ADD = tuple(
    f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON {_TABLE} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    for act in ("UPDATE", "DELETE")
)
_SQLITE_REMOVE = tuple(f"DROP TRIGGER IF EXISTS audit_no_{act}" for act in ("update", "delete"))


def add_triggers(connection: BaseDatabaseWrapper) -> None:
    remove_triggers(connection)
    _execute(connection, _POSTGRESQL_ADD if connection.vendor == "postgresql" else _SQLITE_ADD)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Only for going back a migration, and for emptying the databases of tests; it needs the owner of the table."""
    _execute(connection, _POSTGRESQL_REMOVE if connection.vendor == "postgresql" else _SQLITE_REMOVE)


def _execute(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
