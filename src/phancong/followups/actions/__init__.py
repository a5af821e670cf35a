"""Named writes of following up."""

from phancong.followups.actions.directing import accept, extend, note, remind, send_back
from phancong.followups.actions.drafting import forget_draft, save_draft
from phancong.followups.actions.matters import answer, pass_up, raise_overdue
from phancong.followups.actions.reporting import ask_change, report
from phancong.followups.actions.settling import adopt, conclude, end, give_more, hand_over, keep_despite

__all__ = [
    "accept",
    "adopt",
    "answer",
    "ask_change",
    "conclude",
    "end",
    "extend",
    "forget_draft",
    "give_more",
    "hand_over",
    "keep_despite",
    "note",
    "pass_up",
    "raise_overdue",
    "remind",
    "report",
    "save_draft",
    "send_back",
]
