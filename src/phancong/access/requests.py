"""What every page does with a request: who asks, what they sent, whether it was done."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest
from phancong.common.refusal import Refused

T = TypeVar("T")


def actor_of(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def found(thing: T | None) -> T:
    """What is out of scope and what does not exist answer alike."""
    if thing is None:
        raise Http404
    return thing


def number(text: str | None) -> int:
    """A key of a row as pages send it; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def after_of(request: HttpRequest) -> int | None:
    """The row that a page of a list starts behind."""
    return number(request.GET.get("sau")) or None


def version_of(request: HttpRequest) -> int:
    """The version on the page that was sent; 0 when it sent none."""
    return number(request.POST.get("version", "")[:9])


def act(request: HttpRequest, do: Callable[[], Any], *, done: str) -> bool:
    """Do it and say so, or say why not; whether it was done."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
