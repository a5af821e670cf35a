"""The page that shows every component in its states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.doors import open_page


@open_page
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "common/components.html")
