"""Named writes of meetings."""

from phancong.meetings.actions.calling import (
    Call,
    add_item,
    cancel_meeting,
    change_meeting,
    move_item,
    plan_meeting,
    plan_series,
    remove_item,
)
from phancong.meetings.actions.deciding import (
    Tally,
    conclude,
    record_vote,
    remove_line,
    remove_vote,
    reserve_opinion,
)
from phancong.meetings.actions.holding import (
    Mark,
    Overtaken,
    drop_draft,
    hold,
    keep_draft,
    record_attendance,
    save_text,
)
from phancong.meetings.actions.numbers import begin_term
from phancong.meetings.actions.signing import add_addendum, read_back, reopen, sign

__all__ = [
    "Call",
    "Mark",
    "Overtaken",
    "Tally",
    "add_addendum",
    "add_item",
    "begin_term",
    "cancel_meeting",
    "change_meeting",
    "conclude",
    "drop_draft",
    "hold",
    "keep_draft",
    "move_item",
    "plan_meeting",
    "plan_series",
    "read_back",
    "record_attendance",
    "record_vote",
    "remove_item",
    "remove_line",
    "remove_vote",
    "reopen",
    "reserve_opinion",
    "save_text",
    "sign",
]
