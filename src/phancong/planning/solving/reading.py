"""Reading one plan as it stands."""

from collections.abc import Iterable, Mapping
from datetime import date

from phancong.planning.models import Duty, Plan
from phancong.planning.solving.people import people_of
from phancong.planning.solving.snapshot import Decisions, Snapshot, snapshot_of


def snapshot_for(plan: Plan, *, today: date, keep_current: bool = False) -> Snapshot:
    """The snapshot of a plan as it stands; a fixed number of queries."""
    people = people_of([plan.cell_id], year=plan.year, today=today)
    decisions = Decisions.read([plan], cells=[plan.cell_id], year=plan.year)
    return snapshot_of(
        plan,
        duties_of([plan]).get(plan.pk, []),
        people[plan.cell_id],
        decisions,
        today=today,
        keep_current=keep_current,
    )


def duties_of(plans: Iterable[Plan]) -> Mapping[int, list[Duty]]:
    """Duties in the order of their numbers, by plan."""
    found: dict[int, list[Duty]] = {}
    rows = Duty.objects.filter(plan__in=[plan.pk for plan in plans]).select_related("area")
    for duty in rows.order_by("number"):
        found.setdefault(duty.plan_id, []).append(duty)
    return found
