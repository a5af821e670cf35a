"""Remarks of the Front, mass organisations and residents; one remark of any kind, from either side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.yearbook import actions, policies
from phancong.yearbook.actions.remarks import Given, check_may_write
from phancong.yearbook.enums import Subject
from phancong.yearbook.forms import OpinionForm, RemarkForm
from phancong.yearbook.models import Remark
from phancong.yearbook.policies import FACTS_ONLY
from phancong.yearbook.queries.doors import about, cell_for, corrections_of, remark_for
from phancong.yearbook.queries.pages import remarks_page
from phancong.yearbook.views.acting import (
    actor_of,
    after_of,
    cell_context,
    cell_of_year,
    found,
    number,
    version_of,
)

WHAT = "Nhận xét về đồng chí"


@requires(Permission.YEARBOOK_SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def remarks(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """What was asked and what is there; a new question to whoever may record."""
    actor, cell = cell_of_year(request, cell_id, year)
    context = cell_context(actor, cell, year, "remarks")
    if request.method == "POST" and not context["may_record"]:
        raise Http404
    roll = Member.objects.on_roll().filter(cell=cell).order_by("sort_key", "id")
    people = {member.pk: member for member in roll}
    form = OpinionForm(
        request.POST if request.method == "POST" else None,
        people={pk: member.full_name for pk, member in people.items()},
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        told["member"] = people.get(number(told["member"]))
        try:
            actions.ask_opinion(cell, year=year, by=actor, **told)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:remarks", cell.pk, year)
    context |= {
        "page": remarks_page(cell, year=year, after=after_of(request)),
        "is_first": "sau" not in request.GET,
        "form": form,
        "refusal": refusal,
        "facts_only": FACTS_ONLY,
    }
    return render(request, "yearbook/remarks.html", context)


@requires(Permission.YEARBOOK_SEE, beside="và `yearbook_text_see` ở chi bộ xin hoặc chi bộ nơi cư trú")
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    """Read by the secretaries of both sides and by an inspector; written by whoever may record there."""
    actor = actor_of(request)
    held = found(remark_for(actor, remark_id))
    place = _side(actor, held)
    may_write = _may_write(actor, held)
    if request.method == "POST" and not may_write:
        raise Http404
    form = RemarkForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(held, actor),
        today=actor.today,
        is_new=not held.text,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        reason = told.pop("reason", "")
        try:
            actions.write_remark(
                held, given=Given(**told), version=version_of(request), reason=reason, by=actor
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:remark", held.pk)
    subject = held.contact.member_id if held.contact else held.member_id
    if held.text and subject is not None and subject != actor.member_id:
        log.record_text_read(
            by=actor, member_id=subject, place=place.path, what=WHAT, right=Permission.YEARBOOK_TEXT_SEE
        )
    context = cell_context(actor, place, held.year, "residence" if held.contact else "remarks") | {
        "remark": held,
        "about": about(held),
        "is_home": place.pk != held.cell_id,
        "may_write": may_write,
        "form": form,
        "refusal": refusal,
        "facts_only": FACTS_ONLY,
        "corrections": corrections_of(Subject.REMARK, held.pk),
    }
    return render(request, "yearbook/remark.html", context)


def _side(actor: Actor, held: Remark) -> Organization:
    """The cell on whose side the actor reads; somebody who may read on neither does not find the page."""
    home = held.contact.residence_cell if held.contact else None
    for cell in (held.cell, home):
        if cell is not None and policies.may_read_texts(actor, cell):
            return cell if cell.pk != held.cell_id else found(cell_for(actor, cell.pk))
    raise Http404


def _may_write(actor: Actor, held: Remark) -> bool:
    if held.member_id is not None and held.member_id == actor.member_id:
        return False
    try:
        check_may_write(held, by=actor)
    except Refused:
        return False
    return True


def _initial(held: Remark, actor: Actor) -> dict[str, object]:
    day = held.given_on or actor.today
    home = held.contact.residence_cell if held.contact else None
    is_home = home is not None and policies.may_record(actor, home)
    return {
        "text": held.text,
        "given_by": held.given_by or held.asked_of,
        "given_on": f"{day:%d/%m/%Y}",
        "on_paper": held.on_paper or not (held.text or is_home),
    }
