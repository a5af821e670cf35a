"""The year of one member for the file of work (hồ sơ công tác): facts and days, none of the texts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from phancong.yearbook.enums import Attendance, ContactGroup, RemarkKind
from phancong.yearbook.models import Pledge, Remark, ResidenceContact, StudyAttendance


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    year: int
    group: str
    residence: str
    letter: str
    received_on: date | None
    residence_remark_on: date | None
    residence_remark_waits: bool
    pledge_registered_on: date | None
    pledge_received_on: date | None
    expected: int
    studied: int
    to_catch_up: int
    opinions: int


def member_card(member_id: int, *, year: int) -> MemberCard:
    """Four queries; who asks has been let in to the member's file before."""
    contact = (
        ResidenceContact.objects.filter(member=member_id, year=year)
        .select_related("residence_cell", "area")
        .first()
    )
    pledge = Pledge.objects.filter(member=member_id, year=year).defer("content").first()
    remarks = list(
        Remark.objects.filter(member=member_id, year=year).order_by("id").values("kind", "given_on")
    )
    residence = [row for row in remarks if row["kind"] == RemarkKind.RESIDENCE]
    study = StudyAttendance.objects.filter(member=member_id, session__year=year).aggregate(
        expected=Count("pk"),
        studied=Count("pk", filter=Q(state=Attendance.PRESENT) | Q(caught_up_on__isnull=False)),
        behind=Count("pk", filter=Q(state=Attendance.ABSENT, caught_up_on__isnull=True)),
    )
    return MemberCard(
        year=year,
        group=ContactGroup(contact.group).label if contact else "",
        residence=place_words(contact) if contact else "",
        letter=letter_words(contact) if contact else "",
        received_on=contact.received_on if contact else None,
        residence_remark_on=max((row["given_on"] for row in residence if row["given_on"]), default=None),
        residence_remark_waits=any(row["given_on"] is None for row in residence),
        pledge_registered_on=pledge.registered_on if pledge else None,
        pledge_received_on=pledge.received_on if pledge else None,
        expected=study["expected"],
        studied=study["studied"],
        to_catch_up=study["behind"],
        opinions=len([row for row in remarks if row["kind"] != RemarkKind.RESIDENCE and row["given_on"]]),
    )


def place_words(contact: ResidenceContact) -> str:
    """Where the member lives, in the words of the contact."""
    if contact.area and contact.residence_cell:
        return f"{contact.area.name} ({contact.residence_cell.name})"
    return contact.place_name


def letter_words(contact: ResidenceContact) -> str:
    return f"số {contact.letter_number} ngày {contact.letter_on:%d/%m/%Y}" if contact.letter_on else ""
