"""What a new member is taken to be where the roster is silent; the preview states each such rule."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from phancong.members.enums import CompetenceKind, LimitKind, Status
from phancong.members.importing.lookups import KnownCell
from phancong.members.importing.values import Values
from phancong.members.records import (
    CompetenceRecord,
    MassOrganizationSpan,
    MemberRecord,
    MembershipSpan,
    PostSpan,
    StatusSpan,
    WishRecord,
    WorkLimitRecord,
)
from phancong.rules import Rules
from phancong.rules.model import Category


def default_category(law: Rules, *, cell: KnownCell, status: Status) -> str:
    """By the rules' own attributes: light duties for the exempt, a charge of households in cells of areas."""

    def fits(category: Category) -> bool:
        if status is Status.EXEMPT:
            return category.only_light
        return category.or_group_charge is cell.covers_areas and not category.only_light

    return next(category.code for category in law.categories if fits(category))


def recognised(values: Values, *, law: Rules, today: date) -> Values:
    """`values` of a new member, with the official day that follows from the rules where the roster is silent.

    Who is recognised is dated exactly at the end of the probation, however late the decision; when the time for the
    decision is over as well and nothing says that he is probationary, he is taken to be official.
    """
    if values.official is not None or values.status is not None or values.admitted is None:
        return values
    months = law.least("probation_months")
    official = _months_after(values.admitted, months)
    # Working days, five of seven.
    waiting = timedelta(days=law.least("recognition_working_days") * 7 // 5)
    return replace(values, official=official) if official + waiting <= today else values


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def status_of(values: Values, *, today: date) -> Status:
    """The status said, or official from the official date on, or probationary without one."""
    if values.status is not None:
        return values.status
    is_official = values.official is not None and values.official <= today
    return Status.OFFICIAL if is_official else Status.PROBATIONARY


def status_spans(values: Values, *, admitted: date, today: date) -> tuple[StatusSpan, ...]:
    """Probation and official membership by their dates; any other status is known only from today."""
    status = status_of(values, today=today)
    official = values.official
    spans: list[StatusSpan] = []
    if official is not None and official > admitted:
        spans.append(StatusSpan(Status.PROBATIONARY, admitted, official))
    if official is not None:
        spans.append(StatusSpan(Status.OFFICIAL, official))
    elif status is Status.PROBATIONARY:
        spans.append(StatusSpan(Status.PROBATIONARY, admitted))
    else:
        # Official for a day not told: the day of admission is the only one known.
        spans.append(StatusSpan(Status.OFFICIAL, admitted))
    if status in (Status.PROBATIONARY, Status.OFFICIAL) or spans[-1].valid_from >= today:
        return tuple(spans)
    last = spans.pop()
    spans.append(StatusSpan(last.status, last.valid_from, today))
    spans.append(StatusSpan(status, today))
    return tuple(spans)


def record_of(values: Values, *, law: Rules, today: date) -> MemberRecord:
    """A record to enter. The row has no error, so name, days and cell are there."""
    values = recognised(values, law=law, today=today)
    cell, birth, admitted = values.cell, values.birth, values.admitted
    if cell is None or birth is None or admitted is None:
        raise ValueError("a row with errors cannot become a record")
    status = status_of(values, today=today)
    since = max(admitted, cell.founded_on)
    competences = (
        (CompetenceKind.LANGUAGE, values.languages),
        (CompetenceKind.SKILL, values.skills),
    )
    return MemberRecord(
        full_name=values.name,
        birth_date=birth,
        sex=values.sex,
        card_number=values.card,
        admitted_on=admitted,
        official_on=values.official,
        category=values.category or default_category(law, cell=cell, status=status),
        education=values.education,
        professional_field=values.professional_field,
        professional_level=values.professional_level,
        political_theory=values.theory,
        occupation=values.occupation,
        workplace=values.workplace,
        residence_id=values.residence,
        household_group=values.group,
        memberships=(MembershipSpan(cell.pk, valid_from=since),),
        statuses=status_spans(values, admitted=admitted, today=today),
        posts=tuple(PostSpan(place, position, since) for place, position in values.posts),
        competences=tuple(
            CompetenceRecord(kind, code, level) for kind, several in competences for code, level in several
        ),
        mass_organizations=tuple(MassOrganizationSpan(code, since) for code in values.mass),
        work_limits=tuple(
            WorkLimitRecord(LimitKind(limit.kind), today, limit.until, limit.hours) for limit in values.limits
        ),
        wishes=tuple(WishRecord(today.year, code) for code in values.wishes),
    )
