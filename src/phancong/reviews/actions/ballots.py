"""All ballots of a cell from one sheet of paper: everything is written, or nothing and each fault is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.reviews.actions.cell import propose_grade, record_tally
from phancong.reviews.actions.writing import hold
from phancong.reviews.models import CellReview, Rating, Tally


class RowsRefused(Refused):
    """Nothing was written; `sentences` has one for each row at fault, by the key of the rating."""

    def __init__(self, sentences: Mapping[int, str]) -> None:
        super().__init__("Còn dòng cần sửa nên chưa ghi gì. Sửa các dòng nêu bên dưới rồi ghi lại.")
        self.sentences = dict(sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRow:
    """What the sheet says of one member. `seen`: version of the rating on the page; no votes: not counted yet."""

    rating: Rating
    seen: int
    votes: Mapping[str, int]
    invalid: int
    grade: str
    reason: str


@transaction.atomic
def record_ballots(review: CellReview, rows: Iterable[BallotRow], *, handed_out: int, by: Actor) -> int:
    """The ballots and proposed grades that are not yet as the sheet says; how many members were written."""
    hold(review)
    faults: dict[int, str] = {}
    written = 0
    for row in rows:
        try:
            with transaction.atomic():
                written += _write(row, handed_out, by)
        except Refused as refused:
            faults[row.rating.pk] = str(refused)
    if faults:
        raise RowsRefused(faults)
    return written


def _write(row: BallotRow, handed_out: int, by: Actor) -> bool:
    seen = row.seen
    counted = _is_new_count(row, handed_out)
    if counted:
        record_tally(
            row.rating, votes=row.votes, handed_out=handed_out, invalid=row.invalid, seen=seen, by=by
        )
        seen += 1
    proposed = bool(row.grade) and (row.grade, row.reason) != (row.rating.cell_grade, row.rating.reason)
    if proposed:
        propose_grade(row.rating, grade=row.grade, reason=row.reason, seen=seen, by=by)
    return counted or proposed


def _is_new_count(row: BallotRow, handed_out: int) -> bool:
    votes = {grade: count for grade, count in row.votes.items() if count}
    if not votes and not row.invalid:
        return False
    tally: Tally | None = getattr(row.rating, "tally", None)
    known = tally and (tally.votes, tally.invalid, tally.handed_out)
    return known != (votes, row.invalid, handed_out)
