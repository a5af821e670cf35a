"""Named writes of following up."""

from phancong.followups.actions.calendars import drop_calendar_link, make_calendar_link
from phancong.followups.actions.directing import accept, extend, note, remind, send_back
from phancong.followups.actions.drafting import forget_draft, save_draft
from phancong.followups.actions.mailing import Sent, ask_for_mail, refuse_mail, send_digests
from phancong.followups.actions.matters import answer, pass_up, raise_overdue
from phancong.followups.actions.reminding import remind_unplanned
from phancong.followups.actions.reporting import ask_change, report
from phancong.followups.actions.settling import adopt, conclude, end, give_more, hand_over, keep_despite

__all__ = [
    "Sent",
    "accept",
    "adopt",
    "answer",
    "ask_change",
    "ask_for_mail",
    "conclude",
    "drop_calendar_link",
    "end",
    "extend",
    "forget_draft",
    "give_more",
    "hand_over",
    "keep_despite",
    "make_calendar_link",
    "note",
    "pass_up",
    "raise_overdue",
    "refuse_mail",
    "remind",
    "remind_unplanned",
    "report",
    "save_draft",
    "send_back",
    "send_digests",
]
