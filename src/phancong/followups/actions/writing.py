"""One line of the register: the duty is held, the line is checked against where it stands, then both are written."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.followups import policies
from phancong.followups.enums import EntryKind, State
from phancong.followups.models import Entry, Progress
from phancong.followups.standing import Standing, after
from phancong.planning.models import Assignment

_FOLDED = (
    "state",
    "due_on",
    "news_on",
    "said_done_on",
    "done_on",
    "exceeded",
    "extensions",
    "reminders",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A duty under lock: where it stands, and the last line that was written of it."""

    progress: Progress
    standing: Standing
    last: Entry | None

    @property
    def cell_path(self) -> str:
        return str(self.progress.cell.path)


Check = Callable[[Held], None]


def write(
    assignment: Assignment,
    kind: EntryKind,
    *,
    by: Actor,
    checks: tuple[Check, ...],
    key: uuid.UUID | None = None,
    **fields: Any,
) -> Entry:
    """Write one line. Sent twice with the same `key` it is written once, and the first line is the answer."""
    with transaction.atomic():
        held = hold(assignment)
        if key and (known := Entry.objects.filter(key=key, assignment=assignment).first()):
            return known
        for check in checks:
            check(held)
        policies.check_may_say(held.standing, kind)
        entry = Entry.objects.create(
            assignment=assignment,
            kind=kind,
            on=fields.pop("on", by.today),
            key=key or uuid.uuid4(),
            recorded_at=by.now,
            recorded_by=by.user_id,
            recorded_by_name=by.name,
            **fields,
        )
        keep(held.progress, after(held.standing, entry))
        log.record(
            by=by,
            action=f"work_{kind}",
            subject=f"assignment:{assignment.pk}",
            place=held.cell_path,
            detail=_detail(entry),
        )
    return entry


def _detail(entry: Entry) -> dict[str, Any]:
    """What the log says of a line: never the words, which may tell of health."""
    detail: dict[str, Any] = {"entry": entry.pk, "on": entry.on.isoformat()}
    if entry.new_due:
        detail["new_due"] = entry.new_due.isoformat()
    return detail


def hold(assignment: Assignment) -> Held:
    """The duty, held until the end of the transaction: what two people say comes one after the other."""
    held = Progress.objects.select_for_update(of=("self",)).select_related("cell")
    progress = held.filter(assignment=assignment.pk).first()
    if progress is None:
        raise Refused(
            "Kế hoạch còn là dự thảo nên việc này chưa được theo dõi. Chi bộ thông qua kế hoạch trước."
        )
    last = Entry.objects.filter(assignment=assignment.pk).order_by("-id").first()
    return Held(progress, standing_of(progress), last)


def standing_of(progress: Progress) -> Standing:
    return Standing(
        state=State(progress.state),
        first_due_on=progress.first_due_on,
        due_on=progress.due_on,
        begun_on=progress.begun_on,
        news_on=progress.news_on,
        said_done_on=progress.said_done_on,
        done_on=progress.done_on,
        exceeded=progress.exceeded,
        extensions=progress.extensions,
        reminders=progress.reminders,
    )


def keep(progress: Progress, standing: Standing) -> None:
    for name in _FOLDED:
        setattr(progress, name, getattr(standing, name))
    progress.save(update_fields=_FOLDED)


def by_whom(*, by: Actor, is_on_behalf: bool) -> Check:
    """Said by the member, or written down for them."""

    def check(held: Held) -> None:
        policies.check_is_own_or_on_behalf(
            by=by,
            member_id=held.progress.member_id,
            cell_path=held.cell_path,
            is_on_behalf=is_on_behalf,
        )

    return check


def directing(*, by: Actor, seen: int | None) -> Check:
    """Said by whoever directs the cell's work, of somebody else's duty, after what the page showed."""

    def check(held: Held) -> None:
        policies.check_may_direct(held.cell_path, by=by)
        policies.check_not_own_work(by=by, member_id=held.progress.member_id)
        if seen is not None:
            policies.check_unchanged(last=held.last.pk if held.last else 0, seen=seen)

    return check


def said_on(*, on: date, by: Actor) -> Check:
    def check(held: Held) -> None:
        last_on = held.last.on if held.last else None
        policies.check_said_on(held.standing, on=on, last_on=last_on, today=by.today)

    return check
