"""Nhập từ Excel: bring the list in, look, write, take back."""

import io
from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phancong.access.actor import Actor
from phancong.access.doors import ActorRequest, needs_fresh_proof, requires
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.members.importing import actions
from phancong.members.importing.actions import StalePreview
from phancong.members.importing.forms import UploadForm
from phancong.members.importing.queries import (
    by_message,
    committees_for,
    imports_for,
    may_found_cells,
    missing_cells_for,
    same_file_written,
)
from phancong.members.importing.template import write_template
from phancong.members.importing.undoing import obstacle_to_undo
from phancong.members.jobs import READ, UNDO, WRITE, start_import_job
from phancong.members.models import RosterImport

# Bigger ones run as jobs: a page answers in seconds.
BYTES_AT_ONCE = 300_000
ROWS_AT_ONCE = 2_000
HISTORY = 20
RENEWED = (
    "Danh sách đã thay đổi từ lúc xem trước nên chưa ghi gì. Trang này vừa đọc lại tệp: xem lại rồi bấm ghi."
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _actor(request: HttpRequest) -> Actor:
    return cast("ActorRequest", request).actor


def _import_or_404(request: HttpRequest, import_id: int) -> RosterImport:
    """The door to one import: out of scope and not there are the same."""
    found = imports_for(_actor(request)).filter(pk=import_id).first()
    if found is None:
        raise Http404
    return found


@requires(Permission.MEMBER_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The steps, the question for the file, and the history."""
    actor = _actor(request)
    form = UploadForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(form, by=actor)
        except Refused as refusal:
            form.add_error("tep" if form.cleaned_data["tep"] else "bang", str(refusal))
    history = imports_for(actor)[:HISTORY]
    return render(
        request,
        "members/import_start.html",
        {"form": form, "history": history, "ask_committee": len(form.fields["dang_bo"].choices) > 1},  # type: ignore[attr-defined]
        status=422 if form.errors else 200,
    )


def _receive(form: UploadForm, *, by: Actor) -> HttpResponse:
    content, name, pasted = form.content()
    kept = actions.keep_upload(
        content,
        file_name=name,
        organization=form.cleaned_data["dang_bo"],
        by=by,
        pasted=pasted,
        cell=form.cleaned_data["chi_bo"],
    )
    if len(content) > BYTES_AT_ONCE:
        return redirect("jobs:detail", start_import_job(READ, kept, by=by).pk)
    try:
        actions.prepare_import(kept.pk, by=by)
    except Refused as refusal:
        actions.set_unreadable(kept.pk, reason=str(refusal), by=by)
        raise
    return redirect("members:import_detail", kept.pk)


@require_safe
@requires(Permission.MEMBER_IMPORT)
def template(request: HttpRequest) -> FileResponse:
    """The template with the office's own cells and lists."""
    actor = _actor(request)
    root = committees_for(actor).first()
    if root is None:
        raise Http404
    file = io.BytesIO()
    write_template(file, root=root, today=actor.today)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="Mẫu danh sách đảng viên.xlsx", content_type=XLSX)


@requires(Permission.MEMBER_IMPORT)
@require_safe
def detail(request: HttpRequest, import_id: int) -> HttpResponse:
    return _page(request, _import_or_404(request, import_id))


def _page(request: HttpRequest, roster_import: RosterImport, *, refusal: str = "") -> HttpResponse:
    state = RosterImport.State
    summary: dict[str, Any] = roster_import.summary
    if roster_import.state == state.UNDONE:
        # Its lists tell of members that are gone again.
        summary = {"undone": summary.get("undone", 0)}
    counts = summary.get("counts", {})
    context = {
        "roster_import": roster_import,
        "summary": summary,
        "counts": counts,
        "written": summary.get("written", {}),
        "refusal": refusal,
        "is_open": roster_import.state == state.PREVIEWED and bool(counts),
        "sheets": summary.get("sheets", ()) if roster_import.state == state.PREVIEWED else (),
        "is_unread": roster_import.state == state.PREVIEWED and not counts and "sheets" not in summary,
        "is_written": roster_import.state == state.WRITTEN,
        "obstacle": obstacle_to_undo(roster_import) if roster_import.state == state.WRITTEN else None,
        "errors_left": summary.get("written", {}).get("error", 0),
        "to_write": counts.get("new", 0) + counts.get("changed", 0),
        "is_over": roster_import.state in (state.UNDONE, state.CANCELLED, state.UNREADABLE),
        "earlier": same_file_written(roster_import) if roster_import.state == state.PREVIEWED else None,
        "more_errors": summary.get("remarks", {}).get("error", 0)
        - len(summary.get("errors", ()))
        - sum(cell["rows"] for cell in summary.get("unknown_cells", ())),
        "missing": missing_cells_for(_actor(request), roster_import) if counts else (),
        "may_found": may_found_cells(_actor(request), roster_import),
        "errors": by_message(summary.get("errors", ())),
        "doubts": by_message(summary.get("doubts", ())),
        "repairs": by_message(summary.get("repairs", ())),
    }
    return render(request, "members/import_detail.html", context, status=422 if refusal else 200)


@require_safe
@requires(Permission.MEMBER_IMPORT)
def marked(request: HttpRequest, import_id: int) -> FileResponse:
    """The user's own file with the mistakes marked."""
    roster_import = _import_or_404(request, import_id)
    name = roster_import.file_name.removesuffix(".xlsx")
    try:
        content = actions.marked_file(roster_import, by=_actor(request))
    except Refused as refusal:
        raise Http404 from refusal
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=f"{name} - đã đánh dấu lỗi.xlsx", content_type=XLSX
    )


@require_POST
@requires(Permission.MEMBER_IMPORT)
@needs_fresh_proof
def write(request: HttpRequest, import_id: int) -> HttpResponse:
    roster_import = _import_or_404(request, import_id)
    actor, only_right_rows = _actor(request), request.POST.get("dong") == "dung"
    if sum(roster_import.summary.get("counts", {}).values()) > ROWS_AT_ONCE:
        job = start_import_job(WRITE, roster_import, by=actor, only_right_rows=only_right_rows)
        return redirect("jobs:detail", job.pk)
    try:
        actions.write_import(roster_import.pk, by=actor, only_right_rows=only_right_rows)
    except StalePreview:
        actions.prepare_import(import_id, by=actor)
        return _page(request, _import_or_404(request, import_id), refusal=RENEWED)
    except Refused as refusal:
        return _page(request, _import_or_404(request, import_id), refusal=str(refusal))
    return redirect("members:import_detail", import_id)


def _answer(request: HttpRequest, import_id: int, note: Callable[[Actor], RosterImport]) -> HttpResponse:
    """Note what the office says of the file, then read the file again so."""
    roster_import, actor = _import_or_404(request, import_id), _actor(request)
    try:
        if len(roster_import.content) > BYTES_AT_ONCE:
            return redirect("jobs:detail", start_import_job(READ, note(actor), by=actor).pk)
        # What was read before stays when the file cannot be read so.
        with transaction.atomic():
            note(actor)
            actions.prepare_import(import_id, by=actor)
    except Refused as refusal:
        return _page(request, roster_import, refusal=str(refusal))
    return redirect("members:import_detail", import_id)


@require_POST
@requires(Permission.MEMBER_IMPORT)
def answer_days(request: HttpRequest, import_id: int) -> HttpResponse:
    """How the doubtful days were meant."""
    turn_back = request.POST.get("ngay") == "dao"
    return _answer(
        request, import_id, lambda actor: actions.answer_about_days(import_id, turn_back=turn_back, by=actor)
    )


@require_POST
@requires(Permission.MEMBER_IMPORT)
def read_again(request: HttpRequest, import_id: int) -> HttpResponse:
    """Members or cells have changed, or reading was broken off."""
    return _answer(request, import_id, lambda actor: actions.forget_preview(import_id, by=actor))


@require_POST
@requires(Permission.MEMBER_IMPORT)
def choose_sheet(request: HttpRequest, import_id: int) -> HttpResponse:
    """Which of several rosters of the file is meant."""
    name = request.POST.get("trang", "")
    return _answer(request, import_id, lambda actor: actions.choose_sheet(import_id, name=name, by=actor))


@require_POST
@requires(Permission.MEMBER_IMPORT)
def found_cells(request: HttpRequest, import_id: int) -> HttpResponse:
    """Found the chosen cells that the roster names; that asks for the right to found as well."""
    names = request.POST.getlist("chi_bo")
    return _answer(
        request, import_id, lambda actor: actions.found_missing_cells(import_id, names=names, by=actor)
    )


@require_POST
@requires(Permission.MEMBER_IMPORT)
def cancel(request: HttpRequest, import_id: int) -> HttpResponse:
    roster_import = _import_or_404(request, import_id)
    try:
        actions.cancel_import(roster_import.pk, by=_actor(request))
    except Refused as refusal:
        return _page(request, roster_import, refusal=str(refusal))
    return redirect("members:import_start")


@requires(Permission.MEMBER_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Asks first; says what will go."""
    roster_import = _import_or_404(request, import_id)
    if request.method != "POST":
        if roster_import.state != RosterImport.State.WRITTEN or obstacle_to_undo(roster_import):
            return redirect("members:import_detail", import_id)
        return render(request, "common/confirm.html", _undo_question(roster_import))
    actor = _actor(request)
    if roster_import.summary.get("written", {}).get("new", 0) > ROWS_AT_ONCE:
        return redirect("jobs:detail", start_import_job(UNDO, roster_import, by=actor).pk)
    try:
        actions.undo_import(roster_import.pk, by=actor)
    except Refused as refusal:
        return _page(request, _import_or_404(request, import_id), refusal=str(refusal))
    return redirect("members:import_detail", import_id)


def _undo_question(roster_import: RosterImport) -> dict[str, Any]:
    written = roster_import.summary.get("written", {})
    return {
        "question": "Hoàn tác lần nhập này?",
        "facts": [
            ("Tệp", roster_import.file_name),
            ("Sẽ xóa khỏi danh sách", f"{written.get('new', 0)} đồng chí đã thêm"),
            ("Sẽ trở lại như trước", f"{written.get('changed', 0)} hồ sơ đã cập nhật"),
        ],
        "act": "Hoàn tác",
        "back_url": "../",
    }
