"""What the documents of a plan say, read once by a fixed number of statements.

Health, circumstances and the reasons of a limit are not read here, so no document can carry them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from phancong.members.enums import ENDED, MembershipKind, Status
from phancong.members.models import Member, Membership, Post, StatusPeriod
from phancong.organizations.models import PATH_WIDTH, OrganizationVersion
from phancong.planning.enums import PlanStage
from phancong.planning.models import Assignment, Duty, Plan
from phancong.rules import loader
from phancong.rules.document_form import Form, form_on
from phancong.rules.model import Category, Rules, name_of

BLANK = "……"
SECRETARY = "secretary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One member's part in one duty."""

    duty: Duty
    assignment: Assignment
    others: tuple[str, ...]

    @property
    def role(self) -> str:
        return "Phụ trách" if self.assignment.is_lead or not self.others else "Tham gia"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as the documents of this plan name them; `category` is None when that day's rules do not know it."""

    member: Member
    category: Category | None
    status: Status
    is_temporary: bool
    works: tuple[Work, ...]

    @property
    def name(self) -> str:
        return self.member.full_name

    @property
    def category_name(self) -> str:
        return self.category.name if self.category else self.member.category

    @property
    def short_category(self) -> str:
        return self.category.short_name if self.category else self.member.category


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    plan: Plan
    day: date
    rules: Rules
    form: Form
    cell: str
    upper_body: str
    place: str
    secretary: str
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]

    @property
    def year(self) -> int:
        return self.plan.year

    @property
    def is_draft(self) -> bool:
        return self.plan.stage == PlanStage.DRAFT

    @property
    def of_cell(self) -> tuple[Person, ...]:
        """Members whose official place is this cell."""
        return tuple(person for person in self.people if not person.is_temporary)

    @property
    def without_work(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if not person.works)

    @property
    def short_of_people(self) -> tuple[tuple[Duty, int], ...]:
        """Duties with fewer people than they ask for, and how many are missing."""
        missing = ((duty, duty.headcount_min - len(duty.assignments.all())) for duty in self.duties)
        return tuple((duty, count) for duty, count in missing if count > 0)

    def count(self, status: Status) -> int:
        return sum(person.status == status for person in self.of_cell)

    def strength(self) -> str:
        """Official and probationary members in words; who is exempt is official and counted as such."""
        probationary, exempt = self.count(Status.PROBATIONARY), self.count(Status.EXEMPT)
        official = f"chính thức {len(self.of_cell) - probationary}"
        if exempt:
            official += f" (kể cả {exempt} đồng chí được miễn công tác và sinh hoạt đảng)"
        return f"{official}, dự bị {probationary}"

    def categories(self) -> list[tuple[str, int]]:
        """Members by category, in the order of the rule pack."""
        counted = Counter(person.category_name for person in self.of_cell)
        known = [category.name for category in self.rules.categories]
        return [(name, counted[name]) for name in dict.fromkeys([*known, *counted]) if counted[name]]

    def field_name(self, duty: Duty) -> str:
        return name_of(self.rules.fields, duty.field)

    def duties_by_field(self) -> list[tuple[str, list[Duty]]]:
        order = {field.code: field.rank for field in self.rules.fields}
        found: dict[str, list[Duty]] = {}
        for duty in sorted(
            self.duties, key=lambda duty: (order.get(duty.field, len(order) + 1), duty.number)
        ):
            found.setdefault(self.field_name(duty), []).append(duty)
        return list(found.items())


def plan_day(plan: Plan) -> date:
    """The day whose names and rules the documents follow: that of the draft, at the latest the end of its year."""
    return min(timezone.localtime(plan.drafted_at).date(), date(plan.year, 12, 31))


def plan_facts(plan: Plan) -> PlanFacts:
    return facts_of([plan])[0]


def facts_of(plans: Sequence[Plan]) -> list[PlanFacts]:
    """The facts of several plans; the number of statements does not grow with the number of plans."""
    if not plans:
        return []
    source = _Source(plans)
    return [_facts(plan, source) for plan in plans]


class _Source:
    """Rows of all `plans`, read once. Spans are read for the days from the first plan's to the last one's."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        days = [plan_day(plan) for plan in plans]
        cells = [plan.cell_id for plan in plans]
        during = Q(valid_from__lte=max(days)) & (Q(valid_until__isnull=True) | Q(valid_until__gt=min(days)))
        self.versions = _grouped(
            OrganizationVersion.objects.filter(organization__in=cells).order_by("valid_from"),
            "organization_id",
        )
        paths = {version.path for versions in self.versions.values() for version in versions}
        above = {step for path in paths for step in _steps(path)[:-1]}
        self.above = _grouped(
            OrganizationVersion.objects.filter(during, organization__in=above), "organization_id"
        )
        posts = Post.objects.filter(during, organization__in=cells, position=SECRETARY)
        self.posts = _grouped(posts.select_related("member").order_by("-valid_from"), "organization_id")
        spans = Membership.objects.filter(during, cell__in=cells).select_related("member")
        self.memberships = _grouped(spans, "cell_id")
        given = (
            Assignment.objects.standing().select_related("member").order_by("-is_lead", "member__sort_key")
        )
        duties = Duty.objects.filter(plan__in=plans).select_related("area").order_by("plan", "number")
        self.duties = _grouped(duties.prefetch_related(Prefetch("assignments", given)), "plan_id")
        here = StatusPeriod.objects.filter(during, member__memberships__cell__in=cells)
        given_work = StatusPeriod.objects.filter(during, member__assignments__duty__plan__in=plans)
        self.statuses = _grouped(here.union(given_work), "member_id")


def _grouped(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _on(rows: Iterable[Any], day: date) -> list[Any]:
    return [row for row in rows if row.holds_on(day)]


def _steps(path: str) -> list[int]:
    """Ids of the organisations from the root down to the one with `path`."""
    return [int(path[start : start + PATH_WIDTH]) for start in range(0, len(path), PATH_WIDTH)]


def _facts(plan: Plan, source: _Source) -> PlanFacts:
    day = plan_day(plan)
    rules, form = loader.on(day), form_on(day)
    names = _names_up(plan, day, source)
    posts = _on(source.posts.get(plan.cell_id, ()), day)
    duties = tuple(source.duties.get(plan.pk, ()))
    return PlanFacts(
        plan=plan,
        day=day,
        rules=rules,
        form=form,
        cell=names[0],
        upper_body=names[1] if len(names) > 1 else "",
        place=place_of(names, form),
        secretary=posts[0].member.full_name if posts else "",
        people=_people(plan, day, duties, rules, source),
        duties=duties,
    )


def _names_up(plan: Plan, day: date, source: _Source) -> list[str]:
    """Names of the cell and the organisations above it on `day`, from the cell up."""
    versions = source.versions.get(plan.cell_id, [])
    if not versions:
        return [plan.cell.name]
    # A cell that was founded later, or no longer stands, keeps the name it had nearest to that day.
    version = next(iter(_on(versions, day)), versions[0] if day < versions[0].valid_from else versions[-1])
    above = (_on(source.above.get(step, ()), day) for step in reversed(_steps(version.path)[:-1]))
    return [version.name, *(rows[0].name for rows in above if rows)]


def place_of(names: list[str], form: Form) -> str:
    """The administrative unit nearest above: "Đảng bộ phường Ayun Pa" is at Ayun Pa."""
    for name in names[1:]:
        for unit in form.place_units:
            before, found, place = name.partition(f" {unit.name} ")
            if found and before.lower() in ("đảng bộ", "đảng ủy"):
                return place
    return BLANK


def _people(
    plan: Plan, day: date, duties: Iterable[Duty], rules: Rules, source: _Source
) -> tuple[Person, ...]:
    """Everybody in the cell on `day`, and everybody the plan gives work, once each, by given name."""
    spans = _on(source.memberships.get(plan.cell_id, ()), day)
    members: dict[int, Member] = {span.member_id: span.member for span in spans}
    kinds = {kind: {span.member_id for span in spans if span.kind == kind} for kind in MembershipKind}
    guests = kinds[MembershipKind.TEMPORARY] - kinds[MembershipKind.OFFICIAL]
    works: dict[int, list[Work]] = {}
    for duty in duties:
        given = list(duty.assignments.all())
        for assignment in given:
            member = members.setdefault(assignment.member_id, assignment.member)
            others = tuple(other.member.full_name for other in given if other is not assignment)
            works.setdefault(member.pk, []).append(Work(duty=duty, assignment=assignment, others=others))
    categories = {category.code: category for category in rules.categories}
    people = []
    for member in sorted(members.values(), key=lambda member: (member.sort_key, member.pk)):
        statuses = _on(source.statuses.get(member.pk, ()), day)
        status = Status(statuses[0].status if statuses else member.status)
        if member.pk in works or status not in ENDED:
            people.append(
                Person(
                    member=member,
                    category=categories.get(member.category),
                    status=status,
                    is_temporary=member.pk in guests,
                    works=tuple(works.get(member.pk, ())),
                )
            )
    return tuple(people)
