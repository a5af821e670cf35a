"""Theo dõi, đôn đốc: cells, one cell, what waits for an answer."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phancong.access.actor import Actor, may, may_anywhere
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.views.directing import number_of
from phancong.followups.watching import (
    FILTERS,
    Counts,
    WorkLine,
    cells_page,
    counts_of,
    filters_on,
    held_for,
    lines_of,
    matters_for,
    matters_page,
    remindable,
    watched_cell_for,
)
from phancong.followups.work_forms import DayForm, RemindForm
from phancong.members.models import Member
from phancong.planning.views.acting import actor_of, found


@requires(Permission.WORK_SEE)
@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    """Each cell with its figures, as of today or of a day gone by."""
    actor = actor_of(request)
    form = DayForm(request.GET, today=actor.today)
    day = form.day()
    year = _year(request, day)
    context = {
        "form": form,
        "day": day,
        "is_today": day == actor.today,
        "year": year,
        "page": cells_page(actor, year=year, day=day, after=number_of(request.GET.get("sau"))),
        "is_first": "sau" not in request.GET,
        "query": _query(day, actor, year),
        "may_answer": may_anywhere(actor, Permission.WORK_DIRECT),
    }
    return render(request, "followups/cells.html", context)


@requires(Permission.WORK_SEE)
@require_safe
def cell(request: HttpRequest, cell_id: int) -> HttpResponse:
    """One cell: its work by member, narrowed down by a filter."""
    actor = actor_of(request)
    shown = found(watched_cell_for(actor, cell_id))
    form = DayForm(request.GET, today=actor.today)
    day = form.day()
    year = _year(request, day)
    kind = request.GET.get("loc", "")
    kind = kind if kind in FILTERS else ""
    groups = lines_of(actor, shown, year=year, day=day, kind=kind)
    is_today = day == actor.today
    context = {
        "cell": shown,
        "form": form,
        "day": day,
        "is_today": is_today,
        "year": year,
        "kind": kind,
        "kind_words": dict(filters_on(day)).get(kind, ""),
        "filters": _filters(counts_of(actor, [shown], year=year, day=day).get(shown.pk, Counts()), day),
        "groups": groups,
        "query": _query(day, actor, year),
        "remind": RemindForm(),
        "may_remind": is_today and may(actor, Permission.WORK_DIRECT, shown.path) and _runs(groups),
    }
    return render(request, "followups/cell.html", context)


@requires(Permission.WORK_DIRECT)
@require_POST
def remind(request: HttpRequest, cell_id: int) -> HttpResponse:
    """One line for each piece of work that was shown."""
    actor = actor_of(request)
    shown = found(watched_cell_for(actor, cell_id))
    if not may(actor, Permission.WORK_DIRECT, shown.path):
        shown = found(None)
    year, kind = number_of(request.POST.get("nam")) or actor.today.year, request.POST.get("loc", "")
    form = RemindForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _back(shown.pk, year, kind)
    wanted = remindable(actor, shown, year=year, kind=kind)
    try:
        count = actions.remind([one.assignment for one in wanted], by=actor, text=form.cleaned_data["text"])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if count:
            messages.success(request, f"Đã nhắc {count} việc. Từng đồng chí thấy lời nhắc ở Việc của tôi.")
        else:
            messages.info(request, "Các việc này hôm nay đã nhắc rồi, hoặc không còn việc nào cần nhắc.")
    return _back(shown.pk, year, kind)


@requires(Permission.WORK_DIRECT)
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Difficulties and wishes: those that wait for the actor, or all that are open below."""
    actor = actor_of(request)
    wants_all = request.GET.get("xem") == "tat-ca"
    waiting = matters_for(actor) if wants_all else held_for(actor)
    context = {
        "page": matters_page(waiting, after=number_of(request.GET.get("sau"))),
        "wants_all": wants_all,
        "is_first": "sau" not in request.GET,
        "today": actor.today,
        "tabs": [
            ("Chờ đồng chí trả lời", reverse("directing:matters"), not wants_all),
            ("Mọi việc chưa trả lời", reverse("directing:matters") + "?xem=tat-ca", wants_all),
        ],
    }
    return render(request, "followups/matters.html", context)


def _year(request: HttpRequest, day: date) -> int:
    """The year asked for, that of the day where none is."""
    asked = number_of(request.GET.get("nam"))
    return asked if day.year - 20 <= asked <= day.year + 1 else day.year


def _query(day: date, actor: Actor, year: int) -> str:
    """What links of the page carry on."""
    return f"nam={year}" + (f"&ngay={day:%d/%m/%Y}" if day != actor.today else "")


def _filters(counts: Counts, day: date) -> list[tuple[str, str, int]]:
    numbers = dict(zip(FILTERS, (counts.late, counts.soon, counts.awaiting, counts.quiet), strict=True))
    return [(value, words, numbers[value]) for value, words in filters_on(day)]


def _runs(groups: list[tuple[Member, list[WorkLine]]]) -> bool:
    return any(one.kind in {"running", "late"} for _, lines in groups for one in lines)


def _back(cell_id: int, year: int, kind: str) -> HttpResponse:
    address = f"{reverse('directing:cell', args=[cell_id])}?nam={year}"
    return redirect(f"{address}&loc={kind}" if kind in FILTERS else address)
