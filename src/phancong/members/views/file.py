"""The file of a member: what to know to judge which work suits."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from phancong.access.doors import ActorRequest, own
from phancong.members.member_file import file_of
from phancong.members.queries import member_for


@own
def detail(request: HttpRequest, member_id: int) -> HttpResponse:
    """Open to the entitled and to the member; for everybody else it does not exist."""
    actor = cast("ActorRequest", request).actor
    member = member_for(actor, member_id)
    if member is None:
        raise Http404
    return render(
        request, "members/detail.html", {"file": file_of(member, today=actor.today), "member": member}
    )
