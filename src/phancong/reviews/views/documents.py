"""Papers of the review to take away; taking one leaves a line in the log."""

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from phancong.access.actor import Actor
from phancong.access.doors import own, requires
from phancong.access.permissions import Permission
from phancong.access.requests import actor_of, found
from phancong.audit import log
from phancong.common.party_document import DOCUMENT_TYPE
from phancong.organizations.models import Organization
from phancong.reviews import policies
from phancong.reviews.collective import body_of, collective_paper
from phancong.reviews.documents import (
    ballot_paper,
    decision_paper,
    meeting_paper,
    self_review_paper,
    tally_paper,
)
from phancong.reviews.exporting import list_workbook
from phancong.reviews.models import CellReview, Rating, SelfReview
from phancong.reviews.queries.doors import inside, own_rating_for, rating_for, review_for, round_for
from phancong.reviews.queries.pages import decided_ratings, evidence_for, hidden_cells
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.queries.totals import totals_of_round
from phancong.reviews.views.frame import note_reading


@requires(Permission.REVIEW_TEXT_SEE)
@require_safe
def self_review(request: HttpRequest, rating_id: int) -> HttpResponse:
    actor = actor_of(request)
    held = found(rating_for(actor, rating_id))
    if not policies.may_read_texts(actor, held.review.cell):
        raise Http404
    return _self_review(actor, held)


@own
@require_safe
def own_self_review(request: HttpRequest, rating_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _self_review(actor, found(own_rating_for(actor, rating_id)))


def _self_review(actor: Actor, held: Rating) -> HttpResponse:
    paper: SelfReview | None = getattr(held, "self_review", None)
    is_told = paper is not None and (paper.sent_on is not None or held.member_id == actor.member_id)
    evidence = evidence_for(held.review, [held], actor)[held.member_id]
    if is_told:
        note_reading(actor, held)
    name, content = self_review_paper(
        held, paper if is_told else None, evidence, scheme_of(held.review.round), now=actor.now
    )
    return _file(actor, held.review.cell, f"member:{held.member_id}", name, content)


def _ballot(review: CellReview, actor: Actor) -> tuple[str, bytes]:
    return ballot_paper(review, scheme_of(review.round), now=actor.now)


def _meeting(review: CellReview, actor: Actor) -> tuple[str, bytes]:
    return meeting_paper(review, scheme_of(review.round), actor)


def _tally(review: CellReview, actor: Actor) -> tuple[str, bytes]:
    return tally_paper(review, scheme_of(review.round), actor)


def _collective(review: CellReview, actor: Actor) -> tuple[str, bytes]:
    scheme = scheme_of(review.round)
    body, posts = found(body_of(review, scheme))
    return collective_paper(review, body, posts, scheme, actor)


_OF_CELL: dict[str, Callable[[CellReview, Actor], tuple[str, bytes]]] = {
    "phieu": _ballot,
    "kiem-phieu": _tally,
    "bien-ban": _meeting,
    "tap-the": _collective,
}


@requires(Permission.REVIEW_SEE, beside="và `review_record` hoặc `review_text_see` ở chi bộ ấy")
@require_safe
def of_cell(request: HttpRequest, review_id: int, paper: str) -> HttpResponse:
    actor = actor_of(request)
    review = found(review_for(actor, review_id))
    if paper not in _OF_CELL or not policies.may_read_words(actor, review.cell):
        raise Http404
    name, content = _OF_CELL[paper](review, actor)
    return _file(actor, review.cell, f"organization:{review.cell_id}", name, content)


@requires(Permission.REVIEW_SEE)
@require_safe
def of_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """The list of grades, as far as the reader sees the cells."""
    actor = actor_of(request)
    held = found(round_for(actor, round_id))
    scheme, within = scheme_of(held), inside(actor, "review__cell")
    name, content = decision_paper(
        held,
        held.committee,
        decided_ratings(actor, held),
        totals_of_round(held, scheme, within=within),
        scheme,
        hidden_cells=hidden_cells(actor, held),
        now=actor.now,
    )
    return _file(actor, held.committee, f"organization:{held.committee_id}", name, content)


@requires(Permission.REVIEW_SEE)
@require_safe
def workbook_of_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """The same list to count and filter in."""
    actor = actor_of(request)
    held = found(round_for(actor, round_id))
    scheme, within = scheme_of(held), inside(actor, "review__cell")
    totals = totals_of_round(held, scheme, within=within)
    name, content = list_workbook(
        held, decided_ratings(actor, held), totals, scheme, hidden_cells=hidden_cells(actor, held)
    )
    return _file(
        actor,
        held.committee,
        f"organization:{held.committee_id}",
        name,
        content,
        form="XLSX",
    )


_TYPES = {
    "DOCX": DOCUMENT_TYPE,
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(
    actor: Actor, place: Organization, subject: str, name: str, content: bytes, *, form: str = "DOCX"
) -> HttpResponse:
    with transaction.atomic():
        log.record(by=actor, action="export_review", subject=subject, place=place.path, detail={"form": form})
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
