"""Signing in and out."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from phancong.access.doors import open_page, own
from phancong.accounts.actions import sign_in_as_sample
from phancong.accounts.forms import SamplePersonForm
from phancong.accounts.queries import actor_of, sample_people
from phancong.common.refusal import Refused


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SamplePersonForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["person"]
        try:
            sign_in_as_sample(by=actor_of(user, now=timezone.localtime()))
        except Refused as error:
            refusal = str(error)
        else:
            auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect(_next_page(request))
    words = request.GET.get("tim", "")
    groups = sample_people(words, today=timezone.localdate()) if settings.DEMO else []
    context = {
        "form": form,
        "refusal": refusal,
        "groups": groups,
        "words": words,
        "next": _next_page(request),
    }
    return render(request, "accounts/sign_in.html", context)


@own
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("accounts:sign_in")


def _next_page(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("home")
