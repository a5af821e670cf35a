"""Named reads of planning: which cells to plan, the list of plans, the summary of a year, the catalogue."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.members.enums import Status
from phancong.members.models import Member
from phancong.organizations.models import Organization, in_places
from phancong.planning.enums import GROUP, IN_THE_WAY, LEAD
from phancong.planning.models import Assignment, CatalogueDuty, Duty, Plan, Unmet
from phancong.planning.packs import planning_rules
from phancong.planning.solving.people import planning_day


def cells_to_plan(*, year: int, path: str = "", only_missing: bool = False) -> QuerySet[Organization]:
    """Cells under `path` with members on the roll; with `only_missing` those without a plan, else all drafts too."""
    staffed = Member.objects.on_roll().filter(cell=OuterRef("pk"))
    cells = Organization.objects.active().cells().in_subtree(path).order_by("path")
    cells = cells.filter(pk__in=Subquery(staffed.values("cell")[:1]))
    settled = Plan.objects.filter(year=year)
    return cells.exclude(plans__in=settled if only_missing else settled.exclude(stage="draft"))


def cells_for(actor: Actor) -> QuerySet[Organization]:
    """Cells whose plans the actor may see."""
    scope = in_places(places(actor, Permission.PLAN_SEE), field="path")
    return Organization.objects.active().cells().filter(scope)


def with_plan(cells: QuerySet[Organization], year: int) -> QuerySet[Organization]:
    """Each cell with its plan's figures of `year`, in one query."""
    plans = Plan.objects.filter(cell=OuterRef("pk"), year=year)
    duties = Duty.objects.filter(plan__cell=OuterRef("pk"), plan__year=year)
    unmet = Unmet.objects.filter(plan__cell=OuterRef("pk"), plan__year=year)
    given = Assignment.objects.standing().filter(duty__plan__cell=OuterRef("pk"), duty__plan__year=year)
    roll = Member.objects.on_roll().filter(cell=OuterRef("pk"))
    return cells.annotate(
        plan_stage=Subquery(plans.values("stage")[:1]),
        drafted_at=Subquery(plans.values("drafted_at")[:1]),
        members_count=_count(roll, "cell"),
        duties_count=_count(duties, "plan__cell"),
        given_count=_count(given, "duty__plan__cell"),
        open_count=_count(unmet.filter(duty__isnull=False).exclude(rule=LEAD), "plan__cell"),
        idle_count=_count(unmet.filter(member__isnull=False).exclude(rule=GROUP), "plan__cell"),
        above=F("parent__name"),
    )


def _count(
    rows: "QuerySet[Member] | QuerySet[Duty] | QuerySet[Unmet] | QuerySet[Assignment]", by: str
) -> Coalesce:
    counted = rows.order_by().values(by).annotate(how_many=Count("pk")).values("how_many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def catalogue_for(actor: Actor) -> QuerySet[CatalogueDuty]:
    """The common catalogue and the own entries of cells whose plans the actor may see."""
    scope = in_places(places(actor, Permission.PLAN_SEE), field="cell__path")
    return CatalogueDuty.objects.filter(Q(cell__isnull=True) | scope, is_active=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSummary:
    """A year in figures that close: members = with a duty + with other work only + without."""

    year: int
    cells: int
    cells_planned: int
    members: int
    with_duty: int
    with_other_work: int
    without_work: int
    why_without: Mapping[str, int]
    duties: int
    duties_open: int
    people_missing: int
    why_open: Mapping[str, int]
    without_lead: int
    without_organization: int
    plans_proved: int
    seconds: float


def year_summary(year: int, *, today: date) -> YearSummary:
    """All plans of `year`."""
    plans = Plan.objects.filter(year=year)
    standing = Assignment.objects.standing().filter(duty__plan__year=year)
    busy = Member.objects.on_roll().filter(assignments__in=standing)
    with_duty = Member.objects.on_roll().filter(assignments__in=standing.filter(duty__is_substantive=True))
    members, any_work, duty = (
        found.aggregate(found=Count("pk", distinct=True))["found"]
        for found in (Member.objects.on_roll(), busy, with_duty)
    )
    unmet = Unmet.objects.filter(plan__year=year)
    open_duties = unmet.filter(duty__isnull=False).exclude(rule=LEAD)
    staffed = Organization.objects.active().cells().filter(members__in=Member.objects.on_roll()).distinct()
    return YearSummary(
        year=year,
        cells=staffed.count(),
        cells_planned=plans.count(),
        members=members,
        with_duty=duty,
        with_other_work=any_work - duty,
        without_work=members - any_work,
        why_without=_why_without(year, today=today),
        duties=Duty.objects.filter(plan__year=year).count(),
        duties_open=open_duties.count(),
        people_missing=open_duties.aggregate(found=Coalesce(Sum("missing"), 0))["found"],
        why_open=_in_words(Counter(open_duties.values_list("rule", flat=True))),
        without_lead=unmet.filter(rule=LEAD).count(),
        without_organization=unmet.filter(rule=GROUP).count(),
        plans_proved=plans.filter(is_proved=True).count(),
        seconds=plans.aggregate(found=Coalesce(Sum("seconds"), 0.0))["found"],
    )


def _why_without(year: int, *, today: date) -> Mapping[str, int]:
    """Members with no work at all, by reason."""
    planned_statuses = planning_rules(planning_day(year, today)).statuses
    idle = Member.objects.on_roll().exclude(
        pk__in=Assignment.objects.standing().filter(duty__plan__year=year).values("member")
    )
    needs = dict(
        Unmet.objects.filter(plan__year=year, member__isnull=False)
        .exclude(rule=GROUP)
        .values_list("member", "rule")
    )
    planned_cells = set(Plan.objects.filter(year=year).values_list("cell", flat=True))
    found: Counter[str] = Counter()
    for member, cell, status in idle.values_list("pk", "cell", "status"):
        if cell not in planned_cells:
            found["chi bộ chưa có kế hoạch"] += 1
        elif member in needs:
            found[IN_THE_WAY[needs[member]]] += 1
        elif status not in planned_statuses:
            found[Status(status).label.lower()] += 1
        else:
            found["vắng mặt dài ngày hoặc sinh hoạt tạm thời nơi khác"] += 1
    return dict(found.most_common())


def _in_words(rules: Counter[str]) -> Mapping[str, int]:
    return {IN_THE_WAY[rule]: count for rule, count in rules.most_common()}
