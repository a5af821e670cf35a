"""When data got out: the steps, the clock, and the list of the people it touches."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from phancong.access.doors import ActorRequest, requires
from phancong.access.permissions import Permission
from phancong.personal_data.breach import BASIS, affected_for, note_list, span_words, write_list
from phancong.personal_data.forms import BreachForm
from phancong.personal_data.packs import data_rules

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# More are in the workbook.
MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BREACH_PREPARE)
def playbook(request: HttpRequest) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    form = BreachForm(request.POST or None, actor=actor)
    context: dict[str, Any] = {
        "form": form,
        "terms": data_rules(actor.today).breach,
        "basis": BASIS,
        "affected": None,
    }
    if form.is_valid():
        breach = form.breach()
        if "tai" in request.POST:
            book = BytesIO()
            write_list(book, breach, by=actor)
            answer = HttpResponse(book.getvalue(), content_type=XLSX)
            answer["Content-Disposition"] = (
                f'attachment; filename="nguoi-bi-anh-huong-{actor.today:%d-%m-%Y}.xlsx"'
            )
            answer["Cache-Control"] = "no-store"
            return answer
        affected = affected_for(actor, breach)
        note_list(breach, len(affected), form="page", by=actor)
        context |= {
            "affected": affected[:MOST_SHOWN],
            "count": len(affected),
            "logged": sum(bool(one.logged) for one in affected),
            "shown": MOST_SHOWN,
            "span": span_words(breach),
            "clocks": _clocks(form.cleaned_data["noticed"], now=actor.now),
        }
    return render(request, "personal_data/breach.html", context)


def _clocks(noticed: datetime, *, now: datetime) -> list[tuple[str, datetime, int]]:
    """What is due by when, and the hours left (negative: over)."""
    found = []
    for term in data_rules(timezone.localdate(noticed)).breach:
        due = noticed + timedelta(hours=term.hours)
        found.append((term.name, due, int((due - now).total_seconds() // 3600)))
    return found
