"""The pledges of a cell."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.yearbook import actions, policies
from phancong.yearbook.enums import Subject
from phancong.yearbook.forms import PledgeForm
from phancong.yearbook.packs import rule_day, year_rules
from phancong.yearbook.queries.doors import corrections_of, member_in, own_pledge, pledge_for
from phancong.yearbook.queries.pages import notes_of, pledges_page
from phancong.yearbook.views.acting import (
    act,
    actor_of,
    after_of,
    cell_context,
    cell_of_year,
    found,
    version_of,
)

WHAT = "Bản cam kết, sổ tay trong năm"


@requires(Permission.YEARBOOK_SEE)
@require_safe
def pledges(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor, cell = cell_of_year(request, cell_id, year)
    due = year_rules(rule_day(year, actor.today)).pledge_due(year)
    context = cell_context(actor, cell, year, "pledges") | {
        "page": pledges_page(cell, year=year, today=actor.today, after=after_of(request)),
        "is_first": "sau" not in request.GET,
        "due": due,
        "is_late": actor.today > due,
    }
    return render(request, "yearbook/pledges.html", context)


@requires(Permission.YEARBOOK_SEE, beside="và `yearbook_text_see` ở chi bộ ấy")
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: HttpRequest, cell_id: int, year: int, member_id: int) -> HttpResponse:
    """One member's pledge and notes; the secretary types a paper one in."""
    actor, cell = cell_of_year(request, cell_id, year)
    if not policies.may_read_texts(actor, cell):
        raise Http404
    member = found(member_in(actor, cell, member_id))
    held = own_pledge(member, year)
    may_write = policies.may_record(actor, cell)
    if request.method == "POST" and not may_write:
        raise Http404
    day = held.registered_on if held else actor.today
    form = PledgeForm(
        request.POST if request.method == "POST" else None,
        initial={"content": held.content if held else "", "registered_on": f"{day:%d/%m/%Y}"},
        today=actor.today,
        is_new=held is None,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.register_pledge(
                member, year=year, version=version_of(request), by=actor, **form.cleaned_data
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:pledge", cell.pk, year, member.pk)
    notes = notes_of(member, year=year)
    if (held or notes) and member.pk != actor.member_id:
        log.record_text_read(
            by=actor, member_id=member.pk, place=cell.path, what=WHAT, right=Permission.YEARBOOK_TEXT_SEE
        )
    context = cell_context(actor, cell, year, "pledges") | {
        "member": member,
        "pledge": held,
        "seen": held.version if held else 0,
        "may_write": may_write,
        "may_receive": may_write and held and not held.received_on and member.pk != actor.member_id,
        "form": form,
        "refusal": refusal,
        "notes": notes,
        "corrections": corrections_of(Subject.PLEDGE, held.pk if held else None),
    }
    return render(request, "yearbook/pledge.html", context)


@require_POST
@requires(Permission.YEARBOOK_RECORD)
def receive(request: HttpRequest, pledge_id: int) -> HttpResponse:
    actor = actor_of(request)
    held = found(pledge_for(actor, pledge_id))
    cell: Organization = found(held.member.cell)
    if not policies.may_record(actor, cell):
        raise Http404
    act(
        request,
        lambda: actions.receive_pledge(held, version=version_of(request), by=actor),
        done=f"Đã nhận bản cam kết của đ/c {held.member.full_name}.",
    )
    return redirect("yearbook:pledges", cell.pk, held.year)
