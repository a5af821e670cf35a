"""Cells that have no plan of a year are reminded of it, all together."""

from dataclasses import dataclass

from django.db import transaction

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.followups import policies
from phancong.followups.models import PlanReminder
from phancong.followups.unplanned import due_for_a_reminder, unled_among, unplanned_cells_for
from phancong.planning.policies import check_year


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many cells were reminded, and how many have nobody who could read it."""

    cells: int
    unled: int


@transaction.atomic
def remind_unplanned(*, year: int, by: Actor) -> Reminded:
    """One line for each cell without a plan that somebody leads and that was not reminded lately."""
    policies.check_may_remind_cells(by=by)
    check_year(year, today=by.today)
    # Of two who remind at once the second waits here, and then finds the cells reminded.
    unplanned = unplanned_cells_for(by, year=year)
    held = unplanned.order_by("pk").select_for_update(of=("self",), no_key=True)
    ids = list(held.values_list("pk", flat=True))
    cells = list(due_for_a_reminder(unplanned.filter(pk__in=ids), year=year, by=by).order_by("path"))
    PlanReminder.objects.bulk_create(
        PlanReminder(cell=cell, year=year, on=by.today, recorded_by=by.user_id, recorded_by_name=by.name)
        for cell in cells
    )
    if cells:
        log.record_many(
            (
                log.Act(
                    action="remind_unplanned",
                    subject=f"organization:{cell.pk}",
                    place=cell.path,
                    detail={"year": year},
                    right=Permission.PLAN_CHANGE,
                )
                for cell in cells
            ),
            by=by,
        )
    return Reminded(len(cells), unled_among(unplanned, by=by))
