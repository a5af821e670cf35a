"""The chain of one piece of work: adopted plan, reports, remarks, extensions, adjustments, result, in their order."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from phancong.followups.enums import BY_MEMBER, EntryKind
from phancong.followups.models import Entry, Matter, Progress
from phancong.planning.models import Adjustment, Adoption


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One line of the chain. `other` is the assignment before or after this one."""

    on: date
    title: str
    who: str
    text: str = ""
    basis: str = ""
    note: str = ""
    entry: Entry | None = None
    has_photo: bool = False
    matter: Matter | None = None
    other: int | None = None
    other_words: str = ""
    by_member: bool = False


def chain_of(work: Progress) -> list[Link]:
    """Everything that is known of it; the same four queries however long it is."""
    entries = (
        Entry.objects.filter(assignment=work.pk)
        .select_related("photo", "matter__holder")
        .defer("photo__content")
        .order_by("id")
    )
    return [
        *_beginning(work),
        *(_line(one, work) for one in entries if one.kind != EntryKind.END),
        *_end(work),
    ]


def _beginning(work: Progress) -> list[Link]:
    """The plan as it was adopted, or the decision that gave this to the member."""
    given = _decision(Q(given=work.pk))
    found = []
    if given is None or given.ended_id is not None:
        adoption = Adoption.objects.filter(plan=work.assignment.duty.plan_id).defer("content").first()
        if adoption:
            found.append(
                Link(
                    on=adoption.adopted_on,
                    title="Chi bộ thông qua kế hoạch",
                    who=adoption.recorded_by_name,
                    basis=adoption.basis,
                )
            )
    if given:
        found.append(
            Link(
                on=given.decided_on,
                title="Giao trong năm",
                who=given.recorded_by_name,
                text=given.reason,
                basis=given.basis,
                other=given.ended_id,
                other_words="Việc này trước đó",
            )
        )
    return found


def _end(work: Progress) -> list[Link]:
    ended = _decision(Q(ended=work.pk))
    if ended is None:
        return []
    return [
        Link(
            on=ended.decided_on,
            title="Thôi giao" if ended.given_id is None else "Giao đồng chí khác",
            who=ended.recorded_by_name,
            text=ended.reason,
            basis=ended.basis,
            other=ended.given_id,
            other_words="Việc này từ đó về sau",
        )
    ]


def _decision(which: Q) -> Adjustment | None:
    return Adjustment.objects.filter(which).first()


def _line(entry: Entry, work: Progress) -> Link:
    matter = getattr(entry, "matter", None)
    photo = getattr(entry, "photo", None)
    return Link(
        on=entry.on,
        title=EntryKind(entry.kind).label,
        who=entry.recorded_by_name,
        text=entry.text,
        basis=entry.basis,
        note=_note(entry, work),
        entry=entry,
        has_photo=photo is not None,
        matter=matter,
        by_member=entry.kind in BY_MEMBER,
    )


def _note(entry: Entry, work: Progress) -> str:
    if entry.new_due:
        return f"Hạn mới {entry.new_due:%d/%m/%Y}; hạn ban đầu {work.first_due_on:%d/%m/%Y} vẫn ghi ở đây."
    if entry.exceeded:
        return "Vượt mức giao."
    return (
        f"Nhập thay, theo báo cáo trực tiếp; ghi lúc {entry.recorded_at:%d/%m/%Y}."
        if entry.is_on_behalf
        else ""
    )
