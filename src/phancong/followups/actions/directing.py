"""What whoever directs the cell's work says of a duty: a remark, an extension, a reminder."""

from collections.abc import Iterable
from datetime import date

from phancong.access.actor import Actor
from phancong.common.text import clean
from phancong.followups import policies
from phancong.followups.actions.writing import Held, directing, write
from phancong.followups.enums import EntryKind
from phancong.followups.models import Entry
from phancong.planning.models import Assignment
from phancong.planning.policies import check_told


def accept(assignment: Assignment, *, seen: int, by: Actor, text: str = "", exceeded: bool = False) -> Entry:
    """The report of being done is accepted. `exceeded`: more was done than the duty asked, as its measure says."""
    text = clean(text)
    policies.check_text(text, what="nhận xét", needed=exceeded)
    return write(
        assignment,
        EntryKind.ACCEPT,
        by=by,
        checks=(directing(by=by, seen=seen),),
        text=text,
        exceeded=exceeded,
    )


def send_back(assignment: Assignment, *, seen: int, by: Actor, text: str) -> Entry:
    """Not done yet: what is still to be done."""
    text = clean(text)
    policies.check_text(text, what="còn phải làm thêm việc gì")
    return write(assignment, EntryKind.RETURN, by=by, checks=(directing(by=by, seen=seen),), text=text)


def note(assignment: Assignment, *, by: Actor, text: str) -> Entry:
    """A remark that changes nothing."""
    text = clean(text)
    policies.check_text(text, what="nhận xét")
    return write(assignment, EntryKind.NOTE, by=by, checks=(directing(by=by, seen=None),), text=text)


def extend(assignment: Assignment, *, new_due: date, reason: str, basis: str, seen: int, by: Actor) -> Entry:
    """More time, by a decision with its reason; the first deadline is kept beside the new one."""
    reason, basis = clean(reason), clean(basis)
    policies.check_text(reason, what="lý do gia hạn")
    check_told(basis, what="căn cứ gia hạn, ví dụ ý kiến chi ủy ngày 12/6/2026")

    def check(held: Held) -> None:
        policies.check_new_due(held.standing, new_due=new_due, year=held.progress.year, today=by.today)

    return write(
        assignment,
        EntryKind.EXTEND,
        by=by,
        checks=(directing(by=by, seen=seen), check),
        text=reason,
        basis=basis,
        new_due=new_due,
    )


def remind(assignments: Iterable[Assignment], *, by: Actor, text: str = "") -> int:
    """One line for each duty; the member finds them together. How many were reminded: once a day is enough."""
    text = clean(text)
    policies.check_text(text, what="lời nhắc", needed=False)
    todays = set(
        Entry.objects.filter(
            kind=EntryKind.REMIND, on=by.today, assignment__in=[one.pk for one in assignments]
        ).values_list("assignment", flat=True)
    )
    wanted = [one for one in assignments if one.pk not in todays and one.member_id != by.member_id]
    for one in wanted:
        write(one, EntryKind.REMIND, by=by, checks=(directing(by=by, seen=None),), text=text)
    return len(wanted)
