"""What the pages of planning have in common: objects through a door, acts that answer with a sentence."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest
from phancong.common.refusal import Refused
from phancong.planning.models import Plan

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


def act(request: HttpRequest, do: Callable[[], Any], *, done: str) -> bool:
    """Do it and say so, or say why not; whether it was done."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
