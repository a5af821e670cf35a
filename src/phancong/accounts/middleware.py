"""Puts the actor on each request, once."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.localtime()
        cast("ActorRequest", request).actor = (
            actor_of(request.user, now=now)
            if isinstance(request.user, User)
            else Actor(None, None, "Khách", now)
        )
        return self.get_response(request)
