"""What members say of their duties: a report, a difficulty, a change asked for."""

import uuid
from datetime import date, timedelta

from django.db import transaction

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.followups import policies
from phancong.followups.actions.writing import by_whom, said_on, write
from phancong.followups.enums import AskReason, EntryKind
from phancong.followups.models import Entry, Matter, Photo, ReportDraft
from phancong.followups.photos import Prepared
from phancong.followups.terms import terms_on
from phancong.planning.models import Assignment

REPORTS = frozenset({EntryKind.DONE, EntryKind.GOING, EntryKind.DIFFICULT})


def report(
    assignment: Assignment,
    *,
    kind: EntryKind,
    text: str,
    by: Actor,
    on: date | None = None,
    photo: Prepared | None = None,
    key: uuid.UUID | None = None,
    is_on_behalf: bool = False,
) -> Entry:
    """Done, going on, or in difficulty, in a sentence of the member's own. A difficulty opens a matter for the cell."""
    if kind not in REPORTS:
        raise Refused("Chọn một trong ba: đã xong, đang làm, gặp khó.")
    text = clean(text)
    policies.check_text(text, what="một câu về kết quả, ví dụ đã vận động được 12 hộ")
    with transaction.atomic():
        entry = _say(assignment, kind, text=text, on=on, by=by, key=key, is_on_behalf=is_on_behalf)
        if photo and not Photo.objects.filter(entry=entry).exists():
            Photo.objects.create(
                entry=entry,
                content=photo.content,
                digest=photo.digest,
                width=photo.width,
                height=photo.height,
            )
        if kind == EntryKind.DIFFICULT:
            _open_matter(entry, by=by)
    return entry


def ask_change(
    assignment: Assignment,
    *,
    reason: AskReason,
    text: str,
    wish: str,
    by: Actor,
    on: date | None = None,
    key: uuid.UUID | None = None,
    is_on_behalf: bool = False,
) -> Entry:
    """The member asks that the duty be changed: why, and what they wish."""
    text, wish = clean(text), clean(wish)
    policies.check_text(text, what="lý do xin điều chỉnh bằng một câu")
    policies.check_text(wish, what="mong muốn", needed=False)
    with transaction.atomic():
        entry = _say(assignment, EntryKind.ASK, text=text, on=on, by=by, key=key, is_on_behalf=is_on_behalf)
        _open_matter(entry, by=by, reason=reason, wish=wish)
    return entry


def _say(
    assignment: Assignment,
    kind: EntryKind,
    *,
    text: str,
    on: date | None,
    by: Actor,
    key: uuid.UUID | None,
    is_on_behalf: bool,
) -> Entry:
    day = on or by.today
    entry = write(
        assignment,
        kind,
        by=by,
        checks=(by_whom(by=by, is_on_behalf=is_on_behalf), said_on(on=day, by=by)),
        key=key,
        on=day,
        text=text,
        is_on_behalf=is_on_behalf,
    )
    ReportDraft.objects.filter(assignment=assignment, user=by.user_id).delete()
    return entry


def _open_matter(entry: Entry, *, by: Actor, reason: str = "", wish: str = "") -> None:
    """First the cell answers; sent twice it is one matter."""
    days = terms_on(by.today).answer_days
    Matter.objects.get_or_create(
        entry=entry,
        defaults={
            "reason": reason,
            "wish": wish,
            "holder": entry.assignment.duty.plan.cell,
            "due_on": entry.on + timedelta(days=days),
        },
    )
