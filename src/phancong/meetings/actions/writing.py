"""One change of a meeting: held, checked, made, its version raised, one line in the log."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.meetings import policies
from phancong.meetings.enums import State
from phancong.meetings.models import Meeting

OPEN = frozenset({State.PLANNED, State.HELD})


@contextmanager
def changing(
    meeting: Meeting,
    *,
    by: Actor,
    action: str,
    version: int | None,
    states: Collection[State] = OPEN,
    detail: dict[str, Any] | None = None,
) -> Iterator[Meeting]:
    """`version`: of the page that was looked at; None where the part that changes has a version of its own."""
    policies.check_may_record(meeting.cell, by=by)
    with transaction.atomic():
        held = (
            Meeting.objects.select_for_update(of=("self",)).select_related("cell__parent").get(pk=meeting.pk)
        )
        policies.check_state(held, states)
        if version is not None:
            policies.check_version(held, seen=version)
        yield held
        held.version += 1
        held.save()
        record(held, action, by=by, detail=detail)
    meeting.version, meeting.state, meeting.number = held.version, held.state, held.number


def record(meeting: Meeting, action: str, *, by: Actor, detail: dict[str, Any] | None = None) -> None:
    log.record(
        by=by,
        action=action,
        subject=f"meeting:{meeting.pk}",
        place=meeting.cell.path,
        detail={"on": meeting.held_on.isoformat(), **(detail or {})},
    )
