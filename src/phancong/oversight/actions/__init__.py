"""Named writes of the level above."""

from phancong.oversight.actions.charges import Charged, decide_charges
from phancong.oversight.actions.notes import answer_note, withdraw_note, write_note

__all__ = ["Charged", "answer_note", "decide_charges", "withdraw_note", "write_note"]
