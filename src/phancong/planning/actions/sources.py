"""Resolutions of a cell or a committee and their targets: where the duties of the year come from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.text import clean
from phancong.organizations.models import Organization
from phancong.planning import policies
from phancong.planning.enums import PlanStage
from phancong.planning.models import Duty
from phancong.planning.source_models import Resolution, Target


def add_resolution(organization: Organization, *, year: int, by: Actor, **fields: Any) -> Resolution:
    policies.check_year(year, today=by.today)
    resolution = Resolution(organization=organization, year=year, **_cleaned(fields))
    with _writing(organization, by=by, action="add_resolution") as detail:
        _check(resolution, by=by)
        resolution.save()
        detail["resolution"] = resolution.pk
    return resolution


def change_resolution(resolution: Resolution, *, by: Actor, **fields: Any) -> None:
    with _writing(resolution.organization, by=by, action="change_resolution", resolution=resolution.pk):
        policies.check_not_carried_out(_adopted(resolution.targets.all()))
        for name, value in _cleaned(fields).items():
            setattr(resolution, name, value)
        _check(resolution, by=by)
        resolution.save()


def remove_resolution(resolution: Resolution, *, by: Actor) -> None:
    """With its targets, as long as no duty carries one of them out."""
    with _writing(resolution.organization, by=by, action="remove_resolution", resolution=resolution.pk):
        policies.check_without_duties(Duty.objects.filter(target__resolution=resolution).count())
        resolution.delete()


def add_target(resolution: Resolution, *, by: Actor, **fields: Any) -> Target:
    with _writing(resolution.organization, by=by, action="add_target", resolution=resolution.pk) as detail:
        # Two who add at once come one after the other.
        Resolution.objects.select_for_update().get(pk=resolution.pk)
        last = resolution.targets.aggregate(last=Max("number"))["last"] or 0
        target = Target.objects.create(resolution=resolution, number=last + 1, **_cleaned(fields))
        detail["target"] = target.pk
    return target


def change_target(target: Target, *, by: Actor, **fields: Any) -> None:
    with _writing(target.resolution.organization, by=by, action="change_target", target=target.pk):
        policies.check_not_carried_out(_adopted([target]))
        for name, value in _cleaned(fields).items():
            setattr(target, name, value)
        target.save()


def remove_target(target: Target, *, by: Actor) -> None:
    with _writing(target.resolution.organization, by=by, action="remove_target", target=target.pk):
        policies.check_without_duties(target.duties.count())
        target.delete()


def copy_resolutions(organization: Organization, *, year: int, by: Actor) -> int:
    """Last year's resolutions with their targets, to be numbered and dated anew. How many targets."""
    with _writing(organization, by=by, action="copy_resolutions", year=year) as detail:
        policies.check_year(year, today=by.today)
        last = list(organization.resolutions.filter(year=year - 1).order_by("pk"))
        present = organization.resolutions.filter(year=year).count()
        policies.check_can_be_copied(last_year=len(last), this_year=present, year=year)
        made = {
            old.pk: Resolution(organization=organization, kind=old.kind, title=old.title, year=year)
            for old in last
        }
        Resolution.objects.bulk_create(made.values())
        targets = [
            Target(
                resolution=made[old.resolution_id],
                number=old.number,
                title=old.title,
                measure=old.measure,
                field=old.field,
                due_on=a_year_later(old.due_on),
            )
            for old in Target.objects.filter(resolution__in=last).order_by("pk")
        ]
        Target.objects.bulk_create(targets)
        detail["targets"] = len(targets)
    return len(targets)


def a_year_later(day: date) -> date:
    """The same day of the next year; the last of February stays the last of February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


@contextmanager
def _writing(organization: Organization, *, by: Actor, action: str, **known: int) -> Iterator[dict[str, int]]:
    """One change of the sources: the right first, then the change and its line in the log."""
    policies.check_may_set_out(organization, by=by)
    with transaction.atomic():
        detail = dict(known)
        yield detail
        log.record(
            by=by,
            action=action,
            subject=f"organization:{organization.pk}",
            place=organization.path,
            detail=detail,
        )


def _check(resolution: Resolution, *, by: Actor) -> None:
    policies.check_issued_on(resolution.issued_on, year=resolution.year, today=by.today)
    others = Resolution.objects.filter(
        organization=resolution.organization_id, year=resolution.year, number=resolution.number
    )
    policies.check_number_is_free(resolution.number, taken=others.exclude(pk=resolution.pk).exists())


def _adopted(targets: Any) -> bool:
    return Duty.objects.filter(target__in=targets).exclude(plan__stage=PlanStage.DRAFT).exists()


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in fields.items()}
