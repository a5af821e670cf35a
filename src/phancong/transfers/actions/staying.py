"""A temporary stay ends, or runs on within the longest term of the rule."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from phancong.access.actor import Actor
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.enums import MembershipKind
from phancong.members.models import Membership
from phancong.transfers import policies
from phancong.transfers.actions.holding import held, record, stays_between, write
from phancong.transfers.clocks import stay_spans
from phancong.transfers.enums import State
from phancong.transfers.models import Transfer
from phancong.transfers.packs import transfer_rules


@transaction.atomic
def end_stay(row: Transfer, *, on: date, note: str, seen: int, by: Actor) -> Transfer:
    """The member goes back with a paper of the cell they stayed in."""
    row = held(row, seen=seen, by=by)
    policies.check_state(row, State.RECEIVED)
    policies.check_may(policies.may_end(row, by=by))
    policies.check_day(on, today=by.today, after=row.received_on, what="Kết thúc")
    if on == row.received_on:
        raise Refused("Ngày kết thúc phải sau ngày tiếp nhận. Ghi lại ngày.")
    _set_end(row, min(on, row.valid_until or on))
    row.state, row.closed_on, row.closing_reason, row.due_on = State.ENDED, on, clean(note), None
    write(row, "state", "closed_on", "closing_reason", "due_on")
    record("end_transfer", row, at=policies.taker(row), by=by, on=on.isoformat())
    return row


@transaction.atomic
def extend_stay(row: Transfer, *, last_day: date, seen: int, by: Actor) -> Transfer:
    """A later last day; the whole stay keeps to the longest term of its kind."""
    row = held(row, seen=seen, by=by)
    policies.check_state(row, State.RECEIVED)
    policies.check_may(policies.may_extend(row, by=by))
    start = row.valid_from or by.today
    if row.last_day is not None and last_day <= row.last_day:
        raise Refused(f"Ngày cuối mới phải sau ngày cuối đang ghi {row.last_day:%d/%m/%Y}.")
    stay = transfer_rules(start).stay(row.reason)
    policies.check_term(
        start, last_day, stay_spans(row.reason, start), least=stay.least_months, most=stay.most_months
    )
    until = policies.end_of(last_day)
    _prolong(row, until)
    row.valid_until, row.due_on = until, last_day
    write(row, "valid_until", "due_on")
    record("extend_transfer", row, at=row.home or row.cell, by=by, until=until.isoformat())
    return row


def _set_end(row: Transfer, until: date) -> None:
    """The membership there ends earlier; one that something else has ended before stays as it is."""
    with seeing(EVERYTHING):
        _membership(row).filter(valid_until__gt=until).update(valid_until=until)


def _prolong(row: Transfer, until: date) -> None:
    if row.cell_id is None:
        return  # outside of the system nothing else is kept of the stay
    with seeing(EVERYTHING):
        own = _membership(row).filter(valid_until=row.valid_until)
        start = row.received_on or until
        if not own.exists() or stays_between(row.member_id, start, until).exclude(pk__in=own).exists():
            raise Refused(
                f"Đồng chí {row.member_name} không còn sinh hoạt tạm thời ở đây, hoặc đã có nơi khác sau đó. "
                "Ghi kết thúc rồi lập hồ sơ mới."
            )
        own.update(valid_until=until)


def _membership(row: Transfer) -> QuerySet[Membership]:
    """The day of receipt tells it from others."""
    found = Membership.objects.filter(member=row.member_id, cell=row.cell_id, kind=MembershipKind.TEMPORARY)
    return found.filter(valid_from=row.received_on) if row.received_on else found.none()
