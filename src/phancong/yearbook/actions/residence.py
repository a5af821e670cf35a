"""Keeping contact with the place of residence: introduced by the cell of work, received by the cell of residence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.models import Member
from phancong.organizations.models import Area, AreaCoverage, Organization
from phancong.yearbook import policies
from phancong.yearbook.actions.mending import keep, mend
from phancong.yearbook.enums import ContactGroup, Subject
from phancong.yearbook.models import ResidenceContact
from phancong.yearbook.packs import residence_rules, rule_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """What the cell of work records. `area` lies in this committee; `place_name` names a place outside of it."""

    group: str
    basis: str = ""
    area: Area | None = None
    place_name: str = ""
    letter_number: str = ""
    letter_on: date | None = None


def record_contact(
    member: Member, *, year: int, facts: ContactFacts, version: int, by: Actor, reason: str = ""
) -> ResidenceContact:
    """The cell of work says in which group the member is, where they live, and which letter introduced them."""
    cell = cell_of(member)
    policies.check_may_record(cell, by=by)
    policies.check_year(year, today=by.today)
    changes = _changes(facts, cell, year=year, by=by)
    with transaction.atomic():
        Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        locked = ResidenceContact.objects.select_for_update(of=("self",))
        held = locked.filter(member=member, year=year).first()
        policies.check_version(held.version if held else 0, seen=version)
        contact = held or ResidenceContact(member=member, year=year)
        moved = held is not None and (contact.residence_cell, contact.place_name) != (
            changes["residence_cell"],
            changes["place_name"],
        )
        if moved or not changes["letter_on"]:
            # Another place has not received anything yet.
            changes["received_on"] = None
        corrections = mend(
            contact,
            changes,
            kind=Subject.CONTACT,
            member_id=member.pk,
            cell=cell,
            reason=reason,
            by=by,
        )
        contact.work_cell = cell
        contact.member_name, contact.member_sort_key = member.full_name, member.sort_key
        keep(contact, corrections)
        _log(by, "record_contact", contact, cell)
    return contact


def _changes(facts: ContactFacts, cell: Organization, *, year: int, by: Actor) -> dict[str, Any]:
    rules = residence_rules(rule_day(year, by.today))
    basis, number, place = clean(facts.basis), clean(facts.letter_number), clean(facts.place_name)
    group = policies.check_group(rules.groups.get(facts.group), basis=basis)
    changes: dict[str, Any] = {
        "group": facts.group,
        "basis": "" if group.attends else basis,
        "area": None,
        "residence_cell": None,
        "place_name": "",
        "letter_number": "",
        "letter_on": None,
    }
    if not group.is_introduced:
        return changes
    if facts.area is not None and place:
        raise Refused("Chọn thôn, tổ dân phố trong danh sách, hoặc ghi nơi cư trú ở ngoài; không ghi cả hai.")
    if bool(number) != bool(facts.letter_on):
        raise Refused(
            "Giấy giới thiệu cần cả số và ngày. Ghi đủ hai ô, hoặc bỏ trống cả hai khi chưa có giấy."
        )
    if facts.letter_on:
        policies.check_happened(facts.letter_on, today=by.today, what="Ngày giấy giới thiệu")
        if facts.area is None and not place:
            raise Refused(
                "Ghi giấy giới thiệu gửi về đâu: chọn thôn, tổ dân phố hoặc ghi nơi cư trú ở ngoài."
            )
    home = _covering(facts.area, cell, today=by.today)
    return changes | {
        "area": facts.area,
        "residence_cell": home,
        "place_name": place,
        "letter_number": number,
        "letter_on": facts.letter_on,
    }


def _covering(area: Area | None, cell: Organization, *, today: date) -> Organization | None:
    """The cell of residence; whoever lives where their own cell stands needs no introduction."""
    if area is None:
        return None
    covering = AreaCoverage.objects.on(today).filter(area=area).select_related("cell").first()
    if covering is None:
        raise Refused(
            f"{area.name} chưa có chi bộ nào phụ trách. Nhờ văn phòng ghi chi bộ phụ trách địa bàn này rồi chọn lại."
        )
    home: Organization = covering.cell
    if home.pk == cell.pk:
        raise Refused(f"{area.name} do chính {cell.name} phụ trách nên không cần giới thiệu về nơi cư trú.")
    return home


def receive_contact(
    contact: ResidenceContact, *, received_on: date, version: int, by: Actor, reason: str = ""
) -> None:
    """The cell of residence has the letter and knows the member as one of its area."""
    home = contact.residence_cell
    if home is None:
        raise Refused("Nơi cư trú này ở ngoài đảng bộ; chi bộ nơi công tác tự ghi khi có giấy báo.")
    policies.check_may_record(home, by=by)
    policies.check_happened(received_on, today=by.today, what="Ngày nhận")
    with transaction.atomic():
        held = ResidenceContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
        policies.check_version(held.version, seen=version)
        if held.letter_on is None:
            raise Refused(
                "Chi bộ nơi công tác chưa ghi giấy giới thiệu. Báo chi bộ ấy ghi số và ngày của giấy."
            )
        if received_on < held.letter_on:
            raise Refused(
                f"Ngày nhận {received_on:%d/%m/%Y} trước ngày của giấy ({held.letter_on:%d/%m/%Y}). Ghi lại ngày."
            )
        corrections = mend(
            held,
            {"received_on": received_on},
            kind=Subject.CONTACT,
            member_id=held.member_id,
            cell=home,
            reason=reason,
            by=by,
        )
        keep(held, corrections)
        _log(by, "receive_contact", held, home)


def carry_contacts_over(cell: Organization, *, year: int, by: Actor) -> int:
    """Take the contacts of the year before into `year`, for members of the cell who have none in it yet."""
    policies.check_may_record(cell, by=by)
    policies.check_year(year, today=by.today)
    with transaction.atomic():
        members = list(Member.objects.on_roll().filter(cell=cell).select_for_update(of=("self",)))
        known = ResidenceContact.objects.filter(year=year, member__in=members).values("member")
        rules = residence_rules(rule_day(year, by.today))
        old = ResidenceContact.objects.filter(year=year - 1, member__in=members, work_cell=cell)
        rows = [_again(row, year) for row in old.exclude(member__in=known) if row.group in rules.groups]
        ResidenceContact.objects.bulk_create(rows)
        if not rows:
            raise Refused(f"Không còn đồng chí nào có ghi ở năm {year - 1} mà chưa ghi ở năm {year}.")
        log.record_many(
            [
                log.Act(
                    action="record_contact",
                    subject=f"member:{row.member_id}",
                    place=cell.path,
                    detail={"year": year},
                )
                for row in rows
            ],
            by=by,
        )
    return len(rows)


def _again(old: ResidenceContact, year: int) -> ResidenceContact:
    same = {
        field.attname: getattr(old, field.attname)
        for field in ResidenceContact._meta.concrete_fields
        if field.name not in {"id", "year", "version"}
    }
    return ResidenceContact(year=year, **same)


def cell_of(member: Member) -> Organization:
    """The cell that answers for the member."""
    if member.cell is None:
        raise Refused(f"Đồng chí {member.full_name} không còn sinh hoạt ở chi bộ nào, nên không ghi được.")
    return member.cell


def _log(by: Actor, action: str, contact: ResidenceContact, place: Organization) -> None:
    log.record(
        by=by,
        action=action,
        subject=f"member:{contact.member_id}",
        place=place.path,
        detail={"year": contact.year, "kind": ContactGroup(contact.group).value},
        after=[
            contact.group,
            str(contact.residence_cell_id),
            contact.letter_number,
            str(contact.received_on),
        ],
    )
