"""Calling meetings: one, or the series of a year; when, where, and what is on the agenda."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.meetings import policies
from phancong.meetings.actions.writing import changing, record
from phancong.meetings.enums import ItemKind, Move, State
from phancong.meetings.models import LINE_LENGTH, AgendaItem, Meeting
from phancong.meetings.packs import meeting_rules
from phancong.meetings.queries import leader_of, roll_of
from phancong.organizations.models import Organization

MOST_ITEMS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What an invitation says."""

    kind: str
    held_on: date
    starts_at: time
    place: str
    chair_id: int | None = None
    secretary_id: int | None = None
    guests: str = ""
    documents: str = ""


def plan_meeting(cell: Organization, *, call: Call, by: Actor) -> Meeting:
    """One meeting with the agenda that its kind begins with."""
    _check_call(cell, call, by=by)
    with transaction.atomic():
        meeting = _create(cell, call)
        record(meeting, "meeting_plan", by=by)
    return meeting


def plan_series(cell: Organization, *, year: int, day: int, call: Call, by: Actor) -> list[Meeting]:
    """A regular meeting on `day` of each month of `year` that is still to come and has none yet."""
    _check_call(cell, call, by=by)
    if not by.today.year <= year <= by.today.year + 1:
        raise Refused(f"Chỉ lập lịch cho năm {by.today.year} hoặc {by.today.year + 1}. Chọn lại năm.")
    if not 1 <= day <= 31:
        raise Refused("Ngày trong tháng từ 1 đến 31. Ghi lại, ví dụ 3.")
    with transaction.atomic():
        Organization.objects.select_for_update(of=("self",)).get(pk=cell.pk)
        standing = Meeting.objects.filter(cell=cell, held_on__year=year).exclude(state=State.CANCELLED)
        taken = {one.held_on.month for one in standing if one.kind != "thematic"}
        days = [date(year, month, min(day, monthrange(year, month)[1])) for month in range(1, 13)]
        wanted = [one for one in days if one.month not in taken and one >= by.today]
        if not wanted:
            raise Refused(f"Các tháng còn lại của năm {year} đều đã có kỳ sinh hoạt. Không lập thêm kỳ nào.")
        made = [_create(cell, _on(call, one)) for one in wanted]
        log.record(
            by=by,
            action="meeting_series",
            subject=f"organization:{cell.pk}",
            place=cell.path,
            detail={"year": year, "count": len(made)},
        )
    return made


def change_meeting(meeting: Meeting, *, call: Call, version: int, by: Actor) -> None:
    """When, where, who leads and who writes; the day only before the meeting has begun."""
    _check_call(meeting.cell, call, by=by)
    with changing(meeting, by=by, action="meeting_change", version=version) as held:
        if held.state == State.HELD and call.held_on != held.held_on:
            raise Refused("Cuộc họp đã bắt đầu nên không đổi ngày được. Các mục khác vẫn sửa được.")
        _fill(held, call)


def cancel_meeting(meeting: Meeting, *, reason: str, version: int, by: Actor) -> None:
    """A meeting that does not take place stays in the list, with the reason."""
    reason = clean(reason)
    policies.check_told(reason, what="lý do hủy kỳ họp", most=LINE_LENGTH)
    states = (State.PLANNED, State.HELD)
    with changing(meeting, by=by, action="meeting_cancel", version=version, states=states) as held:
        held.state = policies.check_may_move(held, Move.CANCEL)
        held.cancel_reason = reason


def add_item(meeting: Meeting, *, title: str, kind: ItemKind, by: Actor) -> AgendaItem:
    """One more item at the end; before the meeting or while it lasts."""
    title = clean(title)
    policies.check_told(title, what="nội dung cần bàn", most=LINE_LENGTH)
    with changing(meeting, by=by, action="meeting_change", version=None) as held:
        items = list(AgendaItem.objects.filter(meeting=held))
        if len(items) >= MOST_ITEMS:
            raise Refused(f"Chương trình đã có {MOST_ITEMS} nội dung. Gộp bớt rồi thêm.")
        if kind == ItemKind.PLAN and any(item.kind == ItemKind.PLAN for item in items):
            raise Refused("Chương trình đã có mục thông qua kế hoạch phân công. Không thêm mục thứ hai.")
        last = max((item.position for item in items), default=0)
        return AgendaItem.objects.create(meeting=held, position=last + 1, kind=kind, title=title)


def move_item(item: AgendaItem, *, by: Actor) -> None:
    """One place up."""
    with changing(item.meeting, by=by, action="meeting_change", version=None) as held:
        items = list(AgendaItem.objects.filter(meeting=held).order_by("position"))
        place = next((index for index, one in enumerate(items) if one.pk == item.pk), 0)
        if place == 0:
            raise Refused("Nội dung này đã đứng đầu chương trình.")
        above, here = items[place - 1], items[place]
        target = above.position
        # No position may stand twice, even for a moment.
        AgendaItem.objects.filter(pk=above.pk).update(position=items[-1].position + 1)
        AgendaItem.objects.filter(pk=here.pk).update(position=target)
        AgendaItem.objects.filter(pk=above.pk).update(position=here.position)


def remove_item(item: AgendaItem, *, by: Actor) -> None:
    """Only an item of which nothing was written."""
    with changing(item.meeting, by=by, action="meeting_change", version=None) as held:
        found = AgendaItem.objects.select_for_update().filter(meeting=held, pk=item.pk).first()
        if found is None:
            raise Refused("Nội dung này đã bỏ từ trước. Tải lại trang để xem.")
        written = found.discussion or found.summary or hasattr(found, "vote")
        if written or found.conclusions.exists() or found.reserved.exists():
            raise Refused("Nội dung này đã có lời ghi, biểu quyết hoặc kết luận nên không bỏ được.")
        found.delete()


def _check_call(cell: Organization, call: Call, *, by: Actor) -> None:
    policies.check_may_record(cell, by=by)
    if not cell.holds_members or cell.dissolved_on is not None:
        raise Refused(f"{cell.name} không có đảng viên sinh hoạt, nên không lập kỳ sinh hoạt chi bộ.")
    if call.kind not in {kind.code for kind in meeting_rules(call.held_on).kinds}:
        raise Refused("Chưa chọn loại sinh hoạt. Chọn một loại trong danh sách.")
    policies.check_told(clean(call.place), what="địa điểm họp", most=LINE_LENGTH)
    chosen = {one for one in (call.chair_id, call.secretary_id) if one is not None}
    if chosen:
        roll = {one.member.pk for one in roll_of(cell, call.held_on)}
        for member_id in chosen:
            policies.check_on_roll(member_id, roll=roll)
    if call.chair_id and call.chair_id == call.secretary_id:
        raise Refused("Chủ trì và thư ký phải là hai đồng chí khác nhau. Chọn lại một trong hai.")


def _create(cell: Organization, call: Call) -> Meeting:
    meeting = Meeting(cell=cell)
    _fill(meeting, call)
    if meeting.chair_id is None:
        meeting.chair = leader_of(cell, call.held_on)
    meeting.save()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=number, kind=ItemKind(item.kind), title=item.title)
        for number, item in enumerate(meeting_rules(call.held_on).agenda(call.kind), start=1)
    )
    return meeting


def _fill(meeting: Meeting, call: Call) -> None:
    meeting.kind, meeting.held_on, meeting.starts_at = call.kind, call.held_on, call.starts_at
    meeting.place = clean(call.place)
    meeting.guests, meeting.documents = clean(call.guests), clean(call.documents)
    meeting.chair_id, meeting.minutes_secretary_id = call.chair_id, call.secretary_id


def _on(call: Call, day: date) -> Call:
    return Call(
        kind=call.kind,
        held_on=day,
        starts_at=call.starts_at,
        place=call.place,
        chair_id=call.chair_id,
        secretary_id=call.secretary_id,
        guests=call.guests,
        documents=call.documents,
    )
