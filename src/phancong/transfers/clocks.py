"""By when the next step is due, and what the clock says today."""

from dataclasses import dataclass
from datetime import date

from phancong.common.dates import months_after
from phancong.rules.working_days import working_day_after, working_days_until
from phancong.transfers.enums import ON_THE_WAY, State
from phancong.transfers.models import Transfer
from phancong.transfers.packs import transfer_rules


@dataclass(frozen=True, slots=True)
class Clock:
    words: str
    is_late: bool
    is_near: bool = False


def begin_by(decided_on: date) -> date:
    """The last day to go through the procedure."""
    return working_day_after(decided_on, transfer_rules(decided_on).begin.value)


def present_by(introduced_on: date) -> date:
    """The last day on which the paper is handed in in time."""
    return working_day_after(introduced_on, transfer_rules(introduced_on).present.value)


def stay_spans(reason: str, valid_from: date) -> tuple[date, date]:
    """The first and the last day that may be the end (the day after the last one) of a stay."""
    stay = transfer_rules(valid_from).stay(reason)
    return months_after(valid_from, stay.least_months), months_after(valid_from, stay.most_months)


def clock_of(row: Transfer, *, today: date) -> Clock | None:
    """None when nothing is to be done any more."""
    if row.due_on is None:
        return None
    if row.due_on < today:
        return Clock(f"chậm {(today - row.due_on).days} ngày", is_late=True)
    if row.due_on == today:
        return Clock("hôm nay là ngày cuối", is_late=False, is_near=True)
    if row.state not in ON_THE_WAY:
        return Clock(f"còn {(row.due_on - today).days} ngày", is_late=False)
    left = working_days_until(today, row.due_on)
    near = row.state == State.INTRODUCED and left <= transfer_rules(today).warn.value
    return Clock(f"còn {left} ngày làm việc", is_late=False, is_near=near)
