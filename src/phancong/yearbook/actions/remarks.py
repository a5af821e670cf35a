"""Remarks: asked for by the cell, written down by whoever received them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.conflicts import check_not_oneself
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.yearbook import policies
from phancong.yearbook.actions.mending import keep, mend
from phancong.yearbook.actions.residence import cell_of
from phancong.yearbook.enums import RemarkKind, Subject
from phancong.yearbook.models import LINE_LENGTH, Remark, ResidenceContact
from phancong.yearbook.packs import residence_rules, rule_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was remarked, by whom and when; `on_paper`: typed in from a paper that the cell keeps."""

    text: str
    given_by: str
    given_on: date
    on_paper: bool = False


def ask_yearly_remarks(cell: Organization, *, year: int, by: Actor) -> list[Remark]:
    """Ask for the yearly remark on every member of the cell who is due one and not asked for yet."""
    policies.check_may_record(cell, by=by)
    policies.check_year(year, today=by.today)
    rules = residence_rules(rule_day(year, by.today))
    due = [code for code, group in rules.groups.items() if group.yearly_remark]
    with transaction.atomic():
        contacts = ResidenceContact.objects.filter(member__cell=cell, year=year, group__in=due)
        held = list(contacts.select_for_update(of=("self",)).select_related("residence_cell").order_by("id"))
        asked = set(Remark.objects.filter(contact__in=held, purpose="").values_list("contact", flat=True))
        remarks = [
            _of_residence(contact, cell, by=by)
            for contact in held
            if contact.pk not in asked and (contact.residence_cell or contact.place_name)
        ]
        if not remarks:
            raise Refused(
                "Không còn đồng chí nào cần xin nhận xét. Đồng chí chưa có tên ở đây là chưa ghi nơi cư trú."
            )
        made = Remark.objects.bulk_create(remarks)
        _log_many(by, "ask_remark", made, cell)
    return made


def ask_remark_when_needed(contact: ResidenceContact, *, purpose: str, by: Actor) -> Remark:
    """One remark for a purpose, as for a promotion; the only kind for whoever is excused from meetings."""
    cell = cell_of(contact.member)
    policies.check_may_record(cell, by=by)
    policies.check_year(contact.year, today=by.today)
    purpose = clean(purpose)
    policies.check_told(purpose, what="Xin để làm gì")
    group = residence_rules(rule_day(contact.year, by.today)).groups[contact.group]
    policies.check_asks_remark(group, purpose=purpose)
    if contact.residence_cell is None and not contact.place_name:
        raise Refused("Chưa ghi đồng chí này cư trú ở đâu. Ghi nơi cư trú rồi xin nhận xét.")
    with transaction.atomic():
        remark = _of_residence(contact, cell, by=by)
        remark.purpose = purpose[:LINE_LENGTH]
        remark.save()
        _log_many(by, "ask_remark", [remark], cell)
    return remark


def ask_opinion(
    cell: Organization, *, year: int, kind: str, member: Member | None, asked_of: str, by: Actor
) -> Remark:
    """Ask the Front, a mass organisation or the residents about one member, or about the cell as a whole."""
    policies.check_may_record(cell, by=by)
    policies.check_year(year, today=by.today)
    asked_of = clean(asked_of)
    policies.check_told(asked_of, what="Xin nhận xét của ai")
    if kind not in RemarkKind.values or kind == RemarkKind.RESIDENCE:
        raise Refused("Chọn xin nhận xét của Mặt trận, đoàn thể hay nhân dân.")
    if member is not None and member.cell_id != cell.pk:
        raise Refused("Chỉ xin nhận xét về đồng chí của chi bộ này. Tải lại trang rồi chọn lại.")
    with transaction.atomic():
        remark = Remark.objects.create(
            kind=kind,
            cell=cell,
            member=member,
            year=year,
            asked_of=asked_of[:LINE_LENGTH],
            asked_on=by.today,
        )
        _log_many(by, "ask_remark", [remark], cell)
    return remark


def write_remark(remark: Remark, *, given: Given, version: int, by: Actor, reason: str = "") -> None:
    """Write the remark down: the residence side its own, the cell what came on paper. Nobody writes about themself."""
    if remark.member_id is not None:
        check_not_oneself(by, member_id=remark.member_id)
    place = check_may_write(remark, by=by)
    changes = {
        "text": given.text.strip(),
        "given_by": clean(given.given_by),
        "given_on": given.given_on,
        "on_paper": given.on_paper,
    }
    policies.check_told(str(changes["text"]), what="Nội dung nhận xét")
    policies.check_told(str(changes["given_by"]), what="Người nhận xét")
    policies.check_happened(given.given_on, today=by.today, what="Ngày nhận xét")
    with transaction.atomic():
        held = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
        policies.check_version(held.version, seen=version)
        corrections = mend(
            held,
            changes,
            kind=Subject.REMARK,
            member_id=held.member_id,
            cell=place,
            reason=reason,
            by=by,
        )
        keep(held, corrections)
        log.record(
            by=by,
            action="write_remark",
            subject=_subject(held),
            place=place.path,
            detail={"year": held.year, "kind": held.kind},
            after=held.text,
        )


def check_may_write(remark: Remark, *, by: Actor) -> Organization:
    """The side that writes: the cell of residence where the actor leads it, otherwise the cell that asked."""
    home = remark.contact.residence_cell if remark.contact else None
    if home is not None and policies.may_record(by, home) and policies.may_read_texts(by, home):
        return home
    policies.check_may_write_text(remark.cell, by=by)
    return remark.cell


def _of_residence(contact: ResidenceContact, cell: Organization, *, by: Actor) -> Remark:
    home = contact.residence_cell
    return Remark(
        kind=RemarkKind.RESIDENCE,
        cell=cell,
        member_id=contact.member_id,
        contact=contact,
        year=contact.year,
        asked_of=f"Chi ủy {home.name}"[:LINE_LENGTH] if home else contact.place_name,
        asked_on=by.today,
    )


def _subject(remark: Remark) -> str:
    return f"member:{remark.member_id}" if remark.member_id else f"organization:{remark.cell_id}"


def _log_many(by: Actor, action: str, remarks: list[Remark], cell: Organization) -> None:
    log.record_many(
        [
            log.Act(
                action=action,
                subject=_subject(remark),
                place=cell.path,
                detail={"year": remark.year, "kind": remark.kind},
            )
            for remark in remarks
        ],
        by=by,
    )
