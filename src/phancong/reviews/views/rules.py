"""The rule of reviews as it holds for an organisation: each value with its source; unconfirmed ones can be set."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found
from phancong.common.refusal import Refused
from phancong.organizations.queries import organizations_for
from phancong.reviews import actions
from phancong.reviews.forms import CorrectionForm
from phancong.reviews.queries.doors import committee_for
from phancong.reviews.queries.rules import corrections_at
from phancong.reviews.rule_values import CORRECTABLE, Value, choices_of, values_on
from phancong.reviews.schemes import Scheme, first_days, scheme_on


@requires(Permission.REVIEW_SEE)
@require_safe
def rules(request: HttpRequest, organization_id: int) -> HttpResponse:
    actor = actor_of(request)
    place = found(organizations_for(actor, right=Permission.REVIEW_SEE).filter(pk=organization_id).first())
    day = _day(request, actor.today)
    corrections = corrections_at(place, day)
    scheme = scheme_on(day, corrections)
    context = {
        "place": place,
        "day": day,
        "scheme": scheme,
        "rows": [
            (value, CORRECTABLE[value.field], words(scheme, value)) for value in values_on(day, corrections)
        ],
        "days": [
            (f"{first:%Y-%m-%d}", f"từ {first:%d/%m/%Y}", first == scheme.valid_from)
            for first in first_days()
        ],
        "may_correct": may(actor, Permission.REVIEW_LEAD, place.path),
        "trail": [("Kiểm điểm, xếp loại", reverse("reviews:list"))],
    }
    return render(request, "reviews/rules.html", context)


def words(scheme: Scheme, value: Value) -> str:
    """A value as people read it."""
    if value.field == "base":
        return " và ".join(scheme.short_name(code) for code in value.value)
    return choices_of(value).get(str(value.value), str(value.value))


def _day(request: HttpRequest, today: date) -> date:
    """A first day of a version as pages name it; otherwise today."""
    asked = request.GET.get("ban", "")
    return next((first for first in first_days() if f"{first:%Y-%m-%d}" == asked), today)


@requires(Permission.REVIEW_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, organization_id: int, address: str) -> HttpResponse:
    """Set one value by a decision."""
    actor = actor_of(request)
    place = found(committee_for(actor, organization_id))
    day = _day(request, actor.today)
    corrections = corrections_at(place, day)
    scheme = scheme_on(day, corrections)
    value = next((one for one in values_on(day, corrections) if one.address == address), None)
    if value is None or not value.may_be_corrected:
        raise Http404
    levels = [(level.code, level.name) for level in scheme.best_first] if value.field == "base" else []
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, value=value, today=actor.today, levels=levels
    )
    back = f"{reverse('reviews:rules', args=[place.pk])}?ban={scheme.valid_from:%Y-%m-%d}"
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.correct_value(
                place,
                day=day,
                address=value.address,
                text=told["value"],
                decision_number=told["decision_number"],
                decided_on=told["decided_on"],
                by=actor,
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã ghi giá trị mới. Đợt kiểm điểm đang mở tính theo giá trị này.")
            return redirect(back)
    context = {
        "place": place,
        "value": value,
        "label": CORRECTABLE[value.field],
        "held": words(scheme, value),
        "form": form,
        "refusal": refusal,
        "back": back,
        "has_levels": bool(levels),
        "trail": [("Kiểm điểm, xếp loại", reverse("reviews:list")), ("Quy định đánh giá", back)],
    }
    return render(request, "reviews/correct.html", context)
