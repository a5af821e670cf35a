"""Bảng phân công: a cell's plan as rows of members with their tasks, and what is still open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from phancong import rules
from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.members.enums import LimitKind
from phancong.members.models import WorkLimit
from phancong.organizations.models import Organization
from phancong.planning.enums import GROUP, LEAD, ObjectionState
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Objection, Plan, PlanStep, Unmet
from phancong.planning.packs import LoadWord, PlanningRules, planning_rules
from phancong.planning.policies import may_open
from phancong.planning.queries import cells_for
from phancong.planning.solving.answer import broken_limits
from phancong.planning.solving.people import Person, people_of, planning_day
from phancong.planning.solving.reading import snapshot_for
from phancong.planning.solving.snapshot import full_title

# So many of the last changes are told on the board.
SHOWN_STEPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A duty in a member's row."""

    assignment: Assignment
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A member with everything given to them. `limits` are words, shown only to those who judge suitability."""

    person: Person
    category: str
    tasks: tuple[Task, ...]
    hours: int
    load: LoadWord
    limits: tuple[str, ...]

    @property
    def capacity(self) -> int:
        return self.person.facts.hours

    @property
    def has_errands_only(self) -> bool:
        """Has something to do, and none of it is a duty of a Party member."""
        return bool(self.tasks) and not any(one.assignment.duty.is_substantive for one in self.tasks)

    @property
    def is_overloaded(self) -> bool:
        """More hours or more duties than a limit or the rules allow."""
        return bool(self.tasks) and (
            self.hours > self.capacity or len(self.tasks) > self.person.facts.max_duties
        )

    @property
    def needs_a_look(self) -> bool:
        without_work = not self.tasks and not self.person.absence
        return without_work or self.has_errands_only or self.is_overloaded


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """A duty of the plan and how many people are on it."""

    duty: Duty
    title: str
    field: str
    people: int

    @property
    def is_open(self) -> bool:
        return self.people < self.duty.headcount_min

    @property
    def wanted(self) -> str:
        """How many people the duty asks for, in words."""
        least, most = self.duty.headcount_min, self.duty.headcount_max
        if not least:
            return f"có thể giao đến {most} người" if most else "không bắt buộc có người"
        if most is None:
            return f"cần ít nhất {least}"
        return f"cần {least}" if least == most else f"cần {least} đến {most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One cell's plan of one year; `plan` is None while there is none."""

    cell: Organization
    year: int
    plan: Plan | None
    rows: tuple[Row, ...]
    duties: tuple[DutyLine, ...]
    open_duties: tuple[Unmet, ...]
    idle: tuple[Unmet, ...]
    notes: tuple[str, ...]
    may_change: bool
    may_judge: bool
    may_export: bool
    may_adopt: bool
    may_adjust: bool
    may_follow: bool
    objections: tuple[Objection, ...]
    steps: tuple[PlanStep, ...]

    @property
    def errands_only(self) -> int:
        return sum(1 for row in self.rows if row.has_errands_only)

    @property
    def overloaded(self) -> int:
        return sum(1 for row in self.rows if row.is_overloaded)

    @property
    def is_kept(self) -> bool:
        """Whether every part of the proposal was accepted."""
        tasks = [task for row in self.rows for task in row.tasks]
        return bool(tasks) and all(task.assignment.is_locked for task in tasks)

    @property
    def is_editable(self) -> bool:
        return self.may_change and self.plan is not None and self.plan.stage == "draft"


def board_for(actor: Actor, cell: Organization, year: int) -> Board | None:
    """The board of a cell that the actor may see; a fixed number of queries. None for a year without any plan."""
    plan = Plan.objects.filter(cell=cell, year=year).select_related("cell").first()
    if plan is None and not may_show(actor, year):
        return None
    day = planning_day(year, actor.today)
    law = planning_rules(day)
    people, duties, broken = _as_it_stands(cell, plan, year, actor)
    given = _given(plan)
    unmet = (
        list(Unmet.objects.filter(plan=plan).select_related("duty", "member").order_by("id")) if plan else []
    )
    may_judge = may(actor, Permission.MEMBER_SEE, cell.path)
    changes_it = bool(plan and plan.stage == "draft") and may(actor, Permission.PLAN_CHANGE, cell.path)
    may_see_limits = may(actor, Permission.MEMBER_LIMIT_SEE, cell.path)
    categories = {category.code: category.short_name for category in rules.on(day).categories}
    return Board(
        cell=cell,
        year=year,
        plan=plan,
        rows=tuple(_row(person, given, law, categories, with_limits=may_see_limits) for person in people),
        duties=tuple(
            _line(duty, given, {field.code: field.name for field in rules.on(day).fields}) for duty in duties
        ),
        open_duties=tuple(row for row in unmet if row.duty_id and row.rule != LEAD),
        idle=tuple(row for row in unmet if row.member_id and row.rule != GROUP) if may_judge else (),
        notes=_notes(unmet, broken) if may_judge else (),
        may_change=may(actor, Permission.PLAN_CHANGE, cell.path)
        and (plan is not None or may_open(year, today=actor.today)),
        may_judge=may_judge,
        may_export=may(actor, Permission.PLAN_EXPORT, cell.path),
        may_adopt=may(actor, Permission.PLAN_ADOPT, cell.path),
        may_adjust=may(actor, Permission.PLAN_ADJUST, cell.path),
        may_follow=may(actor, Permission.WORK_SEE, cell.path),
        objections=_waiting(plan) if changes_it else (),
        steps=steps_after(plan) if changes_it else (),
    )


def _waiting(plan: Plan | None) -> tuple[Objection, ...]:
    """Opinions that wait for an answer, the oldest first."""
    rows = Objection.objects.filter(plan=plan, state=ObjectionState.OPEN)
    return tuple(rows.select_related("member", "duty").order_by("at", "pk"))


def steps_after(plan: Plan | None, *, version: int = 0) -> tuple[PlanStep, ...]:
    """The last changes of the draft, the newest first."""
    rows = PlanStep.objects.filter(plan=plan, version__gt=version).defer("before").order_by("-version")
    return tuple(rows[:SHOWN_STEPS])


def may_show(actor: Actor, year: int) -> bool:
    """Years that can be planned, and those of a plan that the actor may see; no other year has pages."""
    if may_open(year, today=actor.today):
        return True
    return Plan.objects.filter(year=year, cell__in=cells_for(actor)).exists()


def has_plan(cell: Organization, year: int) -> bool:
    return Plan.objects.filter(cell=cell, year=year).exists()


def pairs_apart(board: Board) -> list[Apartness]:
    """Pairs kept off one duty, both of whom are in the cell; of others the board says nothing."""
    people = [row.person.member.pk for row in board.rows]
    pairs = Apartness.objects.filter(plan=board.plan, first__in=people, second__in=people)
    return list(pairs.select_related("first", "second").order_by("first__sort_key", "second__sort_key", "pk"))


def cell_for(actor: Actor, cell_id: int) -> Organization | None:
    """The cell, if the actor may see its plans."""
    return cells_for(actor).filter(pk=cell_id).first()


def plan_for(actor: Actor, *, cell_id: int, year: int) -> Plan | None:
    found = Plan.objects.filter(cell__in=cells_for(actor).filter(pk=cell_id), year=year)
    return found.select_related("cell").first()


def duty_for(actor: Actor, duty_id: int) -> Duty | None:
    found = Duty.objects.filter(plan__cell__in=cells_for(actor), pk=duty_id)
    return found.select_related("plan__cell", "area", "target__resolution__organization").first()


def assignment_for(actor: Actor, assignment_id: int) -> Assignment | None:
    found = Assignment.objects.filter(duty__plan__cell__in=cells_for(actor), pk=assignment_id)
    return found.select_related("duty__plan__cell", "duty__area", "member").first()


def objection_for(actor: Actor, objection_id: int) -> Objection | None:
    """An opinion on a plan that the actor may see; whoever may not change the plan sees only their own."""
    found = Objection.objects.filter(plan__cell__in=cells_for(actor), pk=objection_id)
    objection = found.select_related("plan__cell", "member", "duty").first()
    if objection is None or objection.member_id == actor.member_id:
        return objection
    return objection if may(actor, Permission.PLAN_CHANGE, objection.plan.cell.path) else None


def exclusion_for(actor: Actor, exclusion_id: int) -> Exclusion | None:
    found = Exclusion.objects.filter(duty__plan__cell__in=cells_for(actor), pk=exclusion_id)
    return found.select_related("duty__plan__cell", "member").first()


def _as_it_stands(
    cell: Organization, plan: Plan | None, year: int, actor: Actor
) -> tuple[tuple[Person, ...], tuple[Duty, ...], tuple[str, ...]]:
    """People, duties, and what the draft asks beyond limits."""
    if plan is None:
        return people_of([cell.pk], year=year, today=actor.today)[cell.pk], (), ()
    snapshot = snapshot_for(plan, today=actor.today)
    return tuple(snapshot.people.values()), tuple(snapshot.duties.values()), broken_limits(snapshot)


def _notes(unmet: Iterable[Unmet], broken: Iterable[str]) -> tuple[str, ...]:
    """What is worth a look beside open duties and idle members."""
    known = (f"{row.sentence} {row.relaxation}".strip() for row in unmet if row.rule in (LEAD, GROUP))
    return (*broken, *known)


def _given(plan: Plan | None) -> list[Assignment]:
    if plan is None:
        return []
    return list(
        Assignment.objects.standing()
        .filter(duty__plan=plan)
        .select_related("duty__area")
        .order_by("duty__number", "id")
    )


def _row(
    person: Person,
    given: Iterable[Assignment],
    law: PlanningRules,
    categories: Mapping[str, str],
    *,
    with_limits: bool,
) -> Row:
    own = [one for one in given if one.member_id == person.member.pk]
    hours = sum(one.duty.monthly_hours for one in own)
    return Row(
        person=person,
        category=categories.get(person.facts.category, person.facts.category),
        tasks=tuple(Task(assignment=one, title=full_title(one.duty)) for one in own),
        hours=hours,
        load=law.load_word(hours=hours, capacity=person.facts.hours),
        limits=tuple(limit_words(limit) for limit in person.limits) if with_limits else (),
    )


def _line(duty: Duty, given: Iterable[Assignment], fields: Mapping[str, str]) -> DutyLine:
    return DutyLine(
        duty=duty,
        title=full_title(duty),
        field=fields.get(duty.field, duty.field),
        people=sum(1 for one in given if one.duty_id == duty.pk),
    )


def limit_words(limit: WorkLimit) -> str:
    """ "Chỉ làm việc nhẹ đến 30/6/2026": what to respect and until when, never why."""
    words = limit.get_kind_display()
    if limit.kind == LimitKind.MONTHLY_HOURS:
        words = f"Nhiều nhất {limit.monthly_hours} giờ mỗi tháng"
    if limit.valid_until is None:
        return words
    last = limit.valid_until - timedelta(days=1)
    return f"{words} đến {last.day}/{last.month}/{last.year}"
