"""Biểu dương, nhắc nhở: the list, writing one, one with the words under it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import act, actor_of, after_of, found, number
from phancong.common.refusal import Refused
from phancong.oversight import actions, policies
from phancong.oversight.enums import NoteKind
from phancong.oversight.forms import AnswerForm, NoteForm, WithdrawForm
from phancong.oversight.queries import charged_paths, last_notes, note_for, note_page, place_for

WAITING = "cho-tra-loi"


@requires(Permission.NOTE_SEE)
@require_safe
def note_list(request: HttpRequest) -> HttpResponse:
    actor, after = actor_of(request), after_of(request)
    asked = number(request.GET.get("to-chuc"))
    place = found(place_for(actor, asked)) if asked else None
    waiting = request.GET.get("xem") == WAITING
    kept = f"to-chuc={place.pk}&" if place else ""
    context = {
        "place": place,
        "page": note_page(actor, place=place, waiting=waiting, after=after),
        "is_first": after is None,
        "query": f"{kept}xem={WAITING if waiting else ''}",
        "tabs": [
            ("Tất cả", f"?{kept}xem=", not waiting),
            ("Chưa trả lời", f"?{kept}xem={WAITING}", waiting),
        ],
        "may_write": place is not None and policies.may_write(place, by=actor, charged=charged_paths(actor)),
    }
    return render(request, "oversight/notes.html", context)


@requires(Permission.NOTE_SEE, beside="và `note_write` ở cấp trên của tổ chức ấy")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, organization_id: int) -> HttpResponse:
    actor = actor_of(request)
    place = found(place_for(actor, organization_id))
    found(place if policies.may_write(place, by=actor, charged=charged_paths(actor)) else None)
    form = NoteForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        kind, text = NoteKind(form.cleaned_data["kind"]), form.cleaned_data["text"]
        try:
            made = actions.write_note(place, kind=kind, text=text, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Đã gửi tới {place.name}. Người lãnh đạo thấy ở Việc hôm nay.")
            return redirect(made)
    context = {"place": place, "form": form, "refusal": refusal, "earlier": last_notes(actor, place)}
    return render(request, "oversight/write.html", context)


@requires(Permission.NOTE_SEE)
@require_safe
def note(request: HttpRequest, notice_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _page(request, actor, found(note_for(actor, notice_id)))


@requires(Permission.NOTE_SEE, beside="và lãnh đạo tổ chức nhận lời ấy")
@require_POST
def answer(request: HttpRequest, notice_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = found(note_for(actor, notice_id))
    found(one if policies.may_answer(one, by=actor) else None)
    form = AnswerForm(request.POST, prefix="tra-loi")
    if not form.is_valid():
        return _page(request, actor, one, answer=form)
    text = form.cleaned_data["text"]
    act(request, lambda: actions.answer_note(one, text=text, by=actor), done="Đã gửi trả lời lên cấp trên.")
    return redirect(one)


@requires(Permission.NOTE_SEE, beside="và `note_write` ở cấp đã viết lời ấy")
@require_POST
def withdraw(request: HttpRequest, notice_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = found(note_for(actor, notice_id))
    found(one if policies.may_withdraw(one, by=actor) else None)
    form = WithdrawForm(request.POST, prefix="rut-lai")
    if not form.is_valid():
        return _page(request, actor, one, withdrawal=form)
    reason = form.cleaned_data["reason"]
    act(request, lambda: actions.withdraw_note(one, reason=reason, by=actor), done="Đã rút lại.")
    return redirect(one)


def _page(
    request: HttpRequest,
    actor: Actor,
    one: Any,
    *,
    answer: AnswerForm | None = None,
    withdrawal: WithdrawForm | None = None,
) -> HttpResponse:
    is_open = not one.is_withdrawn
    may_answer = is_open and not one.is_answered and policies.may_answer(one, by=actor)
    may_withdraw = is_open and policies.may_withdraw(one, by=actor)
    context: dict[str, Any] = {
        "note": one,
        "replies": list(one.replies.order_by("id")),
        "answer": (answer or AnswerForm(prefix="tra-loi")) if may_answer else None,
        "withdrawal": (withdrawal or WithdrawForm(prefix="rut-lai")) if may_withdraw else None,
        "is_withdrawing": withdrawal is not None,
        "may_write": policies.may_write(one.organization, by=actor, charged=charged_paths(actor)),
    }
    return render(request, "oversight/note.html", context)
