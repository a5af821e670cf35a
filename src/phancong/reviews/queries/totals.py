"""Totals, caps and signs of a round or of a part of it, read in a few statements."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from phancong.reviews.caps import CapState, Graded, states
from phancong.reviews.closing import Counted, Totals, totals_of
from phancong.reviews.enums import Stage
from phancong.reviews.models import CellReview, Rating, Round
from phancong.reviews.schemes import Scheme

LATEST = Coalesce(
    NullIf("revised_grade", Value("")),
    NullIf("decided_grade", Value("")),
    NullIf("appraised_grade", Value("")),
    "cell_grade",
)
DECIDED = Coalesce(NullIf("revised_grade", Value("")), "decided_grade")


def totals_of_round(round_: Round, scheme: Scheme, *, within: Q | None = None) -> Totals:
    """By the grades that were decided; `within` narrows the ratings down. One statement."""
    rows = Rating.objects.filter(within or Q(), review__round=round_, is_on_roll=True)
    counted = rows.order_by().annotate(held=DECIDED).values_list("held", "not_rated").annotate(Count("pk"))
    return totals_of(
        scheme, (Counted(grade, reason) for grade, reason, count in counted for _ in range(count))
    )


def cap_states(round_: Round, scheme: Scheme, *, within: Q | None = None) -> list[CapState]:
    """By the latest grade of each member, so that proposals show before they are decided. One statement."""
    if not scheme.caps:
        return []
    rows = Rating.objects.filter(within or Q(), review__round=round_, is_on_roll=True, not_rated="")
    found = rows.order_by().annotate(latest=LATEST)
    columns = ("latest", "review__cell_id", "review__grassroots_id", "group")
    counted = found.values_list(*columns).annotate(Count("pk"))
    return states(
        scheme,
        (
            Graded(grade=grade, cell=cell, grassroots=grassroots, group=group)
            for grade, cell, grassroots, group, count in counted
            for _ in range(count)
        ),
    )


def stages_of(round_: Round, *, within: Q | None = None) -> dict[Stage, int]:
    counted = (
        CellReview.objects.filter(within or Q(), round=round_)
        .order_by()
        .values_list("stage")
        .annotate(Count("pk"))
    )
    known = dict(counted)
    return {stage: known.get(stage.value, 0) for stage in Stage}


@dataclass(frozen=True, slots=True)
class Sameness:
    """A cell in which everybody has one grade: shown to the body that decides, without a judgement."""

    cell: str
    review_id: int
    grade: str
    count: int


def same_grade_cells(round_: Round, scheme: Scheme, *, least: int, within: Q | None = None) -> list[Sameness]:
    """Cells where at least `least` members were graded and all alike. One statement."""
    rows: QuerySet[Rating] = Rating.objects.filter(
        within or Q(), review__round=round_, is_on_roll=True, not_rated=""
    )
    counted = (
        rows.order_by()
        .annotate(latest=LATEST)
        .exclude(latest="")
        .values_list("review_id", "review__cell__name", "latest")
        .annotate(Count("pk"))
    )
    by_review: dict[int, list[tuple[str, str, int]]] = {}
    for review, name, grade, count in counted:
        by_review.setdefault(review, []).append((name, grade, count))
    return _alike(by_review.items(), scheme, least)


def _alike(
    found: Iterable[tuple[int, list[tuple[str, str, int]]]], scheme: Scheme, least: int
) -> list[Sameness]:
    alike = [(review, rows[0]) for review, rows in found if len(rows) == 1 and rows[0][2] >= least]
    return [
        Sameness(cell=name, review_id=review, grade=scheme.short_name(grade), count=count)
        for review, (name, grade, count) in sorted(alike, key=lambda pair: pair[1][0])
    ]
