"""One member of the board on a page of their own, with the way to the next: for phones, and for looking closely."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.planning.board import board_for, cell_for
from phancong.planning.one_member import neighbours_of, offers_for
from phancong.planning.views.acting import actor_of, found

# So many duties stand open on the page; the others are a press away.
SHOWN_OFFERS = 5


@requires(Permission.PLAN_SEE)
@require_safe
def member_page(request: HttpRequest, cell_id: int, year: int, member_id: int) -> HttpResponse:
    actor = actor_of(request)
    board = found(board_for(actor, found(cell_for(actor, cell_id)), year))
    here = found(neighbours_of(board, member_id))
    offers = offers_for(actor, board.plan, member_id) if board.plan and board.is_editable else []
    suitable = [one for one in offers if not one.warnings]
    context = {
        "board": board,
        "plan": board.plan,
        "here": here,
        "row": here.row,
        "offers": suitable[:SHOWN_OFFERS],
        "more_offers": suitable[SHOWN_OFFERS:],
        "doubtful": [one for one in offers if one.warnings],
        "unmet": [need for need in board.idle if need.member_id == member_id],
    }
    return render(request, "planning/member.html", context)
