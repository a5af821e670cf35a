"""The yearly pledge and its notes. They are kept and shown, never scored."""

from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.conflicts import check_not_oneself
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.yearbook import policies
from phancong.yearbook.actions.mending import keep, mend
from phancong.yearbook.actions.residence import cell_of
from phancong.yearbook.enums import Subject
from phancong.yearbook.models import Pledge, PledgeNote

_BEFORE_RECEIVED = "Sửa trước khi bí thư nhận"
_OWN_NOTE = "Sửa lại cho đúng"
MOST_OF_NOTE = 600


def register_pledge(
    member: Member, *, year: int, content: str, registered_on: date, version: int, by: Actor, reason: str = ""
) -> Pledge:
    """The member's own words, or typed in by the secretary from paper. A changed pledge is received anew."""
    cell, is_own = cell_of(member), by.member_id == member.pk
    if not is_own:
        policies.check_may_write_text(cell, by=by)
    policies.check_year(year, today=by.today)
    content = content.strip()
    policies.check_told(content, what="Nội dung cam kết")
    policies.check_happened(registered_on, today=by.today, what="Ngày đăng ký")
    with transaction.atomic():
        Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        held = Pledge.objects.select_for_update(of=("self",)).filter(member=member, year=year).first()
        policies.check_version(held.version if held else 0, seen=version)
        pledge = held or Pledge(member=member, year=year)
        changes = {
            "content": content,
            "registered_on": registered_on,
            "on_paper": not is_own,
            "received_on": None,
        }
        if held is None or held.received_on is None:
            reason = reason or _BEFORE_RECEIVED
        corrections = mend(
            pledge,
            changes,
            kind=Subject.PLEDGE,
            member_id=member.pk,
            cell=cell,
            reason=reason,
            by=by,
        )
        keep(pledge, corrections)
        log.record(
            by=by,
            action="register_pledge",
            subject=f"member:{member.pk}",
            place=cell.path,
            detail={"year": year},
            after=content,
        )
    return pledge


def receive_pledge(pledge: Pledge, *, version: int, by: Actor) -> None:
    """The secretary of the cell has it; nobody receives their own."""
    cell = cell_of(pledge.member)
    check_not_oneself(by, member_id=pledge.member_id)
    policies.check_may_record(cell, by=by)
    with transaction.atomic():
        held = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
        policies.check_version(held.version, seen=version)
        if held.received_on is not None:
            raise Refused(f"Bản cam kết này đã nhận ngày {held.received_on:%d/%m/%Y}.")
        held.received_on = by.today
        keep(held, [])
        log.record(
            by=by,
            action="receive_pledge",
            subject=f"member:{held.member_id}",
            place=cell.path,
            detail={"year": held.year},
        )


def add_note(member: Member, *, text: str, done_on: date, by: Actor) -> PledgeNote:
    """One entry of the member's own notebook."""
    _check_own(member, by=by)
    return _write(PledgeNote(member=member, year=done_on.year), text, done_on, member=member, by=by)


def mend_note(note: PledgeNote, *, text: str, done_on: date, version: int, by: Actor) -> PledgeNote:
    """The member writes an own entry anew; what it said stays behind it."""
    _check_own(note.member, by=by)
    with transaction.atomic():
        held = PledgeNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
        policies.check_version(held.version, seen=version)
        return _write(held, text, done_on, member=note.member, by=by)


def _write(note: PledgeNote, text: str, done_on: date, *, member: Member, by: Actor) -> PledgeNote:
    cell, text = cell_of(member), text.strip()
    policies.check_told(text, what="Việc đã làm")
    if len(text) > MOST_OF_NOTE:
        raise Refused(
            f"Việc đã làm dài {len(text)} ký tự, nhiều nhất là {MOST_OF_NOTE}. Rút ngắn rồi gửi lại."
        )
    policies.check_happened(done_on, today=by.today, what="Ngày làm")
    policies.check_year(done_on.year, today=by.today)
    with transaction.atomic():
        corrections = mend(
            note,
            {"text": text, "done_on": done_on, "year": done_on.year},
            kind=Subject.NOTE,
            member_id=member.pk,
            cell=cell,
            reason=_OWN_NOTE,
            by=by,
        )
        keep(note, corrections)
        log.record(
            by=by,
            action="write_note",
            subject=f"member:{member.pk}",
            place=cell.path,
            detail={"year": note.year},
            after=text,
        )
    return note


def _check_own(member: Member, *, by: Actor) -> None:
    if by.member_id != member.pk:
        raise Refused("Sổ tay là của từng đồng chí, người khác không ghi thay.")
