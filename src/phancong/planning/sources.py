"""Nguồn nhiệm vụ: what a cell and the committees above it set themselves, and which duties carry it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet

from phancong.access.actor import Actor, may, places
from phancong.access.permissions import Permission
from phancong.organizations.models import Organization, in_places
from phancong.organizations.queries import organizations_for, steps_of
from phancong.planning.board import may_show
from phancong.planning.clarity import missing_clarity
from phancong.planning.enums import PlanStage
from phancong.planning.models import Duty, Plan
from phancong.planning.policies import may_open
from phancong.planning.solving.snapshot import full_title
from phancong.planning.source_models import Resolution, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDuty:
    """A duty of the cell that carries a target out; `missing` of the six questions."""

    duty: Duty
    title: str
    people: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A target: in a cell with its duties, at a committee with the number of cells below that took it up."""

    target: Target
    duties: tuple[SourceDuty, ...] = ()
    cells: int = 0

    @property
    def is_open(self) -> bool:
        return not self.duties and not self.cells


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionBlock:
    """`is_own`: of the place itself, not of one above it."""

    resolution: Resolution
    name: str
    is_own: bool
    may_change: bool
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """`loose`: duties of the draft that carry out no target yet."""

    organization: Organization
    year: int
    plan: Plan | None
    blocks: tuple[ResolutionBlock, ...]
    loose: tuple[Duty, ...]
    may_write: bool
    may_plan: bool
    may_follow: bool
    can_copy: bool

    @property
    def open_lines(self) -> list[tuple[ResolutionBlock, TargetLine]]:
        """Targets that nobody carries out, those of the place itself first."""
        return [(block, line) for block in self.blocks for line in block.lines if line.is_open]

    @property
    def targets(self) -> int:
        return sum(len(block.lines) for block in self.blocks)


def place_for(actor: Actor, organization_id: int) -> Organization | None:
    """A cell or a committee whose plans the actor may see."""
    return organizations_for(actor, right=Permission.PLAN_SEE).filter(pk=organization_id).first()


def resolution_for(actor: Actor, resolution_id: int) -> Resolution | None:
    """One of a place where the actor may see plans; those from above are read on the pages of the cell."""
    found = Resolution.objects.filter(organization__in=_seen(actor), pk=resolution_id)
    return found.select_related("organization").first()


def target_for(actor: Actor, target_id: int) -> Target | None:
    found = Target.objects.filter(resolution__organization__in=_seen(actor), pk=target_id)
    return found.select_related("resolution__organization").first()


def _seen(actor: Actor) -> QuerySet[Organization]:
    return organizations_for(actor, right=Permission.PLAN_SEE)


def sources_of(organization: Organization, year: int) -> QuerySet[Resolution]:
    """Resolutions of a place and of those above it, the nearest first."""
    found = Resolution.objects.filter(organization__in=steps_of(organization.path), year=year)
    return found.select_related("organization").order_by("-organization__depth", "id")


def targets_of(cell: Organization, year: int) -> tuple[Target, ...]:
    """What duties of the cell can carry out, the nearest first; one query."""
    found = Target.objects.filter(resolution__organization__in=steps_of(cell.path), resolution__year=year)
    ordered = found.order_by("-resolution__organization__depth", "resolution_id", "number")
    return tuple(ordered.select_related("resolution__organization"))


def target_of(cell: Organization, year: int, target_id: int) -> Target | None:
    return next((target for target in targets_of(cell, year) if target.pk == target_id), None)


def grouped(targets: Iterable[Target]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of a form, by resolution."""
    return [
        (name_of_resolution(resolution), [(str(target.pk), target.title) for target in found])
        for resolution, found in groupby(targets, key=lambda one: one.resolution)
    ]


def name_of_resolution(resolution: Resolution) -> str:
    """ "Nghị quyết chuyên đề số 03-NQ/CB: phát triển kinh tế hộ"."""
    number = f" số {resolution.number}" if resolution.number else ""
    return f"{resolution.get_kind_display()}{number}: {resolution.title}"


def basis_of(target: Target) -> str:
    """What a duty names as its basis."""
    return name_of_resolution(target.resolution)[: Duty._meta.get_field("source_note").max_length]


def sources_page(actor: Actor, organization: Organization, year: int) -> SourcesPage | None:
    """A fixed number of queries. None for a year without plans and resolutions."""
    resolutions = list(sources_of(organization, year).prefetch_related("targets"))
    if not resolutions and not may_show(actor, year):
        return None
    is_cell = organization.holds_members
    plan = Plan.objects.filter(cell=organization, year=year).first() if is_cell else None
    duties = _duties(plan)
    cells = {} if is_cell else _cells(actor, organization, resolutions)
    may_change = may(actor, Permission.PLAN_CHANGE, organization.path)
    is_draft = plan is not None and plan.stage == PlanStage.DRAFT
    own = [one for one in resolutions if one.organization_id == organization.pk]
    return SourcesPage(
        organization=organization,
        year=year,
        plan=plan,
        blocks=tuple(_block(one, actor, organization, duties, cells) for one in resolutions),
        loose=tuple(one for one in duties if one.target_id is None) if is_draft else (),
        may_write=may_change,
        may_plan=may_change and is_draft,
        may_follow=may(actor, Permission.WORK_SEE, organization.path),
        can_copy=may_change
        and not own
        and may_open(year, today=actor.today)
        and organization.resolutions.filter(year=year - 1).exists(),
    )


def _duties(plan: Plan | None) -> list[Any]:
    if plan is None:
        return []
    people = Count("assignments", filter=Q(assignments__ended_on__isnull=True))
    return list(plan.duties.select_related("area").annotate(people=people).order_by("number"))


def _cells(actor: Actor, place: Organization, resolutions: list[Resolution]) -> dict[int, int]:
    """How many cells below have a duty for each target, as far as the actor sees their plans."""
    below = in_places((place.path,), field="plan__cell__path")
    seen = in_places(places(actor, Permission.PLAN_SEE), field="plan__cell__path")
    found = Duty.objects.filter(below, seen, target__resolution__in=resolutions)
    counted = found.order_by().values("target").annotate(cells=Count("plan__cell", distinct=True))
    return dict(counted.values_list("target", "cells"))


def _block(
    resolution: Resolution, actor: Actor, place: Organization, duties: list[Any], cells: dict[int, int]
) -> ResolutionBlock:
    is_own = resolution.organization_id == place.pk
    targets = sorted(resolution.targets.all(), key=lambda one: one.number)
    return ResolutionBlock(
        resolution=resolution,
        name=name_of_resolution(resolution),
        is_own=is_own,
        may_change=is_own and may(actor, Permission.PLAN_CHANGE, place.path),
        lines=tuple(
            TargetLine(
                target=target,
                duties=tuple(_duty(one) for one in duties if one.target_id == target.pk),
                cells=cells.get(target.pk, 0),
            )
            for target in targets
        ),
    )


def _duty(duty: Any) -> SourceDuty:
    return SourceDuty(duty=duty, title=full_title(duty), people=duty.people, missing=missing_clarity(duty))
