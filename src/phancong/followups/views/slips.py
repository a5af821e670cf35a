"""A slip of one member's work to hand over on paper: each duty with a code that opens its page."""

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from phancong.access.doors import own
from phancong.followups.queries import slip_for
from phancong.planning.views.acting import actor_of


@own
@require_safe
def slip(request: HttpRequest, member_id: int) -> HttpResponse:
    """For the member, and for those who follow the cell's work."""
    actor = actor_of(request)
    member, works = slip_for(actor, member_id)
    if member is None:
        raise Http404
    lines = [
        (one, code_of(request.build_absolute_uri(reverse("followups:work", args=[one.assignment.pk]))))
        for one in works
    ]
    context = {"member": member, "lines": lines, "year": actor.today.year, "today": actor.today}
    return render(request, "followups/slip.html", context)


def code_of(address: str) -> SafeString:
    """A picture of the address, drawn by the library from an address of our own making."""
    drawn: str = segno.make(address, error="m").svg_inline(
        scale=3, dark="#1a1f24", light="#ffffff", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308
