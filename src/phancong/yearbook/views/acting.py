"""What the pages of the year have in common."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.yearbook import policies
from phancong.yearbook.queries.doors import cell_for

T = TypeVar("T")
_TABS = (
    ("Còn thiếu", "overview"),
    ("Nơi cư trú", "residence"),
    ("Cam kết", "pledges"),
    ("Học tập", "study"),
    ("Nhận xét", "remarks"),
)


def actor_of(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def found(thing: T | None) -> T:
    """What is out of scope and what does not exist answer alike."""
    if thing is None:
        raise Http404
    return thing


def cell_of_year(request: HttpRequest, cell_id: int, year: int) -> tuple[Actor, Organization]:
    """The door to every page of a cell's year."""
    actor = actor_of(request)
    if not policies.may_show(year, today=actor.today):
        raise Http404
    return actor, found(cell_for(actor, cell_id))


def recorded_cell(request: HttpRequest, cell_id: int, year: int) -> tuple[Actor, Organization]:
    """The door to pages where something is recorded."""
    actor, cell = cell_of_year(request, cell_id, year)
    if not policies.may_record(actor, cell):
        raise Http404
    return actor, cell


def cell_context(actor: Actor, cell: Organization, year: int, here: str) -> dict[str, Any]:
    """The frame of a cell's pages."""
    return {
        "cell": cell,
        "year": year,
        "tabs": [
            (name, reverse(f"yearbook:{view}", args=[cell.pk, year]), view == here) for name, view in _TABS
        ],
        "may_record": policies.may_record(actor, cell),
        "may_read": policies.may_read_texts(actor, cell),
        "today": actor.today,
    }


def number(text: str | None) -> int:
    """A key of a row as pages send it; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def after_of(request: HttpRequest) -> int | None:
    return number(request.GET.get("sau")) or None


def version_of(request: HttpRequest) -> int:
    """The version on the page that was sent; 0 when it sent none."""
    return number(request.POST.get("version", "")[:9])


def act(request: HttpRequest, do: Callable[[], Any], *, done: str) -> bool:
    """Do it and say so, or say why not; whether it was done."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
