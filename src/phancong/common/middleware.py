"""Doors of every request: headers, methods, sizes, and one page for what does not exist and what is not one's own."""

import ipaddress
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.defaults import page_not_found

KNOWN_METHODS = ("GET", "HEAD", "POST")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), "
        "payment=(), usb=()"
    ),
    "X-Frame-Options": "DENY",
}


class HeadersMiddleware:
    """Stands before all others, so that refusals and errors carry the headers too.

    Pages and files name people: no browser and nothing on the way keeps them. What the product ships (styles, icons)
    says itself how long it may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        is_static = request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/")
        if not (is_static and response.status_code != HTTPStatus.NOT_FOUND):
            response.headers["Cache-Control"] = "no-store"
        return response


class OwnMachineMiddleware:
    """While trying out (DEBUG) the product answers this machine alone, whatever a server was told to listen at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR") or "127.0.0.1"
        if not ipaddress.ip_address(address).is_loopback:
            return HttpResponseForbidden(
                "Bản chạy thử chỉ mở trên máy đang chạy nó.", content_type="text/plain"
            )
        return self.get_response(request)


class BodySizeMiddleware:
    """Nothing bigger than the biggest file is received, whatever the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
        if int(length[:20]) > settings.REQUEST_MAX_BYTES:
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


class KnownMethodsMiddleware:
    """Pages are read and forms are sent: no other method reaches a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in KNOWN_METHODS:
            return HttpResponseNotAllowed(KNOWN_METHODS)
        return self.get_response(request)


class SameAnswerMiddleware:
    """Answers "not found" alike while the demonstration runs, where Django would print addresses instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None:
            return page_not_found(request, Http404())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
