"""What needs a person now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from phancong import rules
from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.followups.affected import affected_count
from phancong.followups.models import PlanReminder
from phancong.followups.terms import Terms, terms_on
from phancong.followups.unplanned import open_reminders, unplanned_cells_for
from phancong.followups.watching import Counts, counts_of, left_over
from phancong.jobs.models import Job
from phancong.jobs.queries import OPEN, JobStatus, jobs_for, status_of
from phancong.members.models import Post
from phancong.members.queries import members_for
from phancong.organizations.models import Organization, in_places
from phancong.organizations.queries import organizations_for
from phancong.personal_data.models import RequestState
from phancong.personal_data.queries import open_requests_for, own_requests_for
from phancong.planning.enums import LEAD
from phancong.planning.models import Assignment, Plan, Unmet
from phancong.reports.links import board_url, following_url


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing in the organisations that an actor plans for."""

    cells_without_plan: int
    cells_without_secretary: int
    open_duties: int
    members_without_work: int
    members_without_card: int

    @property
    def total(self) -> int:
        return (
            self.cells_without_plan
            + self.cells_without_secretary
            + self.open_duties
            + self.members_without_work
            + self.members_without_card
        )


@dataclass(frozen=True, slots=True)
class CellPlan:
    """The plan of a cell that the actor leads, and what it could not meet; `reminders` are of plans not made yet."""

    cell: Organization
    plan: Plan | None
    unmet: list[Unmet]
    url: str
    following_url: str
    counts: Counts
    terms: Terms
    affected: int
    reminders: list[PlanReminder]
    earlier: list["EarlierYear"]


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """Work of a year that is over and still runs or waits for a word."""

    year: int
    count: int
    url: str


def plans_for_many(actor: Actor) -> bool:
    """Whether the actor looks after the plans of more than one cell."""
    return len(organizations_for(actor, right=Permission.PLAN_CHANGE).cells().values("pk")[:2]) > 1


def gaps_for(actor: Actor, *, year: int) -> Gaps:
    """Counts over the places where the actor drafts plans."""
    cells = organizations_for(actor, right=Permission.PLAN_CHANGE).cells()
    heads = [position.code for position in rules.on(actor.today).positions if position.rank == 1]
    led = Exists(Post.objects.on(actor.today).filter(organization=OuterRef("pk"), position__in=heads))
    members = members_for(actor).on_roll()
    return Gaps(
        cells_without_plan=unplanned_cells_for(actor, year=year).count(),
        cells_without_secretary=cells.exclude(led).count(),
        open_duties=unmet_for(actor, year=year).filter(duty__isnull=False).exclude(rule=LEAD).count(),
        members_without_work=members.exclude(
            Exists(Assignment.objects.standing().filter(member=OuterRef("pk"), duty__plan__year=year))
        ).count(),
        members_without_card=members.filter(card_number__isnull=True).count(),
    )


def unmet_for(actor: Actor, *, year: int) -> QuerySet[Unmet]:
    """Needs that the plans of `year` could not meet, where the actor drafts plans."""
    return Unmet.objects.filter(plan__year=year).filter(
        in_places(places(actor, Permission.PLAN_CHANGE), field="plan__cell__path")
    )


def led_cells_for(actor: Actor, *, year: int) -> list[CellPlan]:
    """Cells in which the actor holds a leading post, hardly ever more than one, with their plan of the year."""
    if actor.member_id is None:
        return []
    leading = [position.code for position in rules.on(actor.today).positions if position.leads_cell]
    posts = Post.objects.on(actor.today).filter(member=actor.member_id, position__in=leading)
    cells = (
        organizations_for(actor, right=Permission.PLAN_CHANGE)
        .cells()
        .filter(pk__in=posts.values("organization"))
        .order_by("sort_key", "id")
    )
    plans = {
        plan.cell_id: plan for plan in Plan.objects.filter(cell__in=cells, year=year).select_related("cell")
    }
    unmet = list(
        Unmet.objects.filter(plan__in=plans.values()).select_related("duty", "member", "plan").order_by("id")
    )
    counts = counts_of(actor, list(cells), year=year, day=actor.today) if cells else {}
    reminders = open_reminders(cells, year=year) if cells else {}
    earlier = left_over(cells, before=year) if cells else {}
    return [
        CellPlan(
            cell,
            plans.get(cell.pk),
            [need for need in unmet if need.plan.cell_id == cell.pk],
            board_url(cell.pk, year),
            following_url(cell.pk, year),
            counts.get(cell.pk, Counts()),
            terms_on(actor.today),
            affected_count(plans.get(cell.pk), today=actor.today),
            reminders.get(cell.pk, []),
            [EarlierYear(past, n, following_url(cell.pk, past)) for past, n in earlier.get(cell.pk, [])],
        )
        for cell in cells
    ]


def running_jobs_for(actor: Actor) -> list[tuple[Job, JobStatus]]:
    """Long work under way that the actor gave, or that runs where they may see it."""
    found = [(job, status_of(job, now=actor.now)) for job in jobs_for(actor).filter(state__in=OPEN)]
    return [(job, status) for job, status in found if not status.is_over]


@dataclass(frozen=True, slots=True)
class AskedOfOffice:
    """Requests about data that wait for the actor: how many, the first day an answer is due, how many are late."""

    count: int
    first_due: date
    late: int


@dataclass(frozen=True, slots=True)
class MyData:
    """The actor's own requests about their data."""

    waiting: int
    next_due: date | None
    answered: int


def asked_of_office_for(actor: Actor) -> AskedOfOffice | None:
    """Requests that the actor has to answer; none where there are none."""
    days = list(open_requests_for(actor).values_list("due_on", flat=True))
    if not days:
        return None
    return AskedOfOffice(len(days), min(days), sum(day <= actor.today for day in days))


def my_data_for(actor: Actor) -> MyData | None:
    """How the actor's own requests stand; none for accounts that belong to no member."""
    if actor.member_id is None:
        return None
    asked = list(own_requests_for(actor).values_list("state", "due_on"))
    waiting = [day for state, day in asked if state == RequestState.OPEN]
    answered = sum(state in {RequestState.ACCEPTED, RequestState.REFUSED} for state, _ in asked)
    return MyData(len(waiting), min(waiting, default=None), answered)
