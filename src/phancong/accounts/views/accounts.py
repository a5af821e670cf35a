"""Tài khoản: making accounts, handing over cards, locking. Whoever looks after accounts sees no content here."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor, may
from phancong.access.doors import ActorRequest, needs_fresh_proof, requires
from phancong.access.permissions import Permission
from phancong.accounts import account_queries as queries
from phancong.accounts import actions
from phancong.accounts.models import User
from phancong.accounts.views.sign_in import BOTH
from phancong.common.refusal import Refused


@requires(Permission.ACCOUNT_SEE)
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    words = request.GET.get("tim", "")[:120]
    rows, next_after = queries.page_of_accounts(actor, words=words, after=_number(request.GET.get("sau", "")))
    context = {
        "rows": rows,
        "words": words,
        "next_after": next_after,
        "is_first": "sau" not in request.GET,
        "cells": queries.cells_for_cards(actor),
    }
    return render(request, "accounts/accounts.html", context)


@requires(Permission.ACCOUNT_SEE)
@require_safe
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    actor = _actor(request)
    user = _user(actor, user_id, Permission.ACCOUNT_SEE)
    place = actions.place_of(user)
    context = {
        "account": user,
        "state": queries.state_of(user),
        "place": user.member.cell if user.member else None,
        "sessions": user.open_sessions.count(),
        "keys": user.passkeys.count(),
        "has_app": hasattr(user, "code_app"),
        "may_lock": may(actor, Permission.ACCOUNT_LOCK, place) and user.pk != actor.user_id,
        "may_print": may(actor, Permission.ACCOUNT_CARD_PRINT, place) and user.pk != actor.user_id,
    }
    return render(request, "accounts/account.html", context)


@requires(Permission.ACCOUNT_CARD_PRINT)
@needs_fresh_proof
@require_http_methods(BOTH)
def cell_cards(request: HttpRequest) -> HttpResponse:
    """Cards for a whole cell: asked once more, then shown once, to be printed."""
    actor = _actor(request)
    cell = queries.cell_for_cards(
        actor, _number(request.POST.get("chi_bo") or request.GET.get("chi_bo", "")) or 0
    )
    if cell is None:
        raise Http404
    if request.method == "POST":
        try:
            cards = actions.issue_cards(cell, by=actor)
        except Refused as error:
            messages.error(request, str(error))
            return redirect("account_pages:list")
        return _cards(request, cards, place=cell.name)
    context = {
        "question": f"In thẻ kích hoạt cho {cell.name}?",
        "facts": [
            ("Ai được thẻ", "Mọi đồng chí của chi bộ chưa đặt mật khẩu; ai chưa có tài khoản thì được lập."),
            ("Thẻ cũ", "Thẻ in trước đây mà chưa dùng sẽ hết giá trị."),
            ("Hiện một lần", "Mã chỉ hiện ở trang sau. In ngay rồi trao tận tay."),
        ],
        "act": "Lập tài khoản và hiện thẻ",
        "back_url": reverse("account_pages:list"),
    }
    return render(request, "common/confirm.html", context)


@requires(Permission.ACCOUNT_CARD_PRINT)
@needs_fresh_proof
@require_POST
def card(request: HttpRequest, user_id: int) -> HttpResponse:
    actor = _actor(request)
    user = _user(actor, user_id, Permission.ACCOUNT_CARD_PRINT)
    try:
        made = actions.issue_card(user, by=actor)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("account_pages:detail", user.pk)
    return _cards(request, [made], place=made.place)


@requires(Permission.ACCOUNT_CARD_PRINT)
@needs_fresh_proof
@require_POST
def one_time_codes(request: HttpRequest, user_id: int) -> HttpResponse:
    actor = _actor(request)
    user = _user(actor, user_id, Permission.ACCOUNT_CARD_PRINT)
    try:
        codes = actions.issue_one_time_codes(user, by=actor)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("account_pages:detail", user.pk)
    return render(request, "accounts/codes.html", {"account": user, "codes": codes})


@requires(Permission.ACCOUNT_LOCK)
@needs_fresh_proof
@require_POST
def act(request: HttpRequest, user_id: int, what: str) -> HttpResponse:
    """Lock, unlock, end sessions, forget the second step."""
    actor = _actor(request)
    user = _user(actor, user_id, Permission.ACCOUNT_LOCK)
    if what not in ACTS:
        raise Http404
    do, done = ACTS[what]
    try:
        do(user, by=actor)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("account_pages:detail", user.pk)


ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "khoa": (actions.lock_account, "Đã khóa tài khoản; mọi phiên đang mở đã hết."),
    "mo": (actions.unlock_account, "Đã mở lại tài khoản."),
    "ket-thuc-phien": (actions.end_sessions, "Đã kết thúc mọi phiên của tài khoản này."),
    "dat-lai": (actions.reset_second_step, "Đã bỏ khóa, ứng dụng mã và mã in của tài khoản này."),
}


def _cards(request: HttpRequest, cards: list[actions.Card], *, place: str) -> HttpResponse:
    context = {
        "cards": cards,
        "place": place,
        "address": request.build_absolute_uri(reverse("accounts:activate")),
    }
    return render(request, "accounts/cards.html", context)


def _user(actor: Actor, user_id: int, right: Permission) -> User:
    user = queries.account_for(actor, user_id, right)
    if user is None:
        raise Http404
    return user


def _actor(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
