"""What a year of each member has to show: facts of work that other rooms recorded, counted for many members at once.

Nothing here reads what anybody wrote.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from phancong.followups.enums import State as WorkState
from phancong.followups.models import Progress
from phancong.meetings.enums import Presence
from phancong.meetings.enums import State as MeetingState
from phancong.meetings.models import Attendance as MeetingAttendance
from phancong.yearbook.enums import Attendance, RemarkKind
from phancong.yearbook.models import Pledge, PledgeNote, Remark, StudyAttendance


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Counts of one member's year.

    `duties` leaves out those that a decision ended. `late` are done after their day, or past it without being done;
    `on_time` are done by the day that held, extensions included. `asked` and `given` count remarks.
    """

    duties: int = 0
    done: int = 0
    on_time: int = 0
    late: int = 0
    extended: int = 0
    exceeded: int = 0
    ended: int = 0
    meetings: int = 0
    attended: int = 0
    excused: int = 0
    absent: int = 0
    sessions: int = 0
    studied: int = 0
    pledged: int = 0
    notes: int = 0
    residence_asked: int = 0
    residence_given: int = 0
    opinions_asked: int = 0
    opinions_given: int = 0

    def as_json(self) -> dict[str, int]:
        return asdict(self)

    @property
    def open(self) -> int:
        """Not done by the day the count was made."""
        return self.duties - self.done


def evidence_from(content: dict[str, Any]) -> Evidence:
    """What was kept when the cell proposed."""
    known = {field.name for field in fields(Evidence)}
    return Evidence(**{name: value for name, value in content.items() if name in known})


def evidence_of(member_ids: Collection[int], *, year: int, day: date) -> dict[int, Evidence]:
    """The evidence of each member, as it stands on `day`; six statements however many members."""
    ids = list(member_ids)
    counts: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for rows, member, conditions in (
        _duties(ids, year, day),
        _meetings(ids, year),
        _studies(ids, year),
        (Pledge.objects.filter(member__in=ids, year=year), "member", {"pledged": Q()}),
        (PledgeNote.objects.filter(member__in=ids, year=year), "member", {"notes": Q()}),
        _remarks(ids, year),
    ):
        aggregates = {f"n_{name}": Count("pk", filter=condition) for name, condition in conditions.items()}
        for row in rows.order_by().values(member).annotate(**aggregates):
            counts[row[member]] |= {name: row[f"n_{name}"] for name in conditions}
    return {pk: Evidence(**found) for pk, found in counts.items()}


Part = tuple[Any, str, dict[str, Q]]


def _duties(ids: list[int], year: int, day: date) -> Part:
    done = Q(state=WorkState.DONE)
    kept = ~Q(state=WorkState.ENDED)
    behind = Q(state__in=(WorkState.RUNNING, WorkState.AWAITING), due_on__lt=day)
    return (
        Progress.objects.filter(member__in=ids, year=year),
        "member",
        {
            "duties": kept,
            "done": done,
            "on_time": done & Q(done_on__lte=F("due_on")),
            "late": done & Q(done_on__gt=F("due_on")) | behind,
            "extended": kept & Q(extensions__gt=0),
            "exceeded": done & Q(exceeded=True),
            "ended": Q(state=WorkState.ENDED),
        },
    )


def _meetings(ids: list[int], year: int) -> Part:
    held = MeetingAttendance.objects.filter(
        member__in=ids,
        meeting__held_on__year=year,
        meeting__state__in=(MeetingState.HELD, MeetingState.READ_BACK, MeetingState.SIGNED),
    )
    return (
        held,
        "member",
        {
            "meetings": Q(),
            "attended": Q(presence=Presence.PRESENT),
            "excused": Q(presence=Presence.EXCUSED),
            "absent": Q(presence=Presence.ABSENT),
        },
    )


def _studies(ids: list[int], year: int) -> Part:
    caught_up = Q(state=Attendance.PRESENT) | Q(caught_up_on__isnull=False)
    return (
        StudyAttendance.objects.filter(member__in=ids, session__year=year).exclude(state=Attendance.UNMARKED),
        "member",
        {"sessions": Q(), "studied": caught_up},
    )


def _remarks(ids: list[int], year: int) -> Part:
    residence, given = Q(kind=RemarkKind.RESIDENCE), Q(given_on__isnull=False)
    return (
        Remark.objects.filter(member__in=ids, year=year),
        "member",
        {
            "residence_asked": residence,
            "residence_given": residence & given,
            "opinions_asked": ~residence,
            "opinions_given": ~residence & given,
        },
    )
