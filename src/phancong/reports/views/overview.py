"""Toàn cảnh: all branches of a committee on one screen."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.figures.views.asking import asked_for
from phancong.organizations.queries import organizations_for, steps_of
from phancong.oversight import policies
from phancong.oversight.queries import charged_paths
from phancong.reports.overview import overview_of


@requires(Permission.FIGURES_SEE)
@require_safe
def place(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request)
    charged = charged_paths(asked.actor)
    mine = {steps_of(path)[-1] for path in charged}
    found = overview_of(asked.base, asked=request.GET.get("loc", ""), mine=mine)
    context = {
        "asked": asked,
        "base": asked.base,
        "overview": found,
        "is_today": asked.base.day == asked.actor.today,
        "filters": [
            (words, count, f"{asked.query}&{urlencode({'loc': code})}", code == found.asked)
            for code, words, count in found.filters
        ],
        "writable": _writable(asked.actor, [line.organization_id for line in found.lines]),
        "trail": _trail(asked.actor, asked.base.root_id),
    }
    return render(request, "reports/overview.html", context)


def _writable(actor: Actor, keys: list[int | None]) -> set[int]:
    """Branches to which the reader may write a note."""
    charged = charged_paths(actor)
    rows = organizations_for(actor, right=Permission.NOTE_SEE).filter(pk__in=[key for key in keys if key])
    return {one.pk for one in rows if policies.may_write(one, by=actor, charged=charged)}


def _trail(actor: Actor, root_id: int | None) -> list[tuple[str, str]]:
    """The organisations above, as far as the reader sees figures."""
    seen = organizations_for(actor, right=Permission.FIGURES_SEE)
    root = seen.filter(pk=root_id).first() if root_id else None
    if root is None:
        return []
    above = seen.filter(pk__in=steps_of(root.path)[:-1]).order_by("depth").values_list("id", "name")
    return [(name, f"?to-chuc={pk}") for pk, name in above]
