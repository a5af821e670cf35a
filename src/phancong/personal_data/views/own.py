"""A member's own data: what is held, who may see it, who looked, and a copy to take home."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest, own
from phancong.members.models import Member
from phancong.personal_data.actions import note_copy
from phancong.personal_data.copying import as_data, as_pdf
from phancong.personal_data.held import held_about
from phancong.personal_data.queries import own_member
from phancong.personal_data.watching import looks_at, rights_table, who_may_see

# Rows of a kind on the page; the copies hold all.
MOST_ROWS = 20
TABS = (
    ("Đang lưu gì", "personal_data:held"),
    ("Ai được xem", "personal_data:viewers"),
    ("Ai đã xem", "personal_data:looks"),
    ("Yêu cầu của tôi", "personal_data:requests"),
)


def person(request: HttpRequest) -> tuple[Actor, Member]:
    """The actor as a member; accounts that belong to no member have no such pages."""
    actor = cast("ActorRequest", request).actor
    member = own_member(actor)
    if member is None:
        raise Http404
    return actor, member


def tabs(current: str) -> list[tuple[str, str, bool]]:
    return [(name, reverse(view), view == current) for name, view in TABS]


@require_safe
@own
def held(request: HttpRequest) -> HttpResponse:
    actor, member = person(request)
    groups = [group for group in held_about(member, today=actor.today, most=MOST_ROWS) if group.rows]
    context = {"tabs": tabs("personal_data:held"), "member": member, "groups": groups, "today": actor.today}
    return render(request, "personal_data/held.html", context)


@require_safe
@own
def viewers(request: HttpRequest) -> HttpResponse:
    actor, member = person(request)
    context = {
        "tabs": tabs("personal_data:viewers"),
        "viewers": who_may_see(member, actor.today),
        "table": rights_table(),
    }
    return render(request, "personal_data/viewers.html", context)


@require_safe
@own
def looks(request: HttpRequest) -> HttpResponse:
    actor, member = person(request)
    asked = request.GET.get("truoc", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    page = looks_at(member, today=actor.today, before=before)
    context = {"tabs": tabs("personal_data:looks"), "page": page, "is_first": before is None}
    return render(request, "personal_data/looks.html", context)


@require_safe
@own
def copy_json(request: HttpRequest) -> HttpResponse:
    actor, member = person(request)
    note_copy(member, form="json", by=actor)
    answer = JsonResponse(
        as_data(member, now=actor.now), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    return _as_file(answer, f"du-lieu-cua-toi-{actor.today:%d-%m-%Y}.json")


@require_safe
@own
def copy_pdf(request: HttpRequest) -> HttpResponse:
    actor, member = person(request)
    note_copy(member, form="pdf", by=actor)
    answer = HttpResponse(as_pdf(member, now=actor.now), content_type="application/pdf")
    return _as_file(answer, f"du-lieu-cua-toi-{actor.today:%d-%m-%Y}.pdf")


def _as_file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
