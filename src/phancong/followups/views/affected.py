"""Work that changes of people stand against: each with what the planner proposes, for the secretary to decide."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phancong.access.actor import Actor, may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.affected import affected_work
from phancong.followups.forms import DecisionForm
from phancong.planning.actions import Decision
from phancong.planning.board import plan_for
from phancong.planning.models import Plan
from phancong.planning.solving.affected import Affected
from phancong.planning.views.acting import actor_of, found, version_of

HAND_OVER, END, KEEP = "giao", "thoi", "giu"


@requires(Permission.PLAN_ADJUST)
@require_http_methods(["GET", "HEAD", "POST"])
def affected(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    if not may(actor, Permission.PLAN_ADJUST, plan.cell.path):
        raise Http404
    found_work = affected_work(plan, today=actor.today)
    forms = [(one, _form(request, one, actor.today)) for one in found_work]
    refusal = ""
    if request.method == "POST":
        chosen = [(one, form) for one, form in forms if form.is_bound]
        if not chosen:
            refusal = "Việc này không còn trong danh sách cần xem lại. Xem danh sách mới bên dưới."
        elif chosen[0][1].is_valid():
            try:
                return _decide(request, actor, plan, *chosen[0])
            except Refused as refused:
                refusal = str(refused)
                plan = found(plan_for(actor, cell_id=cell_id, year=year))
    context = {"plan": plan, "forms": forms, "refusal": refusal}
    return render(request, "followups/affected.html", context)


def _form(request: HttpRequest, one: Affected, today: date) -> DecisionForm:
    """Bound only where this piece of work was sent."""
    prefix = f"v{one.assignment.pk}"
    is_sent = request.method == "POST" and request.POST.get("viec") == str(one.assignment.pk)
    day = f"{today:%d/%m/%Y}"
    initial = {"decided_on": day, "basis": f"Ý kiến chi ủy ngày {day}", "reason": one.why}
    return DecisionForm(request.POST if is_sent else None, today=today, prefix=prefix, initial=initial)


def _decide(
    request: HttpRequest, actor: Actor, plan: Plan, one: Affected, form: DecisionForm
) -> HttpResponse:
    decision, how = Decision(**form.cleaned_data), request.POST.get("lam")
    version, name = version_of(request), one.assignment.member.full_name
    if how == HAND_OVER and one.successor:
        actions.hand_over(one.assignment, to=one.successor, decision=decision, version=version, by=actor)
        told = f"Đã giao việc này cho đ/c {one.successor.full_name} thay đ/c {name}."
    elif how == END:
        actions.end(one.assignment, decision=decision, version=version, by=actor)
        told = f"Đ/c {name} thôi việc này; chi bộ còn thiếu người, xem ở đầu bảng phân công."
    elif how == KEEP:
        actions.keep_despite(one.assignment, reason=decision.reason, by=actor)
        told = f"Đ/c {name} vẫn làm việc này; lý do đã ghi vào sổ theo dõi."
    else:
        raise Refused("Chọn một cách: giao người khác, thôi giao, hoặc vẫn giữ.")
    messages.success(request, told)
    return redirect("adopted:affected", plan.cell_id, plan.year)
