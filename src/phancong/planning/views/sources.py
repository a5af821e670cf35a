"""Nguồn nhiệm vụ: resolutions and their targets, and the duties made from them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import number
from phancong.common.forms import PlainForm
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.board import duty_for
from phancong.planning.packs import planning_rules
from phancong.planning.solving.snapshot import full_title
from phancong.planning.source_forms import ResolutionForm, TargetForm, resolution_initial, target_initial
from phancong.planning.sources import place_for, resolution_for, sources_page, target_for, target_of
from phancong.planning.views.acting import (
    act,
    actor_of,
    change_draft,
    found,
    keeps_choice,
    version_of,
)


@requires(Permission.PLAN_SEE)
@require_safe
def sources(request: HttpRequest, organization_id: int, year: int) -> HttpResponse:
    actor = actor_of(request)
    place = found(place_for(actor, organization_id))
    page = found(sources_page(actor, place, year))
    return render(request, "planning/sources.html", {"page": page})


@requires(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_resolution(request: HttpRequest, organization_id: int, year: int) -> HttpResponse:
    actor = actor_of(request)
    place = _writable(request, found(place_for(actor, organization_id)))
    data = request.POST if request.method == "POST" else None
    form = ResolutionForm(data, today=actor.today)

    def write(fields: dict[str, Any]) -> HttpResponse:
        resolution = actions.add_resolution(place, year=year, by=actor, **fields)
        return redirect("planning:add_target", resolution.pk)

    return _ask(
        request, form, write, place=place, year=year, title="Thêm nghị quyết", press="Ghi, rồi thêm chỉ tiêu"
    )


@requires(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_resolution(request: HttpRequest, resolution_id: int) -> HttpResponse:
    actor = actor_of(request)
    resolution = found(resolution_for(actor, resolution_id))
    place = _writable(request, resolution.organization)
    data = request.POST if request.method == "POST" else None
    form = ResolutionForm(data, initial=resolution_initial(resolution), today=actor.today)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.change_resolution(resolution, by=actor, **fields)
        return _to_sources(place, resolution.year)

    return _ask(
        request, form, write, place=place, year=resolution.year, title="Sửa nghị quyết", press="Ghi thay đổi"
    )


@require_POST
@requires(Permission.PLAN_CHANGE)
def remove_resolution(request: HttpRequest, resolution_id: int) -> HttpResponse:
    actor = actor_of(request)
    resolution = found(resolution_for(actor, resolution_id))
    place = _writable(request, resolution.organization)
    act(
        request,
        lambda: actions.remove_resolution(resolution, by=actor),
        done=f"Đã bỏ “{resolution.title}” cùng các chỉ tiêu.",
    )
    return _to_sources(place, resolution.year)


@requires(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_target(request: HttpRequest, resolution_id: int) -> HttpResponse:
    actor = actor_of(request)
    resolution = found(resolution_for(actor, resolution_id))
    place, year = _writable(request, resolution.organization), resolution.year
    data = request.POST if request.method == "POST" else None
    initial = {"due_on": f"{planning_rules(actor.today).due_on(year):%d/%m/%Y}"}
    form = TargetForm(data, initial=initial, today=actor.today, year=year)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.add_target(resolution, by=actor, **fields)
        if "tiep" in request.POST:
            return redirect("planning:add_target", resolution.pk)
        return _to_sources(place, year)

    return _ask(
        request,
        form,
        write,
        place=place,
        year=year,
        title="Thêm chỉ tiêu",
        press="Ghi chỉ tiêu",
        resolution=resolution,
        goes_on=True,
    )


@requires(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_target(request: HttpRequest, target_id: int) -> HttpResponse:
    actor = actor_of(request)
    target = found(target_for(actor, target_id))
    resolution = target.resolution
    place, year = _writable(request, resolution.organization), resolution.year
    data = request.POST if request.method == "POST" else None
    form = TargetForm(data, initial=target_initial(target), today=actor.today, year=year)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.change_target(target, by=actor, **fields)
        return _to_sources(place, year)

    return _ask(
        request,
        form,
        write,
        place=place,
        year=year,
        title="Sửa chỉ tiêu",
        press="Ghi thay đổi",
        resolution=resolution,
    )


@require_POST
@requires(Permission.PLAN_CHANGE)
def remove_target(request: HttpRequest, target_id: int) -> HttpResponse:
    actor = actor_of(request)
    target = found(target_for(actor, target_id))
    place = _writable(request, target.resolution.organization)
    act(
        request,
        lambda: actions.remove_target(target, by=actor),
        done=f"Đã bỏ chỉ tiêu “{target.title}”.",
    )
    return _to_sources(place, target.resolution.year)


@require_POST
@requires(Permission.PLAN_CHANGE)
def copy_resolutions(request: HttpRequest, organization_id: int, year: int) -> HttpResponse:
    """Last year's set again, to be mended."""
    actor = actor_of(request)
    place = _writable(request, found(place_for(actor, organization_id)))
    act(
        request,
        lambda: actions.copy_resolutions(place, year=year, by=actor),
        done=f"Đã chép nghị quyết, chỉ tiêu của năm {year - 1}. Sửa từng dòng, rồi ghi số và ngày ban hành.",
    )
    return _to_sources(place, year)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def tie(request: HttpRequest, organization_id: int, year: int) -> HttpResponse:
    """A duty of the draft to a target; to none where the form names no target."""
    actor = actor_of(request)
    place = _writable(request, found(place_for(actor, organization_id)))
    chosen = number(request.POST.get("viec", ""))
    if not chosen:
        messages.error(request, "Chọn một việc của dự thảo rồi bấm Gắn.")
        return _to_sources(place, year)
    duty = found(duty_for(actor, chosen))
    plan, what = duty.plan, full_title(duty)
    wanted = number(request.POST.get("chi-tieu", ""))
    target = found(target_of(plan.cell, plan.year, wanted)) if wanted else None
    words = f"ắn “{what}” với chỉ tiêu “{target.title}”." if target else f"hôi gắn “{what}” với chỉ tiêu."
    change_draft(
        request,
        plan,
        lambda: actions.tie_duty(duty, target=target, version=version_of(request), by=actor),
        done=f"Đã {'g' if target else 't'}{words}",
        wish=f"{'G' if target else 'T'}{words}",
    )
    return _to_sources(place, year)


def _writable(request: HttpRequest, place: Organization) -> Organization:
    """For whoever only reads here there is no such page."""
    return found(place if may(actor_of(request), Permission.PLAN_CHANGE, place.path) else None)


def _to_sources(place: Organization, year: int) -> HttpResponse:
    return redirect("planning:sources", place.pk, year)


def _ask(
    request: HttpRequest,
    form: PlainForm,
    write: Callable[[dict[str, Any]], HttpResponse],
    **context: Any,
) -> HttpResponse:
    """One form: written when it is right, shown again with what was typed when it is not."""
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            return write(form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
    return render(
        request,
        "planning/source_form.html",
        {"resolution": None, "goes_on": False, "form": form, "refusal": refusal, **context},
    )
