"""The days on which somebody's work is due, as a calendar reads them; titles say nothing of the work."""

from datetime import datetime

from phancong.accounts.models import User
from phancong.common.ics import WholeDay, calendar
from phancong.followups.actions.calendars import seal
from phancong.followups.enums import State
from phancong.followups.models import CalendarLink, Progress

TITLE = "Việc chi bộ – đến hạn"
NAME = "Việc chi bộ"


def user_of(token: str) -> User | None:
    """Whose calendar the address opens; nobody's where it was reset, or the account is locked."""
    link = CalendarLink.objects.filter(seal=seal(token), user__is_active=True).select_related("user").first()
    return link.user if link else None


def calendar_of(user: User, *, stamp: datetime, address: str) -> bytes:
    """One entry for each piece of work that still runs. A later day is the same entry with a higher sequence.

    `address` is that of a piece of work, with {} in the place of its number.
    """
    works = Progress.objects.filter(member=user.member_id, state=State.RUNNING).order_by("due_on", "pk")
    return calendar(*(_entry(work, stamp, address) for work in works), name=NAME)


def _entry(work: Progress, stamp: datetime, address: str) -> WholeDay:
    return WholeDay(
        uid=f"viec-{work.pk}@phan-cong",
        day=work.due_on,
        title=TITLE,
        stamp=stamp,
        address=address.format(work.pk),
        sequence=work.extensions,
    )
