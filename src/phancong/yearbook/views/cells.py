"""The cells with what is missing in their year, and the year of one cell."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.yearbook import policies
from phancong.yearbook.packs import residence_rules, rule_day, year_rules
from phancong.yearbook.queries.figures import Figures, figures_of
from phancong.yearbook.queries.pages import cells_page
from phancong.yearbook.views.acting import actor_of, after_of, cell_context, cell_of_year, number

# What each figure asks for, and the page where it is done.
_TASKS = (
    ("letters_here", "giấy giới thiệu gửi đến, chờ chi bộ nhận", "incoming"),
    ("remarks_here", "đồng chí cư trú ở đây chờ chi bộ nhận xét", "incoming"),
    ("without_contact", "đồng chí chưa ghi nhóm, nơi cư trú", "residence"),
    ("without_letter", "đồng chí chưa có giấy giới thiệu", "residence"),
    ("letter_not_received", "giấy giới thiệu nơi cư trú chưa nhận", "residence"),
    ("remark_to_ask", "đồng chí cần xin nhận xét của nơi cư trú", "residence"),
    ("remark_waiting", "nhận xét của nơi cư trú chưa có", "residence"),
    ("without_pledge", "đồng chí chưa đăng ký cam kết", "pledges"),
    ("pledge_to_receive", "bản cam kết chờ bí thư nhận", "pledges"),
    ("unmarked", "lượt học chưa điểm danh", "study"),
    ("to_catch_up", "lượt học cần học bù", "study"),
    ("opinions_waiting", "nhận xét của Mặt trận, đoàn thể, nhân dân chưa có", "remarks"),
)


@requires(Permission.YEARBOOK_SEE)
@require_safe
def cell_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    year = number(request.GET.get("nam")) or actor.today.year
    if not policies.may_show(year, today=actor.today):
        raise Http404
    page = cells_page(actor, year=year, after=after_of(request))
    context = {
        "year": year,
        "years": [other for other in (year - 1, year + 1) if policies.may_show(other, today=actor.today)],
        "page": page,
        "is_first": "sau" not in request.GET,
        "extra": f"nam={year}",
    }
    return render(request, "yearbook/list.html", context)


@requires(Permission.YEARBOOK_SEE)
@require_safe
def overview(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor, cell = cell_of_year(request, cell_id, year)
    figures = figures_of([cell.pk], year=year, today=actor.today)[cell.pk]
    day = rule_day(year, actor.today)
    context = cell_context(actor, cell, year, "overview") | {
        "figures": figures,
        "tasks": tasks_of(figures, cell.pk, year),
        "years": [other for other in (year - 1, year + 1) if policies.may_show(other, today=actor.today)],
        "asks_from": residence_rules(day).asks_from(year),
        "remarks_due": residence_rules(day).due(year),
        "pledge_due": year_rules(day).pledge_due(year),
    }
    return render(request, "yearbook/overview.html", context)


def tasks_of(figures: Figures, cell_id: int, year: int) -> list[dict[str, Any]]:
    return [
        {
            "count": getattr(figures, name),
            "title": title,
            "url": reverse(f"yearbook:{view}", args=[cell_id, year]),
        }
        for name, title, view in _TASKS
        if getattr(figures, name)
    ]
