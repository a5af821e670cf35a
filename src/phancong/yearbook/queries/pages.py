"""Pages of lists, each behind a key of the row before; what belongs to the rows is read for the page at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from phancong.access.actor import Actor
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.yearbook.enums import Attendance
from phancong.yearbook.models import (
    Pledge,
    PledgeNote,
    Remark,
    ResidenceContact,
    StudyAttendance,
    StudySession,
)
from phancong.yearbook.queries.doors import cells_for
from phancong.yearbook.queries.figures import Figures, figures_of, pledgers_of, subjects_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """`next_after`: the key that the next page begins behind; None on the last."""

    rows: list[Any]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class CellRow:
    cell: Organization
    figures: Figures


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A member at work, with the contact of the year and its remarks, the newest last."""

    member: Member
    contact: ResidenceContact | None
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class PledgeRow:
    member: Member
    pledge: Pledge | None


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A session in figures: expected, studied there or later, absent and not caught up, not marked."""

    session: StudySession
    expected: int
    studied: int
    to_catch_up: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class StudyCell:
    cell: Organization
    expected: int
    studied: int
    to_catch_up: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class OwnYear:
    """What a member finds on their own page."""

    contact: ResidenceContact | None
    pledge: Pledge | None
    notes: list[PledgeNote]
    study: list[StudyAttendance]
    remarks: list[Remark]


_STUDIED = Q(state=Attendance.PRESENT) | Q(caught_up_on__isnull=False)
_BEHIND = Q(state=Attendance.ABSENT, caught_up_on__isnull=True)


def cells_page(actor: Actor, *, year: int, after: int | None) -> Page:
    found = _behind_name(cells_for(actor), after, cells_for(actor))
    cells, following = _cut(found.select_related("parent"))
    figures = figures_of([cell.pk for cell in cells], year=year, today=actor.today)
    return Page([CellRow(cell, figures[cell.pk]) for cell in cells], following)


def contacts_page(cell: Organization, *, year: int, today: date, after: int | None) -> Page:
    """Members of the cell whom the rule concerns, and whoever has a contact all the same."""
    known = Exists(ResidenceContact.objects.filter(member=OuterRef("pk"), year=year))
    roll = Member.objects.on_roll().filter(cell=cell).filter(subjects_of(year, today) | Q(known))
    members, following = _cut(_behind_name(roll, after, roll))
    contacts = ResidenceContact.objects.filter(member__in=members, year=year)
    held = {row.member_id: row for row in contacts.select_related("residence_cell", "area")}
    remarks: dict[int, list[Remark]] = {}
    for remark in _of(held.values()):
        remarks.setdefault(remark.member_id or 0, []).append(remark)
    return Page([ContactRow(one, held.get(one.pk), remarks.get(one.pk, [])) for one in members], following)


def incoming_page(cell: Organization, *, year: int, after: int | None) -> Page:
    """Members of other cells who live in the area of this one; nothing of their files is read."""
    rows = ResidenceContact.objects.filter(residence_cell=cell, year=year, letter_on__isnull=False)
    last = rows.filter(pk=after).values_list("member_sort_key", flat=True).first() if after else None
    if last is not None:
        rows = rows.filter(Q(member_sort_key__gt=last) | Q(member_sort_key=last, pk__gt=after))
    contacts, following = _cut(
        rows.select_related("work_cell", "area").order_by("member_sort_key", "id"), ordered=True
    )
    remarks: dict[int, list[Remark]] = {}
    for remark in _of(contacts):
        remarks.setdefault(remark.contact_id or 0, []).append(remark)
    return Page([(contact, remarks.get(contact.pk, [])) for contact in contacts], following)


def pledges_page(cell: Organization, *, year: int, today: date, after: int | None) -> Page:
    roll = Member.objects.on_roll().filter(cell=cell)
    known = Exists(Pledge.objects.filter(member=OuterRef("pk"), year=year))
    wanted = roll.filter(pledgers_of(year, today) | Q(known))
    members, following = _cut(_behind_name(wanted, after, roll))
    # Who reads the list does not read what people wrote.
    held = Pledge.objects.filter(member__in=members, year=year).defer("content")
    pledges = {row.member_id: row for row in held}
    return Page([PledgeRow(one, pledges.get(one.pk)) for one in members], following)


def remarks_page(cell: Organization, *, year: int, after: int | None) -> Page:
    """What the Front, mass organisations and residents were asked, newest first."""
    rows = Remark.objects.filter(cell=cell, year=year, contact__isnull=True).order_by("-id")
    if after:
        rows = rows.filter(pk__lt=after)
    found, following = _cut(rows.select_related("member").defer("text"), ordered=True)
    return Page(found, following)


def waiting_remarks(cell: Organization, *, year: int) -> list[Remark]:
    """Remarks of places of residence that the cell asked for and has not got."""
    rows = Remark.objects.filter(cell=cell, year=year, contact__isnull=False, text="")
    return list(rows.select_related("contact").order_by("id"))


def sessions_page(cell: Organization, *, year: int, after: int | None) -> Page:
    """Sessions that the cell is expected at, the latest first, in figures of the cell."""
    sessions = StudySession.objects.filter(
        Exists(StudyAttendance.objects.filter(session=OuterRef("pk"), cell=cell)), year=year
    )
    last = sessions.filter(pk=after).values_list("held_on", flat=True).first() if after else None
    if last is not None:
        sessions = sessions.filter(Q(held_on__lt=last) | Q(held_on=last, pk__lt=after))
    found, following = _cut(sessions.select_related("organizer").order_by("-held_on", "-id"), ordered=True)
    rows = StudyAttendance.objects.filter(session__in=found, cell=cell)
    figures = {row["session"]: row for row in _study_figures(rows, "session")}
    return Page([StudyRow(one, *_told(figures[one.pk])) for one in found], following)


def study_cells_page(actor: Actor, session: StudySession, *, after: int | None) -> Page:
    """The actor's cells in a session, by name, in figures."""
    cells = cells_for(actor)
    here = Exists(StudyAttendance.objects.filter(cell=OuterRef("pk"), session=session))
    found, following = _cut(_behind_name(cells.filter(here), after, cells))
    rows = StudyAttendance.objects.filter(session=session, cell__in=found)
    figures = {row["cell"]: row for row in _study_figures(rows, "cell")}
    return Page([StudyCell(cell, *_told(figures[cell.pk])) for cell in found], following)


def attendance_of(session: StudySession, cell: Organization) -> list[StudyAttendance]:
    """Everybody of the cell who is expected, by name, on one page."""
    rows = StudyAttendance.objects.filter(session=session, cell=cell).select_related("member")
    return list(rows.order_by("member__sort_key", "member_id"))


def own_year(member: Member, *, year: int) -> OwnYear:
    contacts = ResidenceContact.objects.filter(member=member, year=year)
    study = StudyAttendance.objects.filter(member=member, session__year=year)
    return OwnYear(
        contact=contacts.select_related("residence_cell", "area").first(),
        pledge=Pledge.objects.filter(member=member, year=year).first(),
        notes=list(
            PledgeNote.objects.filter(member=member, year=year).order_by("-done_on", "-id")[: 2 * PAGE]
        ),
        study=list(study.select_related("session").order_by("-session__held_on", "-id")[: 2 * PAGE]),
        remarks=list(Remark.objects.filter(member=member, year=year).order_by("-id")[: 2 * PAGE]),
    )


def notes_of(member: Member, *, year: int) -> list[PledgeNote]:
    return list(PledgeNote.objects.filter(member=member, year=year).order_by("-done_on", "-id")[: 2 * PAGE])


def _of(contacts: Iterable[ResidenceContact]) -> QuerySet[Remark]:
    """Remarks of these contacts, the newest last, without what they say."""
    keys = [contact.pk for contact in contacts]
    return Remark.objects.filter(contact__in=keys).defer("text").order_by("id")


def _study_figures(rows: QuerySet[StudyAttendance], key: str) -> Iterable[Any]:
    found: Iterable[Any] = (
        rows.order_by()
        .values(key)
        .annotate(
            expected=Count("pk"),
            studied=Count("pk", filter=_STUDIED),
            behind=Count("pk", filter=_BEHIND),
            unmarked=Count("pk", filter=Q(state=Attendance.UNMARKED)),
        )
    )
    return found


def _told(figures: dict[str, int]) -> tuple[int, int, int, int]:
    return figures["expected"], figures["studied"], figures["behind"], figures["unmarked"]


def _behind_name(rows: Any, after: int | None, among: Any) -> Any:
    """Rows behind the one with the key `after` in the order of names."""
    last = among.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if last is not None:
        rows = rows.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    return rows


def _cut(rows: Any, *, ordered: bool = False) -> tuple[list[Any], int | None]:
    found = list((rows if ordered else rows.order_by("sort_key", "id"))[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
