"""What the papers of a meeting say, read once. Why somebody did not come is not read: no paper carries it."""

from collections.abc import Sequence
from dataclasses import dataclass

from phancong.meetings.counting import Electorate
from phancong.meetings.enums import Presence, Stay
from phancong.meetings.models import AgendaItem, Attendance, Meeting
from phancong.meetings.packs import MeetingKind, meeting_rules
from phancong.meetings.papers.naming import minutes_number
from phancong.meetings.queries import OnRoll, attendances_of, electorate_of, items_of, leader_of, roll_of
from phancong.members.enums import Status
from phancong.organizations.models import PATH_WIDTH, OrganizationVersion
from phancong.planning.documents.facts import BLANK, place_of
from phancong.rules.document_form import Form, form_on


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    meeting: Meeting
    kind: MeetingKind
    form: Form
    cell: str
    upper_body: str
    place: str
    leader: str
    items: tuple[AgendaItem, ...]
    attendances: tuple[Attendance, ...]
    roll: tuple[OnRoll, ...]
    voters: Electorate

    @property
    def day_words(self) -> str:
        day = self.meeting.held_on
        return f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"

    @property
    def number(self) -> str:
        return minutes_number(self.meeting)

    def named(self, presence: Presence, *, status: Status | None = None) -> list[str]:
        """Members of the cell with this mark, those who take part here for a time left aside."""
        return [
            one.member.full_name
            for one in self.attendances
            if one.presence == presence
            and one.stay != Stay.TEMPORARY_HERE
            and (status is None or one.status == status)
        ]

    def staying(self, stay: Stay) -> list[str]:
        return [one.member.full_name for one in self.attendances if one.stay == stay]

    @property
    def exempt_who_came(self) -> list[str]:
        return self.named(Presence.PRESENT, status=Status.EXEMPT)

    @property
    def of_cell(self) -> Sequence[Attendance]:
        return [one for one in self.attendances if one.stay != Stay.TEMPORARY_HERE]


def facts_of(meeting: Meeting) -> MeetingFacts:
    """Before the meeting has begun there is no attendance yet, only the roll."""
    form = form_on(meeting.held_on)
    names = _names_up(meeting)
    attendances = tuple(attendances_of(meeting))
    leader = leader_of(meeting.cell, meeting.held_on)
    return MeetingFacts(
        meeting=meeting,
        kind=meeting_rules(meeting.held_on).kind(meeting.kind),
        form=form,
        cell=names[0],
        upper_body=names[1] if len(names) > 1 else "",
        place=place_of(names, form),
        leader=leader.full_name if leader else BLANK * 5,
        items=tuple(items_of(meeting)),
        attendances=attendances,
        roll=() if attendances else tuple(roll_of(meeting.cell, meeting.held_on)),
        voters=electorate_of(meeting, attendances),
    )


def _names_up(meeting: Meeting) -> list[str]:
    """Names on the day of the meeting, from the cell up; a cell that no longer stands keeps its own."""
    path = meeting.cell.path
    steps = [int(path[start : start + PATH_WIDTH]) for start in range(0, len(path), PATH_WIDTH)]
    found = OrganizationVersion.objects.on(meeting.held_on).filter(organization__in=steps)
    names = dict(found.values_list("organization_id", "name"))
    above = [names[step] for step in reversed(steps[:-1]) if step in names]
    return [names.get(meeting.cell_id, meeting.cell.name), *above]
