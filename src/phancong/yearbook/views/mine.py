"""Việc trong năm của tôi: a member's own page, pledge and notebook."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import own
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.yearbook import actions, policies
from phancong.yearbook.contact_words import letter_words, place_words
from phancong.yearbook.enums import Subject
from phancong.yearbook.forms import NoteForm, PledgeForm
from phancong.yearbook.packs import rule_day, year_rules
from phancong.yearbook.queries import doors, pages
from phancong.yearbook.views.acting import actor_of, found, number, version_of


@require_safe
@own
def mine(request: HttpRequest) -> HttpResponse:
    actor, member = _person(request)
    year = _year(request, actor)
    return render(request, "yearbook/mine.html", _context(actor, member, year))


def _context(actor: Actor, member: Member, year: int) -> dict[str, object]:
    told = pages.own_year(member, year=year)
    return {
        "member": member,
        "year": year,
        "years": [other for other in (year - 1, year + 1) if policies.may_show(other, today=actor.today)],
        "told": told,
        "place": place_words(told.contact) if told.contact else "",
        "letter": letter_words(told.contact) if told.contact else "",
        "due": year_rules(rule_day(year, actor.today)).pledge_due(year),
        "may_record": year in policies.years_to_record(actor.today),
        "may_note": year == actor.today.year,
        "note_form": NoteForm(initial={"done_on": f"{actor.today:%d/%m/%Y}"}, today=actor.today),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@own
def own_pledge(request: HttpRequest, year: int) -> HttpResponse:
    """The member writes or changes the own pledge."""
    actor, member = _person(request)
    if year not in policies.years_to_record(actor.today):
        raise Http404
    held = doors.own_pledge(member, year)
    day = held.registered_on if held else actor.today
    form = PledgeForm(
        request.POST if request.method == "POST" else None,
        initial={"content": held.content if held else "", "registered_on": f"{day:%d/%m/%Y}"},
        today=actor.today,
        is_new=held is None or held.received_on is None,
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
            messages.success(request, "Đã ghi bản cam kết.")
            return _back(year)
    context = {
        "form": form,
        "seen": held.version if held else 0,
        "year": year,
        "refusal": refusal,
        "corrections": doors.corrections_of(Subject.PLEDGE, held.pk if held else None),
    }
    return render(request, "yearbook/own_pledge.html", context)


@require_POST
@own
def add_note(request: HttpRequest) -> HttpResponse:
    """An entry written on the own page itself."""
    actor, member = _person(request)
    form = NoteForm(request.POST, today=actor.today)
    refusal = ""
    if form.is_valid():
        try:
            made = actions.add_note(member, by=actor, **form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Đã ghi vào sổ tay.")
            return _back(made.year)
    context = _context(actor, member, actor.today.year) | {"note_form": form, "refusal": refusal}
    return render(request, "yearbook/mine.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def note(request: HttpRequest, note_id: int) -> HttpResponse:
    """An own entry, to be put right."""
    actor, member = _person(request)
    held = found(doors.own_note(member, note_id))
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"text": held.text, "done_on": f"{held.done_on:%d/%m/%Y}"},
        today=actor.today,
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.mend_note(held, version=version_of(request), by=actor, **form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _back(held.year)
    context = {
        "form": form,
        "note": held,
        "refusal": refusal,
        "corrections": doors.corrections_of(Subject.NOTE, held.pk),
    }
    return render(request, "yearbook/note.html", context)


def _person(request: HttpRequest) -> tuple[Actor, Member]:
    actor = actor_of(request)
    return actor, found(doors.own_member(actor))


def _year(request: HttpRequest, actor: Actor) -> int:
    year = number(request.GET.get("nam")) or actor.today.year
    if not policies.may_show(year, today=actor.today):
        raise Http404
    return year


def _back(year: int) -> HttpResponse:
    answer = redirect("yearbook:mine")
    answer["Location"] += f"?nam={year}"
    return answer
