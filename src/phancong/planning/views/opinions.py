"""Members look at their part of the draft before the meeting and object; the secretary opens, reads and answers."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phancong.access.doors import own, requires
from phancong.access.permissions import Permission
from phancong.access.requests import number
from phancong.common.dates import DateError, read_date
from phancong.planning import actions
from phancong.planning.board import objection_for, plan_for
from phancong.planning.opinions import OwnDraft, own_drafts, own_objection
from phancong.planning.views.acting import act, actor_of, found, keeps_choice, to_board, version_of


@own
@require_safe
def own_draft(request: HttpRequest) -> HttpResponse:
    """Dự kiến việc của tôi."""
    return render(request, "planning/own_draft.html", {"drafts": own_drafts(actor_of(request))})


@require_POST
@own
def object_to(request: HttpRequest, plan_id: int) -> HttpResponse:
    actor = actor_of(request)
    drafts = own_drafts(actor)
    draft = found(next((one for one in drafts if one.plan.pk == plan_id), None))
    text, duty_id = request.POST.get("y-kien", ""), number(request.POST.get("viec", ""))
    duty = next((one.assignment.duty for one in draft.duties if one.assignment.duty_id == duty_id), None)
    if duty_id and duty is None:
        messages.error(request, "Việc này không còn dự kiến giao cho đồng chí. Xem lại phần việc bên dưới.")
        return _typed_again(request, drafts, text)
    is_sent = act(
        request,
        lambda: actions.object_to(draft.plan, duty=duty, text=text, by=actor),
        done="Đã gửi ý kiến. Bí thư trả lời trước buổi họp; đồng chí xem lời trả lời ở trang này.",
    )
    return redirect("planning:own_draft") if is_sent else _typed_again(request, drafts, text, duty_id)


def _typed_again(request: HttpRequest, drafts: list[OwnDraft], text: str, duty_id: int = 0) -> HttpResponse:
    """What was written stays in its field."""
    context = {"drafts": drafts, "typed": text, "typed_for": duty_id}
    return render(request, "planning/own_draft.html", context)


@require_POST
@own
def withdraw(request: HttpRequest, objection_id: int) -> HttpResponse:
    actor = actor_of(request)
    objection = found(own_objection(actor, objection_id))
    act(request, lambda: actions.withdraw_objection(objection, by=actor), done="Đã rút ý kiến.")
    return redirect("planning:own_draft")


@require_POST
@requires(Permission.PLAN_CHANGE)
def answer(request: HttpRequest, objection_id: int) -> HttpResponse:
    actor = actor_of(request)
    objection = found(objection_for(actor, objection_id))
    text = request.POST.get("tra-loi", "")
    is_done = act(
        request,
        lambda: actions.answer_objection(
            objection, changed=request.POST.get("ket-qua") == "sua", answer=text, by=actor
        ),
        done=f"Đã trả lời đ/c {objection.member.full_name}.",
    )
    if not is_done:
        request.session[f"answer:{objection.pk}"] = text
    return to_board(objection.plan)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def ask(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """Open the draft for opinions until a day, or close it."""
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    until = None
    if request.POST.get("dong") != "1":
        try:
            until = read_date(request.POST.get("den-ngay", ""), today=date(year, 12, 31)).day
        except DateError as error:
            messages.error(request, str(error))
            return to_board(plan)
    words = (
        f"Lấy ý kiến về dự thảo đến hết ngày {until:%d/%m/%Y}." if until else "Thôi lấy ý kiến về dự thảo."
    )
    act(
        request,
        lambda: actions.ask_opinions(plan, until=until, version=version_of(request), by=actor),
        done=f"Đã ghi: {words[:1].lower()}{words[1:]}",
        wish=words,
    )
    return to_board(plan)
