"""Difficulties and changes asked for: answered by whoever holds them, passed up when they cannot, raised when late."""

from datetime import timedelta

from django.db import transaction

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.followups import policies
from phancong.followups.actions.writing import Check, Held, write
from phancong.followups.enums import EntryKind
from phancong.followups.models import Entry, Matter
from phancong.followups.terms import terms_on


def answer(matter: Matter, *, text: str, by: Actor) -> Entry:
    """What was decided or done about it; the matter is closed."""
    text = clean(text)
    policies.check_text(text, what="đã giải quyết thế nào")
    with transaction.atomic():
        held = _hold(matter)
        entry = write(
            held.entry.assignment,
            EntryKind.ANSWER,
            by=by,
            checks=(_holding(held, by=by),),
            text=text,
            answers=held.entry,
        )
        held.answered_on, held.answer = by.today, entry
        held.save(update_fields=["answered_on", "answer"])
    return entry


def pass_up(matter: Matter, *, text: str, by: Actor) -> Entry:
    """The level above can solve it: it holds the matter from now on, with a term of its own."""
    text = clean(text)
    policies.check_text(text, what="vì sao phải chuyển cấp trên và đề nghị gì")
    with transaction.atomic():
        held = _hold(matter)
        return _raise(held, text=text, by=by, checks=(_holding(held, by=by),))


def raise_overdue(*, by: Actor) -> int:
    """Everything that was not answered in time goes one level up; how many. What has no level above stays."""
    late = Matter.objects.filter(
        answered_on__isnull=True, due_on__lt=by.today, holder__parent__isnull=False
    ).order_by("pk")
    count = 0
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            held = _locked(pk)
            if held.answered_on is None and held.due_on < by.today:
                text = f"Quá hạn trả lời {held.due_on:%d/%m/%Y}, tự chuyển lên cấp trên."
                _raise(held, text=text, by=by, checks=())
                count += 1
    return count


def _raise(matter: Matter, *, text: str, by: Actor, checks: tuple[Check, ...]) -> Entry:
    above = matter.holder.parent
    if above is None:
        raise Refused(f"{matter.holder.name} không có cấp trên trong hệ thống. Trả lời việc này tại đây.")
    entry = write(
        matter.entry.assignment, EntryKind.PASS_UP, by=by, checks=checks, text=text, answers=matter.entry
    )
    matter.holder, matter.raised = above, matter.raised + 1
    matter.due_on = by.today + timedelta(days=terms_on(by.today).raised_days)
    matter.save(update_fields=["holder", "raised", "due_on"])
    return entry


def _holding(matter: Matter, *, by: Actor) -> Check:
    """Answers whoever directs work where the matter lies now; a member never answers their own."""

    def check(held: Held) -> None:
        if not may(by, Permission.WORK_DIRECT, matter.holder.path):
            raise Refused(f"Việc này đang chờ {matter.holder.name} trả lời.")
        policies.check_not_own_work(by=by, member_id=held.progress.member_id)

    return check


def _hold(matter: Matter) -> Matter:
    held = _locked(matter.pk)
    policies.check_is_open(held)
    return held


def _locked(pk: int) -> Matter:
    return (
        Matter.objects.select_for_update(of=("self",))
        .select_related("holder__parent", "entry__assignment")
        .get(pk=pk)
    )
