"""The papers and the workbook of a plan, to take away."""

from io import BytesIO

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from phancong.access.actor import Actor, may
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.planning.actions.editing import TAKEN_AWAY
from phancong.planning.board import plan_for
from phancong.planning.documents import KINDS, plan_document
from phancong.planning.models import Plan
from phancong.planning.views.acting import actor_of, found
from phancong.planning.workbook import write_plan_sheets

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.PLAN_EXPORT)
@require_safe
def document(request: HttpRequest, cell_id: int, year: int, kind: str) -> HttpResponse:
    actor = actor_of(request)
    plan = _exportable(actor, cell_id, year)
    if kind not in KINDS:
        raise Http404
    name, content = plan_document(plan, kind)
    return _file(actor, plan, name, content, DOCX)


@requires(Permission.PLAN_EXPORT)
@require_safe
def workbook(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor = actor_of(request)
    plan = _exportable(actor, cell_id, year)
    target = BytesIO()
    write_plan_sheets([plan], target)
    return _file(actor, plan, f"ke-hoach-phan-cong-{plan.cell.code}-{year}.xlsx", target.getvalue(), XLSX)


def _exportable(actor: Actor, cell_id: int, year: int) -> Plan:
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    if not may(actor, Permission.PLAN_EXPORT, plan.cell.path):
        raise Http404
    return plan


def _file(actor: Actor, plan: Plan, name: str, content: bytes, kind: str) -> HttpResponse:
    """Taking personal data away leaves a line in the log."""
    with transaction.atomic():
        log.record(
            by=actor,
            action=TAKEN_AWAY,
            subject=f"plan:{plan.pk}",
            place=plan.cell.path,
            detail={"file": name},
        )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
