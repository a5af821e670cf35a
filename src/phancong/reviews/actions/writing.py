"""One line of the register, and the parts of a review held while it is written."""

from typing import Any

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.reviews import policies
from phancong.reviews.enums import LineKind
from phancong.reviews.models import CellReview, Line, Rating


def hold(review: CellReview) -> CellReview:
    """The cell's part, held until the end of the transaction; refused when the round is closed."""
    held = (
        CellReview.objects.select_for_update(of=("self",)).select_related("round", "cell").get(pk=review.pk)
    )
    policies.check_open(held.round)
    return held


def hold_rating(rating: Rating, *, seen: int | None = None) -> tuple[CellReview, Rating]:
    """The part first, then the member's row: always in this order. `seen`: the version the page showed."""
    review = hold(rating.review)
    held = Rating.objects.select_for_update(of=("self",)).select_related("member").get(pk=rating.pk)
    held.review = review
    if seen is not None:
        policies.check_version(held.version, seen=seen)
    return review, held


def keep(row: Any, *fields: str) -> None:
    """Save what changed; the row's version grows with it."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def write(
    review: CellReview,
    kind: LineKind,
    *,
    by: Actor,
    rating: Rating | None = None,
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> Line:
    """One line, and one of the log that never carries the words."""
    line = Line.objects.create(
        review=review,
        rating=rating,
        kind=kind,
        recorded_at=by.now,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
        **fields,
    )
    log.record(
        by=by,
        action=f"review_{kind}",
        subject=f"member:{rating.member_id}" if rating else f"organization:{review.cell_id}",
        place=review.cell.path,
        detail={"year": review.round.year, "line": line.pk, **(detail or {})},
        before=line.before or None,
        after=line.grade or None,
    )
    return line
