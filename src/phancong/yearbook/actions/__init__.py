"""Named writes of the year's other duties."""

from phancong.yearbook.actions.pledges import add_note, mend_note, receive_pledge, register_pledge
from phancong.yearbook.actions.remarks import (
    Given,
    ask_opinion,
    ask_remark_when_needed,
    ask_yearly_remarks,
    write_remark,
)
from phancong.yearbook.actions.residence import (
    ContactFacts,
    carry_contacts_over,
    receive_contact,
    record_contact,
)
from phancong.yearbook.actions.study import Mark, hold_session, mark_attendance

__all__ = [
    "ContactFacts",
    "Given",
    "Mark",
    "add_note",
    "ask_opinion",
    "ask_remark_when_needed",
    "ask_yearly_remarks",
    "carry_contacts_over",
    "hold_session",
    "mark_attendance",
    "mend_note",
    "receive_contact",
    "receive_pledge",
    "record_contact",
    "register_pledge",
    "write_remark",
]
