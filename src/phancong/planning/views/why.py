"""Vì sao gợi ý này: why this member does this duty, and what else could be done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.actor import may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.planning.board import assignment_for
from phancong.planning.candidates import explain
from phancong.planning.solving.people import people_of
from phancong.planning.views.acting import actor_of, found


@requires(Permission.PLAN_SEE, beside="và `member_see` ở chi bộ ấy hoặc việc của chính mình")
@require_safe
def why(request: HttpRequest, assignment_id: int) -> HttpResponse:
    actor = actor_of(request)
    assignment = found(assignment_for(actor, assignment_id))
    plan = assignment.duty.plan
    may_judge = may(actor, Permission.MEMBER_SEE, plan.cell.path)
    if not (may_judge or assignment.member_id == actor.member_id):
        raise Http404
    people = people_of([plan.cell_id], year=plan.year, today=actor.today)[plan.cell_id]
    if assignment.member_id not in {person.member.pk for person in people}:
        return render(request, "planning/why_gone.html", {"assignment": assignment, "plan": plan})
    asked = request.GET.get("hoi", "") if may_judge else ""
    other = request.GET.get("ai", "") if asked == "dong-chi" else ""
    told = explain(
        actor,
        assignment,
        with_choices=asked == "phuong-an",
        other=int(other) if other.isascii() and other.isdigit() and len(other) < 19 else 0,
        with_release=asked == "thoi-giu",
    )
    context = {
        "assignment": assignment,
        "plan": plan,
        "told": told,
        "asked": asked,
        "others": [person.member for person in people if person.member.pk != assignment.member_id],
        "other": other,
        "may_judge": may_judge,
        "is_editable": may(actor, Permission.PLAN_CHANGE, plan.cell.path) and plan.stage == "draft",
    }
    return render(request, "planning/why.html", context)
