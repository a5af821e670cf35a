"""The page that shows every component in its states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phancong.access.doors import open_page


@open_page
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "common/components.html")
