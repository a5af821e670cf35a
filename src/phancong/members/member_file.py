"""The file of one member in words, ready to be shown."""

from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.members.enums import DISCIPLINE, CompetenceKind, Level, LimitKind, Status
from phancong.members.field_groups import FieldGroup
from phancong.members.models import Member, WorkLimit, WorkLimitReason
from phancong.rules.model import name_of


@dataclass(frozen=True, slots=True)
class SpanLine:
    """A fact in words with its days."""

    text: str
    valid_from: date
    valid_until: date | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class DutyLine:
    title: str
    cell: str
    year: int
    due_on: date
    product: str
    is_lead: bool


@dataclass(frozen=True, slots=True)
class MemberFile:
    category: str
    status: str
    party_age: int
    age: int
    education: str
    professional: str
    political_theory: str
    competences: list[str]
    experiences: list[str]
    wishes: list[str]
    mass_organizations: list[str]
    posts: list[SpanLine]
    statuses: list[SpanLine]
    memberships: list[SpanLine]
    limits: list[str]
    duties: list[DutyLine]
    past_duties: list[DutyLine]


def file_of(member: Member, *, groups: frozenset[FieldGroup], today: date) -> MemberFile:
    """The open parts among `groups`; what belongs to another part is not even read."""
    lists = rules.on(today)
    work, limits = FieldGroup.WORK in groups, FieldGroup.LIMITS in groups
    professional = " – ".join(
        name
        for name in (
            name_of(lists.professional_levels, member.professional_level),
            name_of(lists.professional_fields, member.professional_field),
        )
        if name
    )
    duties = _duties(member) if work else []
    return MemberFile(
        category=lists.category(member.category).name,
        status=Status(member.status).label,
        party_age=_years(member.admitted_on, today),
        age=_years(member.birth_date, today),
        education=name_of(lists.educations, member.education) if work else "",
        professional=professional if work else "",
        political_theory=name_of(lists.political_theories, member.political_theory) if work else "",
        competences=_competences(member, lists) if work else [],
        experiences=_experiences(member, lists) if work else [],
        wishes=_wishes(member, lists, today.year) if work else [],
        mass_organizations=[
            name_of(lists.mass_organizations, row.organization_code)
            for row in member.mass_organizations.on(today).order_by("organization_code")
        ],
        posts=[
            _line(f"{name_of(lists.positions, row.position)}, {row.organization.name}", row, today)
            for row in member.posts.select_related("organization").order_by("-valid_from", "id")
        ],
        statuses=[
            _line(Status(row.status).label, row, today)
            for row in member.status_periods.exclude(status__in=DISCIPLINE).order_by("-valid_from")
        ],
        memberships=[
            _line(f"{row.cell.name} ({row.get_kind_display()})", row, today)
            for row in member.memberships.select_related("cell").order_by("-valid_from", "id")
        ],
        limits=[limit_words(limit) for limit in member.work_limits.on(today).order_by("kind")]
        if limits
        else [],
        duties=[duty for duty in duties if duty.year >= today.year],
        past_duties=[duty for duty in duties if duty.year < today.year],
    )


def limit_words(limit: WorkLimit) -> str:
    """The limit as everybody who plans may see it: never why it holds."""
    words = LimitKind(limit.kind).label
    if limit.kind == LimitKind.MONTHLY_HOURS:
        words = f"Nhiều nhất {limit.monthly_hours} giờ mỗi tháng"
    if limit.valid_until is None:
        return words
    return f"{words} đến {last_day(limit.valid_until):%d/%m/%Y}"


def last_day(valid_until: date) -> date:
    """People name the last day of a span; we keep the first day after it."""
    return date.fromordinal(valid_until.toordinal() - 1)


def _competences(member: Member, lists: rules.Rules) -> list[str]:
    choices = {CompetenceKind.SKILL: lists.skills, CompetenceKind.LANGUAGE: lists.languages}
    return [
        f"{name_of(choices[CompetenceKind(row.kind)], row.code)} ({Level(row.level).label})"
        + (f", có giá trị đến {last_day(row.valid_until):%d/%m/%Y}" if row.valid_until else "")
        for row in member.competences.order_by("kind", "-level", "code")
    ]


def _experiences(member: Member, lists: rules.Rules) -> list[str]:
    return [
        f"{row.description} ({name_of(lists.fields, row.field)}, {row.from_year}–{row.to_year or 'nay'})"
        for row in member.experiences.order_by("-from_year", "id")
    ]


def _wishes(member: Member, lists: rules.Rules, year: int) -> list[str]:
    return [
        name_of(lists.fields, row.field) + (f": {row.note}" if row.note else "")
        for row in member.wishes.filter(year=year).order_by("id")
    ]


def restricted_lines(member: Member, group: FieldGroup, *, today: date) -> list[SpanLine]:
    """What a restricted part holds, in words with days; called only behind the act that notes the opening."""
    if group is FieldGroup.REASONS:
        reasons = WorkLimitReason.objects.filter(limit__member=member).select_related("limit")
        return [_reason_line(row, today) for row in reasons.order_by("-limit__valid_from", "limit_id")]
    periods = member.status_periods.filter(status__in=DISCIPLINE).order_by("-valid_from")
    return [
        _line(
            Status(row.status).label + (f", quyết định {row.decision_number}" if row.decision_number else ""),
            row,
            today,
        )
        for row in periods
    ]


def _reason_line(reason: WorkLimitReason, today: date) -> SpanLine:
    limit = reason.limit
    grade = reason.get_health_grade_display() if reason.health_grade else ""
    told = "; ".join(part for part in (reason.text, f"sức khỏe {grade}" if grade else "") if part)
    return _line(f"{LimitKind(limit.kind).label}: {told or 'chưa ghi lý do'}", limit, today)


def _duties(member: Member) -> list[DutyLine]:
    rows = (
        Member.objects.filter(pk=member.pk, assignments__isnull=False)
        .order_by("-assignments__duty__plan__year", "assignments__duty__number", "assignments__id")
        .values_list(
            "assignments__duty__title",
            "assignments__duty__plan__cell__name",
            "assignments__duty__plan__year",
            "assignments__duty__due_on",
            "assignments__duty__product",
            "assignments__is_lead",
        )
    )
    return [DutyLine(*row) for row in rows]


def _line(text: str, span: object, today: date) -> SpanLine:
    valid_from, valid_until = span.valid_from, span.valid_until  # type: ignore[attr-defined]
    return SpanLine(text, valid_from, valid_until, span.holds_on(today))  # type: ignore[attr-defined]


def _years(since: date, today: date) -> int:
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
