"""Chi bộ chưa có kế hoạch: which cells have no plan of a year, who leads them, when they were last reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from phancong import rules
from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.followups.models import PlanReminder
from phancong.followups.terms import terms_on
from phancong.members.models import Post
from phancong.organizations.models import Organization, in_places
from phancong.planning.models import Plan
from phancong.planning.queries import cells_to_plan

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedLine:
    """One cell of the list. `leader`: post and name of who leads it, empty when nobody does."""

    cell: Organization
    leader: str
    reminded: PlanReminder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedPage:
    """`due` of the `total` cells can be reminded today."""

    lines: list[UnplannedLine]
    next_after: int | None
    total: int
    due: int


def unplanned_cells_for(actor: Actor, *, year: int) -> QuerySet[Organization]:
    """Cells with members and without a plan of `year`, where the actor looks after plans."""
    scope = in_places(places(actor, Permission.PLAN_CHANGE), field="path")
    return cells_to_plan(year=year, only_missing=True).filter(scope)


def due_for_a_reminder(cells: QuerySet[Organization], *, year: int, by: Actor) -> QuerySet[Organization]:
    """Those of `cells` that somebody else leads and that were not reminded within the days of the rule."""
    since = by.today - timedelta(days=terms_on(by.today).plan_reminder_days)
    lately = PlanReminder.objects.filter(cell=OuterRef("pk"), year=year, on__gt=since)
    return cells.filter(_is_led(by)).exclude(Exists(lately))


def unled_among(cells: QuerySet[Organization], *, by: Actor) -> int:
    """How many of `cells` have nobody who would read a reminder."""
    return cells.exclude(_is_led(by)).count()


def _is_led(by: Actor) -> Exists:
    """Nobody is reminded by themself."""
    posts = _leading_posts(by.today).filter(organization=OuterRef("pk"))
    return Exists(posts.exclude(member=by.member_id) if by.member_id is not None else posts)


def _leading_posts(day: date) -> QuerySet[Post]:
    codes = [position.code for position in rules.on(day).positions if position.leads_cell]
    found: QuerySet[Post] = Post.objects.on(day).filter(position__in=codes)
    return found


def unplanned_page(actor: Actor, *, year: int, after: int) -> UnplannedPage:
    """Fifty cells, whatever their number in six queries."""
    found = unplanned_cells_for(actor, year=year)
    rest = found
    last = found.filter(pk=after).values_list("sort_key", flat=True).first() if after else None
    if last is not None:
        rest = rest.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after))
    rows = list(rest.select_related("parent").order_by("sort_key", "id")[: PAGE_ROWS + 1])
    shown = rows[:PAGE_ROWS]
    leaders, reminded = _leaders(shown, actor.today), last_reminders(shown, year=year)
    return UnplannedPage(
        lines=[
            UnplannedLine(cell=cell, leader=leaders.get(cell.pk, ""), reminded=reminded.get(cell.pk))
            for cell in shown
        ],
        next_after=shown[-1].pk if len(rows) > PAGE_ROWS else None,
        total=found.count(),
        due=due_for_a_reminder(found, year=year, by=actor).count(),
    )


def last_reminders(cells: Iterable[Organization], *, year: int) -> dict[int, PlanReminder]:
    """By cell, the last time that it was reminded of its plan of `year`."""
    rows = PlanReminder.objects.filter(cell__in=cells, year=year).order_by("on")
    return {row.cell_id: row for row in rows}


def open_reminders(cells: Iterable[Organization], *, year: int) -> dict[int, list[PlanReminder]]:
    """By cell, the last reminder of each plan from `year` on that has not been made since."""
    made = Plan.objects.filter(cell=OuterRef("cell"), year=OuterRef("year"))
    rows = PlanReminder.objects.filter(~Exists(made), cell__in=cells, year__gte=year).order_by("on")
    last = {(row.cell_id, row.year): row for row in rows}
    found: dict[int, list[PlanReminder]] = {}
    for key in sorted(last):
        found.setdefault(key[0], []).append(last[key])
    return found


def _leaders(cells: list[Organization], day: date) -> dict[int, str]:
    """By cell, the highest of those who lead it."""
    ranks = {position.code: position for position in rules.on(day).positions}
    posts = _leading_posts(day).filter(organization__in=cells).select_related("member")
    found: dict[int, str] = {}
    for post in sorted(posts, key=lambda one: (ranks[one.position].rank, one.pk)):
        found.setdefault(post.organization_id, f"{ranks[post.position].name} {post.member.full_name}")
    return found
