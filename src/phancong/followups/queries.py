"""Named reads of following up: doors to one piece of work, the member's own work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from phancong.access.actor import Actor, may, places
from phancong.access.permissions import Permission
from phancong.followups.enums import BY_MEMBER, EntryKind, State
from phancong.followups.models import CalendarLink, Entry, MailChoice, Matter, Photo, Progress, ReportDraft
from phancong.members.models import Member
from phancong.organizations.models import in_places
from phancong.planning.enums import PlanStage
from phancong.planning.models import Assignment, Duty

# What is said to the member and what they still have to take note of.
_SAID_TO_MEMBER = frozenset(
    {
        EntryKind.RETURN,
        EntryKind.NOTE,
        EntryKind.REMIND,
        EntryKind.EXTEND,
        EntryKind.ANSWER,
        EntryKind.PASS_UP,
    }
)


def works_for(actor: Actor, right: Permission = Permission.WORK_SEE) -> QuerySet[Progress]:
    """Work under way in the cells where the actor has `right`."""
    return Progress.objects.filter(in_places(places(actor, right), field="cell__path"))


def work_for(actor: Actor, assignment_id: int) -> Progress | None:
    """One piece of work: for the member it was given to, and for those who follow it."""
    found = Progress.objects.filter(
        in_places(places(actor, Permission.WORK_SEE), field="cell__path") | _own(actor, "member"),
        pk=assignment_id,
    )
    return found.select_related(
        "assignment__duty__plan__cell",
        "assignment__duty__area",
        "assignment__duty__target",
        "assignment__member",
        "cell",
        "member",
    ).first()


def own_work_for(actor: Actor, assignment_id: int) -> Progress | None:
    found = work_for(actor, assignment_id)
    return found if found and is_own(actor, found) else None


def directed_work_for(actor: Actor, assignment_id: int) -> Progress | None:
    """Work of somebody else whose cell's work the actor directs."""
    found = work_for(actor, assignment_id)
    return found if found and may_direct(actor, found) else None


def is_own(actor: Actor, work: Progress) -> bool:
    return actor.member_id is not None and work.member_id == actor.member_id


def may_direct(actor: Actor, work: Progress) -> bool:
    return may(actor, Permission.WORK_DIRECT, work.cell.path) and not is_own(actor, work)


def photo_for(actor: Actor, entry_id: int) -> Photo | None:
    """Seen by whoever sees the piece of work."""
    scope = in_places(places(actor, Permission.WORK_SEE), field="entry__assignment__progress__cell__path")
    return Photo.objects.filter(scope | _own(actor, "entry__assignment__member"), entry=entry_id).first()


def matter_for(actor: Actor, matter_id: int) -> Matter | None:
    """A matter that the actor may answer where it lies now; never one of their own."""
    scope = in_places(places(actor, Permission.WORK_DIRECT), field="holder__path")
    found = Matter.objects.filter(scope, pk=matter_id).exclude(_own(actor, "entry__assignment__member"))
    return found.select_related("entry__assignment__duty__plan__cell", "holder__parent").first()


def draft_for(actor: Actor, work: Progress) -> ReportDraft | None:
    """What the actor has begun to write of it."""
    return ReportDraft.objects.filter(assignment=work.pk, user=actor.user_id).first()


def is_sent(work: Progress, key: str) -> bool:
    """Whether what was sent with this key is already in the register."""
    return Entry.objects.filter(assignment=work.pk, key=key).exists()


def has_calendar_link(actor: Actor) -> bool:
    return CalendarLink.objects.filter(user=actor.user_id).exists()


def mail_choice_of(actor: Actor) -> MailChoice | None:
    return MailChoice.objects.filter(user=actor.user_id).first()


def last_entry_id(work: Progress) -> int:
    """The last line a page can show now; 0 when there is none."""
    return Entry.objects.filter(assignment=work.pk).order_by("-id").values_list("id", flat=True).first() or 0


def _own(actor: Actor, field: str) -> Q:
    return Q(**{field: actor.member_id}) if actor.member_id is not None else Q(pk__in=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """One card of "Việc của tôi". `said`: the last word to the member that they have not answered yet."""

    assignment: Assignment
    title: str
    product: str
    word: str
    kind: str
    due_on: date
    first_due_on: date
    days_left: int
    is_lead: bool
    is_draft: bool
    may_report: bool
    giver: str
    basis: str
    said: Entry | None
    waits_until: date | None
    done_on: date | None
    exceeded: bool

    @property
    def is_over(self) -> bool:
        return self.kind in {"done", "ended"}


def own_works_for(actor: Actor, *, year: int) -> list[OwnWork]:
    """The member's work of `year` and what is still open of earlier years; the earliest due first."""
    return works_of(actor.member_id, year=year, today=actor.today) if actor.member_id is not None else []


def slip_for(actor: Actor, member_id: int) -> tuple[Member | None, list[OwnWork]]:
    """The member with the work still open, for themself and for those who follow work in their cell."""
    scope = Member.objects.in_places(places(actor, Permission.WORK_SEE)) | Member.objects.filter(
        _own(actor, "pk")
    )
    member = scope.filter(pk=member_id).select_related("cell").first()
    if member is None:
        return None, []
    works = works_of(member.pk, year=actor.today.year, today=actor.today)
    if member.pk != actor.member_id:
        seen = set(works_for(actor).filter(member=member).values_list("pk", flat=True))
        works = [one for one in works if one.assignment.pk in seen]
    return member, [one for one in works if not (one.is_over or one.is_draft)]


def works_of(member_id: int, *, year: int, today: date) -> list[OwnWork]:
    """Work of `year` and what is still open of earlier years; two queries."""
    still_open = Q(progress__state__in=(State.RUNNING, State.AWAITING))
    rows = (
        Assignment.objects.filter(Q(duty__plan__year=year) | still_open, member=member_id)
        .filter(Q(ended_on__isnull=True) | Q(progress__isnull=False))
        .select_related("duty__plan__cell", "duty__plan__adoption", "duty__area", "progress", "given_by")
        .prefetch_related(Prefetch("entries", Entry.objects.select_related("matter").order_by("id")))
    )
    found = [_own_work(row, today) for row in rows]
    return sorted(found, key=lambda one: (one.due_on, one.assignment.duty.number, one.assignment.pk))


def _own_work(row: Assignment, today: date) -> OwnWork:
    duty, progress = row.duty, getattr(row, "progress", None)
    is_draft = duty.plan.stage == PlanStage.DRAFT
    due_on = progress.due_on if progress else duty.due_on
    word, kind = ("Dự thảo", "draft") if progress is None else state_words(progress, today)
    entries = list(row.entries.all())
    waiting = [one.matter.due_on for one in entries if _is_waiting(one)]
    return OwnWork(
        assignment=row,
        title=title_of(duty),
        product=duty.product,
        word=word,
        kind=kind,
        due_on=due_on,
        first_due_on=progress.first_due_on if progress else duty.due_on,
        days_left=(due_on - today).days,
        is_lead=row.is_lead,
        is_draft=is_draft,
        may_report=bool(progress and progress.state == State.RUNNING),
        giver=_giver(row),
        basis=duty.source_note,
        said=_last_said(entries),
        waits_until=min(waiting, default=None),
        done_on=progress.done_on if progress else None,
        exceeded=bool(progress and progress.exceeded),
    )


def title_of(duty: Duty) -> str:
    return f"{duty.title} – {duty.area.name}" if duty.area else duty.title


def state_words(work: Progress, today: date) -> tuple[str, str]:
    """The word people see, and the kind of its tag."""
    if work.state == State.RUNNING and work.due_on < today:
        return "Quá hạn", "late"
    kinds = {State.RUNNING: "running", State.AWAITING: "waiting", State.DONE: "done", State.ENDED: "ended"}
    return State(work.state).label, kinds[State(work.state)]


def _giver(row: Assignment) -> str:
    """Who gave it by what: the plan as adopted, or a decision of the year."""
    given, plan = getattr(row, "given_by", None), row.duty.plan
    if given:
        return f"{plan.cell.name}, quyết định ngày {given.decided_on:%d/%m/%Y} ({given.basis})"
    adoption = getattr(plan, "adoption", None)
    if adoption:
        return f"{plan.cell.name}, thông qua ngày {adoption.adopted_on:%d/%m/%Y} ({adoption.basis})"
    return plan.cell.name


def _is_waiting(entry: Entry) -> bool:
    matter = getattr(entry, "matter", None)
    return matter is not None and matter.answered_on is None


def _last_said(entries: Iterable[Entry]) -> Entry | None:
    """What was said to the member after their own last word."""
    last = None
    for entry in entries:
        if entry.kind in BY_MEMBER:
            last = None
        elif entry.kind in _SAID_TO_MEMBER:
            last = entry
    return last
