"""Số liệu: a sheet by branch, what stands behind a figure, the years beside each other."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import after_of, number
from phancong.figures.behind import column_called, page_behind
from phancong.figures.counting import Table, key_of, table_of
from phancong.figures.enums import Tree
from phancong.figures.sections import SHEETS
from phancong.figures.telling import told
from phancong.figures.views.asking import Asked, asked_for, query_of, sheet_of
from phancong.figures.years import days_of, first_day, pictures_of, years_for
from phancong.organizations.queries import organizations_for


@requires(Permission.FIGURES_SEE)
@require_safe
def sheet(request: HttpRequest, code: str = SHEETS[0].code) -> HttpResponse:
    asked, wanted = asked_for(request), sheet_of(code)
    table = told(table_of(asked.base, wanted))
    context = {
        "asked": asked,
        "base": asked.base,
        "sheet": wanted,
        "table": table,
        "rows": _rows(table, asked),
        "total": _cells(table, table.total, asked, branch=None),
        "faults": [
            (fault.words, _behind(table, asked, fault.column, fault.branch)) for fault in table.faults
        ],
        "sheets": [
            (one.title, f"{reverse('figures:sheet', args=[one.code])}?{asked.query}", one is wanted)
            for one in SHEETS
        ],
        "trees": [
            (tree.label, query_of(asked.base, root_id=asked.base.root_id, tree=tree), tree == asked.base.tree)
            for tree in Tree
        ],
        "hand_id": asked.base.root_id or _highest(asked),
        "is_today": asked.base.day == asked.actor.today,
    }
    return render(request, "figures/sheet.html", context)


def _highest(asked: Asked) -> int | None:
    """The one organisation at the top of what the actor sees, for whoever looks at everything."""
    seen = organizations_for(asked.actor, right=Permission.FIGURES_SEE)
    return seen.order_by("depth", "sort_key", "id").values_list("id", flat=True).first()


def _rows(table: Table, asked: Asked) -> list[tuple[str, str, list[tuple[str, int | None, str]]]]:
    """Name of the branch, the address of its own page, and its figures."""
    here = reverse("figures:sheet", args=[table.sheet.code])
    return [
        (
            line.branch.name,
            f"{here}?{query_of(asked.base, root_id=line.branch.key)}" if line.branch.is_open else "",
            _cells(table, line.figures, asked, branch=line.branch.key),
        )
        for line in table.lines
    ]


def _cells(
    table: Table, figures: dict[str, int | None], asked: Asked, *, branch: int | None
) -> list[tuple[str, int | None, str]]:
    """Words of the column, the figure, and the address of the rows behind it for those who may list them."""
    return [
        (column.words, count, _behind(table, asked, key, branch) if count and table.base.sees_files else "")
        for section, column in table.columns
        for key in [key_of(section, column)]
        for count in [figures[key]]
    ]


def _behind(table: Table, asked: Asked, key: str, branch: int | None) -> str:
    address = f"{reverse('figures:behind', args=[table.sheet.code])}?{asked.query}&cot={key}"
    return address if branch is None else f"{address}&nhanh={branch}"


@requires(Permission.FIGURES_SEE, beside="và `member_list` ở tổ chức ấy")
@require_safe
def behind(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the rows that a figure counts; only for those who may list them."""
    asked, wanted = asked_for(request), sheet_of(code)
    if not asked.base.sees_files:
        raise Http404
    pair = column_called(wanted, asked.base, request.GET.get("cot", ""))
    if pair is None:
        section, column = wanted.columns(asked.base)[0]
    else:
        section, column = pair
    branch = _branch(request)
    after = after_of(request)
    page = page_behind(asked.base, section, column, branch=branch, after=after)
    names = {one.key: one.name for one in asked.base.branches}
    query = f"{asked.query}&cot={key_of(section, column)}" + (
        f"&nhanh={branch}" if branch is not None else ""
    )
    context = {
        "asked": asked,
        "base": asked.base,
        "sheet": wanted,
        "column": column,
        "unit": section.source.unit,
        "branch": names.get(branch, "") if branch is not None else asked.base.name,
        "page": page,
        "query": query,
        "is_first": after is None,
        "back": f"{reverse('figures:sheet', args=[wanted.code])}?{asked.query}",
    }
    return render(request, "figures/behind.html", context)


def _branch(request: HttpRequest) -> int | None:
    text = request.GET.get("nhanh", "")
    if text in {"-1", "-2"}:
        return int(text)
    return number(text) if text else None


@requires(Permission.FIGURES_SEE)
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """The years beside each other, with pictures."""
    asked = asked_for(request)
    first = first_day()
    until = number(request.GET.get("den")) or asked.actor.today.year
    days = days_of(first, asked.actor.today, until=until) if first else []
    rows = years_for(asked.actor, root_id=asked.base.root_id, days=days)
    context: dict[str, Any] = {
        "asked": asked,
        "base": asked.base,
        "rows": rows,
        "pictures": pictures_of(rows) if asked.base.sees_files else [],
        "earlier": days[0].year - 1 if first and days and days[0].year > first.year else None,
        "later": min(until + len(days), asked.actor.today.year) if until < asked.actor.today.year else None,
    }
    return render(request, "figures/years.html", context)
