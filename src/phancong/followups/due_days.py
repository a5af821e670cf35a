"""The days on which somebody's work is due, as a calendar reads them; titles say nothing of the work."""

from datetime import UTC, datetime, timedelta

from phancong.accounts.models import User
from phancong.common.ics import escape, fold_line
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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Phan Cong//Viec den han//VI", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escape(NAME)}"]
    for work in works:
        lines += _entry(work, stamp, address)
    return b"".join(fold_line(line) for line in [*lines, "END:VCALENDAR"])


def _entry(work: Progress, stamp: datetime, address: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:viec-{work.pk}@phan-cong",
        f"SEQUENCE:{work.extensions}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{work.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{work.due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(TITLE)}",
        f"URL:{address.format(work.pk)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
