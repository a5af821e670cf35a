"""Papers of a meeting to take away, and the meeting as an entry of a calendar."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common import ics
from phancong.common.refusal import Refused
from phancong.meetings.actions.writing import record
from phancong.meetings.enums import State
from phancong.meetings.packs import meeting_rules
from phancong.meetings.papers.writing import DRAWN, named
from phancong.meetings.queries import meeting_for
from phancong.meetings.views.acting import actor_of, found, may_record

# What every member of the cell may take; the rest only once it is signed.
FOR_ALL = frozenset({"agenda"})


@requires(Permission.MEETING_SEE, beside="trước khi ký chỉ người ghi biên bản tải được")
@require_safe
def paper(request: HttpRequest, meeting_id: int, kind: str) -> HttpResponse:
    actor = actor_of(request)
    meeting = found(meeting_for(actor, meeting_id))
    is_open = kind in FOR_ALL or (
        kind.startswith(("minutes", "resolution")) and meeting.state == State.SIGNED
    )
    if kind not in {*DRAWN, "minutes-pdf"} or not (is_open or may_record(actor, meeting)):
        raise Http404
    try:
        name, content_type, content = named(meeting, kind)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(meeting)
    with transaction.atomic():
        record(meeting, "meeting_paper", by=actor, detail={"file": name})
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@requires(Permission.MEETING_SEE)
@require_safe
def calendar(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The title says nothing of what is discussed: calendars of phones are not the Party's."""
    actor = actor_of(request)
    meeting = found(meeting_for(actor, meeting_id))
    starts = timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at))
    ends = starts + timedelta(minutes=meeting_rules(meeting.held_on).kind(meeting.kind).least_minutes)
    entry = ics.Entry(
        uid=f"meeting-{meeting.pk}@phancong",
        starts=starts,
        ends=ends,
        title="Sinh hoạt chi bộ",
        place=meeting.place,
        sequence=meeting.version - 1,
        is_cancelled=meeting.state == State.CANCELLED,
        stamp=actor.now,
    )
    answer = HttpResponse(ics.calendar(entry), content_type=ics.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="sinh-hoat-{meeting.held_on:%Y-%m-%d}.ics"'
    answer["Cache-Control"] = "no-store"
    return answer
