"""Those who serve elsewhere: the list, one of them, going home, a longer term."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, after_of, found, version_of
from phancong.common.refusal import Refused
from phancong.organizations.models import Area
from phancong.secondments import actions, policies
from phancong.secondments.coverage import hamlets_of
from phancong.secondments.enums import State
from phancong.secondments.forms import ExtendForm, HandBackForm
from phancong.secondments.models import Secondment
from phancong.secondments.packs import secondment_rules
from phancong.secondments.queries import secondment_for, serving_page


@requires(Permission.MEMBER_LIST)
@require_safe
def serving(request: HttpRequest) -> HttpResponse:
    actor, after = actor_of(request), after_of(request)
    page = serving_page(actor, after=after)
    areas = Area.objects.filter(pk__in={row.area_id for row in page.rows})
    able = {one.area.pk for one in hamlets_of(areas, today=actor.today) if one.may_hand_back}
    context = {"page": page, "is_first": after is None, "today": actor.today, "able": able}
    return render(request, "secondments/serving.html", context)


@requires(Permission.MEMBER_LIST)
@require_safe
def one(request: HttpRequest, secondment_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _page(request, actor, found(secondment_for(actor, secondment_id)))


def _page(request: HttpRequest, actor: Actor, row: Secondment, **failed: Any) -> HttpResponse:
    hamlet = next(iter(hamlets_of(Area.objects.filter(pk=row.area_id), today=actor.today)), None)
    context = {
        "row": row,
        "hamlet": hamlet,
        "may_lead": row.state == State.SERVING and policies.may_lead(row.plan.committee, by=actor),
        "hand_back": HandBackForm(initial={"on": f"{actor.today:%d/%m/%Y}"}, auto_id="ve-%s"),
        "extend": ExtendForm(auto_id="gia-han-%s"),
        "rights": secondment_rules(actor.today).rights,
        "refusal": "",
        **failed,
    }
    return render(request, "secondments/one.html", context)


def _led(actor: Actor, secondment_id: int) -> Secondment:
    row = found(secondment_for(actor, secondment_id))
    return found(row if policies.may_lead(row.plan.committee, by=actor) else None)


@requires(Permission.ORGANIZATION_CHANGE, beside="và `member_change`, `member_list` ở cấp ủy đã quyết định")
@require_POST
def hand_back(request: HttpRequest, secondment_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = _led(actor, secondment_id)
    form = HandBackForm(request.POST, auto_id="ve-%s")
    if not form.is_valid():
        return _page(request, actor, row, hand_back=form)
    try:
        actions.hand_back(row, **form.cleaned_data, seen=version_of(request), by=actor)
    except Refused as refused:
        return _page(request, actor, row, hand_back=form, refusal=str(refused))
    messages.success(request, f"Đ/c {row.member.full_name} đã về {row.home.name}.")
    return redirect(row)


@requires(Permission.ORGANIZATION_CHANGE, beside="và `member_change`, `member_list` ở cấp ủy đã quyết định")
@require_POST
def extend(request: HttpRequest, secondment_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = _led(actor, secondment_id)
    form = ExtendForm(request.POST, auto_id="gia-han-%s")
    if not form.is_valid():
        return _page(request, actor, row, extend=form)
    try:
        actions.extend(row, **form.cleaned_data, seen=version_of(request), by=actor)
    except Refused as refused:
        return _page(request, actor, row, extend=form, refusal=str(refused))
    messages.success(request, "Đã gia hạn.")
    return redirect(row)
