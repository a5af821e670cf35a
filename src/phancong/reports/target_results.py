"""What came of resolutions: for each target its duties and how they stand, in a cell or over all cells of a place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.followups.enums import BY_MEMBER, State
from phancong.followups.models import Entry, Progress
from phancong.organizations.models import PATH_WIDTH, Organization, in_places
from phancong.organizations.queries import organizations_for
from phancong.planning.models import Assignment, Duty
from phancong.planning.solving.snapshot import full_title
from phancong.planning.source_models import Resolution, Target
from phancong.planning.sources import name_of_resolution, sources_of

PAGE_ROWS = 50
# How a duty stands, in the order of the picture and its legend.
ON_TIME, LATE_DONE, UNDER_WAY, OVERDUE, NOT_BEGUN = "done", "slow", "running", "late", "idle"
OUTCOMES = {
    ON_TIME: "Hoàn thành đúng hạn",
    LATE_DONE: "Hoàn thành sau hạn",
    UNDER_WAY: "Đang thực hiện",
    OVERDUE: "Quá hạn",
    NOT_BEGUN: "Chưa bắt đầu",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Duties by outcome; they add up to `total`."""

    by_outcome: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_outcome.values())

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Code, words and number of each outcome that there is."""
        return [
            (code, words, self.by_outcome[code])
            for code, words in OUTCOMES.items()
            if self.by_outcome.get(code)
        ]

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """Code, start and width of each part of the bar, out of 1000."""
        found, begun = [], 0
        for code, _, count in self.counts:
            start, end = 1000 * begun // self.total, 1000 * (begun + count) // self.total
            found.append((code, start, end - start))
            begun += count
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyResult:
    """A duty of one cell: who does it. `works` are the assignments that stand."""

    duty: Duty
    title: str
    outcome: str
    word: str
    people: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetResult:
    target: Target
    tally: Tally
    duties: tuple[DutyResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionResult:
    resolution: Resolution
    name: str
    is_own: bool
    tally: Tally
    targets: tuple[TargetResult, ...]

    @property
    def without_duty(self) -> int:
        return sum(not one.tally.total for one in self.targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A place right below: its cells, those that have a duty for the resolution, and how the duties stand."""

    place: Organization
    cells: int
    taking_part: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class BranchPage:
    rows: list[Branch]
    next_after: int | None


def watched_place_for(actor: Actor, organization_id: int) -> Organization | None:
    """A place whose work the actor follows."""
    return organizations_for(actor, right=Permission.WORK_SEE).filter(pk=organization_id).first()


def source_of(place: Organization, resolution_id: int) -> Resolution | None:
    """A resolution of the place or of one above it, whatever its year."""
    year = Resolution.objects.filter(pk=resolution_id).values_list("year", flat=True).first()
    return sources_of(place, year).filter(pk=resolution_id).first() if year else None


def results_of(actor: Actor, place: Organization, *, year: int) -> list[ResolutionResult]:
    """Resolutions of the place and of those above; in a cell with each duty, elsewhere with figures alone."""
    resolutions = list(sources_of(place, year).prefetch_related("targets"))
    duties = _duties(actor, place, resolutions)
    tallies = _tallies(duties)
    listed = _listed(duties) if place.holds_members else {}
    return [_resolution(one, place, tallies, listed) for one in resolutions]


def branches_page(actor: Actor, place: Organization, resolution: Resolution, *, after: int) -> BranchPage:
    """Fifty places right below with their figures, in four queries whatever their number."""
    below = organizations_for(actor, right=Permission.WORK_SEE).filter(parent=place)
    last = below.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if last is not None:
        below = below.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    rows = list(below.order_by("sort_key", "id")[: PAGE_ROWS + 1])
    shown = rows[:PAGE_ROWS]
    duties = _under(_duties(actor, place, [resolution]), place, shown, "plan__cell__path")
    taking = duties.order_by().values("step").annotate(n=Count("plan__cell", distinct=True))
    cells = _under(Organization.objects.active().cells(), place, shown, "path")
    counted = cells.order_by().values("step").annotate(n=Count("pk"))
    tallies: dict[str, Counter[str]] = {}
    for step, outcome, count in (
        duties.order_by()
        .values("step", "outcome")
        .annotate(n=Count("pk"))
        .values_list("step", "outcome", "n")
    ):
        tallies.setdefault(step, Counter())[outcome] += count
    part = dict(taking.values_list("step", "n"))
    all_cells = dict(counted.values_list("step", "n"))
    branches = [
        Branch(
            place=one,
            cells=all_cells.get(one.path[len(place.path) :], 0),
            taking_part=part.get(one.path[len(place.path) :], 0),
            tally=Tally(tallies.get(one.path[len(place.path) :], {})),
        )
        for one in shown
    ]
    return BranchPage(branches, shown[-1].pk if len(rows) > PAGE_ROWS else None)


def _under(
    rows: QuerySet[Any], place: Organization, shown: Iterable[Organization], path: str
) -> QuerySet[Any]:
    """Rows below the shown places; `step` is the part of the path that names which."""
    inside = in_places((one.path for one in shown), field=path)
    found: QuerySet[Any] = rows.filter(inside).annotate(step=Substr(path, len(place.path) + 1, PATH_WIDTH))
    return found


def _duties(actor: Actor, place: Organization, resolutions: Iterable[Resolution]) -> QuerySet[Any]:
    """Duties below the place that carry out one of the targets, where the actor follows work."""
    below = in_places((place.path,), field="plan__cell__path")
    seen = in_places(places(actor, Permission.WORK_SEE), field="plan__cell__path")
    found = Duty.objects.filter(below, seen, target__resolution__in=list(resolutions))
    return found.annotate(outcome=outcome_on(actor.today))


def outcome_on(day: date) -> Case:
    """How a duty stands by the work of all who do it: late if one is, done when everybody is.

    Nobody has begun while there is no work to follow, or no word from anybody who does it.
    """
    works = Progress.objects.filter(assignment__duty=OuterRef("pk")).exclude(state=State.ENDED)
    said = Entry.objects.filter(
        assignment__duty=OuterRef("pk"), assignment__ended_on__isnull=True, kind__in=BY_MEMBER
    )
    is_open = Exists(works.exclude(state=State.DONE))
    return Case(
        When(~Exists(works), then=Value(NOT_BEGUN)),
        When(Exists(works.filter(state=State.RUNNING, due_on__lt=day)), then=Value(OVERDUE)),
        When(~is_open & Exists(works.filter(done_on__gt=F("due_on"))), then=Value(LATE_DONE)),
        When(~is_open, then=Value(ON_TIME)),
        When(Exists(said), then=Value(UNDER_WAY)),
        default=Value(NOT_BEGUN),
        output_field=CharField(),
    )


def _tallies(duties: QuerySet[Any]) -> dict[int, Counter[str]]:
    counted = duties.order_by().values("target", "outcome").annotate(n=Count("pk"))
    found: dict[int, Counter[str]] = {}
    for target, outcome, count in counted.values_list("target", "outcome", "n"):
        found.setdefault(target, Counter())[outcome] += count
    return found


def _listed(duties: QuerySet[Any]) -> dict[int, list[DutyResult]]:
    """Each duty with the people on it, by target; two queries."""
    rows = list(duties.select_related("area", "plan").order_by("number"))
    people: dict[int, list[Assignment]] = {}
    standing = Assignment.objects.standing().filter(duty__in=[one.pk for one in rows])
    for one in standing.select_related("member", "progress").order_by("-is_lead", "member__sort_key", "pk"):
        people.setdefault(one.duty_id, []).append(one)
    found: dict[int, list[DutyResult]] = {}
    for duty in rows:
        result = DutyResult(
            duty=duty,
            title=full_title(duty),
            outcome=duty.outcome,
            word=OUTCOMES[duty.outcome],
            people=tuple(people.get(duty.pk, ())),
        )
        found.setdefault(duty.target_id, []).append(result)
    return found


def _resolution(
    resolution: Resolution,
    place: Organization,
    tallies: Mapping[int, Counter[str]],
    listed: Mapping[int, list[DutyResult]],
) -> ResolutionResult:
    targets = sorted(resolution.targets.all(), key=lambda one: one.number)
    together: Counter[str] = Counter()
    for target in targets:
        together.update(tallies.get(target.pk, {}))
    return ResolutionResult(
        resolution=resolution,
        name=name_of_resolution(resolution),
        is_own=resolution.organization_id == place.pk,
        tally=Tally(together),
        targets=tuple(
            TargetResult(
                target=target,
                tally=Tally(tallies.get(target.pk, {})),
                duties=tuple(listed.get(target.pk, ())),
            )
            for target in targets
        ),
    )
