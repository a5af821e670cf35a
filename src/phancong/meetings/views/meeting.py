"""One meeting as a list of tasks; its call and agenda; who is there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.meetings import actions
from phancong.meetings.enums import ItemKind, Presence, State
from phancong.meetings.forms import AddendumForm, CallForm, ItemForm
from phancong.meetings.models import Meeting
from phancong.meetings.packs import meeting_rules
from phancong.meetings.papers.naming import of_minutes
from phancong.meetings.queries import (
    attendances_of,
    draft_plan_of,
    electorate_of,
    items_of,
    meeting_for,
    roll_of,
)
from phancong.meetings.views.acting import (
    act,
    actor_of,
    found,
    may_record,
    number_of,
    recorded_meeting,
    trail,
    version_of,
)
from phancong.meetings.views.tasks import tasks_of


@requires(Permission.MEETING_SEE)
@require_safe
def meeting_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    actor = actor_of(request)
    meeting = found(meeting_for(actor, meeting_id))
    items, writes = items_of(meeting), may_record(actor, meeting)
    attendances = attendances_of(meeting) if writes else []
    context = {
        "meeting": meeting,
        "kind": meeting_rules(meeting.held_on).kind(meeting.kind),
        "items": items,
        "number": of_minutes(meeting),
        "may_record": writes,
        "tasks": tasks_of(meeting, items, attendances) if writes else [],
        "may_hold": writes and meeting.state == State.PLANNED and meeting.held_on <= actor.today,
        "is_ahead": meeting.held_on > actor.today,
        "addenda": list(meeting.addenda.order_by("number")),
        "adopted": [item.vote.plan for item in items if item.kind == ItemKind.PLAN and hasattr(item, "vote")],
        "has_resolution": any(item.resolution_number for item in items),
        "addendum_form": AddendumForm(),
    }
    return render(request, "meetings/meeting.html", context)


@requires(Permission.MEETING_RECORD)
@require_POST
def step(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Begin the meeting, call it off, or add to its signed minutes."""
    meeting = recorded_meeting(request, meeting_id)
    actor, version, what = actor_of(request), version_of(request), request.POST.get("viec", "")
    if what == "bat-dau":
        act(
            request,
            lambda: actions.hold(meeting, version=version, by=actor),
            done="Cuộc họp đã bắt đầu, mọi đồng chí được điểm danh theo mặc định. Sửa ở Điểm danh.",
        )
    elif what == "huy":
        reason = request.POST.get("ly-do", "")
        act(
            request,
            lambda: actions.cancel_meeting(meeting, reason=reason, version=version, by=actor),
            done="Đã hủy kỳ sinh hoạt; lý do còn ghi lại.",
        )
    elif what == "bo-sung":
        text, reason = request.POST.get("text", ""), request.POST.get("reason", "")
        act(
            request,
            lambda: actions.add_addendum(meeting, text=text, reason=reason, by=actor),
            done="Đã ghi phần bổ sung. Biên bản đã ký còn nguyên.",
        )
    else:
        messages.error(request, "Chưa chọn việc cần làm. Bấm một nút ở trang này.")
    return redirect(meeting)


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """When and where, and what is on the agenda."""
    actor, meeting = actor_of(request), recorded_meeting(request, meeting_id)
    what = request.POST.get("viec", "")
    form = _call_form(request, meeting, bound=what == "sua")
    item_form = ItemForm(request.POST if what == "them" else None, auto_id="muc_%s")
    refusal = ""
    if request.method == "POST":
        try:
            if _agenda_done(request, meeting, what, form, item_form):
                return redirect("meetings:agenda", meeting.pk)
        except Refused as refused:
            refusal = str(refused)
            meeting.refresh_from_db(fields=["version", "state"])
    context = {
        "meeting": meeting,
        "trail": trail(meeting),
        "form": form,
        "item_form": item_form,
        "items": items_of(meeting),
        "draft": draft_plan_of(meeting),
        "is_open": meeting.state in (State.PLANNED, State.HELD),
        "refusal": refusal,
        "sent": what,
        "actor": actor,
    }
    return render(request, "meetings/agenda.html", context)


def _call_form(request: HttpRequest, meeting: Meeting, *, bound: bool) -> CallForm:
    people = [(one.member.pk, one.member.full_name) for one in roll_of(meeting.cell, meeting.held_on)]
    initial = {
        "kind": meeting.kind,
        "held_on": f"{meeting.held_on:%d/%m/%Y}",
        "starts_at": f"{meeting.starts_at:%H:%M}",
        "place": meeting.place,
        "chair": meeting.chair_id,
        "secretary": meeting.minutes_secretary_id,
        "guests": meeting.guests,
        "documents": meeting.documents,
    }
    return CallForm(
        request.POST if bound else None,
        actor=actor_of(request),
        people=people,
        day=meeting.held_on,
        initial=initial,
    )


def _agenda_done(
    request: HttpRequest, meeting: Meeting, what: str, form: CallForm, item_form: ItemForm
) -> bool:
    """Whether something was done; what is wrong in a form stays on the page."""
    actor = actor_of(request)
    chosen = next((item for item in items_of(meeting) if item.pk == number_of(request, "muc")), None)
    if what == "sua" and form.is_valid():
        actions.change_meeting(meeting, call=form.call(), version=version_of(request), by=actor)
        messages.success(request, "Đã lưu.")
    elif what == "them" and item_form.is_valid():
        kind = ItemKind(item_form.cleaned_data["kind"])
        actions.add_item(meeting, title=item_form.cleaned_data["title"], kind=kind, by=actor)
        messages.success(request, "Đã thêm vào cuối chương trình.")
    elif what == "len" and chosen:
        actions.move_item(chosen, by=actor)
    elif what == "bo" and chosen:
        actions.remove_item(chosen, by=actor)
        messages.success(request, "Đã bỏ khỏi chương trình.")
    else:
        return False
    return True


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Everybody on one page, each with a row of choices."""
    actor, meeting = actor_of(request), recorded_meeting(request, meeting_id)
    rows, refusal = attendances_of(meeting), ""
    if request.method == "POST":
        marks = {}
        for row in rows:
            chosen = request.POST.get(f"co-{row.member_id}", "")
            reason = request.POST.get(f"ly-do-{row.member_id}", "")
            if chosen in Presence.values:
                marks[row.member_id] = actions.Mark(Presence(chosen), reason)
                row.presence, row.reason = chosen, reason
        guests, version = request.POST.get("khach", ""), version_of(request)
        try:
            actions.record_attendance(meeting, marks=marks, guests=guests, version=version, by=actor)
        except Refused as refused:
            refusal = str(refused)
            meeting.refresh_from_db(fields=["version", "state"])
        else:
            messages.success(request, "Đã lưu điểm danh.")
            return redirect(meeting)
    voters = electorate_of(meeting, rows)
    context: dict[str, Any] = {
        "meeting": meeting,
        "trail": trail(meeting),
        "rows": rows,
        "choices": Presence.choices,
        "voters": voters,
        "is_open": meeting.state == State.HELD,
        "refusal": refusal,
    }
    return render(request, "meetings/attendance.html", context)
