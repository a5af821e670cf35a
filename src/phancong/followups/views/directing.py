"""What whoever directs the cell's work does with one piece of it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from phancong.access.actor import Actor, may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.chain import chain_of
from phancong.followups.enums import AskReason, EntryKind
from phancong.followups.forms import DecisionForm
from phancong.followups.models import Progress
from phancong.followups.queries import (
    directed_work_for,
    is_sent,
    last_entry_id,
    matter_for,
    title_of,
    work_for,
)
from phancong.followups.views.works import show_work
from phancong.followups.work_forms import AnswerForm, ExtendForm, JudgeForm, NoteForm, ToldForm
from phancong.planning.actions import Decision
from phancong.planning.candidates import candidates_for, person_in
from phancong.planning.policies import NeedsReason
from phancong.planning.views.acting import actor_of, found, version_of

BOTH = ["GET", "HEAD", "POST"]


def number_of(text: str | None) -> int:
    """A number that a page sent; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


@requires(Permission.WORK_DIRECT)
@require_POST
def judge(request: HttpRequest, work_id: int) -> HttpResponse:
    """Accept a report of being done, or say what is still to be done."""
    actor = actor_of(request)
    work = found(directed_work_for(actor, work_id))
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return show_work(request, actor, work, judge=form)
    text, seen = form.cleaned_data["text"], number_of(request.POST.get("da-xem"))
    try:
        if request.POST.get("lam") == "lam-tiep":
            actions.send_back(work.assignment, seen=seen, by=actor, text=text)
            told = "Đã gửi lại để làm tiếp, kèm lời nhận xét."
        else:
            exceeded = form.cleaned_data["exceeded"]
            actions.accept(work.assignment, seen=seen, by=actor, text=text, exceeded=exceeded)
            told = "Đã ghi nhận hoàn thành."
    except Refused as refused:
        return show_work(request, actor, found(work_for(actor, work_id)), judge=form, refusal=str(refused))
    messages.success(request, told)
    return redirect("followups:work", work.pk)


@requires(Permission.WORK_DIRECT)
@require_POST
def note(request: HttpRequest, work_id: int) -> HttpResponse:
    actor = actor_of(request)
    work = found(directed_work_for(actor, work_id))
    form = NoteForm(request.POST, prefix="them")
    if not form.is_valid():
        return show_work(request, actor, work, note=form)
    try:
        actions.note(work.assignment, by=actor, text=form.cleaned_data["text"])
    except Refused as refused:
        return show_work(request, actor, work, note=form, refusal=str(refused))
    messages.success(request, "Đã ghi nhận xét.")
    return redirect("followups:work", work.pk)


@requires(Permission.WORK_DIRECT)
@require_POST
def remind(request: HttpRequest, work_id: int) -> HttpResponse:
    actor = actor_of(request)
    work = found(directed_work_for(actor, work_id))
    try:
        count = actions.remind([work.assignment], by=actor)
    except Refused as refused:
        return show_work(request, actor, work, refusal=str(refused))
    if count:
        messages.success(request, "Đã nhắc. Đồng chí ấy thấy lời nhắc ở Việc của tôi.")
    else:
        messages.info(request, "Hôm nay đã nhắc việc này rồi. Mỗi ngày một lời nhắc là đủ.")
    return redirect("followups:work", work.pk)


@requires(Permission.WORK_DIRECT)
@require_POST
def answer(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Answer a difficulty or a wish, or hand it to the level above."""
    actor = actor_of(request)
    matter = found(matter_for(actor, matter_id))
    work = found(work_for(actor, matter.entry.assignment_id))
    form = AnswerForm(request.POST, prefix=f"m{matter.pk}")
    if not form.is_valid():
        return show_work(request, actor, work, answer=(matter.pk, form))
    goes_up = request.POST.get("lam") == "chuyen"
    try:
        act = actions.pass_up if goes_up else actions.answer
        act(matter, text=form.cleaned_data["text"], by=actor)
    except Refused as refused:
        return show_work(request, actor, work, answer=(matter.pk, form), refusal=str(refused))
    messages.success(request, "Đã chuyển lên cấp trên." if goes_up else "Đã gửi trả lời.")
    return redirect("followups:work", work.pk)


@requires(Permission.WORK_DIRECT)
@require_http_methods(BOTH)
def extend(request: HttpRequest, work_id: int) -> HttpResponse:
    """More time, by a decision; the first deadline is kept."""
    actor = actor_of(request)
    work = found(directed_work_for(actor, work_id))
    form = ExtendForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        seen = number_of(request.POST.get("da-xem"))
        refusal = _tried(lambda: actions.extend(work.assignment, seen=seen, by=actor, **form.cleaned_data))
        if not refusal:
            messages.success(request, "Đã gia hạn. Hạn ban đầu vẫn được giữ trong sổ.")
            return redirect("followups:work", work.pk)
        work = found(work_for(actor, work_id))
    links = chain_of(work) if refusal else []
    return _page(request, work, "extend", form=form, refusal=refusal, seen=last_entry_id(work), links=links)


@requires(Permission.WORK_DIRECT)
@require_http_methods(BOTH)
def write_down(request: HttpRequest, work_id: int) -> HttpResponse:
    """What a member without a phone told: written down with the day it was told."""
    actor = actor_of(request)
    work = found(directed_work_for(actor, work_id))
    is_sending = request.method == "POST"
    key = request.POST.get("khoa", "") if is_sending else str(uuid.uuid4())
    form = ToldForm(request.POST if is_sending else None, initial={"on": f"{actor.today:%d/%m/%Y}"})
    refusal = ""
    if is_sending and form.is_valid():
        refusal = _tried(lambda: _write_down(actor, work, form.cleaned_data, key))
        if not refusal:
            messages.success(request, "Đã nhập thay, ghi rõ là theo báo cáo trực tiếp.")
            return redirect("followups:work", work.pk)
    return _page(request, work, "told", form=form, refusal=refusal, key=key)


def _write_down(actor: Actor, work: Progress, told: dict[str, Any], key: str) -> None:
    try:
        sent = uuid.UUID(key)
    except ValueError:
        raise Refused("Trang gửi lên thiếu khóa gửi, nên chưa ghi gì. Mở lại trang rồi ghi lại.") from None
    if is_sent(work, key):
        return
    said: dict[str, Any] = {"text": told["text"], "on": told["on"], "key": sent, "is_on_behalf": True}
    if told["kind"] == EntryKind.ASK:
        reason = AskReason(told["reason"] or AskReason.OTHER)
        actions.ask_change(work.assignment, reason=reason, wish="", by=actor, **said)
    else:
        actions.report(work.assignment, kind=EntryKind(told["kind"]), by=actor, **said)


@requires(Permission.PLAN_ADJUST)
@require_http_methods(BOTH)
def end(request: HttpRequest, work_id: int) -> HttpResponse:
    """The member no longer does it, by a decision."""

    def act(actor: Actor, work: Progress, decision: Decision) -> str:
        actions.end(work.assignment, decision=decision, version=version_of(request), by=actor)
        return "Đã thôi giao. Việc còn thiếu người, xem ở đầu bảng phân công."

    return _adjust(request, work_id, "end", act)


@requires(Permission.PLAN_ADJUST)
@require_http_methods(BOTH)
def hand_over(request: HttpRequest, work_id: int) -> HttpResponse:
    """Another member takes it over, by a decision; the two are linked."""

    def act(actor: Actor, work: Progress, decision: Decision) -> str:
        member = person_in(actor, work.assignment.duty.plan, number_of(request.POST.get("ai")))
        if member is None:
            raise Refused("Chọn một đồng chí nhận việc rồi bấm Giao.")
        version = version_of(request)
        actions.hand_over(work.assignment, to=member, decision=decision, version=version, by=actor)
        return f"Đã giao đ/c {member.full_name} làm tiếp việc này."

    return _adjust(request, work_id, "hand_over", act)


def _adjust(
    request: HttpRequest, work_id: int, page: str, act: Callable[[Actor, Progress, Decision], str]
) -> HttpResponse:
    actor = actor_of(request)
    work = found(directed_work_for(actor, work_id))
    if not may(actor, Permission.PLAN_ADJUST, work.cell.path):
        work = found(None)
    is_sending = request.method == "POST"
    form = DecisionForm(
        request.POST if is_sending else None,
        today=actor.today,
        initial={"decided_on": f"{actor.today:%d/%m/%Y}"},
    )
    refusal = ""
    warnings: tuple[str, ...] = ()
    if is_sending and form.is_valid():
        try:
            told = act(actor, work, Decision(**form.cleaned_data))
        except NeedsReason as needed:
            warnings = needed.warnings
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, told)
            return redirect("followups:work", work.pk)
        work = found(work_for(actor, work_id))
    context: dict[str, Any] = {"form": form, "refusal": refusal, "warnings": warnings}
    if page == "hand_over":
        duty, leaver = work.assignment.duty, work.member_id
        context["candidates"] = candidates_for(actor, duty, instead_of=leaver)
        context["chosen"] = number_of(request.POST.get("ai"))
    return _page(request, work, page, **context)


def _tried(act: Callable[[], object]) -> str:
    """Why it was not done; empty when it was."""
    try:
        act()
    except Refused as refused:
        return str(refused)
    return ""


def _page(request: HttpRequest, work: Progress, page: str, **context: Any) -> HttpResponse:
    duty = work.assignment.duty
    shown = {"work": work, "duty": duty, "plan": duty.plan, "title": title_of(duty), **context}
    return render(request, f"followups/{page}.html", shown)
