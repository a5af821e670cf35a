"""Study sessions: figures, attendance on one page, catching up."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.dates import DateError, read_date
from phancong.common.refusal import Refused
from phancong.yearbook import actions
from phancong.yearbook.actions.study import Mark
from phancong.yearbook.enums import Attendance
from phancong.yearbook.forms import SessionForm
from phancong.yearbook.models import StudyAttendance
from phancong.yearbook.packs import year_rules
from phancong.yearbook.queries.doors import organizer_for, session_for
from phancong.yearbook.queries.pages import attendance_of, sessions_page, study_cells_page
from phancong.yearbook.views.acting import (
    actor_of,
    after_of,
    cell_context,
    cell_of_year,
    found,
    version_of,
)


@requires(Permission.YEARBOOK_SEE)
@require_safe
def sessions(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor, cell = cell_of_year(request, cell_id, year)
    context = cell_context(actor, cell, year, "study") | {
        "page": sessions_page(cell, year=year, after=after_of(request)),
        "is_first": "sau" not in request.GET,
        "studies": {study.code: study.name for study in year_rules(actor.today).studies},
        "committee": organizer_for(actor, cell.parent_id or 0),
    }
    return render(request, "yearbook/study.html", context)


@requires(Permission.YEARBOOK_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organization_id: int) -> HttpResponse:
    """A session of a cell or of a committee; everybody below is expected."""
    actor = actor_of(request)
    organizer = found(organizer_for(actor, organization_id))
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": f"{actor.today:%d/%m/%Y}"},
        today=actor.today,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.hold_session(organizer, by=actor, **form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:session", made.pk)
    context = {"form": form, "organizer": organizer, "refusal": refusal}
    return render(request, "yearbook/session_form.html", context)


@requires(Permission.YEARBOOK_SEE)
@require_safe
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """The actor's cells in one session."""
    actor = actor_of(request)
    held = found(session_for(actor, session_id))
    context = {
        "session": held,
        "page": study_cells_page(actor, held, after=after_of(request)),
        "is_first": "sau" not in request.GET,
    }
    return render(request, "yearbook/session.html", context)


@requires(Permission.YEARBOOK_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, session_id: int, cell_id: int) -> HttpResponse:
    """Who of the cell was there; whoever may record ticks and writes days of catching up."""
    actor = actor_of(request)
    held = found(session_for(actor, session_id))
    _, cell = cell_of_year(request, cell_id, held.year)
    rows = attendance_of(held, cell)
    context = cell_context(actor, cell, held.year, "study")
    if not rows or (request.method == "POST" and not context["may_record"]):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            actions.mark_attendance(
                held,
                cell,
                marks=_marks(request, rows),
                version=version_of(request),
                reason=request.POST.get("ly-do", "")[:300],
                by=actor,
            )
        except (Refused, DateError) as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:attendance", held.pk, cell.pk)
    context |= {
        "session": held,
        "lines": [_line(row, request) for row in rows],
        "version": sum(row.version for row in rows),
        "is_marked": any(row.state != Attendance.UNMARKED for row in rows),
        "may_mark": context["may_record"] and held.held_on <= actor.today,
        "refusal": refusal,
    }
    return render(request, "yearbook/attendance.html", context)


def _marks(request: HttpRequest, rows: Iterable[StudyAttendance]) -> dict[int, Mark]:
    today = actor_of(request).today
    present = set(request.POST.getlist("co-mat"))
    marks = {}
    for row in rows:
        text = request.POST.get(f"bu-{row.member_id}", "").strip()[:30]
        is_present = str(row.member_id) in present
        caught_up = read_date(text, today=today).day if text and not is_present else None
        marks[row.member_id] = Mark(is_present=is_present, caught_up_on=caught_up)
    return marks


def _line(row: StudyAttendance, request: HttpRequest) -> dict[str, object]:
    """As it stands; what was sent and refused stays in its place."""
    if request.method == "POST":
        is_present = str(row.member_id) in request.POST.getlist("co-mat")
        caught_up = request.POST.get(f"bu-{row.member_id}", "")[:30]
    else:
        # A page that nobody marked yet begins with everybody there.
        is_present = row.state != Attendance.ABSENT
        caught_up = f"{row.caught_up_on:%d/%m/%Y}" if row.caught_up_on else ""
    return {"row": row, "is_present": is_present, "caught_up": caught_up}
