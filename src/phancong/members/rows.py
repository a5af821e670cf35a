"""From records to database rows: what stands in each table for a member."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Model

from phancong.common.text import clean, split_name
from phancong.members.enums import ENDED, MembershipKind, Status
from phancong.members.models import (
    Competence,
    Experience,
    MassOrganizationMembership,
    Member,
    Membership,
    Post,
    StatusPeriod,
    Wish,
    WorkLimit,
    WorkLimitReason,
)
from phancong.members.records import MemberRecord
from phancong.organizations.models import Organization

PLAIN_FIELDS = (
    "birth_date",
    "sex",
    "card_number",
    "admitted_on",
    "official_on",
    "category",
    "education",
    "professional_field",
    "professional_level",
    "political_theory",
    "occupation",
    "workplace",
    "residence_id",
    "household_group",
)


def present_cell(record: MemberRecord, *, today: date) -> int | None:
    """Id of the official cell on the day."""
    return next(
        (
            span.cell_id
            for span in record.memberships
            if span.kind == MembershipKind.OFFICIAL
            and span.valid_from <= today
            and (span.valid_until is None or today < span.valid_until)
        ),
        None,
    )


def present_status(record: MemberRecord, *, today: date) -> Status:
    """The status on the day; the last one begun where the spans stop."""
    begun = [span for span in record.status_spans() if span.valid_from <= today]
    return max(begun, key=lambda span: span.valid_from).status if begun else record.status_spans()[0].status


def set_name(member: Member, full_name: str) -> None:
    member.full_name = clean(full_name)
    member.family_name, member.middle_name, member.given_name = split_name(member.full_name)


def member_row(record: MemberRecord, *, cell: Organization | None, today: date) -> Member:
    member = Member(**{name: getattr(record, name) for name in PLAIN_FIELDS})
    set_name(member, record.full_name)
    for part in ("family_name", "middle_name", "given_name"):
        if (override := getattr(record, part)) is not None:
            setattr(member, part, override)
    member.status = present_status(record, today=today)
    member.cell = None if member.status in ENDED else cell
    member.derive()
    return member


def span_rows(member: Member, record: MemberRecord) -> Iterable[Model]:
    """All dated rows of one member except limits, whose reasons need their keys first."""
    for membership in record.memberships:
        yield Membership(
            member=member,
            cell_id=membership.cell_id,
            kind=membership.kind,
            valid_from=membership.valid_from,
            valid_until=membership.valid_until,
            decision_number=membership.decision_number,
        )
    for period in record.status_spans():
        yield StatusPeriod(
            member=member,
            status=period.status,
            valid_from=period.valid_from,
            valid_until=period.valid_until,
            decision_number=period.decision_number,
        )
    for post in record.posts:
        yield Post(
            member=member,
            organization_id=post.organization_id,
            position=post.position,
            valid_from=post.valid_from,
            valid_until=post.valid_until,
            decision_number=post.decision_number,
        )
    for span in record.mass_organizations:
        yield MassOrganizationMembership(
            member=member,
            organization_code=span.organization_code,
            valid_from=span.valid_from,
            valid_until=span.valid_until,
        )


def plain_rows(member: Member, record: MemberRecord) -> Iterable[Model]:
    for skill in record.competences:
        yield Competence(
            member=member, kind=skill.kind, code=skill.code, level=skill.level, valid_until=skill.valid_until
        )
    for past in record.experiences:
        yield Experience(
            member=member,
            field=past.field,
            description=past.description,
            from_year=past.from_year,
            to_year=past.to_year,
        )
    for wish in record.wishes:
        yield Wish(member=member, year=wish.year, field=wish.field, note=wish.note)


def write_rows(pairs: Sequence[tuple[Member, MemberRecord]]) -> None:
    """Insert members and everything that belongs to them, table by table."""
    Member.objects.bulk_create([member for member, _ in pairs])
    by_table: dict[type[Model], list[Model]] = {}
    for member, record in pairs:
        for row in (*span_rows(member, record), *plain_rows(member, record)):
            by_table.setdefault(type(row), []).append(row)
    for table, rows in by_table.items():
        table._default_manager.bulk_create(rows)
    _write_limits(pairs)


def _write_limits(pairs: Sequence[tuple[Member, MemberRecord]]) -> None:
    known = [
        (
            WorkLimit(
                member=member,
                kind=limit.kind,
                valid_from=limit.valid_from,
                valid_until=limit.valid_until,
                monthly_hours=limit.monthly_hours,
            ),
            limit,
        )
        for member, record in pairs
        for limit in record.work_limits
    ]
    WorkLimit.objects.bulk_create([row for row, _ in known])
    WorkLimitReason.objects.bulk_create(
        WorkLimitReason(limit=row, text=limit.reason, health_grade=limit.health_grade)
        for row, limit in known
        if limit.reason or limit.health_grade is not None
    )
