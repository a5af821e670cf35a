"""The members of cells as the planner sees them, read with a fixed number of queries for any number of cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

from phancong import rules
from phancong.common.spans import on_day
from phancong.members.enums import LimitKind, MembershipKind, Status
from phancong.members.models import (
    Competence,
    Experience,
    MassOrganizationMembership,
    Member,
    Membership,
    Post,
    Wish,
    WorkLimit,
)
from phancong.planning.packs import PlanningRules, StatusRule, planning_rules
from phancong.rules.model import Category
from planner.problem import Member as PlannedMember


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member in a cell: the row, what the planner knows, and why nothing is planned (empty when it is)."""

    member: Member
    facts: PlannedMember
    limits: tuple[WorkLimit, ...]
    is_temporary: bool
    absence: str


def planning_day(year: int, today: date) -> date:
    """The day whose state of affairs a plan of `year` starts from: today, or the nearest day of that year."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def people_of(cell_ids: Sequence[int], *, year: int, today: date) -> dict[int, tuple[Person, ...]]:
    """The people of each cell in name order: official members, and those who take part there temporarily."""
    day = planning_day(year, today)
    temporary = list(
        Membership.objects.filter(on_day(day), kind=MembershipKind.TEMPORARY).filter(
            Q(cell__in=cell_ids) | Q(member__cell__in=cell_ids)
        )
    )
    guests = {row.member_id: row.cell_id for row in temporary}
    members = list(
        Member.objects.on_roll()
        .filter(Q(cell__in=cell_ids) | Q(pk__in=[row.member_id for row in temporary]))
        .order_by("sort_key", "id")
    )
    facts = _Facts.read(members, year=year, day=day)
    found: dict[int, list[Person]] = {cell_id: [] for cell_id in cell_ids}
    for member in members:
        host = guests.get(member.pk)
        for cell_id in {member.cell_id, host} - {None}:
            if cell_id in found:
                is_guest = cell_id == host
                found[cell_id].append(
                    facts.person(member, cell_id, is_guest=is_guest, is_away=not is_guest and bool(host))
                )
    return {cell_id: tuple(people) for cell_id, people in found.items()}


@dataclass(slots=True)
class _Facts:
    """Everything about the members that stands in other tables, grouped by member."""

    day: date
    last_day: date
    rules: PlanningRules
    categories: Mapping[str, Category]
    fields: Mapping[str, str]
    competences: Mapping[int, list[Competence]]
    experiences: Mapping[int, list[Experience]]
    mass_organizations: Mapping[int, list[MassOrganizationMembership]]
    limits: Mapping[int, list[WorkLimit]]
    wishes: Mapping[int, list[Wish]]
    leading: frozenset[tuple[int, int]]

    @classmethod
    def read(cls, members: list[Member], *, year: int, day: date) -> "_Facts":
        ids = [member.pk for member in members]
        law = rules.on(day)
        leading = [position.code for position in law.positions if position.leads_cell]
        last_day = date(year, 12, 31)
        held = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
        return cls(
            day=day,
            last_day=last_day,
            rules=planning_rules(day),
            categories={category.code: category for category in law.categories},
            fields={choice.code: choice.field for choice in law.professional_fields},
            competences=_by_member(Competence.objects.filter(held, member__in=ids)),
            experiences=_by_member(Experience.objects.filter(member__in=ids)),
            mass_organizations=_by_member(
                MassOrganizationMembership.objects.filter(on_day(day), member__in=ids)
            ),
            limits=_by_member(
                WorkLimit.objects.filter(held, member__in=ids, valid_from__lte=last_day).order_by(
                    "valid_from"
                )
            ),
            wishes=_by_member(Wish.objects.filter(member__in=ids, year=year)),
            leading=frozenset(
                Post.objects.filter(on_day(day), member__in=ids, position__in=leading).values_list(
                    "member_id", "organization_id"
                )
            ),
        )

    def person(self, member: Member, cell_id: int, *, is_guest: bool, is_away: bool) -> Person:
        limits = tuple(self.limits.get(member.pk, ()))
        status = self.rules.statuses.get(member.status)
        absence = self._absence(member, status, limits, is_away=is_away)
        return Person(
            member=member,
            facts=self._planned(member, cell_id, status, limits, available=not absence),
            limits=limits,
            is_temporary=is_guest,
            absence=absence,
        )

    def _absence(
        self, member: Member, status: StatusRule | None, limits: Iterable[WorkLimit], *, is_away: bool
    ) -> str:
        if is_away:
            return "đang sinh hoạt tạm thời ở chi bộ khác"
        if status is None:
            return f"đang ở trạng thái “{Status(member.status).label}”"
        away = [limit for limit in limits if limit.kind == LimitKind.AWAY]
        days = sum(self._days_left(limit.valid_from, limit.valid_until) for limit in away)
        if days and 100 * days >= self.rules.away_percent * self._days_left(self.day, None):
            return "đi vắng khỏi địa bàn phần lớn thời gian còn lại của năm"
        return ""

    def _days_left(self, start: date, end: date | None) -> int:
        """Days of the span that are left in the year."""
        after = self.last_day + timedelta(days=1)
        return max(0, (min(end or after, after) - max(start, self.day)).days)

    def _planned(
        self,
        member: Member,
        cell_id: int,
        status: StatusRule | None,
        limits: Sequence[WorkLimit],
        *,
        available: bool,
    ) -> PlannedMember:
        category = self.categories[(status and status.category) or member.category]
        kinds = {limit.kind for limit in limits}
        reached = {
            "educations": member.education,
            "professional_levels": member.professional_level,
            "political_theories": member.political_theory,
        }
        leads = (member.pk, cell_id) in self.leading or self.rules.reaches_lead(reached)
        return PlannedMember(
            id=str(member.pk),
            category=category.code,
            hours=_hours(category, status, limits),
            max_duties=category.max_duties,
            competences=self._competences(member, reached),
            field=self.fields.get(member.professional_field) or None,
            education=self.rules.education_of(reached),
            health=0 if LimitKind.LIGHT_WORK in kinds else (status.health if status else 0),
            no_night=LimitKind.NO_NIGHT in kinds,
            area=str(member.residence_id) if member.residence_id else None,
            experience=frozenset(row.field for row in self.experiences.get(member.pk, ())),
            wishes=frozenset(row.field for row in self.wishes.get(member.pk, ())),
            in_mass_organization=bool(self.mass_organizations.get(member.pk)),
            in_charge_of_group=bool(member.household_group) and category.or_group_charge,
            must_have_work=available and category.needs_duty,
            can_lead=leads and bool(status and status.may_lead),
            available=available,
        )

    def _competences(self, member: Member, reached: Mapping[str, str]) -> dict[str, int]:
        """What the roster names and what schooling teaches, each at the higher level."""
        found = self.rules.skills_taught(reached, member.professional_field)
        for row in self.competences.get(member.pk, ()):
            found[row.code] = max(row.level, found.get(row.code, 0))
        return found


def _hours(category: Category, status: StatusRule | None, limits: Iterable[WorkLimit]) -> int:
    """Hours a month: those of the category, fewer by status, and no more than a limit allows."""
    hours = category.monthly_hours * (status.hours_percent if status else 0) // 100
    return min([hours, *(limit.monthly_hours for limit in limits if limit.monthly_hours is not None)])


def _by_member(rows: "QuerySet[Any]") -> Mapping[int, list[Any]]:
    found: defaultdict[int, list[Model]] = defaultdict(list)
    for row in rows:
        found[row.member_id].append(row)
    return found
