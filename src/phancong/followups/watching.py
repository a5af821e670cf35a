"""Theo dõi, đôn đốc: how the work of each cell stands on a day, and the work of one cell by member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, IntegerField, Max, Q, QuerySet
from django.db.models.functions import Cast

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.followups.as_of import standing_on
from phancong.followups.enums import State
from phancong.followups.models import Matter, Progress
from phancong.followups.queries import title_of, works_for
from phancong.followups.terms import terms_on
from phancong.members.models import Member
from phancong.organizations.models import Organization, in_places
from phancong.planning.enums import PlanStage
from phancong.planning.models import Plan

PAGE_ROWS = 50
LATE, SOON, AWAITING, QUIET = "qua-han", "sap-han", "cho-nhan-xet", "lau-khong-tin"
FILTERS = {
    LATE: "Quá hạn",
    SOON: "Đến hạn {0.soon_days} ngày tới",
    AWAITING: "Chờ nhận xét",
    QUIET: "Lâu không có tin",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many pieces of work stand how; `errands_only`: members whose work of the year is errands alone."""

    running: int = 0
    late: int = 0
    awaiting: int = 0
    soon: int = 0
    quiet: int = 0
    done: int = 0
    errands_only: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One cell of the list. `plan` is the word for its plan of the year, empty when it has none."""

    cell: Organization
    plan: str
    is_adopted: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class CellPage:
    lines: list[CellLine]
    next_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One piece of work as it stood on the day."""

    work: Progress
    title: str
    word: str
    kind: str
    due_on: date
    hint: str


def is_of(kind: str, day: date) -> Q:
    """The condition of a filter, over work as `standing_on` tells it."""
    terms = terms_on(day)
    running = Q(state_then=State.RUNNING)
    return {
        LATE: running & Q(due_then__lt=day),
        SOON: running & Q(due_then__range=(day, day + timedelta(days=terms.soon_days))),
        AWAITING: Q(state_then=State.AWAITING),
        QUIET: running & Q(news_then__lt=day - timedelta(days=terms.quiet_days)),
    }[kind]


def filters_on(day: date) -> list[tuple[str, str]]:
    return [(value, words.format(terms_on(day))) for value, words in FILTERS.items()]


def watched_cells_for(actor: Actor) -> QuerySet[Organization]:
    """Cells whose work the actor follows."""
    scope = in_places(places(actor, Permission.WORK_SEE), field="path")
    return Organization.objects.active().cells().filter(scope)


def cells_page(actor: Actor, *, year: int, day: date, after: int) -> CellPage:
    """Fifty cells with their figures, whatever their number in four queries."""
    cells = watched_cells_for(actor)
    last = cells.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if last is not None:
        cells = cells.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    rows = list(cells.order_by("sort_key", "id")[: PAGE_ROWS + 1])
    shown = rows[:PAGE_ROWS]
    counts = counts_of(actor, shown, year=year, day=day)
    plans = {plan.cell_id: plan for plan in Plan.objects.filter(cell__in=shown, year=year)}
    lines = [_cell_line(cell, plans.get(cell.pk), counts.get(cell.pk, Counts())) for cell in shown]
    return CellPage(lines, shown[-1].pk if len(rows) > PAGE_ROWS else None)


def _cell_line(cell: Organization, plan: Plan | None, counts: Counts) -> CellLine:
    return CellLine(
        cell=cell,
        plan=PlanStage(plan.stage).label if plan else "",
        is_adopted=plan is not None and plan.stage != PlanStage.DRAFT,
        counts=counts,
    )


def counts_of(actor: Actor, cells: Iterable[Organization], *, year: int, day: date) -> dict[int, Counts]:
    """Figures of each of the cells that has work under way, in two queries."""
    works = standing_on(Progress.objects.filter(cell__in=cells, year=year), day, today=actor.today)
    figures = works.order_by().values("cell").annotate(**_figures(day))
    errands = _errands_only(works)
    return {
        row["cell"]: Counts(
            **{name: row[f"n_{name}"] for name in ("running", "late", "awaiting", "soon", "quiet", "done")},
            errands_only=errands.get(row["cell"], 0),
        )
        for row in figures
    }


def left_over(cells: Iterable[Organization], *, before: int) -> dict[int, list[tuple[int, int]]]:
    """By cell, the years before with work that still runs or waits for a word, and how much of it."""
    rows = (
        Progress.objects.filter(cell__in=cells, year__lt=before, state__in=(State.RUNNING, State.AWAITING))
        .order_by("year")
        .values("cell", "year")
        .annotate(n=Count("pk"))
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(row["cell"], []).append((row["year"], row["n"]))
    return found


def _figures(day: date) -> dict[str, Count]:
    conditions = {
        "running": Q(state_then=State.RUNNING),
        "late": is_of(LATE, day),
        "awaiting": is_of(AWAITING, day),
        "soon": is_of(SOON, day),
        "quiet": is_of(QUIET, day),
        "done": Q(state_then=State.DONE),
    }
    return {f"n_{name}": Count("pk", filter=condition) for name, condition in conditions.items()}


def _errands_only(works: QuerySet[Any]) -> dict[int, int]:
    """By cell, members who hold work and none that is more than an errand."""
    held = works.exclude(state_then=State.ENDED).order_by().values("cell", "member")
    substantive = held.annotate(most=Max(Cast("assignment__duty__is_substantive", IntegerField())))
    found: dict[int, int] = {}
    for row in substantive.filter(most=0):
        found[row["cell"]] = found.get(row["cell"], 0) + 1
    return found


def watched_cell_for(actor: Actor, cell_id: int) -> Organization | None:
    return watched_cells_for(actor).filter(pk=cell_id).first()


def lines_of(
    actor: Actor, cell: Organization, *, year: int, day: date, kind: str = ""
) -> list[tuple[Member, list[WorkLine]]]:
    """The work of one cell by member, in the order of their names; `kind` is one of the filters."""
    works = standing_on(works_for(actor).filter(cell=cell, year=year), day, today=actor.today)
    if kind in FILTERS:
        works = works.filter(is_of(kind, day))
    rows = works.select_related("assignment__duty__area", "member").order_by(
        "member__sort_key", "member_id", "assignment__duty__number", "pk"
    )
    groups = groupby(rows, key=lambda one: one.member)
    return [(member, [_work_line(one, day) for one in found]) for member, found in groups]


def remindable(actor: Actor, cell: Organization, *, year: int, kind: str = "") -> list[Progress]:
    """What of a filter can be reminded of today: work that still runs, not the actor's own."""
    works = standing_on(works_for(actor, Permission.WORK_DIRECT), actor.today, today=actor.today)
    works = works.filter(cell=cell, year=year, state_then=State.RUNNING)
    if kind in FILTERS:
        works = works.filter(is_of(kind, actor.today))
    if actor.member_id is not None:
        works = works.exclude(member=actor.member_id)
    return list(works.select_related("assignment__duty__plan__cell").order_by("pk"))


def _work_line(work: Any, day: date) -> WorkLine:
    state, due_on, news_on = work.state_then, work.due_then, work.news_then
    is_running = state == State.RUNNING
    late = is_running and due_on < day
    kinds = {State.RUNNING: "running", State.AWAITING: "waiting", State.DONE: "done", State.ENDED: "ended"}
    hint = f"hạn {due_on:%d/%m/%Y}"
    if is_running and news_on < day - timedelta(days=terms_on(day).quiet_days):
        hint += f", {(day - news_on).days} ngày không có tin"
    return WorkLine(
        work=work,
        title=title_of(work.assignment.duty),
        word="Quá hạn" if late else State(state).label,
        kind="late" if late else kinds[State(state)],
        due_on=due_on,
        hint=hint,
    )


def matters_for(actor: Actor) -> QuerySet[Matter]:
    """Difficulties and wishes still open in the actor's places, the most pressing first; none of their own."""
    scope = in_places(places(actor, Permission.WORK_DIRECT), field="holder__path")
    found = Matter.objects.filter(scope, answered_on__isnull=True)
    if actor.member_id is not None:
        found = found.exclude(entry__assignment__member=actor.member_id)
    return found.order_by("due_on", "id")


def held_for(actor: Actor) -> QuerySet[Matter]:
    """Those that wait for the actor: in a secretary's own cell; at an office what came up from cells."""
    paths = {place.path for place in places(actor, Permission.WORK_DIRECT)}
    is_above = ~Q(holder__in=Organization.objects.cells())
    return matters_for(actor).filter(Q(holder__path__in=paths) | is_above)


@dataclass(frozen=True, slots=True)
class MattersPage:
    rows: list[Matter]
    next_after: int | None


def matters_page(found: QuerySet[Matter], *, after: int) -> MattersPage:
    last = Matter.objects.filter(pk=after).values_list("due_on", flat=True).first() if after else None
    if last is not None:
        found = found.filter(Q(due_on__gt=last) | Q(due_on=last, pk__gt=after))
    rows = list(
        found.select_related("holder", "entry__assignment__duty__area", "entry__assignment__member")[
            : PAGE_ROWS + 1
        ]
    )
    return MattersPage(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].pk if len(rows) > PAGE_ROWS else None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many matters wait for somebody, and the first day one is due."""

    count: int
    first_due: date
    late: int


def waiting_for(actor: Actor) -> Waiting | None:
    days = list(held_for(actor).values_list("due_on", flat=True))
    if not days:
        return None
    return Waiting(len(days), min(days), sum(day < actor.today for day in days))


def late_works_for(actor: Actor, *, year: int) -> tuple[int, int]:
    """How many pieces of work are late where the actor follows work, and in how many cells."""
    late = works_for(actor).filter(year=year, state=State.RUNNING, due_on__lt=actor.today)
    found = late.aggregate(works=Count("pk"), cells=Count("cell", distinct=True))
    return found["works"], found["cells"]
