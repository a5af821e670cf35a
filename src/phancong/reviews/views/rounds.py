"""The rounds of a committee: opening, watching, deciding, closing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor, may, may_anywhere
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import act, actor_of, after_of, found, version_of
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.organizations.queries import organizations_for
from phancong.reviews import actions, policies
from phancong.reviews.enums import RoundState, Stage
from phancong.reviews.forms import DecisionForm, OpenForm
from phancong.reviews.models import Round
from phancong.reviews.queries.doors import (
    committee_for,
    led_round_for,
    reviews_for,
    round_for,
    rounds_for,
)
from phancong.reviews.queries.pages import missing_page, round_page
from phancong.reviews.queries.rules import scheme_of

MOST_ROUNDS = 60
MOST_PARTS = 40


@requires(Permission.REVIEW_SEE)
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds the actor sees, and the cells whose part they write themselves."""
    actor = actor_of(request)
    rounds = list(rounds_for(actor)[:MOST_ROUNDS])
    own = reviews_for(actor).filter(round__state=RoundState.OPEN, cell__members=actor.member_id or 0)
    context = {
        "rounds": rounds,
        "own_parts": list(own.order_by("-round__year")[:MOST_PARTS]),
        "may_open": may_anywhere(actor, Permission.REVIEW_LEAD),
        "committees": list(_committees(actor)),
    }
    return render(request, "reviews/rounds.html", context)


def _committees(actor: Actor) -> list[Organization]:
    """The highest organisations in which the actor may open a round."""
    if not may_anywhere(actor, Permission.REVIEW_LEAD):
        return []
    held = organizations_for(actor, right=Permission.REVIEW_LEAD)
    return list(held.order_by("depth", "sort_key", "id")[:1])


@requires(Permission.REVIEW_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, organization_id: int) -> HttpResponse:
    actor = actor_of(request)
    committee = found(committee_for(actor, organization_id))
    year = actor.today.year
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        today=actor.today,
        initial={
            "year": year,
            "rules_on": f"{actor.today:%d/%m/%Y}",
            "counted_on": f"{actor.today:%d/%m/%Y}",
        },
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_round(committee, by=actor, **form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Đã mở đợt kiểm điểm năm {made.year}.")
            return redirect("reviews:round", made.pk)
    return render(request, "reviews/open.html", {"committee": committee, "form": form, "refusal": refusal})


@requires(Permission.REVIEW_SEE)
@require_safe
def round_view(request: HttpRequest, round_id: int) -> HttpResponse:
    actor = actor_of(request)
    held = found(round_for(actor, round_id))
    stage = request.GET.get("buoc", "")
    scheme = scheme_of(held)
    after = after_of(request)
    page = round_page(actor, held, scheme, after=after, stage=stage)
    is_led = may(actor, Permission.REVIEW_LEAD, held.committee.path) and bool(held.committee.path)
    context = {
        "round": held,
        "scheme": scheme,
        "page": page,
        "stage": stage,
        "is_first": after is None,
        "may_lead": is_led and held.state == RoundState.OPEN,
        "may_decide": held.state == RoundState.OPEN and may_anywhere(actor, Permission.REVIEW_APPRAISE),
        "has_two_ways": any(row.counted_inside for row in page.totals.rows),
        "closing": getattr(held, "closing", None) if is_led else None,
        "trail": [("Kiểm điểm, xếp loại", reverse("reviews:list"))],
    }
    return render(request, "reviews/round.html", context)


@requires(Permission.REVIEW_SEE)
@require_safe
def missing(request: HttpRequest, round_id: int) -> HttpResponse:
    """Who has no grade yet, by name."""
    actor = actor_of(request)
    held = found(round_for(actor, round_id))
    after = after_of(request)
    context = {
        "round": held,
        "page": missing_page(actor, held, after=after),
        "is_first": after is None,
        "trail": _trail(held),
    }
    return render(request, "reviews/missing.html", context)


def _trail(held: Round) -> list[tuple[str, str]]:
    return [("Kiểm điểm, xếp loại", reverse("reviews:list")), (str(held), held.get_absolute_url())]


@requires(Permission.REVIEW_LEAD)
@require_POST
def step(request: HttpRequest, round_id: int) -> HttpResponse:
    """Bring the roll up to date, or close the round."""
    actor = actor_of(request)
    held = found(led_round_for(actor, round_id))
    if request.POST.get("viec") == "chot":
        act(
            request,
            lambda: actions.close_round(held, seen=version_of(request), by=actor),
            done="Đã chốt số liệu của đợt.",
        )
    elif request.POST.get("viec") == "danh-sach":
        _refresh(request, held, actor)
    else:
        messages.error(request, "Chưa chọn việc cần làm. Bấm một nút ở trang này.")
    return redirect("reviews:round", held.pk)


def _refresh(request: HttpRequest, held: Round, actor: Actor) -> None:
    try:
        came, left = actions.refresh_roll(held, by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã cập nhật danh sách: thêm {came}, đưa ra {left} đồng chí.")


@requires(Permission.REVIEW_APPRAISE, beside="và đứng trên các chi bộ được quyết định")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, round_id: int) -> HttpResponse:
    """One decision for all parts that are appraised and that the actor stands above."""
    actor = actor_of(request)
    held = found(round_for(actor, round_id))
    waiting = reviews_for(actor, Permission.REVIEW_APPRAISE).filter(round=held, stage=Stage.APPRAISED)
    parts = [one for one in waiting.order_by("sort_key", "id") if policies.may_judge(actor, one.cell)]
    form = DecisionForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        chosen = {int(one) for one in request.POST.getlist("chi-bo") if one.isascii() and one.isdigit()}
        picked = [one for one in parts if one.pk in chosen]
        try:
            count = actions.decide(picked, decision=form.cleaned_data["decision"], by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(
                request, f"Đã ghi quyết định xếp loại {count} đồng chí của {len(picked)} chi bộ."
            )
            return redirect("reviews:round", held.pk)
    context = {"round": held, "parts": parts, "form": form, "refusal": refusal, "trail": _trail(held)}
    return render(request, "reviews/decide.html", context)
