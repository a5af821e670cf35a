"""Bảng phân công of a cell and what is done to the whole of it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import number
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.board import board_for, cell_for, has_plan, pairs_apart, plan_for
from phancong.planning.candidates import person_in
from phancong.planning.documents import KINDS
from phancong.planning.policies import may_open
from phancong.planning.views.acting import (
    act,
    actor_of,
    change_draft,
    found,
    keeps_choice,
    to_board,
    version_of,
)

# Members are given a week to look at the draft unless the secretary writes another day.
OPINION_DAYS = 7
DOCUMENTS = (
    ("minutes", "Biên bản"),
    ("list", "Danh sách phân công"),
    ("resolution", "Nghị quyết"),
    ("slips", "Phiếu của từng đồng chí"),
)


@requires(Permission.PLAN_SEE)
@require_safe
def board(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor = actor_of(request)
    cell = found(cell_for(actor, cell_id))
    page = found(board_for(actor, cell, year))
    context = {
        "board": page,
        "apart": pairs_apart(page) if page.is_editable else [],
        "next_day": actor.today + timedelta(days=OPINION_DAYS),
        "documents": [(kind, name) for kind, name in DOCUMENTS if kind in KINDS],
        # An answer that was refused is kept in its field.
        "objections": [(one, request.session.pop(f"answer:{one.pk}", "")) for one in page.objections],
        "has_last_year": page.plan is None and has_plan(cell, year - 1),
        "left_out": request.session.pop(f"left-out:{cell_id}:{year}", []),
        "moves": request.session.pop(f"moves:{cell_id}:{year}", []),
    }
    return render(request, "planning/board.html", context)


@require_POST
@requires(Permission.PLAN_CHANGE)
def draft(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """A first plan: proposed with people, or its duties alone."""
    actor = actor_of(request)
    cell = found(cell_for(actor, cell_id))
    if not may_open(year, today=actor.today):
        raise Http404
    if request.POST.get("cach") == "nam-truoc":
        _copy_last_year(request, cell, year)
    elif request.POST.get("cach") == "trong":
        act(
            request,
            lambda: actions.open_plan(cell, year=year, by=actor),
            done=f"Đã lập kế hoạch năm {year} với các việc của danh mục. Chưa giao ai việc nào.",
        )
    else:
        act(
            request,
            lambda: actions.draft_plan(cell, year=year, by=actor),
            done=f"Đã gợi ý kế hoạch năm {year}. Chi bộ xem, sửa, rồi mới thông qua.",
        )
    return redirect("planning:board", cell_id, year)


def _copy_last_year(request: HttpRequest, cell: Organization, year: int) -> None:
    """What could not be kept is told once, on the board."""

    def copy() -> None:
        copied = actions.copy_last_year(cell, year=year, by=actor_of(request))
        request.session[f"left-out:{cell.pk}:{year}"] = list(copied.left_out)

    act(request, copy, done=f"Đã dùng lại kế hoạch năm {year - 1}. Chi bộ xem, sửa, rồi mới thông qua.")


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def solve_again(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """Propose again: near the draft as it stands, or anew; what people keep stays in both."""
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    anew = request.POST.get("cach") == "moi"
    moved: list[str] = []

    def solve() -> None:
        result = actions.solve_again(plan, version=version_of(request), by=actor, anew=anew)
        moved.extend(result.moves)

    done = "Đã gợi ý lại từ đầu. Các phần chi bộ giữ vẫn nguyên." if anew else "Đã gợi ý lại, đổi ít nhất."
    wish = "Gợi ý lại từ đầu." if anew else "Gợi ý lại, đổi ít nhất."
    if change_draft(request, plan, solve, done=done, wish=wish):
        request.session[f"moves:{cell_id}:{year}"] = moved
        if not moved:
            messages.info(request, "Đã tính lại: bản đang có vẫn là tốt nhất, không đổi người nào.")
    return to_board(plan)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def keep_all(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """Accept the proposal as it stands."""
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    act(
        request,
        lambda: actions.keep_all(plan, version=version_of(request), by=actor),
        done="Đã nhận cả bản gợi ý. Bản dự thảo sẵn sàng để chi bộ bàn; vẫn sửa được mọi chỗ.",
        wish="Nhận cả bản gợi ý.",
    )
    return to_board(plan)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def undo(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    """Take the last change back."""
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    change_draft(
        request,
        plan,
        lambda: actions.undo(plan, version=version_of(request), by=actor),
        done="Đã hoàn tác lần sửa cuối.",
        wish="Hoàn tác lần sửa cuối.",
    )
    return to_board(plan)


@require_POST
@requires(Permission.PLAN_CHANGE)
@keeps_choice
def set_apart(request: HttpRequest, cell_id: int, year: int) -> HttpResponse:
    actor = actor_of(request)
    plan = found(plan_for(actor, cell_id=cell_id, year=year))
    ids = [number(request.POST.get(name, "")) for name in ("first", "second")]
    if not all(ids):
        messages.error(request, "Chọn đủ hai đồng chí rồi bấm lại.")
        return to_board(plan)
    apart = request.POST.get("cho-phep") != "1"
    if apart:
        first, second = (found(person_in(actor, plan, one)) for one in ids)
    else:
        # A pair stays removable when one of the two has left the cell.
        pairs = plan.apartnesses.filter(first__in=ids, second__in=ids).select_related("first", "second")
        pair = found(pairs.first())
        first, second = pair.first, pair.second
    names = f"đ/c {first.full_name} và đ/c {second.full_name}"
    act(
        request,
        lambda: actions.set_apart(
            plan,
            first=first,
            second=second,
            apart=apart,
            version=version_of(request),
            by=actor,
        ),
        done="Đã ghi. Bấm Gợi ý lại để bảng theo đúng ý này.",
        wish=f"{'Không xếp' if apart else 'Cho xếp'} {names} cùng một việc.",
    )
    return to_board(plan)
