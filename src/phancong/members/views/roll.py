"""The list of members."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from phancong import rules
from phancong.access.actor import may_anywhere
from phancong.access.doors import ActorRequest, requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.members.enums import Status
from phancong.members.exporting import export_roll
from phancong.members.forms import ListFilterForm
from phancong.members.queries import page_of, roll_for


@requires(Permission.MEMBER_LIST)
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
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a workbook with the columns that an import reads."""
    actor = cast("ActorRequest", request).actor
    form = ListFilterForm(request.GET, actor=actor)
    try:
        workbook = export_roll(form.cleaned_filter(), year=actor.today.year, by=actor)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(reverse("members:list") + form.address())
    return FileResponse(
        workbook, as_attachment=True, filename=f"Danh sách đảng viên {actor.today:%d-%m-%Y}.xlsx"
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
