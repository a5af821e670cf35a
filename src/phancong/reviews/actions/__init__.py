"""Named writes of the yearly review."""

from phancong.reviews.actions.ballots import BallotRow, RowsRefused, record_ballots
from phancong.reviews.actions.cell import (
    leave_unrated,
    propose_grade,
    record_meeting,
    record_tally,
    write_remark,
)
from phancong.reviews.actions.correcting import correct_value
from phancong.reviews.actions.moving import appraise, appraise_grade, complete, decide, propose, send_back
from phancong.reviews.actions.own import Written, answer, appeal, prompt, save_self_review, say_word
from phancong.reviews.actions.rounds import close_round, open_round, refresh_roll

__all__ = [
    "BallotRow",
    "RowsRefused",
    "Written",
    "answer",
    "appeal",
    "appraise",
    "appraise_grade",
    "close_round",
    "complete",
    "correct_value",
    "decide",
    "leave_unrated",
    "open_round",
    "prompt",
    "propose",
    "propose_grade",
    "record_ballots",
    "record_meeting",
    "record_tally",
    "refresh_roll",
    "save_self_review",
    "say_word",
    "send_back",
    "write_remark",
]
