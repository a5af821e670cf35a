"""The steps of the cell that sends: the request, the paper, taking it back."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from phancong.access.actor import Actor
from phancong.common.text import clean
from phancong.members.enums import MembershipKind
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.transfers import policies
from phancong.transfers.actions.holding import held, held_member, record, stays_between, write
from phancong.transfers.clocks import begin_by, present_by, stay_spans
from phancong.transfers.enums import ON_THE_WAY, Kind, State
from phancong.transfers.models import Transfer
from phancong.transfers.packs import transfer_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`last_day`: the last day of a temporary stay."""

    kind: str
    reason: str
    decided_on: date
    requested_on: date
    cell: Organization | None = None
    outside: str = ""
    note: str = ""
    decision_number: str = ""
    valid_from: date | None = None
    last_day: date | None = None
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """`is_clear`: the cell vouches that nothing is being looked into and nobody has complained."""

    met_on: date
    introduced_on: date
    paper_number: str
    is_complete: bool
    is_clear: bool
    late_reason: str = ""


@transaction.atomic
def request(member: Member, asked: Request, *, by: Actor) -> Transfer:
    """The member asked to be transferred; the file lies with the cell that sends."""
    member = Member.objects.select_for_update(of=("self",)).select_related("cell").get(pk=member.pk)
    home = policies.check_may_request(member, by=by)
    _close_stale(member, home, by=by)
    check_request(member, home, asked, today=by.today)
    row = Transfer.objects.create(
        member=member,
        member_name=member.full_name,
        kind=asked.kind,
        home=home,
        cell=asked.cell,
        outside=clean(asked.outside),
        reason=asked.reason,
        note=clean(asked.note),
        decision_number=clean(asked.decision_number),
        decided_on=asked.decided_on,
        requested_on=asked.requested_on,
        valid_from=asked.valid_from,
        valid_until=policies.end_of(asked.last_day) if asked.last_day else None,
        late_begin=clean(asked.late_reason),
        due_on=begin_by(asked.decided_on),
    )
    record("request_transfer", row, at=home, by=by, kind=row.kind, to=row.cell_id)
    return row


def stale_of(member: Member, home: Organization) -> QuerySet[Transfer]:
    """Under way from a cell that the member has left since by another act, as when cells are merged."""
    found: QuerySet[Transfer] = Transfer.objects.filter(member=member, state__in=ON_THE_WAY)
    return found.exclude(home=home)


def _close_stale(member: Member, home: Organization, *, by: Actor) -> None:
    for row in stale_of(member, home).select_for_update(of=("self",)).select_related("home"):
        row.state, row.closed_on, row.due_on = State.CANCELLED, by.today, None
        row.closing_reason = "Đồng chí đã rời chi bộ này trước khi làm xong thủ tục."
        write(row, "state", "closed_on", "closing_reason", "due_on")
        record("cancel_transfer", row, at=home, by=by)


def check_request(member: Member, home: Organization, asked: Request, *, today: date) -> None:
    """Also asked for the page that shows beforehand what a transfer changes."""
    policies.check_is_free(
        member.full_name,
        is_open=Transfer.objects.filter(member=member, due_on__isnull=False)
        .exclude(pk__in=stale_of(member, home))
        .exists(),
        stays_elsewhere=stays_between(member.pk, today, None).exists(),
    )
    policies.check_places(home, asked.cell, clean(asked.outside))
    policies.check_reason(asked.kind, asked.reason)
    if asked.kind == Kind.TEMPORARY:
        _check_stay(asked)
    else:
        policies.check_no_term(asked.valid_from, asked.last_day)
    policies.check_day(asked.decided_on, today=today, after=None, what="Quyết định, di chuyển")
    policies.check_day(asked.requested_on, today=today, after=_since(member), what="Đề nghị")
    policies.check_late(
        asked.requested_on,
        due=begin_by(asked.decided_on),
        reason=clean(asked.late_reason),
        what="Bắt đầu thủ tục",
    )


def _since(member: Member) -> date | None:
    """The day the member came to the present cell."""
    spans = member.memberships.filter(kind=MembershipKind.OFFICIAL, cell=member.cell_id)
    found: date | None = spans.order_by("-valid_from").values_list("valid_from", flat=True).first()
    return found


def _check_stay(asked: Request) -> None:
    start = asked.valid_from or asked.requested_on
    stay = transfer_rules(start).stay(asked.reason)
    policies.check_term(
        asked.valid_from,
        asked.last_day,
        stay_spans(asked.reason, start),
        least=stay.least_months,
        most=stay.most_months,
    )


@transaction.atomic
def introduce(row: Transfer, given: Introduction, *, seen: int, by: Actor) -> Transfer:
    """The cell has met, the file is complete, the paper goes with the member."""
    number, late = clean(given.paper_number), clean(given.late_reason)
    row = held(row, seen=seen, by=by)
    policies.check_state(row, State.REQUESTED)
    policies.check_may(policies.may_introduce(row, by=by))
    policies.check_not_suspended(held_member(row))
    policies.check_complete(is_complete=given.is_complete, is_clear=given.is_clear)
    policies.check_given(number, what="số giấy giới thiệu")
    policies.check_day(given.met_on, today=by.today, after=row.requested_on, what="Chi bộ họp")
    policies.check_day(given.introduced_on, today=by.today, after=given.met_on, what="Giới thiệu")
    row.late_begin = late or row.late_begin
    policies.check_late(
        given.introduced_on, due=begin_by(row.decided_on), reason=row.late_begin, what="Làm thủ tục"
    )
    row.state, row.paper_number = State.INTRODUCED, number
    row.met_on, row.introduced_on = given.met_on, given.introduced_on
    row.due_on = present_by(given.introduced_on)
    write(row, "state", "paper_number", "met_on", "introduced_on", "late_begin", "due_on")
    record("introduce_transfer", row, at=row.home, by=by, on=given.introduced_on.isoformat(), is_clear=True)
    return row


@transaction.atomic
def cancel(row: Transfer, *, reason: str, seen: int, by: Actor) -> Transfer:
    """The member stays; a paper that was issued is taken back."""
    row = held(row, seen=seen, by=by)
    policies.check_may(policies.may_cancel(row, by=by))
    reason = clean(reason)
    policies.check_given(reason, what="lý do hủy")
    row.state, row.closed_on, row.closing_reason, row.due_on = State.CANCELLED, by.today, reason, None
    write(row, "state", "closed_on", "closing_reason", "due_on")
    record("cancel_transfer", row, at=row.home, by=by)
    return row
