"""The items of a meeting: what is said, votes, conclusions. What is being typed is kept on the server."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor, may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.followups.models import Progress
from phancong.meetings import actions
from phancong.meetings.counting import result
from phancong.meetings.enums import Becomes, ItemKind, Presence, State
from phancong.meetings.forms import ConclusionForm, OpinionForm, VoteForm
from phancong.meetings.models import AgendaItem, Meeting, TextDraft, Vote
from phancong.meetings.packs import vote_rules
from phancong.meetings.queries import attendances_of, draft_plan_of, electorate_of, items_of, results_of
from phancong.meetings.views.acting import (
    actor_of,
    named,
    number_of,
    recorded_item,
    recorded_meeting,
    trail,
    version_of,
)


@requires(Permission.MEETING_RECORD)
@require_safe
def all_items(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Every item with what stands there, and the ways on."""
    meeting = recorded_meeting(request, meeting_id)
    context = {
        "meeting": meeting,
        "trail": trail(meeting),
        "items": [(item, said_of(item, meeting)) for item in items_of(meeting)],
        "is_open": meeting.state == State.HELD,
    }
    return render(request, "meetings/items.html", context)


def said_of(item: AgendaItem, meeting: Meeting) -> str:
    """The result of the vote on the item in a sentence; empty where there was none."""
    vote: Vote | None = getattr(item, "vote", None)
    if vote is None:
        return ""
    kind = vote_rules(meeting.held_on).kind(vote.kind)
    return result(kind, in_favour=vote.in_favour, eligible=vote.eligible).sentence


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def item_page(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write down what is said. Two who write at once see both versions."""
    actor, item = actor_of(request), recorded_item(request, item_id)
    draft = TextDraft.objects.filter(item=item, user=actor.user_id).first()
    theirs: AgendaItem | None = None
    refusal = ""
    if request.method == "POST" and request.POST.get("viec") == "bo-nhap":
        actions.drop_draft(item, by=actor)
        return redirect(item)
    if request.method == "POST":
        mine = (request.POST.get("discussion", ""), request.POST.get("summary", ""))
        try:
            actions.save_text(
                item, discussion=mine[0], summary=mine[1], version=version_of(request), by=actor
            )
        except actions.Overtaken as overtaken:
            theirs, refusal = overtaken.theirs, str(overtaken)
            actions.keep_draft(item, discussion=mine[0], summary=mine[1], seen=theirs.version, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã lưu vào biên bản.")
            return redirect("meetings:items", item.meeting_id)
        return _item(request, item, mine, theirs=theirs, refusal=refusal, draft=None)
    words = (draft.discussion, draft.summary) if draft else (item.discussion, item.summary)
    if draft and draft.seen != item.version:
        theirs = item
    return _item(request, item, words, theirs=theirs, refusal="", draft=draft)


def _item(
    request: HttpRequest,
    item: AgendaItem,
    words: tuple[str, str],
    *,
    theirs: AgendaItem | None,
    refusal: str,
    draft: TextDraft | None,
) -> HttpResponse:
    meeting = item.meeting
    both = ["\n".join(part for part in pair if part) for pair in _pairs(theirs, words)] if theirs else words
    context = {
        "item": item,
        "meeting": meeting,
        "trail": trail(meeting, ("Nội dung", reverse("meetings:items", args=[meeting.pk]))),
        "discussion": both[0],
        "summary": both[1],
        "mine": words,
        "theirs": theirs,
        # Saving from the page of both versions rests on theirs.
        "seen": theirs.version if theirs else item.version,
        "draft": draft,
        "refusal": refusal,
        "is_open": meeting.state == State.HELD,
        "results": _results(request, item),
    }
    return render(request, "meetings/item.html", context)


def _results(request: HttpRequest, item: AgendaItem) -> list[tuple[str, list[Progress]]]:
    """What the register says, beside the item on last month's results; for those who follow the cell's work."""
    may_see = may(actor_of(request), Permission.WORK_SEE, item.meeting.cell.path)
    if item.kind != ItemKind.RESULTS or not may_see:
        return []
    names = ("Đã hoàn thành từ kỳ họp trước", "Đã báo xong, chờ nhận xét", "Quá hạn")
    return list(zip(names, results_of(item.meeting), strict=True))


def _pairs(theirs: AgendaItem, words: tuple[str, str]) -> list[tuple[str, str]]:
    """Their words, then those of mine that they do not hold already."""
    standing = (theirs.discussion, theirs.summary)
    return [(old, "" if new in old else new) for old, new in zip(standing, words, strict=True)]


@requires(Permission.MEETING_RECORD)
@require_POST
def keep_draft(request: HttpRequest, item_id: int) -> HttpResponse:
    """What the script sends every few seconds; the answer is empty."""
    actor, item = actor_of(request), recorded_item(request, item_id)
    actions.keep_draft(
        item,
        discussion=request.POST.get("discussion", ""),
        summary=request.POST.get("summary", ""),
        seen=version_of(request),
        by=actor,
    )
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    messages.success(request, "Đã giữ bản nháp trên máy chủ, chưa đưa vào biên bản.")
    return redirect(item)


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, item_id: int) -> HttpResponse:
    """Tallies as counted; who counts is computed from the attendance."""
    actor, item = actor_of(request), recorded_item(request, item_id)
    meeting, is_plan = item.meeting, item.kind == ItemKind.PLAN
    standing = Vote.objects.filter(item=item).first()
    form = VoteForm(
        request.POST or None, day=meeting.held_on, is_plan=is_plan, initial=_tallies(standing, is_plan)
    )
    refusal = ""
    if request.method == "POST":
        try:
            if _voted(request, item, form, by=actor):
                return redirect(f"{reverse('meetings:items', args=[meeting.pk])}#muc-{item.pk}")
        except Refused as refused:
            refusal = str(refused)
            meeting.refresh_from_db(fields=["version", "state"])
    context = {
        "item": item,
        "meeting": meeting,
        "trail": trail(meeting, ("Nội dung", reverse("meetings:items", args=[meeting.pk]))),
        "form": form,
        "voters": electorate_of(meeting, attendances_of(meeting)),
        "standing": standing,
        "is_plan": is_plan,
        "draft": draft_plan_of(meeting) if is_plan else None,
        "refusal": refusal,
        "is_open": meeting.state == State.HELD,
    }
    return render(request, "meetings/vote.html", context)


def _tallies(standing: Vote | None, is_plan: bool) -> dict[str, Any]:
    if standing is None:
        return {"kind": "plan" if is_plan else "resolution", "against": 0, "other": 0}
    names = ("kind", "method", "in_favour", "against", "other")
    return {name: getattr(standing, name) for name in names}


def _voted(request: HttpRequest, item: AgendaItem, form: VoteForm, *, by: Actor) -> bool:
    if request.POST.get("viec") == "bo":
        actions.remove_vote(item, version=version_of(request), by=by)
        messages.success(request, "Đã bỏ phần biểu quyết của nội dung này.")
        return True
    if not form.is_valid():
        return False
    vote = actions.record_vote(item, tally=form.tally(), version=version_of(request), by=by)
    messages.success(
        request, f"{'Đạt' if vote.is_reached else 'Chưa đạt'}: {vote.in_favour}/{vote.eligible}."
    )
    return True


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def conclusions(request: HttpRequest, item_id: int) -> HttpResponse:
    """What the item ends in, with whom and by when; opinions that are kept to."""
    actor, item = actor_of(request), recorded_item(request, item_id)
    meeting, rows, what = item.meeting, attendances_of(item.meeting), request.POST.get("viec", "")
    present = [one for one in rows if one.presence == Presence.PRESENT]
    form = ConclusionForm(request.POST if what == "ket-luan" else None, actor=actor, people=named(rows))
    opinion_form = OpinionForm(
        request.POST if what == "bao-luu" else None, people=named(present), auto_id="bl_%s"
    )
    refusal = ""
    if request.method == "POST":
        try:
            if _concluded(request, item, form, opinion_form, by=actor):
                return redirect(item.get_absolute_url() + "ket-luan/")
        except Refused as refused:
            refusal = str(refused)
    context = {
        "item": item,
        "meeting": meeting,
        "trail": trail(meeting, ("Nội dung", reverse("meetings:items", args=[meeting.pk]))),
        "form": form,
        "opinion_form": opinion_form,
        "found": list(item.conclusions.select_related("member").order_by("id")),
        "reserved": list(item.reserved.select_related("member").order_by("id")),
        "sent": what,
        "refusal": refusal,
        "is_open": meeting.state == State.HELD,
    }
    return render(request, "meetings/conclusions.html", context)


def _concluded(
    request: HttpRequest, item: AgendaItem, form: ConclusionForm, opinion_form: OpinionForm, *, by: Actor
) -> bool:
    what = request.POST.get("viec", "")
    if what == "ket-luan" and form.is_valid():
        asked = form.cleaned_data
        actions.conclude(
            item,
            text=asked["text"],
            becomes=Becomes(asked["becomes"]),
            member_id=asked["member"],
            due_on=asked["due_on"],
            by=by,
        )
        messages.success(request, "Đã ghi kết luận.")
    elif what == "bao-luu" and opinion_form.is_valid():
        asked = opinion_form.cleaned_data
        actions.reserve_opinion(item, member_id=asked["member"], text=asked["text"], by=by)
        messages.success(request, "Đã ghi ý kiến bảo lưu.")
    elif what == "bo":
        actions.remove_line(
            item, conclusion=number_of(request, "dong"), opinion=number_of(request, "y-kien"), by=by
        )
        messages.success(request, "Đã bỏ dòng ghi nhầm.")
    else:
        return False
    return True
