"""Tổ chức đảng: the tree with its figures, and one organisation."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.actor import may
from phancong.access.doors import ActorRequest, requires
from phancong.access.permissions import Permission
from phancong.figures.forms import DayForm
from phancong.organizations.queries import organizations_for
from phancong.reports.organization_page import organization_page
from phancong.reports.organization_tree import Flag, flag_words, tree_for

# A small tree is shown unfolded, so that every cell is one press away.
OPEN_UP_TO = 30


@requires(Permission.ORGANIZATION_SEE)
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    form = DayForm(request.GET, today=actor.today)
    day = form.day()
    found = tree_for(actor, day)
    flag = next((flag for flag in Flag if flag == request.GET.get("loc")), None)
    context = {
        "form": form,
        "tree": found,
        "is_today": day == actor.today,
        "all_open": found.cells <= OPEN_UP_TO,
        "has_flags": any(found.flagged.values()),
        "flag": flag_words(flag, day) if flag else "",
        "flagged": found.flagged[flag] if flag else [],
        "flags": [(flag.value, flag_words(flag, day), len(found.flagged[flag])) for flag in Flag],
    }
    return render(request, "reports/tree.html", context)


@requires(Permission.ORGANIZATION_SEE)
@require_safe
def detail(request: HttpRequest, organization_id: int) -> HttpResponse:
    actor = cast("ActorRequest", request).actor
    organization = organizations_for(actor).filter(pk=organization_id).first()
    if organization is None:
        raise Http404
    form = DayForm(request.GET, today=actor.today)
    page = organization_page(actor, organization, day=form.day())
    may_list = may(actor, Permission.MEMBER_LIST, organization.path)
    return render(
        request,
        "reports/organization.html",
        {"page": page, "organization": organization, "may_list": may_list},
    )
