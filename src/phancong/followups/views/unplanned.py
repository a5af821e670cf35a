"""Chi bộ chưa có kế hoạch: the list, and one button that reminds them all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.terms import terms_on
from phancong.followups.unplanned import unplanned_page
from phancong.followups.views.directing import number_of
from phancong.planning.policies import years_to_plan
from phancong.planning.views.acting import actor_of


@requires(Permission.PLAN_CHANGE)
@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    year = _year(request.GET.get("nam"), actor)
    context = {
        "year": year,
        "years": [other for other in years_to_plan(actor.today) if other != year],
        "page": unplanned_page(actor, year=year, after=number_of(request.GET.get("sau"))),
        "is_first": "sau" not in request.GET,
        "rest_days": terms_on(actor.today).plan_reminder_days,
    }
    return render(request, "followups/unplanned.html", context)


@requires(Permission.PLAN_CHANGE)
@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    year = _year(request.POST.get("nam"), actor)
    try:
        done = actions.remind_unplanned(year=year, by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return _back(year)
    if done.cells:
        messages.success(
            request,
            f"Đã nhắc {done.cells} chi bộ. Bí thư, phó bí thư thấy lời nhắc ở Việc hôm nay.{_unled(done.unled)}",
        )
    else:
        messages.info(request, f"Không còn chi bộ nào cần nhắc hôm nay.{_unled(done.unled)}")
    return _back(year)


def _unled(cells: int) -> str:
    return f" {cells} chi bộ chưa có bí thư, phó bí thư để nhắc." if cells else ""


def _year(text: str | None, actor: Actor) -> int:
    """The year asked for where plans of it can be made, else this one."""
    asked = number_of(text)
    return asked if asked in years_to_plan(actor.today) else actor.today.year


def _back(year: int) -> HttpResponse:
    return redirect(f"{reverse('directing:unplanned')}?nam={year}")
