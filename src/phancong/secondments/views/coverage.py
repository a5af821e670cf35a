"""Thôn, tổ dân phố: the tiles, the table with what is to come, a number of promising people."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, after_of, found
from phancong.secondments import actions, policies
from phancong.secondments.coverage import Standing, area_for, overview_for, page_for
from phancong.secondments.exporting import export_hamlets
from phancong.secondments.forms import PromisingForm
from phancong.secondments.over_years import OverYears, over_years_for
from phancong.secondments.packs import secondment_rules
from phancong.secondments.queries import highest_committee_for, plans_for, serving_page

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.MEMBER_LIST)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    committee = highest_committee_for(actor)
    context = {
        "overview": overview_for(actor),
        "years": OverYears(over_years_for(actor)),
        "today": actor.today,
        "committee": committee,
        "may_lead": committee is not None and policies.may_lead(committee, by=actor),
        "plans": list(plans_for(actor).select_related("committee").order_by("-id")[:5]),
        "has_serving": bool(serving_page(actor, after=None).rows),
    }
    return render(request, "secondments/overview.html", context)


@requires(Permission.MEMBER_LIST)
@require_safe
def hamlets(request: HttpRequest) -> HttpResponse:
    actor, after = actor_of(request), after_of(request)
    standing = request.GET.get("xem", "")
    standing = standing if standing in list(Standing) else ""
    context = {
        "page": page_for(actor, after=after, standing=standing),
        "is_first": after is None,
        "asked": standing,
        "tabs": [
            ("Tất cả", "?xem=", not standing),
            *((one.words, f"?xem={one}", one == standing) for one in Standing),
        ],
        "rules": secondment_rules(actor.today),
        "may_count": any(
            policies.may_lead(place, by=actor) for place in [highest_committee_for(actor)] if place
        ),
    }
    return render(request, "secondments/hamlets.html", context)


@requires(Permission.MEMBER_LIST)
@require_safe
def workbook(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    name = f"thon-to-{actor.today:%Y-%m-%d}.xlsx"
    return FileResponse(export_hamlets(by=actor), as_attachment=True, filename=name, content_type=WORKBOOK)


@requires(Permission.MEMBER_LIST, beside="và `organization_change` ở cấp ủy của thôn, tổ ấy")
@require_http_methods(["GET", "HEAD", "POST"])
def promising(request: HttpRequest, area_id: int) -> HttpResponse:
    actor = actor_of(request)
    area = found(area_for(actor, area_id))
    found(area if policies.may_lead(area.committee, by=actor) else None)
    form = PromisingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.count_promising(area, count=form.cleaned_data["count"], by=actor)
        messages.success(request, f"Đã ghi số quần chúng ưu tú của {area.name}.")
        return redirect("secondments:hamlets")
    return render(request, "secondments/promising.html", {"area": area, "form": form})
