"""What the pages of meetings have in common."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse

from phancong.access.actor import Actor, may
from phancong.access.doors import ActorRequest
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.meetings.models import AgendaItem, Attendance, Meeting
from phancong.meetings.queries import item_for, meeting_for

T = TypeVar("T")


def actor_of(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def found(thing: T | None) -> T:
    """What is out of scope and what does not exist answer alike."""
    if thing is None:
        raise Http404
    return thing


def recorded_meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """A meeting that the person writes the minutes of."""
    return found(meeting_for(actor_of(request), meeting_id, Permission.MEETING_RECORD))


def recorded_item(request: HttpRequest, item_id: int) -> AgendaItem:
    return found(item_for(actor_of(request), item_id, Permission.MEETING_RECORD))


def may_record(actor: Actor, meeting: Meeting) -> bool:
    return may(actor, Permission.MEETING_RECORD, meeting.cell.path)


def number_of(request: HttpRequest, name: str) -> int:
    """A number that the page carried along; 0 when it carried none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def version_of(request: HttpRequest) -> int:
    return number_of(request, "version")


def act(request: HttpRequest, do: Callable[[], Any], *, done: str) -> bool:
    """Do it and say so, or say why not; whether it was done."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def named(attendances: Iterable[Attendance]) -> list[tuple[int, str]]:
    """Choices of people who take part in the meeting."""
    return [(one.member_id, one.member.full_name) for one in attendances]


def trail(meeting: Meeting, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a meeting."""
    here = f"Kỳ họp {meeting.held_on:%d/%m/%Y}"
    return [
        ("Sinh hoạt chi bộ", reverse("meetings:list")),
        (here, reverse("meetings:meeting", args=[meeting.pk])),
        *steps,
    ]
