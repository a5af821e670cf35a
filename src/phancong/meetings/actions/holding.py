"""While a meeting lasts: it begins, who is there, what is said of each item."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.meetings import policies
from phancong.meetings.actions.numbers import take_number
from phancong.meetings.actions.recounting import recount
from phancong.meetings.actions.writing import changing
from phancong.meetings.enums import Move, Presence, State
from phancong.meetings.models import LINE_LENGTH, TEXT_LENGTH, AgendaItem, Attendance, Meeting, TextDraft
from phancong.meetings.queries import roll_of


@dataclass(frozen=True, slots=True)
class Mark:
    presence: Presence
    reason: str = ""


class Overtaken(Refused):
    """Somebody else saved the same item in the meantime; `theirs` is how it stands now."""

    def __init__(self, theirs: AgendaItem) -> None:
        self.theirs = theirs
        super().__init__(
            "Đồng chí khác vừa lưu nội dung này. Cả hai bản còn nguyên bên dưới: ghép lại rồi lưu."
        )


def hold(meeting: Meeting, *, version: int, by: Actor) -> None:
    """The meeting begins: its minutes get their number, everybody on the roll is marked as usual."""
    states = frozenset(State) - {State.SIGNED}
    with changing(meeting, by=by, action="meeting_hold", version=version, states=states) as held:
        to = policies.check_may_move(held, Move.HOLD)
        policies.check_has_come(held.held_on, today=by.today)
        held.number = take_number(held.cell, type_code="minutes", day=held.held_on)
        held.state = to
        Attendance.objects.bulk_create(
            Attendance(meeting=held, member=one.member, presence=one.usual, status=one.status, stay=one.stay)
            for one in roll_of(held.cell, held.held_on)
        )


def record_attendance(
    meeting: Meeting, *, marks: Mapping[int, Mark], guests: str, version: int, by: Actor
) -> None:
    """Who is there. Votes already recorded are counted anew; one that no longer fits stops it."""
    guests = clean(guests)
    if len(guests) > LINE_LENGTH:
        raise Refused(f"Ô đại biểu dài {len(guests)} ký tự, nhiều nhất là {LINE_LENGTH}. Rút ngắn rồi lưu.")
    with changing(meeting, by=by, action="meeting_attendance", version=version, states=(State.HELD,)) as held:
        rows = list(Attendance.objects.filter(meeting=held).select_related("member"))
        for row in rows:
            mark = marks.get(row.member_id)
            if mark is None:
                continue
            reason = clean(mark.reason) if mark.presence != Presence.PRESENT else ""
            if len(reason) > LINE_LENGTH:
                raise Refused(f"Lý do vắng của đ/c {row.member.full_name} dài quá {LINE_LENGTH} ký tự.")
            row.presence, row.reason = mark.presence, reason
        Attendance.objects.bulk_update(rows, ["presence", "reason"])
        held.guests = guests
        recount(held)


def save_text(item: AgendaItem, *, discussion: str, summary: str, version: int, by: Actor) -> AgendaItem:
    """What was said of an item, and the chair's conclusion. Raises Overtaken when the item moved on meanwhile."""
    discussion, summary = _tidy(discussion), _tidy(summary)
    for text in (discussion, summary):
        if len(text) > TEXT_LENGTH:
            raise Refused(f"Lời ghi dài {len(text)} ký tự, nhiều nhất là {TEXT_LENGTH}. Rút ngắn rồi lưu.")
    with changing(item.meeting, by=by, action="meeting_text", version=None, states=(State.HELD,)) as held:
        found = AgendaItem.objects.filter(meeting=held, pk=item.pk).first()
        if found is None:
            raise Refused("Nội dung này đã bỏ khỏi chương trình. Bản nháp của đồng chí vẫn còn.")
        if found.version != version:
            raise Overtaken(found)
        found.discussion, found.summary, found.version = discussion, summary, found.version + 1
        found.save(update_fields=["discussion", "summary", "version"])
        TextDraft.objects.filter(item=found, user=by.user_id).delete()
    return found


def keep_draft(item: AgendaItem, *, discussion: str, summary: str, seen: int, by: Actor) -> None:
    """What is being typed: the writer's own, until it is saved."""
    policies.check_may_record(item.meeting.cell, by=by)
    with transaction.atomic():
        TextDraft.objects.update_or_create(
            item=item,
            user_id=by.user_id or 0,
            defaults={
                "discussion": _tidy(discussion)[:TEXT_LENGTH],
                "summary": _tidy(summary)[:TEXT_LENGTH],
                "seen": seen,
                "saved_at": by.now,
            },
        )


def drop_draft(item: AgendaItem, *, by: Actor) -> None:
    """The writer no longer wants what they typed."""
    policies.check_may_record(item.meeting.cell, by=by)
    TextDraft.objects.filter(item=item, user=by.user_id).delete()


def _tidy(text: str) -> str:
    """Clean line by line: the writer's paragraphs stay."""
    return "\n".join(clean(line) for line in text.replace("\r", "").split("\n")).strip()
