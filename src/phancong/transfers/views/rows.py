"""The list of transfers and its paper."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phancong.access.actor import may_anywhere
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, after_of
from phancong.common.party_document import DOCUMENT_TYPE
from phancong.common.refusal import Refused
from phancong.transfers.enums import Direction
from phancong.transfers.exporting import export_list
from phancong.transfers.queries import OPEN, VIEWS, Wanted, figures_for, transfer_page


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; anything unknown is the plain list."""
    direction, view = request.GET.get("chieu", ""), request.GET.get("xem", OPEN)
    return Wanted(direction if direction in Direction.values else "", view if view in dict(VIEWS) else OPEN)


def _query(wanted: Wanted) -> str:
    return urlencode({"chieu": wanted.direction, "xem": wanted.view})


@requires(Permission.MEMBER_LIST)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    actor, after, wanted = actor_of(request), after_of(request), _wanted(request)
    directions = [("Đi và đến", ""), *((one.label, one.value) for one in Direction)]
    context = {
        "page": transfer_page(actor, wanted, after=after),
        "figures": figures_for(actor, direction=wanted.direction),
        "is_first": after is None,
        "query": _query(wanted),
        "tabs": [
            (name, f"?{_query(Wanted(wanted.direction, code))}", code == wanted.view) for code, name in VIEWS
        ],
        "directions": [
            (name, f"?{_query(Wanted(code, wanted.view))}", code == wanted.direction)
            for name, code in directions
        ],
        "may_record": may_anywhere(actor, Permission.TRANSFER_RECORD),
        "may_enter": may_anywhere(actor, Permission.MEMBER_IMPORT),
    }
    return render(request, "transfers/list.html", context)


@requires(Permission.MEMBER_LIST)
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    try:
        name, content = export_list(wanted, by=actor_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('transfers:list')}?{_query(wanted)}")
    response = HttpResponse(content, content_type=DOCUMENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
