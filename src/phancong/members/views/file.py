"""The file of a member: what to know to judge which work suits."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import Actor, may
from phancong.access.doors import ActorRequest, own
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.members.field_groups import PARTS, FieldGroup, groups_for
from phancong.members.member_file import file_of
from phancong.members.models import Member
from phancong.members.opening import open_group
from phancong.members.queries import member_for


@own
@require_safe
def detail(request: HttpRequest, member_id: int) -> HttpResponse:
    """Open to the entitled and to the member; for everybody else it does not exist."""
    actor = cast("ActorRequest", request).actor
    member = _member(request, member_id)
    groups = groups_for(actor, member)
    context = {
        "file": file_of(member, groups=groups, today=actor.today),
        "member": member,
        "shows_work": FieldGroup.WORK in groups,
        "may_transfer": _may_transfer(actor, member),
        "restricted": [
            (group.value, part.name)
            for group, part in PARTS.items()
            if part.is_restricted and group in groups
        ],
    }
    return render(request, "members/detail.html", context)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def restricted(request: HttpRequest, member_id: int, group: str) -> HttpResponse:
    """Ask what for; then show a restricted part of the file once, with the opening noted."""
    actor = cast("ActorRequest", request).actor
    member = _member(request, member_id)
    part = next((one for one in groups_for(actor, member) if one.value == group), None)
    if part is None or not PARTS[part].is_restricted:
        raise Http404
    context: dict[str, object] = {
        "member": member,
        "part": PARTS[part].name,
        "lines": None,
        "refusal": "",
        "purpose": "",
    }
    if request.method == "POST":
        context["purpose"] = request.POST.get("muc_dich", "")[:300]
        try:
            context["lines"] = open_group(member, part, purpose=str(context["purpose"]), by=actor)
        except Refused as refusal:
            context["refusal"] = str(refusal)
    return render(request, "members/restricted.html", context)


def _may_transfer(actor: Actor, member: Member) -> bool:
    """Whether the page offers to write down a transfer; nobody writes down their own."""
    if member.cell is None or actor.member_id == member.pk:
        return False
    return may(actor, Permission.TRANSFER_RECORD, member.cell.path)


def _member(request: HttpRequest, member_id: int) -> Member:
    member = member_for(cast("ActorRequest", request).actor, member_id)
    if member is None:
        raise Http404
    return member
