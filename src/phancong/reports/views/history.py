"""Work over the years: of a member, and of oneself."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.doors import ActorRequest, own
from phancong.members.field_groups import FieldGroup, groups_for
from phancong.members.queries import member_for
from phancong.reports.work_history import OUTCOMES, work_history


@own
@require_safe
def history(request: HttpRequest, member_id: int) -> HttpResponse:
    """Open to those entitled to the work of the file, and to the member; for everybody else it does not exist."""
    actor = cast("ActorRequest", request).actor
    member = member_for(actor, member_id)
    if member is None or FieldGroup.WORK not in groups_for(actor, member):
        raise Http404
    context = {
        "member": member,
        "is_own": actor.member_id == member.pk,
        "years": work_history(member, today=actor.today),
        "legend": OUTCOMES,
    }
    return render(request, "reports/work_history.html", context)
