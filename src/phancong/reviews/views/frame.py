"""What the pages of a cell's part have in common: the way to it, and what the reader may do there now."""

from django.urls import reverse

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.reviews import policies
from phancong.reviews.enums import LineKind, RoundState, Stage
from phancong.reviews.models import CellReview, Rating


def rights_of(actor: Actor, review: CellReview) -> dict[str, bool]:
    """What the reader may do in this part now."""
    is_open = review.round.state == RoundState.OPEN
    stage, judges = Stage(review.stage), policies.may_judge(actor, review.cell)
    records = policies.may_record(actor, review.cell)
    return {
        "may_write": is_open and records and stage == Stage.IN_CELL,
        "may_prompt": is_open and judges and stage == Stage.IN_CELL,
        "may_appraise": is_open and judges and stage == Stage.PROPOSED,
        "may_complete": is_open and judges and stage == Stage.DECIDED,
        "may_send_back": is_open and judges and stage in (Stage.PROPOSED, Stage.APPRAISED),
        "may_read_texts": policies.may_read_texts(actor, review.cell),
        "may_read_words": policies.may_read_words(actor, review.cell),
    }


def answered_by(actor: Actor, review: CellReview) -> list[LineKind]:
    """What the reader answers: the cell a word, the body that judged an appeal."""
    if review.round.state != RoundState.OPEN:
        return []
    entitled = {
        LineKind.WORD: policies.may_record(actor, review.cell),
        LineKind.APPEAL: policies.may_judge(actor, review.cell),
    }
    return [kind for kind, is_entitled in entitled.items() if is_entitled]


def has_a_part(actor: Actor, review: CellReview) -> bool:
    """Whether the reader writes in this part or judges it; others only read."""
    return policies.may_record(actor, review.cell) or policies.may_judge(actor, review.cell)


def note_reading(actor: Actor, held: Rating) -> None:
    """Somebody else is shown what the member wrote of the own year: the member is told who looked."""
    if held.member_id != actor.member_id:
        log.record_text_read(
            by=actor,
            member_id=held.member_id,
            place=held.review.cell.path,
            what=f"Bản tự kiểm điểm năm {held.review.round.year}",
            right=Permission.REVIEW_TEXT_SEE,
        )


def trail_of(review: CellReview) -> list[tuple[str, str]]:
    return [
        ("Kiểm điểm, xếp loại", reverse("reviews:list")),
        (str(review.round), review.round.get_absolute_url()),
        (review.cell.name, review.get_absolute_url()),
    ]
