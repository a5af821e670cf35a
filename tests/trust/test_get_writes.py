"""Item 17: looking changes nothing."""

import hashlib

import pytest
from django.apps import apps
from django.db import connection

from tests.trust.measures import measured
from tests.trust.visits import all_places, body_of, get_all
from tests.trust.world import PERSONAS, World

pytestmark = pytest.mark.sqlite_is_enough

# What looking may leave behind: the line in the log of acts that a file was taken, and one's own session.
LEFT_BEHIND = frozenset({"audit_auditentry", "audit_chainhead", "django_session"})
MAY_CHANGE = {"accounts_user": {"last_login"}}


def digests() -> dict[str, list[str]]:
    """Of each table a digest of each row."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in LEFT_BEHIND or not model._meta.managed:
            continue
        names = [
            field.column
            for field in model._meta.concrete_fields
            if field.column not in MAY_CHANGE.get(table, ())
        ]
        quoted = ", ".join(connection.ops.quote_name(name) for name in names if name)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- names of models
            found[table] = sorted(
                hashlib.sha256(repr([_plain(value) for value in row]).encode()).hexdigest()
                for row in cursor.fetchall()
            )
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_reading_every_page_as_everybody_changes_no_row(world: World) -> None:
    before = digests()
    read = 0
    for persona in PERSONAS:
        for _, answer in get_all(world.client(persona), all_places(world)):
            body_of(answer)
            read += 1
    after = digests()
    changed = sum(len(set(before[table]) ^ set(after[table])) for table in before)
    note = f"{len(before)} bảng, {sum(len(rows) for rows in before.values())} dòng"
    measured(17, "Đọc mọi trang: dòng bị đổi", n=read, wrong=changed, note=note)
    assert {table for table in before if before[table] != after[table]} == set()


def test_the_digest_sees_a_change_of_one_field(world: World) -> None:
    before = digests()
    member = world.members["C1"][0]
    member.occupation = "nghề khác"
    member.save()
    after = digests()
    assert {table for table in before if before[table] != after[table]} == {"members_member"}
