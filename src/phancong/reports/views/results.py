"""Kết quả thực hiện nghị quyết: of a place, and of one resolution over the places below."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.doors import ActorRequest, requires
from phancong.access.permissions import Permission
from phancong.access.requests import number
from phancong.organizations.models import Organization
from phancong.planning.sources import name_of_resolution
from phancong.reports.target_results import (
    OUTCOMES,
    branches_page,
    results_of,
    source_of,
    watched_place_for,
)


@requires(Permission.WORK_SEE)
@require_safe
def place(request: HttpRequest, organization_id: int, year: int) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    organization = _place(request, organization_id)
    context = {
        "place": organization,
        "year": year,
        "today": actor.today,
        "results": results_of(actor, organization, year=year),
        "legend": OUTCOMES,
    }
    return render(request, "reports/results.html", context)


@requires(Permission.WORK_SEE)
@require_safe
def resolution(request: HttpRequest, organization_id: int, resolution_id: int) -> HttpResponse:
    """How far each place below has come with it."""
    actor = cast("ActorRequest", request).actor
    organization = _place(request, organization_id)
    found = source_of(organization, resolution_id)
    if found is None:
        raise Http404
    after = request.GET.get("sau", "")
    context = {
        "place": organization,
        "resolution": found,
        "name": name_of_resolution(found),
        "today": actor.today,
        "page": branches_page(actor, organization, found, after=number(after)),
        "is_first": not after,
        "legend": OUTCOMES,
    }
    return render(request, "reports/resolution_results.html", context)


def _place(request: HttpRequest, organization_id: int) -> Organization:
    found = watched_place_for(cast("ActorRequest", request).actor, organization_id)
    if found is None:
        raise Http404
    return found
