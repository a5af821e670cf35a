"""Việc hôm nay: what needs the person now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phancong.access.doors import own


@own
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/home.html")
