"""Đăng nhập và bảo mật: what a person does with their own account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import needs_fresh_proof, own
from phancong.access.roles import ROLES
from phancong.accounts import actions, code_app, passkeys, sessions
from phancong.accounts.forms import CodeForm, KeyNameForm, NewPasswordForm
from phancong.accounts.queries import actor_of
from phancong.accounts.views.sign_in import BOTH, _answer
from phancong.common.refusal import Refused

SECRET = "code_app_secret"  # noqa: S105 -- the name of a place in the session


@own
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    user = sessions.user_of(request)
    held = actor_of(user, now=timezone.localtime())
    context = {
        "keys": user.passkeys.order_by("made_at", "pk"),
        "app": getattr(user, "code_app", None),
        "codes_left": user.printed_codes.filter(purpose="one_time", used_at__isnull=True).count(),
        "opened": user.open_sessions.order_by("-seen_at", "pk"),
        "here": request.session.session_key,
        "needs_second": [
            role.name for role in ROLES.values() if role.second_factor and role.code in held.roles
        ],
        "is_assured": sessions.is_assured(request),
        "key_form": KeyNameForm(),
    }
    return render(request, "accounts/security.html", context)


@own
@sensitive_post_parameters("password", "again")
@needs_fresh_proof
@require_http_methods(BOTH)
def password(request: HttpRequest) -> HttpResponse:
    user, form = sessions.user_of(request), NewPasswordForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_password(user, form.cleaned_data["password"], by=_self(request))
        except Refused as error:
            refusal = str(error)
        else:
            sessions.begin(request, user, assured=sessions.is_assured(request), now=timezone.localtime())
            messages.success(request, "Đã đổi mật khẩu. Các máy khác phải đăng nhập lại.")
            return redirect("accounts:security")
    return render(request, "accounts/password.html", {"form": form, "refusal": refusal})


@own
@needs_fresh_proof
@require_http_methods(BOTH)
def app(request: HttpRequest) -> HttpResponse:
    """Take an app into use: read the picture, show one right code."""
    user, form = sessions.user_of(request), CodeForm(request.POST or None)
    secret = request.session.setdefault(SECRET, code_app.new_secret())
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_code_app(user, secret, form.cleaned_data["code"], by=_self(request))
        except Refused as error:
            refusal = str(error)
        else:
            del request.session[SECRET]
            sessions.confirm(request, assured=True, now=timezone.localtime())
            messages.success(request, "Đã dùng ứng dụng mã làm bước thứ hai.")
            return redirect("accounts:security")
    # The picture is drawn by the library from a secret of our own making; nothing of it comes from a person's typing.
    picture = mark_safe(code_app.picture(user, secret))  # noqa: S308
    context = {"form": form, "refusal": refusal, "picture": picture, "secret": secret}
    return render(request, "accounts/app.html", context)


@own
@needs_fresh_proof
@require_POST
def drop_app(request: HttpRequest) -> HttpResponse:
    actions.drop_code_app(sessions.user_of(request), by=_self(request))
    messages.success(request, "Đã bỏ ứng dụng mã.")
    return redirect("accounts:security")


@own
@needs_fresh_proof
@require_POST
def key_question(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.begin_adding(request, sessions.user_of(request)))


@own
@require_POST
def key_answer(request: HttpRequest) -> HttpResponse:
    """The key that the device made, with the name its owner gave it."""
    told, now, user = _answer(request), timezone.localtime(), sessions.user_of(request)
    form = KeyNameForm({"name": told.get("name", "")})
    name = form.cleaned_data["name"] if form.is_valid() else sessions.device_of(request)
    try:
        actions.add_passkey(request, user, told.get("answer") or {}, name=name, by=_self(request))
    except Refused as error:
        return JsonResponse({"refusal": str(error)}, status=422)
    sessions.confirm(request, assured=True, now=now)
    messages.success(request, "Đã thêm khóa trên máy này. Lần sau vào bằng vân tay hoặc mã mở máy.")
    return JsonResponse({"next": request.build_absolute_uri("/bao-mat/")})


@own
@needs_fresh_proof
@require_POST
def drop_key(request: HttpRequest, key_id: int) -> HttpResponse:
    key = sessions.user_of(request).passkeys.filter(pk=key_id).first()
    if key is None:
        raise Http404
    actions.drop_passkey(key, by=_self(request))
    messages.success(request, "Đã bỏ khóa.")
    return redirect("accounts:security")


@own
@require_POST
def end_session(request: HttpRequest, opened_id: int) -> HttpResponse:
    opened = sessions.user_of(request).open_sessions.filter(pk=opened_id).first()
    if opened is None:
        raise Http404
    actions.end_own_session(opened, by=_self(request))
    messages.success(request, "Đã kết thúc phiên đó.")
    return redirect("accounts:security")


def _self(request: HttpRequest) -> Actor:
    return actor_of(sessions.user_of(request), now=timezone.localtime())
