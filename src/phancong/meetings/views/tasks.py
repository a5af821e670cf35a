"""What is left to do of a meeting, in the order of the paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from phancong.meetings.enums import Presence, State
from phancong.meetings.models import AgendaItem, Attendance, Meeting
from phancong.meetings.queries import is_written


@dataclass(frozen=True, slots=True)
class Task:
    title: str
    url: str
    hint: str


def tasks_of(meeting: Meeting, items: Sequence[AgendaItem], attendances: Sequence[Attendance]) -> list[Task]:
    """Each with what stands there already; the later ones only once the meeting has begun."""

    def to(name: str) -> str:
        return reverse(f"meetings:{name}", args=[meeting.pk])

    first = [Task("Chương trình", to("agenda"), f"{len(items)} nội dung, họp tại {meeting.place}")]
    if meeting.state in (State.PLANNED, State.CANCELLED):
        return first
    present = sum(one.presence == Presence.PRESENT for one in attendances)
    written = sum(is_written(item) for item in items)
    voted = [item for item in items if hasattr(item, "vote")]
    reached = sum(item.vote.is_reached for item in voted)
    conclusions = sum(len(item.conclusions.all()) for item in items)
    begin = to("items")
    return [
        *first,
        Task("Điểm danh", to("attendance"), f"{present}/{len(attendances)} đồng chí có mặt"),
        Task("Nội dung, ý kiến", begin, f"Đã ghi {written}/{len(items)} nội dung"),
        Task("Biểu quyết", f"{begin}#bieu-quyet", f"{len(voted)} nội dung đã biểu quyết, {reached} đạt"),
        Task("Kết luận", f"{begin}#ket-luan", f"{conclusions} kết luận"),
        Task("Đọc lại, ký", to("reading"), State(meeting.state).label),
    ]
