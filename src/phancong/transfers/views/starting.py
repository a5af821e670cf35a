"""A new transfer: who, where to and why; what it changes is shown before it is written down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phancong.access.actor import Actor, may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.transfers import actions
from phancong.transfers.actions.sending import check_request
from phancong.transfers.clocks import begin_by
from phancong.transfers.effects import Coming, coming, leaving
from phancong.transfers.enums import Kind
from phancong.transfers.forms import RequestForm
from phancong.transfers.policies import check_may_request
from phancong.transfers.queries import PICKED, open_transfer_of, sendable, sendable_for

MOST_WORDS = 80


@requires(Permission.TRANSFER_RECORD)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Whose transfer it is."""
    words = request.GET.get("tim", "")[:MOST_WORDS].replace("\x00", "")
    members = sendable_for(actor_of(request), words=words)
    context = {"members": members, "words": words, "is_cut": len(members) == PICKED}
    return render(request, "transfers/choose.html", context)


@requires(Permission.TRANSFER_RECORD, beside="ở chi bộ của đồng chí ấy")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, member_id: int) -> HttpResponse:
    """Sent once, the page comes back with what the transfer changes and the button that writes it down."""
    actor = actor_of(request)
    member = found(sendable(actor, member_id))
    is_sent = request.method == "POST"
    today = f"{actor.today:%d/%m/%Y}"
    form = RequestForm(
        request.POST if is_sent else None, initial={"kind": Kind.OFFICIAL, "requested_on": today}
    )
    context: dict[str, Any] = {
        "member": member,
        "form": form,
        "refusal": "",
        "open": open_transfer_of(member),
        "leaving": None,
        "coming": None,
        "due": None,
    }
    if is_sent and form.is_valid():
        asked = actions.Request(**form.cleaned_data)
        try:
            if request.POST.get("viec") == "ghi":
                row = actions.request(member, asked, by=actor)
                messages.success(request, f"Đã lập hồ sơ chuyển sinh hoạt của đ/c {member.full_name}.")
                return redirect(row)
            context |= _preview(member, asked, actor)
        except Refused as refused:
            context["refusal"] = str(refused)
    return render(request, "transfers/start.html", context)


def _preview(member: Member, asked: actions.Request, actor: Actor) -> dict[str, Any]:
    home = check_may_request(member, by=actor)
    check_request(member, home, asked, today=actor.today)
    return {
        "leaving": leaving(member, home, kind=asked.kind, today=actor.today),
        "coming": _coming(asked.cell, actor),
        "due": begin_by(asked.decided_on),
    }


def _coming(cell: Organization | None, actor: Actor) -> Coming | None:
    """The plan of the other cell is told to those who read it."""
    if cell is None or not may(actor, Permission.PLAN_SEE, cell.path):
        return None
    return coming(cell, today=actor.today)
