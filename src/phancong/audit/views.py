"""The log to read, the state of its chain, and its anchors."""

from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor, may_anywhere
from phancong.access.doors import ActorRequest, requires
from phancong.access.permissions import Permission
from phancong.audit.anchoring import mail_anchor, write_anchor, written_anchors
from phancong.audit.checking import check_log
from phancong.audit.exporting import export_log
from phancong.audit.forms import LogFilterForm
from phancong.audit.queries import entries_for, last_check, narrowed, page_of
from phancong.common.refusal import Refused

ANCHORS_SHOWN = 30


@requires(Permission.AUDIT_SEE)
@require_safe
def log_list(request: HttpRequest) -> HttpResponse:
    return _page(request)


@requires(Permission.AUDIT_SEE)
@require_POST
def check_again(request: HttpRequest) -> HttpResponse:
    try:
        check_log(by=_actor(request))
    except Refused as error:
        return _page(request, refusal=str(error), status=422)
    return redirect("audit:list")


@requires(Permission.AUDIT_SEE)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    actor = _actor(request)
    form = LogFilterForm(request.GET)
    try:
        workbook = export_log(form.cleaned_filter(), by=actor)
    except Refused as error:
        return _page(request, refusal=str(error), status=422)
    return FileResponse(workbook, as_attachment=True, filename=f"Nhật ký {actor.today:%d-%m-%Y}.xlsx")


@requires(Permission.AUDIT_ANCHOR)
@require_http_methods(["GET", "HEAD", "POST"])
def anchors(request: HttpRequest) -> HttpResponse:
    """Anchors that stand, to be printed; POST writes today's."""
    refusal = ""
    if request.method == "POST":
        try:
            mail_anchor(write_anchor(by=_actor(request)))
        except Refused as error:
            refusal = str(error)
        else:
            return redirect("audit:anchors")
    try:
        written = written_anchors()[::-1][:ANCHORS_SHOWN]
    except Refused as error:
        written, refusal = [], str(error)
    context = {"anchors": written, "last": written[0] if written else None, "refusal": refusal}
    return render(request, "audit/anchors.html", context, status=422 if refusal else 200)


def _page(request: HttpRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    actor = _actor(request)
    form = LogFilterForm(request.GET)
    entries = narrowed(entries_for(actor), form.cleaned_filter())
    page = page_of(entries, before=_number(request.GET.get("truoc", "")))
    context = {
        "form": form,
        "rows": page.rows,
        "address": form.address(),
        "next_url": form.address(truoc=page.next_before) if page.next_before else "",
        "is_first": "truoc" not in request.GET,
        "check": last_check(),
        "refusal": refusal,
        "may_anchor": may_anywhere(actor, Permission.AUDIT_ANCHOR),
    }
    return render(request, "audit/list.html", context, status=status)


def _actor(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
