"""What the pages of planning have in common: objects through a door, acts that answer with a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest
from phancong.access.requests import number
from phancong.common.refusal import Refused
from phancong.planning.board import steps_after
from phancong.planning.effects import effect_of
from phancong.planning.models import Plan
from phancong.planning.policies import NeedsReason, Outdated
from phancong.planning.solving.reading import snapshot_for

T = TypeVar("T")


def actor_of(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def found(thing: T | None) -> T:
    """What is out of scope and what does not exist answer alike."""
    if thing is None:
        raise Http404
    return thing


def version_of(request: HttpRequest) -> int:
    """The version of the plan on the page that was sent; 0 when it sent none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def to_board(plan: Plan, *, row: int | None = None) -> HttpResponse:
    """Back to the board; to the row of a member where one was worked on."""
    address = reverse("planning:board", args=[plan.cell_id, plan.year])
    return redirect(f"{address}#dong-{row}" if row else address)


def back(request: HttpRequest, plan: Plan, *, otherwise: HttpResponse) -> HttpResponse:
    """To the page of the member from which it was done, where the form names one."""
    member = number(request.POST.get("ve", ""))
    return redirect("planning:member", plan.cell_id, plan.year, member) if member else otherwise


def act(request: HttpRequest, do: Callable[[], Any], *, done: str, wish: str = "") -> bool:
    """Do it and say so, or say why not; whether it was done. `wish` tells it should others have come first."""
    try:
        do()
    except Outdated as outdated:
        outdated.wish = wish
        raise
    except NeedsReason:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def change_draft(request: HttpRequest, plan: Plan, do: Callable[[], Any], *, done: str, wish: str) -> bool:
    """As `act`, and says in one sentence what the change did to fit and load."""
    today = actor_of(request).today
    before = snapshot_for(plan, today=today)
    try:
        do()
    except Outdated as outdated:
        outdated.wish = wish
        raise
    except NeedsReason:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    effect = effect_of(before, snapshot_for(plan, today=today), today=today)
    messages.success(request, f"{done} {effect}".strip())
    return True


View = Callable[..., HttpResponse]


def keeps_choice(view: View) -> View:
    """What was chosen is not lost when somebody else was first, or when a reason is asked for: one press does it."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Outdated as outdated:
            context = {
                "plan": outdated.plan,
                "refusal": str(outdated),
                "wish": outdated.wish,
                "steps": steps_after(outdated.plan, version=outdated.seen),
                "chosen": _sent(request, "version"),
            }
            return render(request, "planning/outdated.html", context, status=409)
        except NeedsReason as needed:
            context = {
                "warnings": needed.warnings,
                "back": request.POST.get("tu", ""),
                "chosen": _sent(request, "ly-do"),
            }
            return render(request, "planning/needs_reason.html", context)

    return kept


def _sent(request: HttpRequest, but: str) -> list[tuple[str, str]]:
    """What the form sent, ready to be sent again."""
    left_out = {but, "csrfmiddlewaretoken"}
    return [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]
