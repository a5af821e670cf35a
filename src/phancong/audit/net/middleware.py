"""Opens the net to find out who asks, then narrows it to them; after the answer nothing is left open."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from phancong.access.doors import ActorRequest
from phancong.audit.net.scope import EVERYTHING, scope_of, seeing


class IdentityScopeMiddleware:
    """Stands before the one that finds the user. Guests keep this scope: they reach open pages alone, to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with seeing(EVERYTHING):
            return self.get_response(request)


class ActorScopeMiddleware:
    """Stands behind the one that knows the actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = cast("ActorRequest", request).actor
        if actor.user_id is None:
            return self.get_response(request)
        with seeing(scope_of(actor)):
            return self.get_response(request)
