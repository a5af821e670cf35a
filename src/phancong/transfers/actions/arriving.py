"""Somebody comes in from outside of the system: the paper is checked and the member is entered."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.common.text import clean
from phancong.members.actions import enter_members
from phancong.members.policies import check_right
from phancong.members.records import MemberRecord, MembershipSpan
from phancong.organizations.models import Organization
from phancong.transfers import policies
from phancong.transfers.actions.holding import record
from phancong.transfers.clocks import present_by
from phancong.transfers.enums import Kind, Reason, State
from phancong.transfers.models import Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """`outside`: where the member took part until now."""

    full_name: str
    birth_date: date
    sex: str
    category: str
    admitted_on: date
    official_on: date | None
    card_number: str
    outside: str
    reason: str
    paper_number: str
    introduced_on: date
    received_on: date
    late_reason: str = ""


@transaction.atomic
def arrive(cell: Organization, given: Arrival, *, by: Actor) -> Transfer:
    """The member is on the roll of `cell` from the day of receipt."""
    check_right(Permission.MEMBER_IMPORT, place=cell.path, by=by)
    policies.check_may(policies.may_record(cell, by=by))
    policies.check_takes_members(cell)
    number, outside, late = clean(given.paper_number), clean(given.outside), clean(given.late_reason)
    policies.check_given(number, what="số giấy giới thiệu")
    policies.check_given(outside, what="nơi chuyển đến")
    policies.check_reason(Kind.OFFICIAL, given.reason)
    policies.check_day(given.introduced_on, today=by.today, after=None, what="Giới thiệu")
    policies.check_day(given.received_on, today=by.today, after=given.introduced_on, what="Tiếp nhận")
    policies.check_late(
        given.received_on, due=present_by(given.introduced_on), reason=late, what="Nộp giấy giới thiệu"
    )
    [member] = enter_members([_entry(cell, given, number)], cells={}, by=by)
    row = Transfer.objects.create(
        member=member,
        member_name=member.full_name,
        kind=Kind.OFFICIAL,
        state=State.RECEIVED,
        cell=cell,
        outside=outside,
        reason=Reason(given.reason),
        decided_on=given.introduced_on,
        requested_on=given.introduced_on,
        introduced_on=given.introduced_on,
        paper_number=number,
        received_on=given.received_on,
        late_receipt=late,
    )
    record("arrive_transfer", row, at=cell, by=by, on=given.received_on.isoformat())
    return row


def _entry(cell: Organization, given: Arrival, number: str) -> MemberRecord:
    return MemberRecord(
        full_name=clean(given.full_name),
        birth_date=given.birth_date,
        sex=given.sex,
        admitted_on=given.admitted_on,
        official_on=given.official_on,
        category=given.category,
        card_number=clean(given.card_number) or None,
        memberships=(MembershipSpan(cell_id=cell.pk, valid_from=given.received_on, decision_number=number),),
    )
