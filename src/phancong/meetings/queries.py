"""Named reads of meetings. Those that end in `_for` return only what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.followups.enums import State as WorkState
from phancong.followups.models import Progress
from phancong.meetings.counting import Electorate, Person, electorate
from phancong.meetings.enums import Presence, State, Stay
from phancong.meetings.models import AgendaItem, Attendance, Meeting, Term
from phancong.meetings.packs import vote_rules
from phancong.members.enums import ENDED, MembershipKind, Status
from phancong.members.models import Member, Membership, Post, StatusPeriod
from phancong.organizations.models import Organization, in_places
from phancong.planning.enums import PlanStage
from phancong.planning.models import Plan

PAGE = 24
DAYS_WITHOUT_MEETING = 31
DAYS_AFTER, DAYS_BEFORE, MOST_AT_HAND = 7, 14, 2


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A member of the cell on the day of a meeting."""

    member: Member
    status: Status
    stay: Stay

    @property
    def usual(self) -> Presence:
        """What is filled in before anybody says otherwise."""
        if self.status == Status.SUSPENDED:
            return Presence.BARRED
        is_away = self.stay == Stay.TEMPORARY_ELSEWHERE
        if is_away or self.status in (Status.EXEMPT, Status.TEMPORARILY_EXEMPT):
            return Presence.EXCUSED
        return Presence.PRESENT


@dataclass(frozen=True, slots=True)
class MeetingPage:
    rows: list[Meeting]
    next_after: str


def meetings_for(actor: Actor, right: Permission = Permission.MEETING_SEE) -> QuerySet[Meeting]:
    """Meetings of the cells in which the actor has `right`."""
    found = Meeting.objects.filter(in_places(places(actor, right), field="cell__path"))
    return found.select_related("cell__parent", "chair", "minutes_secretary")


def meeting_for(actor: Actor, meeting_id: int, right: Permission = Permission.MEETING_SEE) -> Meeting | None:
    return meetings_for(actor, right).filter(pk=meeting_id).first()


def item_for(actor: Actor, item_id: int, right: Permission = Permission.MEETING_SEE) -> AgendaItem | None:
    """An item of a meeting that the actor may see; the vote comes with it."""
    reach = in_places(places(actor, right), field="meeting__cell__path")
    return (
        AgendaItem.objects.filter(reach, pk=item_id)
        .select_related("meeting__cell__parent", "meeting__chair", "meeting__minutes_secretary")
        .first()
    )


def cells_for(actor: Actor, right: Permission) -> QuerySet[Organization]:
    """Cells in which the actor has `right`."""
    reach = in_places(places(actor, right), field="path")
    return Organization.objects.active().cells().filter(reach).order_by("sort_key", "id")


def page_for(actor: Actor, *, cell_id: int | None, after: str) -> MeetingPage:
    """One page of meetings, the latest first, behind the one that `after` names ("2026-11-03-12")."""
    found = meetings_for(actor)
    if cell_id is not None:
        found = found.filter(cell=cell_id)
    behind = _read_key(after)
    if behind:
        day, last = behind
        found = found.filter(Q(held_on__lt=day) | Q(held_on=day, pk__lt=last))
    rows = list(found.order_by("-held_on", "-pk")[: PAGE + 1])
    last_row = rows[PAGE - 1] if len(rows) > PAGE else None
    return MeetingPage(rows[:PAGE], f"{last_row.held_on:%Y-%m-%d}-{last_row.pk}" if last_row else "")


def at_hand_for(actor: Actor) -> list[Meeting]:
    """Meetings of the actor's own cell that were a few days ago or come soon: what the first page leads to."""
    if actor.member_id is None:
        return []
    span = (actor.today - timedelta(days=DAYS_AFTER), actor.today + timedelta(days=DAYS_BEFORE))
    found = meetings_for(actor).filter(cell__members=actor.member_id, held_on__range=span)
    return list(found.exclude(state=State.CANCELLED).order_by("-held_on", "-pk")[:MOST_AT_HAND])


def _read_key(text: str) -> tuple[date, int] | None:
    day, _, last = text.rpartition("-")
    try:
        return date.fromisoformat(day), int(last)
    except ValueError:
        return None


def roll_of(cell: Organization, day: date) -> list[OnRoll]:
    """Everybody who takes part in `cell` on `day`, and those of it who take part elsewhere, by given name."""
    spans = list(Membership.objects.on(day).filter(cell=cell).select_related("member"))
    official = {span.member_id for span in spans if span.kind == MembershipKind.OFFICIAL}
    away = set(
        Membership.objects.on(day)
        .filter(member__in=official, kind=MembershipKind.TEMPORARY)
        .exclude(cell=cell)
        .values_list("member_id", flat=True)
    )
    members = {span.member_id: span.member for span in spans}
    periods = StatusPeriod.objects.on(day).filter(member__in=members).values_list("member_id", "status")
    statuses = dict(periods)
    found = []
    for pk, member in sorted(members.items(), key=lambda pair: (pair[1].sort_key, pair[0])):
        status = Status(statuses.get(pk, member.status))
        stay = (
            Stay.TEMPORARY_HERE
            if pk not in official
            else Stay.TEMPORARY_ELSEWHERE
            if pk in away
            else Stay.HERE
        )
        if status not in ENDED:
            found.append(OnRoll(member, status, stay))
    return found


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """As recorded, by given name."""
    found = Attendance.objects.filter(meeting=meeting).select_related("member")
    return list(found.order_by("member__sort_key", "member_id"))


def electorate_of(meeting: Meeting, attendances: Iterable[Attendance]) -> Electorate:
    people = (
        Person(name=one.member.full_name, status=one.status, stay=one.stay, presence=one.presence)
        for one in attendances
    )
    return electorate(people, vote_rules(meeting.held_on))


def draft_plan_of(meeting: Meeting) -> Plan | None:
    """The draft that the meeting can adopt: of its year, or the one after."""
    years = (meeting.held_on.year, meeting.held_on.year + 1)
    drafts = Plan.objects.filter(cell=meeting.cell_id, stage=PlanStage.DRAFT, year__in=years)
    return drafts.select_related("cell").order_by("year").first()


def leader_of(cell: Organization, day: date) -> Member | None:
    """The secretary of the cell on `day`."""
    posts = Post.objects.on(day).filter(organization=cell, position="secretary").select_related("member")
    post = posts.order_by("-valid_from").first()
    return post.member if post else None


def term_of(cell: Organization, day: date) -> Term | None:
    return Term.objects.filter(cell=cell, began_on__lte=day).order_by("-began_on").first()


def numbering_began(cell: Organization, day: date) -> date:
    """Numbers run from the term of the cell's committee; where none is recorded, from the first day of the year."""
    term = term_of(cell, day)
    return term.began_on if term else date(day.year, 1, 1)


def results_of(meeting: Meeting) -> tuple[list[Progress], list[Progress], list[Progress]]:
    """Work of the cell done since the meeting before, waiting for a remark, and past its day: to be read out."""
    earlier = Meeting.objects.filter(cell=meeting.cell_id, held_on__lt=meeting.held_on, number__isnull=False)
    last = earlier.order_by("-held_on").values_list("held_on", flat=True).first()
    since = last or meeting.held_on - timedelta(days=DAYS_WITHOUT_MEETING)
    years = (meeting.held_on.year - 1, meeting.held_on.year)
    works = Progress.objects.filter(cell=meeting.cell_id, year__in=years).filter(
        Q(done_on__gt=since, done_on__lte=meeting.held_on)
        | Q(state=WorkState.AWAITING)
        | Q(state=WorkState.RUNNING, due_on__lt=meeting.held_on)
    )
    rows = list(
        works.select_related("assignment__duty", "member").order_by("member__sort_key", "due_on", "pk")
    )

    def those(state: WorkState) -> list[Progress]:
        return [row for row in rows if row.state == state]

    return those(WorkState.DONE), those(WorkState.AWAITING), those(WorkState.RUNNING)


def is_written(item: AgendaItem) -> bool:
    """Whether the minutes have anything to say of an item that `items_of` read."""
    said = bool(item.discussion or item.summary) or hasattr(item, "vote")
    return said or bool(item.conclusions.all()) or bool(item.reserved.all())


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda with votes, conclusions and reserved opinions: a fixed number of statements."""
    found = AgendaItem.objects.filter(meeting=meeting).select_related("vote__plan")
    return list(
        found.prefetch_related("conclusions__member", "reserved__member").order_by(F("position"), "id")
    )
