"""A secondment ends, or runs on over its term: each by a decision."""

from datetime import date, timedelta

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.dates import months_after
from phancong.common.spans import SpanQuerySet
from phancong.common.text import clean
from phancong.members.actions import move_cell
from phancong.members.enums import MembershipKind
from phancong.members.models import Member, Membership
from phancong.secondments import policies
from phancong.secondments.enums import Form, State
from phancong.secondments.models import Secondment
from phancong.secondments.packs import secondment_rules


def _held(row: Secondment, *, seen: int, by: Actor) -> Secondment:
    policies.check_may_lead(row.plan.committee, by=by)
    related = ("member__cell", "home", "cell", "plan__committee")
    held = Secondment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=row.pk)
    policies.check_serving(held, seen=seen)
    return held


@transaction.atomic
def hand_back(row: Secondment, *, on: date, decision_number: str, seen: int, by: Actor) -> Secondment:
    """The member takes part at home again from that day."""
    number = clean(decision_number)
    held = _held(row, seen=seen, by=by)
    policies.check_end(held, on, number=number, today=by.today)
    if held.plan.form == Form.TEMPORARY:
        _temporary(held).update(valid_until=on)
    else:
        policies.check_home(held)
        member = Member.objects.select_for_update(of=("self",)).select_related("cell").get(pk=held.member_id)
        # Whoever has moved on since stays where they are now.
        if member.cell_id == held.cell_id:
            move_cell(member, to=held.home, on=on, decision_number=number)
    held.state, held.ended_on, held.end_decision = State.ENDED, on, number
    held.version += 1
    held.save(update_fields=["state", "ended_on", "end_decision", "version"])
    _record("hand_back_member", held, by=by, on=on.isoformat())
    return held


@transaction.atomic
def extend(row: Secondment, *, last_day: date, decision_number: str, seen: int, by: Actor) -> Secondment:
    """A longer term, counted from today, by a decision."""
    number = clean(decision_number)
    held = _held(row, seen=seen, by=by)
    policies.check_decision(
        number, decided_on=by.today, valid_from=by.today, last_day=last_day, today=by.today
    )
    months = secondment_rules(by.today).longest_term_months
    policies.check_term(by.today, last_day, latest=months_after(by.today, months), months=months)
    until = last_day + timedelta(days=1)
    if held.plan.form == Form.TEMPORARY:
        _temporary(held).update(valid_until=until)
    held.valid_until = until
    held.version += 1
    held.save(update_fields=["valid_until", "version"])
    _record("extend_secondment", held, by=by, until=until.isoformat())
    return held


def _temporary(held: Secondment) -> SpanQuerySet:
    """Its membership there, which is the one that began last."""
    found: SpanQuerySet = Membership.objects.filter(
        member=held.member_id, cell=held.cell_id, kind=MembershipKind.TEMPORARY
    )
    return found.filter(valid_from=held.valid_from) if held.valid_from else found.none()


def _record(action: str, row: Secondment, *, by: Actor, **detail: object) -> None:
    log.record(
        by=by,
        action=action,
        subject=f"member:{row.member_id}",
        place=row.home.path,
        detail={"secondment": row.pk, **detail},
        right=Permission.MEMBER_CHANGE,
    )
