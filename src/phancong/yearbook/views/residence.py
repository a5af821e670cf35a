"""Contact with the place of residence, from both sides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import PATH_WIDTH, Area, Organization, in_places
from phancong.yearbook import actions, policies
from phancong.yearbook.enums import Subject
from phancong.yearbook.forms import ContactForm, PurposeForm, ReceiveForm
from phancong.yearbook.models import ResidenceContact
from phancong.yearbook.packs import residence_rules, rule_day
from phancong.yearbook.queries.doors import (
    contact_at_home_for,
    contact_at_work_for,
    corrections_of,
    member_in,
)
from phancong.yearbook.queries.pages import contacts_page, incoming_page
from phancong.yearbook.views.acting import (
    act,
    actor_of,
    after_of,
    cell_context,
    cell_of_year,
    found,
    recorded_cell,
    version_of,
)


@requires(Permission.YEARBOOK_SEE)
@require_safe
def contacts(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """Members of the cell who live elsewhere."""
    actor, cell = cell_of_year(request, cell_id, year)
    rules = residence_rules(rule_day(year, actor.today))
    context = cell_context(actor, cell, year, "residence") | {
        "page": contacts_page(cell, year=year, today=actor.today, after=after_of(request)),
        "is_first": "sau" not in request.GET,
        "asks_from": rules.asks_from(year),
        "due": rules.due(year),
        "yearly": {code for code, group in rules.groups.items() if group.yearly_remark},
        "introduced": {code for code, group in rules.groups.items() if group.is_introduced},
    }
    return render(request, "yearbook/residence.html", context)


@requires(Permission.YEARBOOK_SEE)
@require_safe
def incoming(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """Members of other cells who live in the area of this one."""
    actor, cell = cell_of_year(request, cell_id, year)
    context = cell_context(actor, cell, year, "residence") | {
        "page": incoming_page(cell, year=year, after=after_of(request)),
        "is_first": "sau" not in request.GET,
    }
    return render(request, "yearbook/incoming.html", context)


@requires(Permission.YEARBOOK_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, cell_id: int, year: int, member_id: int) -> HttpResponse:
    """One member's group, place of residence and letter."""
    actor, cell = recorded_cell(request, cell_id, year)
    member = found(member_in(actor, cell, member_id))
    held = ResidenceContact.objects.filter(member=member, year=year).select_related("area").first()
    data = request.POST if request.method == "POST" else None
    form = ContactForm(
        data,
        initial=_initial(held, member),
        areas=_areas(cell),
        year=year,
        today=actor.today,
        is_new=held is None,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        reason, area = told.pop("reason", ""), form.areas.get(told.pop("area"))
        try:
            actions.record_contact(
                member,
                year=year,
                facts=actions.ContactFacts(area=area, **told),
                version=version_of(request),
                reason=reason,
                by=actor,
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:residence", cell.pk, year)
    may_read = policies.may_read_texts(actor, cell)
    context = cell_context(actor, cell, year, "residence") | {
        "form": form,
        "member": member,
        "seen": held.version if held else 0,
        "refusal": refusal,
        "corrections": corrections_of(Subject.CONTACT, held.pk) if held and may_read else [],
    }
    return render(request, "yearbook/contact.html", context)


@require_POST
@requires(Permission.YEARBOOK_RECORD)
def carry_over(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor, cell = recorded_cell(request, cell_id, year)
    act(
        request,
        lambda: actions.carry_contacts_over(cell, year=year, by=actor),
        done=f"Đã lấy lại nhóm, nơi cư trú và giấy giới thiệu của năm {year - 1}.",
    )
    return redirect("yearbook:residence", cell.pk, year)


@require_POST
@requires(Permission.YEARBOOK_RECORD)
def ask_all(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """One act for the whole cell; the letters are fetched from the same page."""
    actor, cell = recorded_cell(request, cell_id, year)
    act(
        request,
        lambda: actions.ask_yearly_remarks(cell, year=year, by=actor),
        done="Đã ghi xin nhận xét. Tải danh sách và thư ở dưới để gửi nơi cư trú.",
    )
    return redirect("yearbook:residence", cell.pk, year)


@requires(Permission.YEARBOOK_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_one(request: HttpRequest, contact_id: int) -> HttpResponse:
    """A remark that is needed for something beside the yearly one."""
    actor = actor_of(request)
    held = found(contact_at_work_for(actor, contact_id))
    cell: Organization = found(held.member.cell)
    if not policies.may_record(actor, cell):
        raise Http404
    form = PurposeForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_remark_when_needed(held, purpose=form.cleaned_data["purpose"], by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:residence", cell.pk, held.year)
    context = cell_context(actor, cell, held.year, "residence") | {
        "form": form,
        "contact": held,
        "refusal": refusal,
    }
    return render(request, "yearbook/ask_one.html", context)


@requires(Permission.YEARBOOK_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, contact_id: int) -> HttpResponse:
    """The side of residence notes that the letter is there."""
    actor = actor_of(request)
    held = found(contact_at_home_for(actor, contact_id))
    home: Organization = found(held.residence_cell)
    if not policies.may_record(actor, home):
        raise Http404
    day = held.received_on or actor.today
    form = ReceiveForm(
        request.POST if request.method == "POST" else None,
        initial={"received_on": f"{day:%d/%m/%Y}"},
        today=actor.today,
        is_new=held.received_on is None,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.receive_contact(
                held,
                received_on=form.cleaned_data["received_on"],
                version=version_of(request),
                reason=form.cleaned_data.get("reason", ""),
                by=actor,
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("yearbook:incoming", home.pk, held.year)
    context = cell_context(actor, home, held.year, "residence") | {
        "form": form,
        "contact": held,
        "refusal": refusal,
    }
    return render(request, "yearbook/receive.html", context)


def _areas(cell: Organization) -> tuple[Area, ...]:
    """Areas of the whole committee that the cell stands in."""
    root = cell.path[:PATH_WIDTH]
    return tuple(
        Area.objects.filter(in_places([root], field="committee__path"), valid_until__isnull=True).order_by(
            "sort_key", "id"
        )
    )


def _initial(held: ResidenceContact | None, member: Member) -> dict[str, object]:
    if held is None:
        return {"area": str(member.residence_id or "")}
    return {
        "group": held.group,
        "basis": held.basis,
        "area": str(held.area_id or ""),
        "place_name": held.place_name,
        "letter_number": held.letter_number,
        "letter_on": f"{held.letter_on:%d/%m/%Y}" if held.letter_on else "",
    }
