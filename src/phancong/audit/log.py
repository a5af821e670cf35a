"""Writing the log, and proving that it was not altered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Subquery

from phancong.access.actor import Actor, Grant
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.audit import chain
from phancong.audit.context import request_id
from phancong.audit.models import AuditEntry, ChainHead
from phancong.common.refusal import Refused

READ_TEXT = "read_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one line says. `right` is the one it was done by; `before` and `after` are only kept as keyed hashes."""

    action: str
    subject: str
    place: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    right: Permission | None = None
    purpose: str = ""
    before: object = None
    after: object = None


def record(
    *,
    by: Actor,
    action: str,
    subject: str,
    place: str = "",
    detail: dict[str, Any] | None = None,
    right: Permission | None = None,
    purpose: str = "",
    before: object = None,
    after: object = None,
) -> AuditEntry:
    """Add one line inside the transaction of the change, so that neither can be committed without the other."""
    head = _locked_head()
    act = Act(
        action=action,
        subject=subject,
        place=place,
        detail=detail or {},
        right=right,
        purpose=purpose,
        before=before,
        after=after,
    )
    entry = _sealed(act, by, head)
    entry.save(force_insert=True)
    head.save()
    return entry


def record_many(acts: Iterable[Act], *, by: Actor) -> list[AuditEntry]:
    """Many lines of one change, for a few statements together."""
    head = _locked_head()
    entries = [_sealed(act, by, head) for act in acts]
    AuditEntry.objects.bulk_create(entries, batch_size=1000)
    head.save()
    return entries


@transaction.atomic
def record_read(
    *, by: Actor, subject: str, place: str, group: str, purpose: str, right: Permission | None = None
) -> AuditEntry:
    """Note that somebody is about to be shown a sensitive part of a file; called before it is shown."""
    if not purpose.strip():
        raise Refused("Phần này chỉ mở khi ghi mục đích. Hãy ghi xem để làm gì rồi mở lại.")
    return record(
        by=by,
        action="read",
        subject=subject,
        place=place,
        detail={"group": group},
        right=right,
        purpose=" ".join(purpose.split())[:200],
    )


@transaction.atomic
def record_text_read(
    *, by: Actor, member_id: int, place: str, what: str, right: Permission | None = None
) -> AuditEntry:
    """Note that somebody is shown what a member wrote, or what was written about them; `what` is told to the member."""
    return record(
        by=by,
        action=READ_TEXT,
        subject=f"member:{member_id}",
        place=place,
        detail={"what": what},
        right=right,
    )


def key() -> bytes:
    return str(settings.AUDIT_KEY).encode()


def first_broken_line() -> int | None:
    """Sequence number of the first line that was altered, removed or put in, or None when the chain is whole."""
    return verdict().broken


def verdict(anchors: dict[int, str] | None = None) -> chain.Verdict:
    """Check every line against its seal, the line before, the head and the anchors."""
    rows = AuditEntry.objects.order_by("sequence").values_list(*chain.Line._fields)
    last = AuditEntry.objects.order_by("-sequence").values("sequence")[:1]
    # One statement: lines that are added while the walk goes on are none of its business.
    state = (
        ChainHead.objects.filter(pk=1)
        .annotate(last=Subquery(last))
        .values_list("sequence", "hash", "last")
        .first()
    )
    head = state[:2] if state else None
    if state:
        rows = rows.filter(sequence__lte=max(state[0], state[2] or 0))
    lines = (chain.Line(*row) for row in rows.iterator(chunk_size=5000))
    return chain.check(lines, key=key(), anchors=anchors or {}, head=head)


def _locked_head() -> ChainHead:
    if not connection.in_atomic_block:
        raise RuntimeError("an audit line belongs in the transaction of its change")
    ChainHead.objects.get_or_create(pk=1)
    return ChainHead.objects.select_for_update().get(pk=1)


def _sealed(act: Act, by: Actor, head: ChainHead) -> AuditEntry:
    """The line behind `head`; `head` moves on to it."""
    grant = _grant_used(by, act)
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=by.now,
        actor_user_id=by.user_id,
        actor_name=by.name,
        action=act.action,
        subject=act.subject,
        place=act.place,
        detail=act.detail,
        role=grant.role if grant else "",
        scope=grant.path if grant else "",
        purpose=act.purpose,
        request_id=request_id(),
        before_hash=chain.digest(act.before, key()) if act.before is not None else "",
        after_hash=chain.digest(act.after, key()) if act.after is not None else "",
        previous_hash=head.hash,
        seal_version=chain.KEYED_SEAL,
    )
    entry.hash = chain.seal(entry.line(), key())
    head.sequence, head.hash = entry.sequence, entry.hash
    return entry


def _grant_used(by: Actor, act: Act) -> Grant | None:
    """The nearest grant that gave the right; where no right is named, the one grant that covers the place, if one."""
    covering = [
        grant
        for grant in by.grants
        if grant.holds_on(by.today)
        and grant.place.covers(act.place)
        and (act.right is None or act.right in ROLES[grant.role].permissions)
    ]
    if act.right is None and len(covering) > 1:
        return None
    return max(covering, key=lambda grant: len(grant.path), default=None)
