"""A plan of seconding: what is lacking, the draft and its steps, the decision and its paper."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import act, actor_of, found, number, version_of
from phancong.common.party_document import DOCUMENT_TYPE
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.planning.solving.secondment import lacking_under, propose_secondments
from phancong.secondments import actions, policies
from phancong.secondments.actions import Decided
from phancong.secondments.documents import decision_paper
from phancong.secondments.enums import Form, PlanState, Side
from phancong.secondments.forms import DecisionForm
from phancong.secondments.jobs import is_large, start_solving
from phancong.secondments.models import Secondment, SecondmentPlan
from phancong.secondments.packs import secondment_rules
from phancong.secondments.queries import (
    PlanPage,
    committee_for,
    draft_of,
    least_on,
    plan_for,
    plan_page,
    row_for,
)

MOST = 9
# The whole list, page by page, is the one of coverage.
MOST_SHOWN = 200
# So many places of a plan have their people on its page; its paper has all of them.
MOST_PLACES = 100


@requires(Permission.MEMBER_LIST, beside="và `organization_change`, `member_change` để lập phương án")
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, organization_id: int) -> HttpResponse:
    """What the committee's hamlets lack; the button that lets a plan be made; what another minimum would take."""
    actor = actor_of(request)
    place = found(committee_for(actor, organization_id))
    refusal = ""
    if request.method == "POST":
        found(place if policies.may_lead(place, by=actor) else None)
        try:
            return redirect(_solve(request, place, actor))
        except Refused as refused:
            refusal = str(refused)
    rule = least_on(actor.today)
    asked = number(request.GET.get("it-nhat"))
    least = asked if 1 <= asked <= MOST else rule
    context = {
        "committee": place,
        "draft": draft_of(place),
        **_asked(place, least if least != rule else None, actor),
        "rule": rule,
        "least": least,
        "choices": range(1, MOST + 1),
        "refusal": refusal,
        "may_lead": policies.may_lead(place, by=actor),
    }
    return render(request, "secondments/committee.html", context)


def _asked(place: Organization, least: int | None, actor: Actor) -> dict[str, Any]:
    """What is lacking, and what it would take where that is known while the page waits."""
    places, people = lacking_under(place.path, today=actor.today, least=least)
    large = is_large(len(places), people)
    found = None if large or not places else propose_secondments(place.path, today=actor.today, least=least)
    return {"places": places, "shown": places[:MOST_SHOWN], "people": people, "found": found}


def _solve(request: HttpRequest, place: Organization, actor: Actor) -> str:
    """Where the draft is; in a large committee the work that makes it."""
    places, people = lacking_under(place.path, today=actor.today)
    if is_large(len(places), people):
        job = start_solving(place, places=len(places), by=actor)
        return reverse("jobs:detail", args=[job.pk])
    plan = actions.solve(place, by=actor)
    count = plan.secondments.count()
    messages.success(request, f"Đã tính xong: cử {count} đồng chí. Xem, sửa rồi quyết định.")
    return plan.get_absolute_url()


@requires(Permission.MEMBER_LIST)
@require_safe
def plan(request: HttpRequest, secondment_plan_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _page(request, actor, found(plan_for(actor, secondment_plan_id)), _form(actor))


def _form(actor: Actor, data: Any = None) -> DecisionForm:
    today = f"{actor.today:%d/%m/%Y}"
    return DecisionForm(
        data, initial={"form": Form.OFFICIAL, "decided_on": today, "valid_from": today}, auto_id="qd-%s"
    )


def _page(
    request: HttpRequest, actor: Actor, one: SecondmentPlan, form: DecisionForm, *, refusal: str = ""
) -> HttpResponse:
    is_draft = one.state == PlanState.DRAFT
    page = plan_page(one, today=actor.today)
    context = {
        "plan": one,
        "page": page,
        "places": page.places[:MOST_PLACES],
        "left_out": _left_out(request, page),
        "form": form,
        "refusal": refusal,
        "is_draft": is_draft,
        "may_lead": is_draft and policies.may_lead(one.committee, by=actor),
        "rights": secondment_rules(actor.today).rights,
    }
    return render(request, "secondments/plan.html", context)


def _left_out(request: HttpRequest, page: PlanPage) -> set[int]:
    """Whom somebody has taken out of the decision that is being mended; nobody on a page that is opened."""
    if request.method != "POST":
        return set()
    named = set(map(number, request.POST.getlist("nguoi")))
    return {row.secondment.pk for place in page.places[:MOST_PLACES] for row in place.rows} - named


def _not_shown(one: SecondmentPlan, today: date) -> frozenset[int]:
    """People of the places that the page of a very large plan leaves out: they are in its decision."""
    places = plan_page(one, today=today).places[MOST_PLACES:]
    return frozenset(row.secondment.pk for place in places for row in place.rows)


def _led(actor: Actor, plan_id: int) -> SecondmentPlan:
    one = found(plan_for(actor, plan_id))
    return found(one if policies.may_lead(one.committee, by=actor) else None)


@requires(Permission.ORGANIZATION_CHANGE, beside="và `member_change`, `member_list` ở cấp ủy ấy")
@require_POST
def step(request: HttpRequest, secondment_plan_id: int) -> HttpResponse:
    """Keep somebody, let somebody stay, write down who agreed, solve again, drop it."""
    actor = actor_of(request)
    one = _led(actor, secondment_plan_id)
    seen, what, key = version_of(request), request.POST.get("viec", ""), number(request.POST.get("ai"))
    if what in ("giu", "bo-giu", "o-lai"):
        row = found(row_for(actor, one, key))
        _on_row(request, row, what, seen, actor)
    elif what == "cu-duoc":
        act(
            request,
            lambda: actions.unbar(one, member_id=key, seen=seen, by=actor),
            done="Đồng chí ấy lại có thể được cử. Bấm Tính lại để xem.",
        )
    elif what in ("di-dong-y", "den-dong-y"):
        side = Side.SENDER if what == "di-dong-y" else Side.RECEIVER
        act(
            request,
            lambda: actions.agree(one, side=side, seen=seen, by=actor),
            done=f"Đã ghi ý kiến đồng ý: {side.label.lower()}.",
        )
    elif what == "tinh-lai":
        try:
            return redirect(_solve(request, one.committee, actor))
        except Refused as refused:
            messages.error(request, str(refused))
    elif what == "bo":
        if act(request, lambda: actions.drop(one, seen=seen, by=actor), done="Đã bỏ phương án."):
            return redirect("secondments:committee", one.committee_id)
    else:
        messages.error(request, "Chưa chọn việc cần làm. Bấm một nút ở trang này.")
    return redirect(one)


def _on_row(request: HttpRequest, row: Secondment, what: str, seen: int, actor: Actor) -> None:
    name = row.member.full_name
    if what == "o-lai":
        act(
            request,
            lambda: actions.bar(row, seen=seen, by=actor),
            done=f"Đ/c {name} ở lại chi bộ mình. Bấm Tính lại để tìm người khác.",
        )
        return
    kept = what == "giu"
    act(
        request,
        lambda: actions.keep(row, kept=kept, seen=seen, by=actor),
        done=f"Đã giữ đ/c {name} khi tính lại." if kept else f"Đ/c {name} có thể đổi khi tính lại.",
    )


@requires(Permission.ORGANIZATION_CHANGE, beside="và `member_change`, `member_list` ở cấp ủy ấy")
@require_POST
def decide(request: HttpRequest, secondment_plan_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = _led(actor, secondment_plan_id)
    form = _form(actor, request.POST)
    if not form.is_valid():
        return _page(request, actor, one, form)
    only = frozenset(map(number, request.POST.getlist("nguoi"))) | _not_shown(one, actor.today)
    decision = Decided(**form.cleaned_data, seen=version_of(request), only=only)
    try:
        founded = actions.decide(one, decision, by=actor)
    except Refused as refused:
        return _page(request, actor, found(plan_for(actor, secondment_plan_id)), form, refusal=str(refused))
    count = one.secondments.count()
    words = f"Đã cử {count} đồng chí" + (f", lập {founded} chi bộ mới." if founded else ".")
    left = draft_of(one.committee)
    if left:
        words += f" Còn {left.secondments.count()} đồng chí chưa quyết định, ở phương án dự thảo."
    messages.success(request, words)
    return redirect(one)


@requires(Permission.MEMBER_LIST)
@require_safe
def paper(request: HttpRequest, secondment_plan_id: int) -> HttpResponse:
    actor = actor_of(request)
    name, content = decision_paper(found(plan_for(actor, secondment_plan_id)), now=actor.now)
    response = HttpResponse(content, content_type=DOCUMENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
