"""One duty: what it asks, who does it, who else could."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong import rules
from phancong.access.actor import Actor, may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import number
from phancong.common.refusal import Refused
from phancong.organizations.models import Area
from phancong.planning import actions
from phancong.planning.board import assignment_for, duty_for, exclusion_for, plan_for, steps_after
from phancong.planning.candidates import Candidate, candidates_for, people_in, person_in
from phancong.planning.clarity import QUESTIONS, missing_clarity
from phancong.planning.forms import DutyForm, initial_of
from phancong.planning.models import Duty, Plan, PlanStep
from phancong.planning.packs import planning_rules
from phancong.planning.policies import NeedsReason
from phancong.planning.solving.snapshot import full_title
from phancong.planning.source_models import Target
from phancong.planning.sources import basis_of, name_of_resolution, target_of, targets_of
from phancong.planning.views.acting import (
    actor_of,
    back,
    change_draft,
    found,
    keeps_choice,
    to_board,
    version_of,
)


@requires(Permission.PLAN_SEE)
@require_safe
def duty_page(request: HttpRequest, duty_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _show(request, actor, found(duty_for(actor, duty_id)))


def _show(
    request: HttpRequest,
    actor: Actor,
    duty: Duty,
    *,
    refusal: str = "",
    chosen: int = 0,
    warnings: tuple[str, ...] = (),
) -> HttpResponse:
    law = rules.on(actor.today)
    names = {choice.code: choice.name for choice in (*law.skills, *law.languages)}
    candidates: list[Candidate] = []
    is_editable = may(actor, Permission.PLAN_CHANGE, duty.plan.cell.path) and duty.plan.stage == "draft"
    if is_editable:
        candidates = candidates_for(actor, duty)
    context = {
        "duty": duty,
        "plan": duty.plan,
        "field": next((field.name for field in law.fields if field.code == duty.field), duty.field),
        "categories": [one.short_name for one in law.categories if one.code in duty.categories],
        "required": [names.get(code, code) for code in duty.required],
        "desired": [names.get(code, code) for code in duty.desired],
        "missing": missing_clarity(duty),
        "assignments": duty.assignments.select_related("member").order_by("member__sort_key", "member_id"),
        "exclusions": duty.exclusions.select_related("member").order_by("member__sort_key", "member_id"),
        "candidates": candidates,
        "has_suitable": any(not one.warnings for one in candidates),
        "is_editable": is_editable,
        # Why somebody is kept from a duty is told to those who plan, not to all who judge.
        "may_rule_out": may(actor, Permission.PLAN_CHANGE, duty.plan.cell.path),
        "may_judge": may(actor, Permission.MEMBER_SEE, duty.plan.cell.path),
        "people": people_in(actor, duty.plan) if is_editable else [],
        "refusal": refusal,
        "chosen": chosen,
        "warnings": warnings,
        "resolution": name_of_resolution(duty.target.resolution) if duty.target else "",
        "back_to": number(request.POST.get("ve", "")),
    }
    return render(request, "planning/duty.html", context)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def give(request: HttpRequest, duty_id: int) -> HttpResponse:
    actor = actor_of(request)
    duty = found(duty_for(actor, duty_id))
    chosen = number(request.POST.get("ai", ""))
    if not chosen:
        return _show(request, actor, duty, refusal="Chọn một đồng chí rồi bấm Giao.")
    member = found(person_in(actor, duty.plan, chosen))
    told = f"“{full_title(duty)}” cho đ/c {member.full_name}."
    try:
        change_draft(
            request,
            duty.plan,
            lambda: actions.give_duty(
                duty,
                member=member,
                version=version_of(request),
                by=actor,
                despite=request.POST.get("ly-do", ""),
            ),
            done=f"Đã giao {told}",
            wish=f"Giao {told}",
        )
    except NeedsReason as needed:
        return _show(request, actor, duty, chosen=chosen, warnings=needed.warnings)
    return back(request, duty.plan, otherwise=redirect("planning:duty", duty.pk))


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def exclude(request: HttpRequest, duty_id: int) -> HttpResponse:
    actor = actor_of(request)
    duty = found(duty_for(actor, duty_id))
    member = found(person_in(actor, duty.plan, number(request.POST.get("ai", ""))))
    reason = request.POST.get("ly-do", "")
    change_draft(
        request,
        duty.plan,
        lambda: actions.exclude(duty, member=member, reason=reason, version=version_of(request), by=actor),
        done=f"Đã ghi: không giao việc này cho đ/c {member.full_name}.",
        wish=f"Không giao “{full_title(duty)}” cho đ/c {member.full_name}, vì: {reason}",
    )
    return redirect("planning:duty", duty.pk)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def include_again(request: HttpRequest, exclusion_id: int) -> HttpResponse:
    actor = actor_of(request)
    exclusion = found(exclusion_for(actor, exclusion_id))
    duty = exclusion.duty
    change_draft(
        request,
        duty.plan,
        lambda: actions.include_again(exclusion, version=version_of(request), by=actor),
        done="Đã bỏ ý kiến này.",
        wish=f"Bỏ ý kiến không giao “{full_title(duty)}” cho đ/c {exclusion.member.full_name}.",
    )
    return redirect("planning:duty", duty.pk)


@requires(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """A duty of the cell's own."""
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    initial = {
        "headcount_min": 1,
        "headcount_max": 1,
        "priority": 2,
        "health_need": 0,
        "due_on": f"{planning_rules(actor.today).due_on(year):%d/%m/%Y}",
    }
    target = target_of(plan.cell, year, number(request.GET.get("chi-tieu", "")))
    form = _form(request, actor, plan, initial=initial | (_from_target(target) if target else {}))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            duty = actions.add_duty(plan, version=version_of(request), by=actor, **form.description(held={}))
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("planning:duty", duty.pk)
    steps = _steps_since(request, plan)
    context = {
        "form": form,
        "plan": plan,
        "refusal": refusal,
        "duty": None,
        "steps": steps,
        "target": target,
        # What the target itself leaves open of the six: said before somebody writes.
        "missing": missing_clarity(Duty(**_described(form))) if target else (),
    }
    return render(request, "planning/duty_form.html", context)


def _from_target(target: Target) -> dict[str, Any]:
    """The answers that the target already gives."""
    return {
        "title": target.title,
        "field": target.field,
        "product": target.measure,
        "due_on": f"{target.due_on:%d/%m/%Y}",
        "source_note": basis_of(target),
        "target": str(target.pk),
    }


def _described(form: DutyForm) -> dict[str, Any]:
    """The six answers as they stand in the form now."""
    return {name: form[name].value() or "" for name, _ in QUESTIONS}


@requires(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, duty_id: int) -> HttpResponse:
    actor = actor_of(request)
    duty = found(duty_for(actor, duty_id))
    form = _form(request, actor, duty.plan, initial=initial_of(duty))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_duty(
                duty, version=version_of(request), by=actor, **form.description(held=duty.required)
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("planning:duty", duty.pk)
        # The attempt wrote into the object: what others wrote is read again.
        duty = found(duty_for(actor, duty_id))
    steps = _steps_since(request, duty.plan)
    context = {
        "form": form,
        "plan": duty.plan,
        "refusal": refusal,
        "duty": duty,
        "steps": steps,
        "target": None,
        "now": _as_it_is_now(form, initial_of(duty)) if steps else [],
    }
    return render(request, "planning/duty_form.html", context)


def _steps_since(request: HttpRequest, plan: Plan) -> tuple[PlanStep, ...]:
    """What others did since the form was opened; what was typed stays in the form and can be sent again."""
    seen = version_of(request)
    return steps_after(plan, version=seen) if request.method == "POST" and 0 < seen < plan.version else ()


def _as_it_is_now(form: DutyForm, now: dict[str, Any]) -> list[tuple[str, str]]:
    """Answers that stand otherwise in the plan than in the form: the question, and what it is now."""
    return [
        (str(field.label), str(now[field.name]))
        for field in form
        if isinstance(now.get(field.name), str | int)
        and not isinstance(now[field.name], bool)
        and str(now[field.name]) != str(field.value() or "")
    ]


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def remove(request: HttpRequest, duty_id: int) -> HttpResponse:
    actor = actor_of(request)
    duty = found(duty_for(actor, duty_id))
    change_draft(
        request,
        duty.plan,
        lambda: actions.remove_duty(duty, version=version_of(request), by=actor),
        done=f"Đã bỏ việc “{full_title(duty)}” khỏi kế hoạch.",
        wish=f"Bỏ việc “{full_title(duty)}” khỏi kế hoạch.",
    )
    return to_board(duty.plan)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def take(request: HttpRequest, assignment_id: int) -> HttpResponse:
    actor = actor_of(request)
    assignment = found(assignment_for(actor, assignment_id))
    who, what = assignment.member.full_name, full_title(assignment.duty)
    plan, member = assignment.duty.plan, assignment.member_id
    is_done = change_draft(
        request,
        plan,
        lambda: actions.take_duty(assignment, version=version_of(request), by=actor),
        done=f"Đ/c {who} thôi việc “{what}”.",
        wish=f"Thôi giao “{what}” cho đ/c {who}.",
    )
    return back(request, plan, otherwise=to_board(plan, row=member if is_done else None))


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def keep(request: HttpRequest, assignment_id: int) -> HttpResponse:
    actor = actor_of(request)
    assignment = found(assignment_for(actor, assignment_id))
    locked = request.POST.get("giu") == "1"
    told = f"đ/c {assignment.member.full_name} ở việc “{full_title(assignment.duty)}”."
    is_done = change_draft(
        request,
        assignment.duty.plan,
        lambda: actions.lock_assignment(assignment, locked=locked, version=version_of(request), by=actor),
        done="Đã giữ: gợi ý lại sẽ không đổi." if locked else "Đã thôi giữ: gợi ý lại có thể đổi.",
        wish=f"{'Giữ' if locked else 'Thôi giữ'} {told}",
    )
    plan = assignment.duty.plan
    return back(request, plan, otherwise=to_board(plan, row=assignment.member_id if is_done else None))


def _form(request: HttpRequest, actor: Actor, plan: Plan, *, initial: dict[str, Any]) -> DutyForm:
    areas = tuple(Area.objects.filter(coverages__cell=plan.cell).order_by("sort_key", "id").distinct())
    data = request.POST if request.method == "POST" else None
    targets = targets_of(plan.cell, plan.year)
    return DutyForm(data, initial=initial, areas=areas, targets=targets, today=actor.today, year=plan.year)
