"""The steps of the side that receives. Where it lies outside of the system, the sending cell notes what it was told."""

from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.actions import move_cell, set_status
from phancong.members.enums import MembershipKind, Status
from phancong.members.models import Member, Membership
from phancong.transfers import policies
from phancong.transfers.actions.holding import held, held_member, record, stays_between, write
from phancong.transfers.clocks import present_by
from phancong.transfers.enums import State
from phancong.transfers.models import Transfer


@transaction.atomic
def receive(row: Transfer, *, on: date, late_reason: str, seen: int, by: Actor) -> Transfer:
    """The paper was checked, the cell met: from this day the member takes part there."""
    row = held(row, seen=seen, by=by)
    policies.check_state(row, State.INTRODUCED)
    policies.check_may(policies.may_receive(row, by=by))
    introduced = row.introduced_on or on
    row.late_receipt = clean(late_reason)
    policies.check_day(on, today=by.today, after=introduced, what="Tiếp nhận")
    policies.check_late(on, due=present_by(introduced), reason=row.late_receipt, what="Nộp giấy giới thiệu")
    row.state, row.received_on = State.RECEIVED, on
    row.due_on = row.last_day if row.is_temporary else None
    # The file becomes theirs by this very act: until then the database does not show it to the receiving side.
    with seeing(EVERYTHING):
        _move(row, held_member(row), on)
    write(row, "state", "received_on", "late_receipt", "due_on")
    record("receive_transfer", row, at=policies.taker(row), by=by, on=on.isoformat())
    return row


def _move(row: Transfer, member: Member, on: date) -> None:
    policies.check_not_suspended(member)
    if row.cell is not None:
        policies.check_takes_members(row.cell)
    if row.is_temporary:
        _stay(row, member, on)
    elif row.cell is not None:
        move_cell(member, to=row.cell, on=on, decision_number=row.paper_number)
    else:
        set_status(member, status=Status.TRANSFERRED, on=on, decision_number=row.paper_number)


def _stay(row: Transfer, member: Member, on: date) -> None:
    """The member stays on the books at home; outside of the system nothing else is kept of the stay."""
    if row.valid_until is not None and on >= row.valid_until:
        raise Refused("Thời hạn sinh hoạt tạm thời đã hết. Chi bộ chuyển đi hủy hồ sơ này, lập hồ sơ mới.")
    elsewhere = stays_between(member.pk, on, row.valid_until)
    policies.check_is_free(row.member_name, is_open=False, stays_elsewhere=elsewhere.exists())
    if row.cell is not None:
        Membership.objects.create(
            member=member,
            cell=row.cell,
            kind=MembershipKind.TEMPORARY,
            valid_from=on,
            valid_until=row.valid_until,
            decision_number=row.paper_number,
        )


@transaction.atomic
def refuse(row: Transfer, *, reason: str, seen: int, by: Actor) -> Transfer:
    """The paper goes back with the reason; the member stays where they were."""
    row = held(row, seen=seen, by=by)
    policies.check_state(row, State.INTRODUCED)
    policies.check_may(policies.may_refuse(row, by=by))
    reason = clean(reason)
    policies.check_given(reason, what="lý do không tiếp nhận")
    row.state, row.closed_on, row.closing_reason, row.due_on = State.REFUSED, by.today, reason, None
    write(row, "state", "closed_on", "closing_reason", "due_on")
    record("refuse_transfer", row, at=row.cell, by=by)
    return row
