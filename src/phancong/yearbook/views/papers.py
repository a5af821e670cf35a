"""Papers to take away; taking one leaves a line in the log."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from phancong.access.actor import Actor
from phancong.access.doors import own, requires
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.party_document import DOCUMENT_TYPE
from phancong.organizations.models import Organization
from phancong.yearbook import policies
from phancong.yearbook.documents import (
    introduction_paper,
    opinion_paper,
    pledge_document,
    remark_papers,
)
from phancong.yearbook.queries import doors
from phancong.yearbook.queries.pages import waiting_remarks
from phancong.yearbook.views.acting import actor_of, found, recorded_cell


@requires(Permission.YEARBOOK_RECORD)
@require_safe
def introduction(request: HttpRequest, contact_id: int) -> HttpResponse:
    actor = actor_of(request)
    contact = found(doors.contact_at_work_for(actor, contact_id))
    cell = _recorded(actor, contact.member.cell)
    subject = f"member:{contact.member_id}"
    return _file(actor, cell, subject, *introduction_paper(contact, cell, now=actor.now))


@requires(Permission.YEARBOOK_RECORD)
@require_safe
def remark_letters(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """The list and the letters of all remarks that are asked for and not there yet."""
    actor, cell = recorded_cell(request, cell_id, year)
    remarks = waiting_remarks(cell, year=year)
    name, content = remark_papers(remarks, cell, year=year, now=actor.now)
    return _file(actor, cell, f"organization:{cell.pk}", name, content)


@requires(Permission.YEARBOOK_RECORD)
@require_safe
def opinion_letter(request: HttpRequest, remark_id: int) -> HttpResponse:
    actor = actor_of(request)
    remark = found(doors.remark_for(actor, remark_id))
    cell = _recorded(actor, remark.cell)
    about = doors.about(remark)
    subject = f"member:{remark.member_id}" if remark.member_id else f"organization:{cell.pk}"
    return _file(actor, cell, subject, *opinion_paper(remark, about=about, now=actor.now))


@requires(Permission.YEARBOOK_SEE, beside="và `yearbook_text_see` ở chi bộ ấy")
@require_safe
def pledge_paper(request: HttpRequest, pledge_id: int) -> HttpResponse:
    actor = actor_of(request)
    pledge = found(doors.pledge_for(actor, pledge_id))
    cell: Organization = found(pledge.member.cell)
    if not policies.may_read_texts(actor, cell):
        raise Http404
    subject = f"member:{pledge.member_id}"
    return _file(actor, cell, subject, *pledge_document(pledge, cell, now=actor.now))


@require_safe
@own
def own_pledge_paper(request: HttpRequest, year: int) -> HttpResponse:
    actor = actor_of(request)
    member = found(doors.own_member(actor))
    pledge = found(doors.own_pledge(member, year))
    cell: Organization = found(member.cell)
    return _file(actor, cell, f"member:{member.pk}", *pledge_document(pledge, cell, now=actor.now))


def _recorded(actor: Actor, cell: Organization | None) -> Organization:
    if cell is None or not policies.may_record(actor, cell):
        raise Http404
    return cell


def _file(actor: Actor, cell: Organization, subject: str, name: str, content: bytes) -> HttpResponse:
    with transaction.atomic():
        log.record(
            by=actor, action="export_yearbook", subject=subject, place=cell.path, detail={"form": "DOCX"}
        )
    response = HttpResponse(content, content_type=DOCUMENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
