"""Marks on views: each names the right it needs, or says that it is open."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase

from phancong.access.actor import Actor, may_anywhere
from phancong.access.permissions import Permission

View = Callable[..., HttpResponseBase]


class ActorRequest(HttpRequest):
    """A request after sign-in: it carries the actor, built once."""

    actor: Actor


def requires(right: Permission, *, beside: str = "") -> Callable[[View], View]:
    """The view answers only those who have `right` somewhere; for others the page does not exist.

    `beside` says for the printed reference what the view itself asks beyond that."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_anywhere(cast("ActorRequest", request).actor, right):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.right, guarded.beside = right, beside  # type: ignore[attr-defined]
        return guarded

    return mark


def own(view: View) -> View:
    """The view shows the signed-in person only what is their own."""
    view.right = "own"  # type: ignore[attr-defined]
    return view


def open_page(view: View) -> View:
    """The view is open to people who have not signed in."""
    opened = login_not_required(view)
    opened.right = "open"  # type: ignore[attr-defined]
    return opened


def needs_fresh_proof(view: View) -> View:
    """An act of weight: whoever proved too long ago who they are is asked again first, by the room of accounts."""
    view.needs_fresh_proof = True  # type: ignore[attr-defined]
    return view
