"""Plans of seconding and those who serve, as their readers see them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from phancong import rules
from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.followups.enums import State as WorkState
from phancong.members.enums import COUNTED_OFFICIAL
from phancong.members.models import Member
from phancong.organizations.models import Area, Organization, in_places
from phancong.organizations.queries import organizations_for
from phancong.planning.models import Assignment, Plan
from phancong.planning.solving.secondment import BUSY, LANGUAGE, LIMIT, NEAR, POST
from phancong.secondments.enums import PlanState, State
from phancong.secondments.models import Secondment, SecondmentPlan

PAGE_ROWS = 50
FOR = {NEAR: "cư trú tại đây", LANGUAGE: "nói tiếng của địa bàn"}
AGAINST = {POST: "đang giữ chức vụ", LIMIT: "đang có giới hạn công việc", BUSY: "đang giữ nhiều việc"}


@dataclass(frozen=True, slots=True)
class Row:
    """One member of a plan, with what speaks for and against it in words; `works`: running work at home."""

    secondment: Secondment
    speaks_for: str
    speaks_against: str
    works: int


@dataclass(frozen=True, slots=True)
class Place:
    """A hamlet of a plan. `lacks`: how many it is still short of; `is_new`: the decision founds its cell.

    `plan_year`: the year for which the cell already has a plan that these members are to be given work in.
    """

    area: Area
    is_new: bool
    rows: tuple[Row, ...]
    plan_year: int | None


@dataclass(frozen=True, slots=True)
class Sender:
    """A cell that sends: what it has, what it gives, what it keeps; `works`: what its plan gives to others then."""

    name: str
    official: int
    sends: int
    works: int

    @property
    def keeps(self) -> int:
        return self.official - self.sends


@dataclass(frozen=True, slots=True)
class PlanPage:
    places: tuple[Place, ...]
    short: tuple[str, ...]
    senders: tuple[Sender, ...]
    barred: tuple[Member, ...]
    people: int
    waiting_for_sender: int
    waiting_for_receiver: int


def committee_for(actor: Actor, organization_id: int) -> Organization | None:
    """A committee whose hamlets and members the actor sees."""
    seen = organizations_for(actor, right=Permission.MEMBER_LIST)
    return seen.filter(pk=organization_id, holds_members=False).first()


def highest_committee_for(actor: Actor) -> Organization | None:
    seen = organizations_for(actor, right=Permission.MEMBER_LIST).filter(holds_members=False)
    return seen.order_by("depth", "sort_key", "id").first()


def plans_for(actor: Actor) -> QuerySet[SecondmentPlan]:
    return SecondmentPlan.objects.filter(
        in_places(places(actor, Permission.MEMBER_LIST), field="committee__path")
    ).exclude(state=PlanState.DROPPED)


def plan_for(actor: Actor, plan_id: int) -> SecondmentPlan | None:
    return plans_for(actor).filter(pk=plan_id).select_related("committee").first()


def draft_of(committee: Organization) -> SecondmentPlan | None:
    return SecondmentPlan.objects.filter(committee=committee, state=PlanState.DRAFT).first()


def row_for(actor: Actor, plan: SecondmentPlan, row_id: int) -> Secondment | None:
    """One row of a plan that the actor may open."""
    found: Secondment | None = (
        plan.secondments.filter(pk=row_id).select_related("plan__committee", "member").first()
    )
    return found if plans_for(actor).filter(pk=plan.pk).exists() else None


def secondments_for(actor: Actor) -> QuerySet[Secondment]:
    """Those that were decided, where the actor sees the cell at home or the one they serve in."""
    seen = places(actor, Permission.MEMBER_LIST)
    scope = in_places(seen, field="home__path") | in_places(seen, field="cell__path")
    return Secondment.objects.filter(scope).exclude(state=State.PROPOSED)


def secondment_for(actor: Actor, secondment_id: int) -> Secondment | None:
    related = ("member", "home", "cell", "area", "plan__committee")
    return secondments_for(actor).filter(pk=secondment_id).select_related(*related).first()


@dataclass(frozen=True, slots=True)
class ServingPage:
    rows: list[Secondment]
    next_after: int | None


def serving_page(actor: Actor, *, after: int | None) -> ServingPage:
    """Those who serve today, the last decided first."""
    found = secondments_for(actor).filter(state=State.SERVING).order_by("-id")
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found.select_related("member", "home", "cell", "area")[: PAGE_ROWS + 1])
    return ServingPage(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].pk if len(rows) > PAGE_ROWS else None)


def plan_page(plan: SecondmentPlan, *, today: date) -> PlanPage:
    """Eight queries, whatever the number of people."""
    related = ("member", "home", "cell", "area__committee")
    rows = list(
        plan.secondments.select_related(*related).order_by("area__sort_key", "member__sort_key", "id")
    )
    works = _running_works(rows, year=today.year)
    planned = set(
        Plan.objects.filter(
            year=today.year, cell__in=[row.cell_id for row in rows if row.cell_id]
        ).values_list("cell", flat=True)
    )
    by_area: dict[int, list[Secondment]] = defaultdict(list)
    for row in rows:
        by_area[row.area_id].append(row)
    return PlanPage(
        places=tuple(
            Place(
                area=found[0].area,
                is_new=any(row.cell_id is None for row in found)
                or any(row.cell and row.cell.founded_on == row.valid_from for row in found),
                rows=tuple(_told(row, works[row.pk]) for row in found),
                plan_year=today.year if found[0].cell_id in planned else None,
            )
            for found in by_area.values()
        ),
        short=tuple(
            Area.objects.filter(pk__in=plan.short).order_by("sort_key").values_list("name", flat=True)
        ),
        senders=_senders(rows, works),
        barred=tuple(Member.objects.filter(pk__in=plan.barred).order_by("sort_key")),
        people=len(rows),
        waiting_for_sender=sum(row.sender_agreed_on is None for row in rows),
        waiting_for_receiver=sum(row.receiver_agreed_on is None for row in rows),
    )


def _told(row: Secondment, works: int) -> Row:
    return Row(
        row,
        "; ".join(words for code, words in FOR.items() if code in row.terms),
        "; ".join(words for code, words in AGAINST.items() if code in row.terms),
        works,
    )


def _running_works(rows: list[Secondment], *, year: int) -> Counter[int]:
    """By row: what the member still has to do in the plan of the cell that sends."""
    given = (
        Assignment.objects.standing()
        .filter(member__in=[row.member_id for row in rows], duty__plan__year__gte=year)
        .exclude(progress__state__in=(WorkState.DONE, WorkState.ENDED))
    )
    held = Counter(given.values_list("member", "duty__plan__cell"))
    return Counter({row.pk: held[row.member_id, row.home_id] for row in rows})


def _senders(rows: list[Secondment], works: Counter[int]) -> tuple[Sender, ...]:
    homes = {row.home_id: row.home for row in rows}
    counted: dict[int, int] = defaultdict(int)
    members = Member.objects.filter(cell__in=homes, status__in=COUNTED_OFFICIAL)
    for cell in members.values_list("cell", flat=True):
        counted[cell or 0] += 1
    gone = {home: sum(row.home_id == home and row.state != State.PROPOSED for row in rows) for home in homes}
    found = [
        Sender(
            home.name,
            counted[key] + gone[key],
            sum(row.home_id == key for row in rows),
            sum(works[row.pk] for row in rows if row.home_id == key),
        )
        for key, home in homes.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.sends, one.name)))


def least_on(day: date) -> int:
    return rules.on(day).least("cell_official_members")
