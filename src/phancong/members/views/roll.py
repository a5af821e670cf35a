"""The list of members."""

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phancong import rules
from phancong.access.actor import may_anywhere
from phancong.access.doors import ActorRequest, needs_fresh_proof, requires
from phancong.access.permissions import Permission
from phancong.members import exporting
from phancong.members.enums import Status
from phancong.members.forms import ListFilterForm
from phancong.members.queries import page_of, roll_for


@requires(Permission.MEMBER_LIST)
@require_safe
def roll(request: HttpRequest) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    year = actor.today.year
    form = ListFilterForm(request.GET, actor=actor)
    wanted = form.cleaned_filter()
    page = page_of(roll_for(actor, wanted, year=year), after=_number(request.GET.get("sau", "")), year=year)
    categories = {category.code: category.short_name for category in rules.on(actor.today).categories}
    context = {
        "form": form,
        "page": page,
        "year": year,
        "rows": [
            {
                **row,
                "category": categories.get(row["category"], row["category"]),
                "status": Status(row["status"]),
            }
            for row in page.rows
        ],
        "chips": form.chips(),
        "address": form.address(),
        "next_url": form.address(sau=page.next_after) if page.next_after else "",
        "is_first": "sau" not in request.GET,
        "may_export": may_anywhere(actor, Permission.MEMBER_EXPORT),
    }
    return render(request, "members/roll.html", context)


@requires(Permission.MEMBER_EXPORT)
@needs_fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a workbook with the columns that an import reads."""
    actor = cast("ActorRequest", request).actor
    form = ListFilterForm(request.GET, actor=actor)
    wanted, year = form.cleaned_filter(), actor.today.year
    rows = exporting.rows_to_export(wanted, year=year, by=actor)
    if rows > exporting.MOST_ROWS:
        if request.method == "POST":
            return redirect("jobs:detail", exporting.start_export(wanted, year=year, by=actor).pk)
        return render(request, "common/confirm.html", _export_question(rows, form))
    workbook = exporting.export_roll(wanted, year=year, by=actor)
    return FileResponse(
        workbook, as_attachment=True, filename=f"Danh sách đảng viên {actor.today:%d-%m-%Y}.xlsx"
    )


def _export_question(rows: int, form: ListFilterForm) -> dict[str, object]:
    return {
        "question": "Xuất danh sách ở việc chạy nền?",
        "facts": [
            ("Danh sách", f"{rows} đồng chí"),
            ("Trong khi chờ", "Đồng chí có thể rời trang; xong thì tải ở Việc chạy nền."),
        ],
        "act": "Xuất",
        "back_url": reverse("members:list") + form.address(),
    }


@require_safe
@requires(Permission.MEMBER_EXPORT)
def exported(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """A list that a job wrote, for whoever gave the job."""
    actor = cast("ActorRequest", request).actor
    path = exporting.exported_file(ticket, by=actor)
    if path is None:
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"Danh sách đảng viên {actor.today:%d-%m-%Y}.xlsx"
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
