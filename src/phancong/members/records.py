"""Plain values of members on their way in: from a roster, from a generator, from a form."""

from dataclasses import dataclass
from datetime import date

from phancong.members.enums import CompetenceKind, LimitKind, MembershipKind, Status


@dataclass(frozen=True, slots=True)
class MembershipSpan:
    cell_id: int
    kind: str = MembershipKind.OFFICIAL.value
    valid_from: date = date.min
    valid_until: date | None = None
    decision_number: str = ""


@dataclass(frozen=True, slots=True)
class StatusSpan:
    status: Status
    valid_from: date
    valid_until: date | None = None
    decision_number: str = ""


@dataclass(frozen=True, slots=True)
class PostSpan:
    organization_id: int
    position: str
    valid_from: date
    valid_until: date | None = None
    decision_number: str = ""


@dataclass(frozen=True, slots=True)
class CompetenceRecord:
    """A skill or a language; `level` 1 to 3."""

    kind: CompetenceKind
    code: str
    level: int
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ExperienceRecord:
    field: str
    description: str
    from_year: int
    to_year: int | None = None


@dataclass(frozen=True, slots=True)
class MassOrganizationSpan:
    organization_code: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class WorkLimitRecord:
    """A limit, and the private reason when there is one (text, grade of the check-up, or both)."""

    kind: LimitKind
    valid_from: date
    valid_until: date | None = None
    monthly_hours: int | None = None
    reason: str = ""
    health_grade: int | None = None


@dataclass(frozen=True, slots=True)
class WishRecord:
    year: int
    field: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecord:
    """One member. Name parts override the usual split; without `statuses` they follow from the two dates.

    `sex` may be empty where the source does not say.
    """

    full_name: str
    birth_date: date
    sex: str
    admitted_on: date
    category: str
    memberships: tuple[MembershipSpan, ...]
    official_on: date | None = None
    family_name: str | None = None
    middle_name: str | None = None
    given_name: str | None = None
    card_number: str | None = None
    education: str = ""
    professional_field: str = ""
    professional_level: str = ""
    political_theory: str = ""
    occupation: str = ""
    workplace: str = ""
    residence_id: int | None = None
    household_group: str = ""
    statuses: tuple[StatusSpan, ...] = ()
    posts: tuple[PostSpan, ...] = ()
    competences: tuple[CompetenceRecord, ...] = ()
    experiences: tuple[ExperienceRecord, ...] = ()
    mass_organizations: tuple[MassOrganizationSpan, ...] = ()
    work_limits: tuple[WorkLimitRecord, ...] = ()
    wishes: tuple[WishRecord, ...] = ()

    def status_spans(self) -> tuple[StatusSpan, ...]:
        if self.statuses:
            return self.statuses
        spans = [StatusSpan(Status.PROBATIONARY, self.admitted_on, self.official_on)]
        if self.official_on is not None:
            spans.append(StatusSpan(Status.OFFICIAL, self.official_on))
        # An official date equal to the day of admission leaves no day of probation.
        return tuple(span for span in spans if span.valid_from != span.valid_until)
