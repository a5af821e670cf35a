"""A member asks about their own data, and sees what became of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.doors import own
from phancong.common.refusal import Refused
from phancong.personal_data import actions, packs
from phancong.personal_data.held import line_about
from phancong.personal_data.holdings import holdings
from phancong.personal_data.models import DataRequest, RequestKind
from phancong.personal_data.queries import own_request_for, own_requests_for
from phancong.personal_data.views.own import person, tabs
from phancong.personal_data.wishes import choices_for, wish_words

LONGEST_WISH = 1000


def _asked(request: HttpRequest, asked: DataRequest) -> HttpResponse:
    messages.success(request, f"Đã gửi. Văn phòng sẽ trả lời trước {asked.due_on:%d/%m/%Y}.")
    return redirect("personal_data:requests")


@require_safe
@own
def requests(request: HttpRequest) -> HttpResponse:
    actor, _ = person(request)
    context = {
        "tabs": tabs("personal_data:requests"),
        "requests": [(asked, wish_words(asked, today=actor.today)) for asked in own_requests_for(actor)],
        "today": actor.today,
    }
    return render(request, "personal_data/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def correction(request: HttpRequest) -> HttpResponse:
    """One field, what it says, and what it should say."""
    actor, member = person(request)
    address, field = request.GET.get("dong", ""), request.GET.get("muc", "")
    reached = line_about(member, address, field, today=actor.today)
    if reached is None:
        raise Http404
    holding, line = reached
    wish = request.POST.get("de-nghi", "")[:LONGEST_WISH]
    refusal = ""
    if request.method == "POST":
        try:
            asked = actions.ask_correction(member, address=address, field=field, wish=wish, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _asked(request, asked)
    context: dict[str, Any] = {
        "group": holding.held.name,
        "line": line,
        "choices": choices_for(holding, field, today=actor.today),
        "wish": wish,
        "refusal": refusal,
        "due_on": packs.due_on(RequestKind.CORRECTION, asked=actor.today),
    }
    return render(request, "personal_data/correction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def objection(request: HttpRequest) -> HttpResponse:
    """Object to what is done with some kind of data, or ask that it be restricted or erased."""
    actor, member = person(request)
    kind, about = request.POST.get("kieu", ""), request.POST.get("phan", "")
    wish, refusal = request.POST.get("de-nghi", "")[:LONGEST_WISH], ""
    if request.method == "POST":
        try:
            asked = actions.ask(member, kind=kind, about=about, wish=wish, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _asked(request, asked)
    context = {
        "kinds": [(one.value, one.label, packs.due_on(one, asked=actor.today)) for one in actions.OBJECTIONS],
        "groups": [(one.label, one.held.name) for one in holdings()],
        "kind": kind,
        "about": about,
        "wish": wish,
        "refusal": refusal,
    }
    return render(request, "personal_data/objection.html", context)


@require_POST
@own
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    actor, _ = person(request)
    asked = own_request_for(actor, request_id)
    if asked is None:
        raise Http404
    try:
        actions.withdraw(asked.pk, by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Đã rút yêu cầu.")
    return redirect("personal_data:requests")
