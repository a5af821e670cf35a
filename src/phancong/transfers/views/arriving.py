"""Somebody from outside of the system: into which cell, then the paper and who it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phancong import rules
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, after_of, found
from phancong.common.refusal import Refused
from phancong.transfers import actions
from phancong.transfers.forms import ArriveForm
from phancong.transfers.queries import cells_page, receiving_cells_for


@requires(Permission.MEMBER_IMPORT, beside="và `transfer_record`")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    after = after_of(request)
    cells, next_after = cells_page(receiving_cells_for(actor_of(request)), after=after)
    context = {"cells": cells, "next_after": next_after, "is_first": after is None}
    return render(request, "transfers/arrivals.html", context)


@requires(Permission.MEMBER_IMPORT, beside="và `transfer_record` ở chi bộ ấy")
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: HttpRequest, cell_id: int) -> HttpResponse:
    actor = actor_of(request)
    cell = found(receiving_cells_for(actor).filter(pk=cell_id).first())
    is_sent = request.method == "POST"
    form = ArriveForm(
        request.POST if is_sent else None,
        categories=[(one.code, one.name) for one in rules.on(actor.today).categories],
        initial={"received_on": f"{actor.today:%d/%m/%Y}"},
    )
    refusal = ""
    if is_sent and form.is_valid():
        try:
            row = actions.arrive(cell, actions.Arrival(**form.cleaned_data), by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Đã tiếp nhận đ/c {row.member_name} vào {cell.name}.")
            return redirect(row)
    return render(request, "transfers/arrive.html", {"cell": cell, "form": form, "refusal": refusal})
