"""Puts the actor on each request, once, and ends sessions that have outlived their limits."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest
from phancong.accounts import sessions
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of

ENDED = "Phiên đã hết vì lâu không dùng. Đăng nhập lại để làm tiếp."


class ActorMiddleware:
    """Stands behind the middleware of messages, which it tells when a session has ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.localtime()
        if not isinstance(request.user, User):
            cast("ActorRequest", request).actor = Actor(None, None, "Khách", now)
            return self.get_response(request)
        actor = actor_of(request.user, now=now, assured=sessions.is_assured(request))
        if sessions.is_over(request, actor):
            sessions.end_here(request)
            messages.info(request, ENDED)
            return redirect("accounts:sign_in")
        sessions.note_seen(request, now=now)
        cast("ActorRequest", request).actor = actor
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., object],
        *_: object,
    ) -> HttpResponse | None:
        """Before an act of weight, ask again who it is; then come back to the page."""
        if not getattr(view, "needs_fresh_proof", False) or not request.user.is_authenticated:
            return None
        if sessions.is_fresh(request, now=timezone.localtime()):
            return None
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.get_full_path()})}")
