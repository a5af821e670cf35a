"""Everything the minutes will say, before they are agreed to; then the signature."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.meetings import actions
from phancong.meetings.enums import ItemKind, Presence, State
from phancong.meetings.forms import EndForm
from phancong.meetings.models import AgendaItem, Meeting
from phancong.meetings.packs import meeting_rules
from phancong.meetings.papers.naming import of_minutes
from phancong.meetings.queries import attendances_of, electorate_of, is_written, items_of
from phancong.meetings.views.acting import actor_of, recorded_meeting, trail, version_of
from phancong.meetings.views.items import said_of


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting, refusal = recorded_meeting(request, meeting_id), ""
    form = EndForm(request.POST if request.POST.get("viec") == "thong-qua" else None)
    if request.method == "POST":
        try:
            if _moved(request, meeting, form):
                return redirect(meeting if meeting.state == State.SIGNED else request.path)
        except Refused as refused:
            refusal = str(refused)
            meeting.refresh_from_db(fields=["version", "state"])
    rows = attendances_of(meeting)
    items = [(item, said_of(item, meeting)) for item in items_of(meeting)]
    kind = meeting_rules(meeting.held_on).kind(meeting.kind)
    context = {
        "meeting": meeting,
        "trail": trail(meeting),
        "kind": kind,
        "number": of_minutes(meeting),
        "form": form,
        "items": items,
        "marks": [
            (label, [one.member.full_name for one in rows if one.presence == value])
            for value, label in Presence.choices
        ],
        "voters": electorate_of(meeting, rows),
        "remarks": _remarks(meeting, items),
        "least_minutes": kind.least_minutes,
        "minutes": _minutes(meeting),
        "adopts": [
            item.vote.plan
            for item, _ in items
            if item.kind == ItemKind.PLAN and hasattr(item, "vote") and item.vote.is_reached
        ],
        "refusal": refusal,
    }
    return render(request, "meetings/reading.html", context)


def _remarks(meeting: Meeting, items: list[tuple[AgendaItem, str]]) -> list[str]:
    """What is missing, in sentences: nothing of it stops the minutes but chair and secretary."""
    found = []
    if meeting.chair_id is None or meeting.minutes_secretary_id is None:
        found.append("Chưa ghi chủ trì hoặc thư ký; chọn ở Chương trình thì mới thông qua được.")
    empty = sum(not is_written(item) for item, _ in items)
    if empty:
        found.append(f"Còn {empty} nội dung chưa ghi lời nào.")
    minutes = _minutes(meeting)
    least = meeting_rules(meeting.held_on).kind(meeting.kind).least_minutes
    if minutes is not None and minutes < least:
        found.append(f"Cuộc họp dài {minutes} phút; hướng dẫn hiện hành nêu ít nhất {least} phút.")
    return found


def _minutes(meeting: Meeting) -> int | None:
    if meeting.ends_at is None:
        return None
    start, end = meeting.starts_at, meeting.ends_at
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _moved(request: HttpRequest, meeting: Meeting, form: EndForm) -> bool:
    actor, version, what = actor_of(request), version_of(request), request.POST.get("viec", "")
    if what == "thong-qua" and form.is_valid():
        ends_at = form.cleaned_data["ends_at"]
        actions.read_back(meeting, ends_at=ends_at, version=version, by=actor)
        messages.success(request, "Biên bản đã thông qua. Ký để giữ nguyên từ nay về sau.")
    elif what == "mo-lai":
        actions.reopen(meeting, version=version, by=actor)
        messages.success(request, "Đã mở lại biên bản để sửa.")
    elif what == "ky":
        actions.sign(meeting, version=version, by=actor)
        messages.success(request, "Đã ký. Biên bản được giữ nguyên; việc đã kết luận bắt đầu được theo dõi.")
    else:
        return False
    return True
