"""Writing the log, and proving that it was not altered."""

import hashlib
import json
from typing import Any

from django.db import connection

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry, ChainHead


def record(
    *, by: Actor, action: str, subject: str, place: str = "", detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Add one line inside the transaction of the change, so that neither can be committed without the other."""
    if not connection.in_atomic_block:
        raise RuntimeError("an audit line belongs in the transaction of its change")
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=by.now,
        actor_user_id=by.user_id,
        actor_name=by.name,
        action=action,
        subject=subject,
        place=place,
        detail=detail or {},
        previous_hash=head.hash,
    )
    entry.hash = _seal(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    return entry


def first_broken_line() -> int | None:
    """Sequence number of the first line that was altered, removed or put in, or None when the chain is whole."""
    expected, previous = 1, "0" * 64
    for entry in AuditEntry.objects.order_by("sequence").iterator():
        if entry.sequence != expected or entry.previous_hash != previous or entry.hash != _seal(entry):
            return expected
        expected, previous = expected + 1, entry.hash
    head = ChainHead.objects.filter(pk=1).first()
    return expected if head and (head.sequence, head.hash) != (expected - 1, previous) else None


def _seal(entry: AuditEntry) -> str:
    fields = [
        entry.sequence,
        entry.at.timestamp(),
        entry.actor_user_id,
        entry.actor_name,
        entry.action,
        entry.subject,
        entry.place,
        entry.detail,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
