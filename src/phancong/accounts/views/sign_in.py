"""Signing in and out: password, second step, passkey, first card, proving once more who one is."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from phancong.access.doors import open_page, own
from phancong.access.roles import ROLES
from phancong.accounts import actions, entering, passkeys, sessions
from phancong.accounts.forms import ActivationForm, CodeForm, ConfirmForm, SamplePersonForm, SignInForm
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of, sample_people
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.common.refusal import Refused

# Whose name or key it is must be found, also where somebody else is still signed in.
before_it_is_known_who = seeing(EVERYTHING)
WAITING, WAITS_FOR = "waiting_user", timedelta(minutes=10)
BOTH = ["GET", "HEAD", "POST"]


@open_page
@before_it_is_known_who
@sensitive_post_parameters("password")
@require_http_methods(BOTH)
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.POST.get("person") is not None:
        return _as_sample(request)
    form, now = SignInForm(request.POST or None), timezone.localtime()
    refusal = ""
    if request.method == "POST" and form.is_valid():
        guess = entering.guess_of(request, form.cleaned_data["username"], now=now)
        try:
            user = entering.check_password(request, guess, form.cleaned_data["password"])
        except Refused as error:
            refusal = str(error)
        else:
            return _enter_or_ask(request, user, now=now)
    return _page(request, form, refusal)


@open_page
@before_it_is_known_who
@require_http_methods(BOTH)
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the app or from paper, or the key of this device."""
    user, now = _waiting(request), timezone.localtime()
    if user is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        guess = entering.guess_of(request, user.username, now=now)
        try:
            entering.check_second_step(guess, user, form.cleaned_data["code"])
        except Refused as error:
            refusal = str(error)
        else:
            return _enter(request, user, how="mật khẩu và mã", assured=True, now=now)
    context = {
        "form": form,
        "refusal": refusal,
        "next": _next_page(request),
        "has_key": user.passkeys.exists(),
    }
    return render(request, "accounts/second_step.html", context)


@open_page
@before_it_is_known_who
@require_POST
def key_question(request: HttpRequest) -> HttpResponse:
    """What the device must answer; a new question each time."""
    return JsonResponse(passkeys.begin_signing_in(request))


@open_page
@before_it_is_known_who
@require_POST
def key_answer(request: HttpRequest) -> HttpResponse:
    now = timezone.localtime()
    try:
        user = passkeys.finish_signing_in(request, _answer(request), now=now)
    except Refused as error:
        return JsonResponse({"refusal": str(error)}, status=422)
    target = _enter(request, user, how="khóa trên máy", assured=True, now=now)
    answer = JsonResponse({"next": target["Location"]})
    answer.cookies = target.cookies
    return answer


@open_page
@before_it_is_known_who
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(BOTH)
def activate(request: HttpRequest) -> HttpResponse:
    """The first time, with the card from the office: choose a password and be in."""
    form, now = ActivationForm(request.POST or None), timezone.localtime()
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            user = _activated(request, form, now=now)
        except Refused as error:
            refusal = str(error)
        else:
            answer = _enter(request, user, how="thẻ kích hoạt", assured=False, now=now)
            answer["Location"] = resolve_url("accounts:security")
            return answer
    return render(request, "accounts/activate.html", {"form": form, "refusal": refusal})


@own
@sensitive_post_parameters("proof")
@require_http_methods(BOTH)
def confirm(request: HttpRequest) -> HttpResponse:
    """Prove once more who one is, before an act of weight."""
    user, now = sessions.user_of(request), timezone.localtime()
    form = ConfirmForm(request.POST or None)
    refusal = ""
    may_just_say_so = settings.DEMO and not user.has_usable_password()
    if request.method == "POST" and (may_just_say_so or form.is_valid()):
        guess = entering.guess_of(request, user.username, now=now)
        try:
            is_second = may_just_say_so or _proved_by_code(request, guess, user, form.cleaned_data["proof"])
        except Refused as error:
            refusal = str(error)
        else:
            sessions.confirm(request, assured=is_second, now=now)
            return redirect(_next_page(request))
    context = {
        "form": form,
        "refusal": refusal,
        "next": _next_page(request),
        "may_just_say_so": may_just_say_so,
    }
    return render(request, "accounts/confirm.html", context)


@own
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.end_here(request)
    return redirect("accounts:sign_in")


def _as_sample(request: HttpRequest) -> HttpResponse:
    form, now = SamplePersonForm(request.POST), timezone.localtime()
    refusal = ""
    if form.is_valid():
        user = form.cleaned_data["person"]
        try:
            actions.sign_in_as_sample(by=actor_of(user, now=now))
        except Refused as error:
            refusal = str(error)
        else:
            sessions.begin(request, user, assured=True, now=now)
            return redirect(_next_page(request))
    return _page(request, SignInForm(), refusal or str(form.errors["person"][0]))


def _page(request: HttpRequest, form: SignInForm, refusal: str) -> HttpResponse:
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


def _enter_or_ask(request: HttpRequest, user: User, *, now: datetime) -> HttpResponse:
    """In, where the password is enough; otherwise to the second step."""
    if not entering.has_second_step(user):
        return _enter(request, user, how="mật khẩu", assured=False, now=now)
    request.session.cycle_key()
    request.session[WAITING] = [user.pk, now.timestamp()]
    return redirect(f"{resolve_url('accounts:second_step')}?next={_next_page(request)}")


def _waiting(request: HttpRequest) -> User | None:
    """Who gave the right password a moment ago."""
    user_id, since = request.session.get(WAITING, (0, 0.0))
    if timezone.now().timestamp() - since > WAITS_FOR.total_seconds():
        return None
    return User.objects.filter(pk=user_id, is_active=True).first()


def _enter(request: HttpRequest, user: User, *, how: str, assured: bool, now: datetime) -> HttpResponse:
    request.session.pop(WAITING, None)
    target = _next_page(request)
    sessions.begin(request, user, assured=assured, now=now)
    actor = actor_of(user, now=now)
    actions.note_signing_in(user, how, by=actor)
    answer = redirect(target)
    if not assured and any(ROLES[role].second_factor for role in actor.roles):
        answer = redirect("accounts:security")
    entering.remember_device(answer, user, secure=request.is_secure(), now=now)
    return answer


def _activated(request: HttpRequest, form: ActivationForm, *, now: datetime) -> User:
    """The password is looked at first, so that a code is not used up for one that is refused."""
    data = form.cleaned_data
    actions.check_password_choice(data["password"], User(username=data["username"]))
    user = entering.check_activation(entering.guess_of(request, data["username"], now=now), data["code"])
    actions.set_password(user, data["password"], by=actor_of(user, now=now))
    return user


def _proved_by_code(request: HttpRequest, guess: entering.Guess, user: User, proof: str) -> bool:
    """Whether the proof was a code; a right password is the other proof. Raises Refused for neither."""
    try:
        entering.check_password(request, guess, proof)
    except Refused:
        entering.check_second_step(guess, user, proof)
        return True
    return False


def _answer(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body)
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {}


def _next_page(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("home")
