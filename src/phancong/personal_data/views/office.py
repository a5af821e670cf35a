"""The office's side: requests by the day they are due, each accepted, refused or extended."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest, requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.personal_data import actions, packs
from phancong.personal_data.holdings import holding_of
from phancong.personal_data.models import DataRequest, RequestState
from phancong.personal_data.queries import request_for, requests_for
from phancong.personal_data.wishes import is_set_directly, wish_words

ANSWERED_SHOWN = 50


@require_safe
@requires(Permission.DATA_REQUEST_ANSWER)
def requests(request: HttpRequest) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    found = requests_for(actor)
    context = {
        "open": found.filter(state=RequestState.OPEN),
        "answered": found.exclude(state=RequestState.OPEN).order_by("-answered_at", "-id")[:ANSWERED_SHOWN],
        "today": actor.today,
        "shown": ANSWERED_SHOWN,
    }
    return render(request, "personal_data/office_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DATA_REQUEST_ANSWER)
def detail(request: HttpRequest, request_id: int) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    asked = request_for(actor, request_id)
    if asked is None:
        raise Http404
    words, refusal = request.POST.get("loi", ""), ""
    if request.method == "POST":
        try:
            done = _answer(asked, request.POST.get("viec", ""), words, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, done)
            return redirect("data_requests:list")
    return render(request, "personal_data/office_detail.html", _context(asked, actor, words, refusal))


def _answer(asked: DataRequest, act: str, words: str, *, by: Actor) -> str:
    acts: dict[str, Callable[[], Any]] = {
        "chap-nhan": lambda: actions.accept(asked.pk, answer=words, by=by),
        "khong": lambda: actions.refuse(asked.pk, reason=words, by=by),
        "gia-han": lambda: actions.extend(asked.pk, reason=words, by=by),
    }
    told = {
        "chap-nhan": "Đã chấp nhận. Đồng chí ấy thấy câu trả lời ở “Dữ liệu của tôi”.",
        "khong": "Đã trả lời không chấp nhận, kèm lý do.",
        "gia-han": "Đã gia hạn; đồng chí ấy thấy ngày mới và lý do.",
    }
    if act not in acts:
        raise Refused("Chưa chọn cách trả lời. Bấm một trong các nút ở cuối trang.")
    acts[act]()
    return told[act]


def _context(asked: DataRequest, actor: Actor, words: str, refusal: str) -> dict[str, Any]:
    holding = holding_of(asked.address)
    is_direct = holding is not None and bool(asked.field) and is_set_directly(holding, asked.field)
    return {
        "asked": asked,
        "wish": wish_words(asked, today=actor.today),
        "is_direct": is_direct,
        "is_open": asked.state == RequestState.OPEN,
        "is_late": asked.due_on <= actor.today,
        "may_extend": not asked.extension_reason,
        "extended_until": packs.extended(asked.kind, due=asked.due_on, asked=localdate(asked.asked_at)),
        "today": actor.today,
        "words": words,
        "refusal": refusal,
    }
