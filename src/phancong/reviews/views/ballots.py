"""The ballots of a whole cell on one page, as the counters read them out from paper."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phancong.access.actor import Actor
from phancong.access.doors import requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found
from phancong.common.refusal import Refused
from phancong.reviews import actions, policies
from phancong.reviews.actions import BallotRow, RowsRefused
from phancong.reviews.forms import BallotRowForm, HandedOutForm
from phancong.reviews.models import CellReview, Rating
from phancong.reviews.queries import pages
from phancong.reviews.queries.doors import review_for
from phancong.reviews.queries.pages import MemberLine
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.schemes import Scheme
from phancong.reviews.views.frame import trail_of


@dataclass(slots=True)
class Row:
    """A member of the table. `form` None: the reader's own row, or nobody votes on it."""

    line: MemberLine
    form: BallotRowForm | None
    fault: str = ""


@requires(Permission.REVIEW_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def ballots(request: HttpRequest, review_id: int) -> HttpResponse:
    actor = actor_of(request)
    review = found(review_for(actor, review_id))
    found(review if policies.may_record(actor, review.cell) else None)
    if review.held_on is None:
        messages.info(request, "Ghi ngày họp và số đồng chí có quyền bỏ phiếu trước.")
        return redirect("reviews:meeting", review.pk)
    scheme = scheme_of(review.round)
    is_sending = request.method == "POST"
    rows = _rows(request, review, scheme, actor)
    sheet = HandedOutForm(
        request.POST if is_sending else None, initial={"handed_out": _handed_out(review, rows)}
    )
    refusal = ""
    if is_sending and all([sheet.is_valid(), *(row.form.is_valid() for row in rows if row.form)]):
        try:
            written = actions.record_ballots(
                review, _told(rows), handed_out=sheet.cleaned_data["handed_out"], by=actor
            )
        except RowsRefused as refused:
            refusal = str(refused)
            for row in rows:
                row.fault = refused.sentences.get(row.line.rating.pk, "")
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Đã ghi phiếu, mức đề nghị của {written} đồng chí.")
            return redirect("reviews:cell", review.pk)
    elif is_sending:
        refusal = "Còn ô chưa đọc được. Sửa các ô có báo lỗi rồi ghi lại."
    context = {
        "review": review,
        "scheme": scheme,
        "sheet": sheet,
        "rows": rows,
        "refusal": refusal,
        "least": scheme.ballot.least_votes(review.eligible or 0),
        "trail": trail_of(review),
    }
    return render(request, "reviews/ballots.html", context)


def _rows(request: HttpRequest, review: CellReview, scheme: Scheme, actor: Actor) -> list[Row]:
    sent = request.POST if request.method == "POST" else None
    return [
        Row(
            line,
            None
            if line.is_self or line.rating.not_rated
            else BallotRowForm(
                sent,
                scheme=scheme,
                prefix=f"dc{line.rating.pk}",
                initial=_known(line.rating),
            ),
        )
        for line in pages.member_lines(review, scheme, actor)
    ]


def _known(rating: Rating) -> dict[str, object]:
    """What is recorded already."""
    tally = getattr(rating, "tally", None)
    votes = {f"muc-{code}": count for code, count in tally.votes.items()} if tally else {}
    told = {"seen": rating.version, "grade": rating.cell_grade, "reason": rating.reason}
    return {**votes, **told, "invalid": tally.invalid if tally and tally.invalid else None}


def _handed_out(review: CellReview, rows: list[Row]) -> int | None:
    """As of those counted already; at first everybody who may vote."""
    counted = [tally.handed_out for row in rows if (tally := getattr(row.line.rating, "tally", None))]
    return counted[0] if counted else review.eligible


def _told(rows: list[Row]) -> list[BallotRow]:
    return [
        BallotRow(
            rating=row.line.rating,
            seen=row.form.cleaned_data["seen"],
            votes=row.form.votes,
            invalid=row.form.cleaned_data["invalid"] or 0,
            grade=row.form.cleaned_data["grade"],
            reason=row.form.cleaned_data["reason"],
        )
        for row in rows
        if row.form
    ]
