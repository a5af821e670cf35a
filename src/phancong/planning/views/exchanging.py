"""A duty goes on to another member, or is exchanged for one of theirs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import number
from phancong.planning import actions
from phancong.planning.board import assignment_for
from phancong.planning.candidates import candidates_for, person_in
from phancong.planning.models import Assignment
from phancong.planning.one_member import exchanges_for
from phancong.planning.solving.snapshot import full_title
from phancong.planning.views.acting import (
    actor_of,
    change_draft,
    found,
    keeps_choice,
    to_board,
    version_of,
)

SHOWN = 6


@requires(Permission.PLAN_CHANGE)
@require_safe
def exchange(request: HttpRequest, assignment_id: int) -> HttpResponse:
    actor = actor_of(request)
    assignment = found(assignment_for(actor, assignment_id))
    plan = assignment.duty.plan
    if plan.stage != "draft":
        messages.error(request, "Kế hoạch đã được thông qua. Việc thay đổi ghi thành điều chỉnh.")
        return to_board(plan)
    candidates = candidates_for(actor, assignment.duty, instead_of=assignment.member_id)
    exchanges = exchanges_for(actor, assignment)
    context = {
        "assignment": assignment,
        "plan": plan,
        "title": full_title(assignment.duty),
        "candidates": candidates,
        "has_suitable": any(not one.warnings for one in candidates),
        "exchanges": exchanges[:SHOWN],
        "more_exchanges": exchanges[SHOWN:],
    }
    return render(request, "planning/exchange.html", context)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def pass_on(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """ "Chuyển việc này cho đồng chí khác"."""
    actor = actor_of(request)
    assignment = found(assignment_for(actor, assignment_id))
    member = person_in(actor, assignment.duty.plan, number(request.POST.get("ai", "")))
    if member is None:
        messages.error(request, "Chọn một đồng chí để chuyển việc.")
        return redirect("planning:exchange", assignment.pk)
    told = (
        f"“{full_title(assignment.duty)}” từ đ/c {assignment.member.full_name} sang đ/c {member.full_name}."
    )
    return _after(
        assignment,
        is_done=change_draft(
            request,
            assignment.duty.plan,
            lambda: actions.pass_duty(
                assignment,
                member=member,
                version=version_of(request),
                by=actor,
                despite=request.POST.get("ly-do", ""),
            ),
            done=f"Đã chuyển {told}",
            wish=f"Chuyển {told}",
        ),
    )


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def swap(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Two members exchange two duties."""
    actor = actor_of(request)
    first = found(assignment_for(actor, assignment_id))
    second = assignment_for(actor, number(request.POST.get("lay", "")))
    if second is None:
        messages.error(request, "Chọn một việc của đồng chí khác để đổi.")
        return redirect("planning:exchange", first.pk)
    told = (
        f"đ/c {first.member.full_name} nhận “{full_title(second.duty)}”, "
        f"đ/c {second.member.full_name} nhận “{full_title(first.duty)}”."
    )
    return _after(
        first,
        is_done=change_draft(
            request,
            first.duty.plan,
            lambda: actions.swap_duties(
                first,
                second,
                version=version_of(request),
                by=actor,
                despite=request.POST.get("ly-do", ""),
            ),
            done=f"Đã đổi việc: {told}",
            wish=f"Đổi việc: {told}",
        ),
    )


def _after(assignment: Assignment, *, is_done: bool) -> HttpResponse:
    """To the member whose duty it was, to see what they have now."""
    plan = assignment.duty.plan
    if not is_done and assignment.pk:
        return redirect("planning:exchange", assignment.pk)
    return redirect("planning:member", plan.cell_id, plan.year, assignment.member_id)
