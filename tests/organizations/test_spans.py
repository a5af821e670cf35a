"""Spans of days never overlap, in the database itself, for every model that has them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from tests.factories import cell_of, make_area, make_cell, make_member, make_user, parent_of

from phancong.accounts.models import Appointment
from phancong.common.spans import NoOverlap, Span, on_day
from phancong.members.enums import LimitKind, MembershipKind, Status
from phancong.members.models import (
    MassOrganizationMembership,
    Member,
    Membership,
    Post,
    StatusPeriod,
    WorkLimit,
)
from phancong.organizations.models import Area, AreaCoverage, OrganizationVersion
from phancong.oversight.models import Charge

pytestmark = pytest.mark.django_db

A, B, C, D = (date(2026, month, 1) for month in (1, 4, 7, 10))
Make = Callable[..., Span]


def of_coverage() -> Make:
    cell = make_cell()
    area = make_area(committee=parent_of(cell))
    return lambda **days: AreaCoverage.objects.create(area=area, cell=cell, **days)


def of_version() -> Make:
    cell = make_cell()
    OrganizationVersion.objects.filter(organization=cell).delete()
    return lambda **days: OrganizationVersion.objects.create(
        organization=cell, name="A", kind=cell.kind, parent=cell.parent, path=cell.path, **days
    )


def member_without_history() -> Member:
    member = make_member()
    member.memberships.all().delete()
    member.status_periods.all().delete()
    return member


def of_membership() -> Make:
    member = member_without_history()
    return lambda **days: Membership.objects.create(
        member=member, cell=cell_of(member), kind=MembershipKind.OFFICIAL, **days
    )


def of_status() -> Make:
    member = member_without_history()
    return lambda **days: StatusPeriod.objects.create(member=member, status=Status.OFFICIAL, **days)


def of_post() -> Make:
    member = make_member()
    return lambda **days: Post.objects.create(
        member=member, organization=cell_of(member), position="secretary", **days
    )


def of_mass_organization() -> Make:
    member = make_member()
    return lambda **days: MassOrganizationMembership.objects.create(
        member=member, organization_code="women", **days
    )


def of_limit() -> Make:
    member = make_member()
    return lambda **days: WorkLimit.objects.create(member=member, kind=LimitKind.LIGHT_WORK, **days)


def of_charge() -> Make:
    cell = make_cell()
    member = make_member()
    return lambda **days: Charge.objects.create(
        committee=parent_of(cell),
        organization=cell,
        member=member,
        decision_number="12-QĐ/ĐU",
        decided_on=A,
        **days,
    )


MODELS: dict[str, Callable[[], Make]] = {
    "AreaCoverage": of_coverage,
    "OrganizationVersion": of_version,
    "Membership": of_membership,
    "StatusPeriod": of_status,
    "Post": of_post,
    "MassOrganizationMembership": of_mass_organization,
    "WorkLimit": of_limit,
    "Charge": of_charge,
}


@pytest.fixture(params=list(MODELS))
def make(request: pytest.FixtureRequest) -> Make:
    return MODELS[request.param]()


def test_every_model_with_the_constraint_is_tested_here() -> None:
    constrained = {
        model.__name__
        for model in apps.get_models()
        if any(isinstance(constraint, NoOverlap) for constraint in model._meta.constraints)
    }
    assert constrained == set(MODELS)


def test_every_model_with_spans_has_the_constraint_or_a_reason() -> None:
    # An area has one span; a user may be appointed to a role anew while an older decision still runs.
    reasoned = {Area, Appointment}
    spans = {model for model in apps.get_models() if issubclass(model, Span)}
    assert {model.__name__ for model in spans - reasoned} == set(MODELS)


@pytest.mark.parametrize(
    "days",
    [
        [(A, B), (B, C)],
        [(A, B), (B, None)],
        [(A, B), (C, D)],
        [(C, D), (A, B)],
        [(A, B), (C, None), (B, C)],
    ],
    ids=["adjacent", "adjacent open", "gap and return", "recorded late", "gap filled"],
)
def test_spans_without_a_common_day_stand_beside_each_other(
    make: Make, days: list[tuple[date, date | None]]
) -> None:
    for start, end in days:
        make(valid_from=start, valid_until=end)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((A, C), (B, D)),
        ((B, D), (A, C)),
        ((A, D), (B, C)),
        ((B, C), (A, D)),
        ((A, B), (A, B)),
        ((A, None), (B, C)),
        ((B, None), (A, C)),
        ((A, None), (B, None)),
        ((A, B), (date(2026, 3, 31), None)),
    ],
)
def test_a_common_day_is_refused(
    make: Make, first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    make(valid_from=first[0], valid_until=first[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        make(valid_from=second[0], valid_until=second[1])


@pytest.mark.parametrize("end", [A, date(2025, 12, 1)])
def test_a_span_has_at_least_one_day(make: Make, end: date) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(valid_from=A, valid_until=end)


def test_a_change_of_days_into_another_span_is_refused(make: Make) -> None:
    first = make(valid_from=A, valid_until=B)
    make(valid_from=C, valid_until=None)
    first.valid_until = D
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_a_span_may_be_changed_within_its_own_days(make: Make) -> None:
    first = make(valid_from=A, valid_until=C)
    first.valid_until = B
    first.save()


def test_forms_hear_of_an_overlap_as_a_sentence(make: Make) -> None:
    first = make(valid_from=A, valid_until=C)
    copy = type(first).objects.get(pk=first.pk)
    copy.pk = None
    copy.valid_from = B
    with pytest.raises(ValidationError, match="trùng với một dòng đã có"):
        copy.validate_constraints()


def test_forms_leave_a_missing_day_to_its_field(make: Make) -> None:
    first = make(valid_from=A, valid_until=C)
    constraint = next(one for one in first._meta.constraints if isinstance(one, NoOverlap))
    first.valid_from = None  # type: ignore[assignment]
    constraint.validate(type(first), first)


def test_the_day_a_span_ends_is_no_longer_part_of_it(make: Make) -> None:
    span = make(valid_from=A, valid_until=B)
    found = [bool(type(span).objects.filter(on_day(day), pk=span.pk)) for day in (A, date(2026, 3, 31), B)]
    assert found == [True, True, False]
    assert [span.holds_on(day) for day in (A, date(2026, 3, 31), B)] == found


def test_an_open_span_holds_for_ever(make: Make) -> None:
    assert make(valid_from=A, valid_until=None).holds_on(date(9999, 12, 31))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [AreaCoverage, Membership])
def test_the_constraint_outlives_a_change_of_its_table(model: type[models.Model]) -> None:
    field = models.CharField(max_length=3, default="")
    field.set_attributes_from_name("extra")
    with connection.schema_editor() as editor:
        editor.add_field(model, field)
    with connection.schema_editor() as editor:
        editor.remove_field(model, field)
    make = MODELS[model.__name__]()
    make(valid_from=A, valid_until=C)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(valid_from=B, valid_until=D)


def test_one_user_may_hold_two_roles_in_one_place() -> None:
    user, cell = make_user(), make_cell()
    for role in ("office", "record_keeper"):
        Appointment.objects.create(user=user, role=role, organization=cell, valid_from=A)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(user=user, role="office", organization=cell, valid_from=B)
