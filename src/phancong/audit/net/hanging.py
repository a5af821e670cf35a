"""Hanging the net: the role of the product, its grants, and the policies. Done by the owner of the database."""

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from phancong.audit.net.policies import ALL, FUNCTIONS, POLICIES
from phancong.common.refusal import Refused

POLICY = "phancong_places"


@transaction.atomic
def hang_net(*, role: str, password: str = "") -> int:
    """Make or renew everything; the answer is the number of tables under a policy. Safe to do again."""
    if connection.vendor != "postgresql":
        raise Refused("Lệnh này chỉ dùng với PostgreSQL. Với SQLite không cần chạy.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == role:
            raise Refused(
                f"Đang nối bằng chính vai trò “{role}”. Chạy lệnh này bằng chủ cơ sở dữ liệu, DATABASE_URL của chủ."
            )
        _make_role(cursor, role, password)
        _grant(cursor, role)
        for function in FUNCTIONS:
            cursor.execute(function)
        for label, condition in POLICIES.items():
            _protect(cursor, apps.get_model(label)._meta.db_table, condition)
    return len(POLICIES)


def take_net_down() -> None:
    """The policies go, the role stays: to measure what they cost, and before a schema is changed by hand."""
    with connection.cursor() as cursor:
        for label in POLICIES:
            name = sql.Identifier(apps.get_model(label)._meta.db_table)
            for words in ("NO FORCE", "DISABLE"):
                cursor.execute(sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(name, sql.SQL(words)))


def _make_role(cursor: Any, role: str, password: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    act = "ALTER" if cursor.fetchone() else "CREATE"
    limits = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
    cursor.execute(sql.SQL(f"{act} ROLE {{}} {limits}").format(sql.Identifier(role)))
    # Compiling statements takes longer than those of pages do.
    cursor.execute(sql.SQL("ALTER ROLE {} SET jit = off").format(sql.Identifier(role)))
    if password:
        cursor.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        )


def _grant(cursor: Any, role: str) -> None:
    statements = (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
        "REVOKE ALL ON audit_auditentry, django_migrations FROM {}",
        "GRANT SELECT, INSERT ON audit_auditentry TO {}",
        "GRANT SELECT ON django_migrations TO {}",
    )
    for statement in statements:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(role)))


def _protect(cursor: Any, table: str, condition: str) -> None:
    name, policy = sql.Identifier(table), sql.Identifier(POLICY)
    cursor.execute(sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, name))
    cursor.execute(
        sql.SQL("CREATE POLICY {} ON {} USING ({})").format(policy, name, sql.SQL(f"{ALL} OR {condition}"))
    )
    cursor.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name))
    cursor.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(name))
