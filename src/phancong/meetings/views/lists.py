"""The meetings of cells, a new one, the series of a year, the term that numbers run from."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import may_anywhere
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.meetings import actions
from phancong.meetings.forms import CallForm, SeriesForm, TermForm
from phancong.meetings.models import Meeting
from phancong.meetings.packs import meeting_rules
from phancong.meetings.queries import cells_for, leader_of, page_for, roll_of, term_of
from phancong.meetings.views.acting import actor_of, found
from phancong.organizations.models import Organization


@requires(Permission.MEETING_SEE)
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    asked = request.GET.get("chi-bo", "")
    cell_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    after = request.GET.get("sau", "")
    page = page_for(actor, cell_id=cell_id, after=after)
    cells: list[Organization] = []
    if may_anywhere(actor, Permission.MEETING_RECORD):
        cells = list(cells_for(actor, Permission.MEETING_RECORD))
    context = {
        "rows": [(row, meeting_rules(row.held_on).kind(row.kind).name) for row in page.rows],
        "next_after": page.next_after,
        "is_first": not after,
        "cell_id": cell_id,
        "cells": cells,
        "chosen": next((cell for cell in cells if cell.pk == cell_id), None),
    }
    return render(request, "meetings/list.html", context)


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, cell_id: int) -> HttpResponse:
    """One meeting, or those of a whole year."""
    actor = actor_of(request)
    cell = found(cells_for(actor, Permission.MEETING_RECORD).filter(pk=cell_id).first())
    is_series = request.POST.get("viec") == "ca-nam"
    people = [(one.member.pk, one.member.full_name) for one in roll_of(cell, actor.today)]
    single = CallForm(
        request.POST if request.method == "POST" and not is_series else None,
        actor=actor,
        people=people,
        day=actor.today,
        initial=_last_time(cell, actor.today.year),
    )
    series = SeriesForm(
        request.POST if is_series else None,
        initial={**_last_time(cell, actor.today.year), "year": actor.today.year, "day": 3},
        auto_id="nam_%s",
    )
    refusal = ""
    form: Any = series if is_series else single
    if request.method == "POST" and form.is_valid():
        try:
            return _planned(request, cell, form, is_series=is_series)
        except Refused as refused:
            refusal = str(refused)
    context = {"cell": cell, "single": single, "series": series, "refusal": refusal, "is_series": is_series}
    return render(request, "meetings/plan.html", context)


def _planned(request: HttpRequest, cell: Organization, form: Any, *, is_series: bool) -> HttpResponse:
    actor = actor_of(request)
    if is_series:
        asked = form.cleaned_data
        made = actions.plan_series(
            cell, year=asked["year"], day=asked["day"], call=form.call(today=actor.today), by=actor
        )
        messages.success(request, f"Đã lập {len(made)} kỳ sinh hoạt của năm {asked['year']}.")
        return redirect(f"{reverse('meetings:list')}?chi-bo={cell.pk}")
    meeting = actions.plan_meeting(cell, call=form.call(), by=actor)
    messages.success(request, "Đã lập kỳ sinh hoạt, chương trình theo mẫu. Sửa chương trình nếu cần.")
    return redirect(meeting)


def _last_time(cell: Organization, year: int) -> dict[str, Any]:
    """Where and when the cell met last: mostly the same again."""
    last = Meeting.objects.filter(cell=cell, held_on__year__lte=year).order_by("-held_on", "-id").first()
    if last is None:
        return {"starts_at": "19:30"}
    return {
        "starts_at": f"{last.starts_at:%H:%M}",
        "place": last.place,
        "chair": last.chair_id,
        "secretary": last.minutes_secretary_id,
    }


@requires(Permission.MEETING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, cell_id: int) -> HttpResponse:
    """From which day numbers of documents run."""
    actor = actor_of(request)
    cell = found(cells_for(actor, Permission.MEETING_RECORD).filter(pk=cell_id).first())
    form = TermForm(request.POST or None, actor=actor)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.begin_term(cell, **form.cleaned_data, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã ghi nhiệm kỳ. Số văn bản tính lại từ 01.")
            return redirect(f"{reverse('meetings:list')}?chi-bo={cell.pk}")
    context = {
        "cell": cell,
        "form": form,
        "refusal": refusal,
        "term": term_of(cell, actor.today),
        "leader": leader_of(cell, actor.today),
        "year": actor.today.year,
    }
    return render(request, "meetings/term.html", context)
