"""Study of resolutions and themes: who was expected, who was there, who caught up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.yearbook import policies
from phancong.yearbook.actions.mending import mend
from phancong.yearbook.enums import Attendance, Subject
from phancong.yearbook.models import LINE_LENGTH, Correction, StudyAttendance, StudySession
from phancong.yearbook.packs import year_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    is_present: bool
    caught_up_on: date | None = None


def hold_session(
    organizer: Organization, *, kind: str, title: str, documents: str, held_on: date, by: Actor
) -> StudySession:
    """A session for everybody on the roll below the organiser whose status is expected to study."""
    policies.check_may_record(organizer, by=by)
    policies.check_year(held_on.year, today=by.today)
    rules, title = year_rules(by.today), clean(title)
    if kind not in {study.code for study in rules.studies}:
        raise Refused("Chọn loại buổi học trong danh sách.")
    policies.check_told(title, what="Nội dung học")
    with transaction.atomic():
        session = StudySession.objects.create(
            organizer=organizer,
            kind=kind,
            title=title[:LINE_LENGTH],
            documents=clean(documents)[:600],
            held_on=held_on,
            year=held_on.year,
        )
        members = Member.objects.in_places([organizer.path]).on_roll().filter(status__in=rules.expected)
        rows = [
            StudyAttendance(session=session, member_id=pk, cell_id=cell)
            for pk, cell in members.order_by("id").values_list("id", "cell_id")
        ]
        if not rows:
            raise Refused(f"{organizer.name} chưa có đảng viên nào phải học. Xem lại nơi tổ chức.")
        StudyAttendance.objects.bulk_create(rows, batch_size=500)
        log.record(
            by=by,
            action="hold_session",
            subject=f"study_session:{session.pk}",
            place=organizer.path,
            detail={"count": len(rows), "on": held_on.isoformat()},
        )
    return session


def mark_attendance(
    session: StudySession,
    cell: Organization,
    *,
    marks: Mapping[int, Mark],
    version: int,
    by: Actor,
    reason: str = "",
) -> int:
    """Who was there and who caught up, for the whole cell at once; `marks` by member. How many rows changed."""
    policies.check_may_record(cell, by=by)
    policies.check_happened(session.held_on, today=by.today, what="Ngày học")
    for mark in marks.values():
        _check(mark, session, today=by.today)
    with transaction.atomic():
        rows = list(
            StudyAttendance.objects.select_for_update(of=("self",))
            .filter(session=session, cell=cell)
            .order_by("id")
        )
        policies.check_version(sum(row.version for row in rows), seen=version)
        changed: list[StudyAttendance] = []
        corrections: list[Correction] = []
        for row in rows:
            wanted = _wanted(marks.get(row.member_id))
            if any(getattr(row, name) != value for name, value in wanted.items()):
                corrections += mend(
                    row,
                    wanted,
                    kind=Subject.STUDY,
                    member_id=row.member_id,
                    cell=cell,
                    reason=reason,
                    by=by,
                )
                row.version += 1
                changed.append(row)
        StudyAttendance.objects.bulk_update(changed, ["state", "caught_up_on", "version"])
        Correction.objects.bulk_create(corrections)
        log.record(
            by=by,
            action="mark_attendance",
            subject=f"study_session:{session.pk}",
            place=cell.path,
            detail={"count": len(changed)},
        )
    return len(changed)


def _wanted(mark: Mark | None) -> dict[str, Any]:
    """Whoever is not named on the page sent was not there."""
    mark = mark or Mark(is_present=False)
    return {
        "state": Attendance.PRESENT if mark.is_present else Attendance.ABSENT,
        "caught_up_on": None if mark.is_present else mark.caught_up_on,
    }


def _check(mark: Mark, session: StudySession, *, today: date) -> None:
    if mark.caught_up_on is None:
        return
    policies.check_happened(mark.caught_up_on, today=today, what="Ngày học bù")
    if mark.caught_up_on < session.held_on:
        raise Refused(
            f"Ngày học bù {mark.caught_up_on:%d/%m/%Y} trước ngày học {session.held_on:%d/%m/%Y}. Ghi lại ngày."
        )
