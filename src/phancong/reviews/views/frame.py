"""What the pages of a cell's part have in common: the way to it, and what the reader may do there now."""

from django.urls import reverse

from phancong.access.actor import Actor
from phancong.reviews import policies
from phancong.reviews.enums import RoundState, Stage
from phancong.reviews.models import CellReview


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
        "may_answer": is_open and (records or judges),
    }


def has_a_part(actor: Actor, review: CellReview) -> bool:
    """Whether the reader writes in this part or judges it; others only read."""
    return policies.may_record(actor, review.cell) or policies.may_judge(actor, review.cell)


def trail_of(review: CellReview) -> list[tuple[str, str]]:
    return [
        ("Kiểm điểm, xếp loại", reverse("reviews:list")),
        (str(review.round), review.round.get_absolute_url()),
        (review.cell.name, review.get_absolute_url()),
    ]
