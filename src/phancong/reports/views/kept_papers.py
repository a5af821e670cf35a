"""Sổ sách cũ: what organisations that ended left behind, read and taken away where it is kept."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, after_of, found
from phancong.audit import log
from phancong.meetings.papers.writing import named
from phancong.organizations.models import Organization
from phancong.organizations.queries import organizations_for
from phancong.planning.actions.editing import TAKEN_AWAY
from phancong.planning.documents import KINDS, plan_document
from phancong.reports.kept_papers import kept_minutes_for, kept_page, kept_plans_for

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MINUTES = ("minutes", "minutes-pdf")


@requires(Permission.KEPT_PAPERS_SEE)
@require_safe
def kept(request: HttpRequest, organization_id: int) -> HttpResponse:
    actor = actor_of(request)
    seen = organizations_for(actor, right=Permission.KEPT_PAPERS_SEE)
    keeper = found(seen.filter(pk=organization_id).first())
    page = kept_page(actor, keeper, after=after_of(request))
    return render(request, "reports/kept_papers.html", {"organization": keeper, "page": page})


@requires(Permission.KEPT_PAPERS_SEE)
@require_safe
def plan(request: HttpRequest, kept_plan_id: int, kind: str) -> HttpResponse:
    actor = actor_of(request)
    row = found(kept_plans_for(actor).filter(pk=kept_plan_id).first())
    if kind not in KINDS:
        raise Http404
    name, content = plan_document(row, kind)
    return _file(actor, TAKEN_AWAY, f"plan:{row.pk}", row.cell, (name, DOCX, content))


@requires(Permission.KEPT_PAPERS_SEE)
@require_safe
def minutes(request: HttpRequest, kept_meeting_id: int, kind: str) -> HttpResponse:
    """As they were signed."""
    actor = actor_of(request)
    row = found(kept_minutes_for(actor).filter(pk=kept_meeting_id).first())
    if kind not in MINUTES:
        raise Http404
    return _file(actor, "meeting_paper", f"meeting:{row.pk}", row.cell, named(row, kind))


def _file(
    actor: Actor, action: str, subject: str, ended: Organization, file: tuple[str, str, bytes]
) -> HttpResponse:
    """The line in the log stands where the papers are kept."""
    name, kind, content = file
    place = ended.kept_by.path if ended.kept_by else ""
    with transaction.atomic():
        log.record(by=actor, action=action, subject=subject, place=place, detail={"file": name})
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
