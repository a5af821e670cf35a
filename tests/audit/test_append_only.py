"""The database itself refuses to change the log, also for statements that go around the product."""

import pytest
from django.db import DatabaseError, connection, transaction

from phancong.audit.log import record
from phancong.audit.models import AuditEntry
from tests.factories import make_office

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "UPDATE audit_auditentry SET action = 'x'": ("sqlite", "postgresql"),
    "UPDATE audit_auditentry SET hash = hash": ("sqlite", "postgresql"),
    "DELETE FROM audit_auditentry": ("sqlite", "postgresql"),
    "DELETE FROM audit_auditentry WHERE sequence = 2": ("sqlite", "postgresql"),
    "UPDATE OR REPLACE audit_auditentry SET sequence = 1 WHERE sequence = 2": ("sqlite",),
    "TRUNCATE audit_auditentry": ("postgresql",),
    "TRUNCATE audit_auditentry CASCADE": ("postgresql",),
}


@pytest.mark.parametrize(("statement", "vendors"), STATEMENTS.items(), ids=STATEMENTS)
def test_lines_are_neither_changed_nor_removed(statement: str, vendors: tuple[str, ...]) -> None:
    if connection.vendor not in vendors:
        pytest.skip("this database has no such statement")
    for number in range(3):
        record(by=make_office(), action="try", subject=f"thing:{number}")
    before = list(AuditEntry.objects.order_by("sequence").values())
    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        connection.cursor().execute(statement)
    assert list(AuditEntry.objects.order_by("sequence").values()) == before
