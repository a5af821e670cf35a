"""What the documents of a plan say, read once: eight statements whatever the size of the cell.

Health, circumstances and the reasons of a limit are not read here, so no document can carry them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from phancong.common.spans import on_day
from phancong.members.enums import ENDED, MembershipKind, Status
from phancong.members.models import Member, Membership, Post, StatusPeriod
from phancong.organizations.models import PATH_WIDTH, OrganizationVersion
from phancong.planning.documents.layout import Form, form_on
from phancong.planning.enums import PlanStage
from phancong.planning.models import Assignment, Duty, Plan
from phancong.rules import loader
from phancong.rules.model import Rules, name_of

BLANK = "……"
SECRETARY = "secretary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One member's part in one duty."""

    duty: Duty
    is_lead: bool
    others: tuple[str, ...]

    @property
    def role(self) -> str:
        return "Phụ trách" if self.is_lead or not self.others else "Tham gia"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as the documents of this plan name them."""

    id: int
    name: str
    category: str
    short_category: str
    status: Status
    is_temporary: bool
    works: tuple[Work, ...]


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

    def categories(self) -> list[tuple[str, int]]:
        """Members by category, in the order of the rule pack."""
        counted = Counter(person.category for person in self.of_cell)
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
    """The day whose names and rules the documents follow: that of the draft, at the latest the end of the plan's year."""
    return min(timezone.localtime(plan.drafted_at).date(), date(plan.year, 12, 31))


def plan_facts(plan: Plan) -> PlanFacts:
    day = plan_day(plan)
    rules, form = loader.on(day), form_on(day)
    duties = tuple(
        plan.duties.select_related("area")
        .prefetch_related(
            Prefetch(
                "assignments",
                Assignment.objects.select_related("member").order_by("-is_lead", "member__sort_key"),
            )
        )
        .order_by("number")
    )
    names = _names_up(plan, day)
    return PlanFacts(
        plan=plan,
        day=day,
        rules=rules,
        form=form,
        cell=names[0],
        upper_body=names[1] if len(names) > 1 else "",
        place=_place(names, form),
        secretary=_secretary(plan.cell_id, day),
        people=_people(plan, day, duties, rules),
        duties=duties,
    )


def _names_up(plan: Plan, day: date) -> list[str]:
    """Names of the cell and the organisations above it on `day`, from the cell up."""
    own = OrganizationVersion.objects.filter(organization=plan.cell)
    version = own.on(day).first() or own.order_by("-valid_from").first()
    if version is None:
        return [plan.cell.name]
    steps = [
        int(version.path[start : start + PATH_WIDTH]) for start in range(0, len(version.path), PATH_WIDTH)
    ]
    above = OrganizationVersion.objects.filter(organization_id__in=steps[:-1]).filter(on_day(day))
    names = {row.organization_id: row.name for row in above}
    return [version.name, *(names[step] for step in reversed(steps[:-1]) if step in names)]


def _place(names: list[str], form: Form) -> str:
    """The administrative unit nearest above: "Đảng bộ phường Ayun Pa" is at Ayun Pa."""
    for name in names[1:]:
        for unit in form.place_units:
            before, found, place = name.partition(f" {unit.name} ")
            if found and before.lower() in ("đảng bộ", "đảng ủy"):
                return place
    return BLANK


def _secretary(cell_id: int, day: date) -> str:
    posts = Post.objects.filter(on_day(day), organization_id=cell_id, position=SECRETARY)
    post = posts.select_related("member").order_by("-valid_from").first()
    return post.member.full_name if post else ""


def _people(plan: Plan, day: date, duties: Iterable[Duty], rules: Rules) -> tuple[Person, ...]:
    """Everybody in the cell on `day`, and everybody the plan gives work, once each, by given name."""
    spans = Membership.objects.filter(on_day(day), cell=plan.cell).select_related("member")
    kinds: dict[int, str] = {}
    members: dict[int, Member] = {}
    for span in spans:
        members[span.member_id] = span.member
        if kinds.get(span.member_id) != MembershipKind.OFFICIAL:
            kinds[span.member_id] = span.kind
    works: dict[int, list[Work]] = {}
    for duty in duties:
        given = list(duty.assignments.all())
        for assignment in given:
            members.setdefault(assignment.member_id, assignment.member)
            others = tuple(other.member.full_name for other in given if other is not assignment)
            works.setdefault(assignment.member_id, []).append(
                Work(duty=duty, is_lead=assignment.is_lead, others=others)
            )
    statuses = dict(
        StatusPeriod.objects.filter(on_day(day), member__in=list(members)).values_list("member_id", "status")
    )
    categories = {category.code: (category.name, category.short_name) for category in rules.categories}
    people = (
        Person(
            id=member.pk,
            name=member.full_name,
            category=categories.get(member.category, (member.category, ""))[0],
            short_category=categories.get(member.category, ("", member.category))[1],
            status=Status(statuses.get(member.pk, member.status)),
            is_temporary=kinds.get(member.pk) == MembershipKind.TEMPORARY,
            works=tuple(works.get(member.pk, ())),
        )
        for member in sorted(members.values(), key=lambda member: (member.sort_key, member.pk))
    )
    return tuple(person for person in people if person.works or person.status not in ENDED)
