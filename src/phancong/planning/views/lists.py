"""The plans of a year, cell by cell, and the catalogue of duties."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phancong import rules
from phancong.access.actor import Actor, may_anywhere, places
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.planning.board import may_show
from phancong.planning.jobs import start_drafting
from phancong.planning.policies import may_open
from phancong.planning.queries import catalogue_for, cells_for, with_plan
from phancong.planning.views.acting import actor_of

PAGE = 50


@requires(Permission.PLAN_SEE)
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    year = _year(request, actor)
    cells = with_plan(cells_for(actor), year)
    after = request.GET.get("sau", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        last = cells_for(actor).filter(pk=int(after)).values("sort_key").first()
        if last:
            cells = cells.filter(
                Q(sort_key__gt=last["sort_key"]) | Q(sort_key=last["sort_key"], pk__gt=int(after))
            )
    rows = list(cells.order_by("sort_key", "id")[: PAGE + 1])
    context = {
        "year": year,
        "rows": rows[:PAGE],
        "next_after": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "is_first": "sau" not in request.GET,
        "years": [other for other in (year - 1, year + 1) if may_show(actor, other)],
        "may_draft": may_anywhere(actor, Permission.PLAN_DRAFT_MANY) and may_open(year, today=actor.today),
    }
    return render(request, "planning/list.html", context)


@require_POST
@requires(Permission.PLAN_DRAFT_MANY)
def draft_many(request: HttpRequest) -> HttpResponse:
    """Start drafting every cell in the first of the actor's places."""
    actor = actor_of(request)
    year = _year(request, actor)
    if not may_open(year, today=actor.today):
        raise Http404
    place = places(actor, Permission.PLAN_DRAFT_MANY)[0].path
    job = start_drafting(by=actor, year=year, path=place, only_missing=request.POST.get("gom") == "thieu")
    if job is None:
        messages.info(request, f"Chi bộ nào cũng đã có kế hoạch năm {year}.")
        return redirect("planning:list")
    return redirect("jobs:detail", job.pk)


@requires(Permission.PLAN_SEE)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    law = rules.on(actor.today)
    ranks = {field.code: (field.rank, field.name) for field in law.fields}
    names = {choice.code: choice.name for choice in (*law.skills, *law.languages)}
    categories = {category.code: category.short_name for category in law.categories}
    entries: list[dict[str, Any]] = [
        {
            "duty": entry,
            "group": ranks.get(entry.field, (len(ranks) + 1, entry.field)),
            "categories": [categories.get(code, code) for code in entry.categories],
            "required": [names.get(code, code) for code in entry.required],
        }
        for entry in catalogue_for(actor)
    ]
    entries.sort(key=lambda one: (one["group"], one["duty"].code))
    groups = [(group[1], list(found)) for group, found in groupby(entries, key=lambda one: one["group"])]
    return render(request, "planning/catalogue.html", {"groups": groups, "total": len(entries)})


def _year(request: HttpRequest, actor: Actor) -> int:
    """The year asked for, this year where none is; a year that has no pages answers as everywhere."""
    text = request.GET.get("nam") or request.POST.get("nam") or str(actor.today.year)
    year = int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") else 0
    if not may_show(actor, year):
        raise Http404
    return year
