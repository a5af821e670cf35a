"""Gives each request an id, so that all lines of one request can be told to belong together."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from phancong.audit.context import one_request


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_request():
            return self.get_response(request)
