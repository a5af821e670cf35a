"""The log of acts cannot be bypassed, changed or cut without being found out."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from phancong.audit.append_only import add_triggers, remove_triggers
from phancong.audit.log import first_broken_line, record
from phancong.audit.models import AuditEntry, ChainHead
from phancong.organizations.actions import found_organization
from phancong.organizations.models import Organization
from tests.factories import FOUNDED, make_actor, make_office, make_organization

pytestmark = pytest.mark.django_db


def write(lines: int) -> None:
    for number in range(lines):
        record(
            by=make_actor("office", user_id=7),
            action="try",
            subject=f"thing:{number}",
            detail={"số": [1, "đ"]},
        )


def execute(sql: str) -> None:
    """As the owner of the database can, who takes the triggers away first."""
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    add_triggers(connection)


def test_a_line_says_who_did_what_to_what_and_where() -> None:
    by = make_actor("office", user_id=7, name="Văn phòng")
    entry = record(by=by, action="plan_adopt", subject="plan:3", place="00000001", detail={"count": 4})
    entry.refresh_from_db()
    assert (entry.sequence, entry.at, entry.actor_user_id, entry.actor_name) == (1, by.now, 7, "Văn phòng")
    assert (entry.action, entry.subject, entry.place, entry.detail) == (
        "plan_adopt",
        "plan:3",
        "00000001",
        {"count": 4},
    )


def test_a_whole_chain_has_no_broken_line() -> None:
    write(5)
    assert first_broken_line() is None


def test_an_empty_log_is_whole() -> None:
    assert first_broken_line() is None


TAMPERINGS: dict[str, tuple[str, int]] = {
    "another person": ("UPDATE audit_auditentry SET actor_name = 'Người khác' WHERE sequence = 3", 3),
    "another account": ("UPDATE audit_auditentry SET actor_user_id = 8 WHERE sequence = 2", 2),
    "another act": ("UPDATE audit_auditentry SET action = 'nothing' WHERE sequence = 4", 4),
    "another moment": ("UPDATE audit_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 1", 1),
    "other content": ("UPDATE audit_auditentry SET detail = '{}' WHERE sequence = 5", 5),
    "a line cut from the middle": ("DELETE FROM audit_auditentry WHERE sequence = 3", 3),
    "the first line cut": ("DELETE FROM audit_auditentry WHERE sequence = 1", 1),
    "the last line cut": ("DELETE FROM audit_auditentry WHERE sequence = 5", 5),
    "all lines cut": ("DELETE FROM audit_auditentry", 1),
    "a line under another number": ("UPDATE audit_auditentry SET sequence = 6 WHERE sequence = 5", 5),
}


@pytest.mark.parametrize(("statement", "broken"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found_at_the_first_line_it_touched(statement: str, broken: int) -> None:
    write(5)
    execute(statement)
    assert first_broken_line() == broken


def test_a_line_put_in_with_a_hash_of_its_own_is_found() -> None:
    write(3)
    first = AuditEntry.objects.get(sequence=1)
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                sequence=4,
                at=first.at,
                actor_name="Kẻ lạ",
                action="x",
                subject="y",
                previous_hash=first.hash,
                hash="f" * 64,
            )
        ]
    )
    assert first_broken_line() == 4


CHANGES: dict[str, Callable[[AuditEntry], object]] = {
    "save": lambda entry: entry.save(),
    "delete": lambda entry: entry.delete(),
    "update of rows": lambda _: AuditEntry.objects.update(action="x"),
    "delete of rows": lambda _: AuditEntry.objects.all().delete(),
    "bulk update": lambda entry: AuditEntry.objects.bulk_update([entry], ["action"]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_lines_are_only_added(change: Callable[[AuditEntry], object]) -> None:
    write(1)
    before = list(AuditEntry.objects.order_by("pk").values())
    with pytest.raises(TypeError, match="chỉ được ghi thêm"), transaction.atomic():
        change(AuditEntry.objects.get())
    assert list(AuditEntry.objects.order_by("pk").values()) == before


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction of its change"):
        write(1)
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_takes_its_line_along() -> None:
    with transaction.atomic():
        make_organization("ward")
        transaction.set_rollback(True)
    assert (Organization.objects.count(), AuditEntry.objects.count(), ChainHead.objects.count()) == (0, 0, 0)


def test_a_line_that_cannot_be_written_takes_its_act_along(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_disk(*args: object, **kwargs: object) -> None:
        raise OSError

    monkeypatch.setattr(AuditEntry, "save", no_disk)
    with pytest.raises(OSError):  # noqa: PT011 -- it has no text
        found_organization(
            by=make_office(),
            code="A",
            name="Phường",
            kind="ward",
            parent=None,
            effective_on=FOUNDED,
            decision_number="1",
            decided_on=FOUNDED,
        )
    assert Organization.objects.count() == 0
