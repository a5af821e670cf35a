"""Reading reorganisations: the list, one with its lines, what it would do, its workbook and its paper."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong import rules
from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, after_of, found
from phancong.common.party_document import DOCUMENT_TYPE
from phancong.reorganizations import actions, policies
from phancong.reorganizations.enums import State
from phancong.reorganizations.forms import DecisionForm, FileForm, PlaceForm, StepForm
from phancong.reorganizations.models import Reorganization
from phancong.reorganizations.preview import preview_of
from phancong.reorganizations.queries import (
    choices_of,
    committees_for,
    page_for,
    reorganization_for,
)
from phancong.reorganizations.words import sentences

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LED = "và `member_change` ở cấp ủy ấy"


@requires(Permission.ORGANIZATION_CHANGE)
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    actor, after = actor_of(request), after_of(request)
    committees = [place for place in committees_for(actor) if policies.may_lead(place, by=actor)]
    context = {
        "page": page_for(actor, after=after),
        "is_first": after is None,
        "may_prepare": bool(committees),
    }
    return render(request, "reorganizations/list.html", context)


@requires(Permission.ORGANIZATION_CHANGE)
@require_safe
def one(request: HttpRequest, reorganization_id: int) -> HttpResponse:
    actor = actor_of(request)
    return page_of(request, actor, found(reorganization_for(actor, reorganization_id)))


def page_of(
    request: HttpRequest,
    actor: Actor,
    one: Reorganization,
    *,
    step_form: StepForm | None = None,
    place_form: PlaceForm | None = None,
    decision_form: DecisionForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The page of one, with the form that was sent and why it was not done."""
    is_draft = one.state == State.DRAFT
    may_lead = policies.may_lead(one.keeper, by=actor)
    today = f"{actor.today:%d/%m/%Y}"
    context = {
        "one": one,
        "lines": sentences(one),
        "placed": list(one.placements.select_related("member__cell").order_by("member__sort_key", "pk")),
        "is_draft": is_draft,
        "is_editable": is_draft and may_lead,
        "may_undo": may_lead and one.state in (State.DONE, State.WAITING),
        "choices": choices_of(one) if is_draft else [],
        "step_form": step_form or StepForm(kinds=kinds_of(one), auto_id="viec-%s"),
        "place_form": place_form or PlaceForm(auto_id="nguoi-%s"),
        "decision_form": decision_form or DecisionForm(initial={"decided_on": today}, auto_id="qd-%s"),
        "file_form": FileForm(auto_id="tep-%s"),
        "refusal": refusal,
    }
    return render(request, "reorganizations/one.html", context)


def kinds_of(one: Reorganization) -> list[tuple[str, str]]:
    return [(kind.code, kind.name) for kind in rules.on(one.effective_on).organization_kinds]


@requires(Permission.ORGANIZATION_CHANGE, beside=LED)
@require_safe
def preview(request: HttpRequest, reorganization_id: int) -> HttpResponse:
    """Carried out and taken back: nothing is kept."""
    actor = actor_of(request)
    draft = found(reorganization_for(actor, reorganization_id))
    found(draft if draft.state in (State.DRAFT, State.WAITING) else None)
    found(draft if policies.may_lead(draft.committee, by=actor) else None)
    return render(
        request, "reorganizations/preview.html", {"one": draft, "preview": preview_of(draft, by=actor)}
    )


@requires(Permission.ORGANIZATION_CHANGE, beside=LED)
@require_safe
def workbook(request: HttpRequest, reorganization_id: int) -> HttpResponseBase:
    """The draft as a workbook to fill in; it names members, so the log keeps that it was taken."""
    actor = actor_of(request)
    draft = found(reorganization_for(actor, reorganization_id))
    found(draft if draft.state == State.DRAFT and policies.may_lead(draft.committee, by=actor) else None)
    return FileResponse(
        actions.export_lines(draft, by=actor),
        as_attachment=True,
        filename=f"sap-xep-to-chuc-{draft.pk}.xlsx",
        content_type=WORKBOOK,
    )


@requires(Permission.ORGANIZATION_CHANGE)
@require_safe
def paper(request: HttpRequest, reorganization_id: int) -> HttpResponse:
    actor = actor_of(request)
    name, content = actions.export_decision(found(reorganization_for(actor, reorganization_id)), by=actor)
    response = HttpResponse(content, content_type=DOCUMENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
