"""Open work of an adopted plan that later changes stand against."""

from datetime import date

from phancong.followups.enums import State
from phancong.followups.models import Progress
from phancong.planning.enums import PlanStage
from phancong.planning.models import Plan
from phancong.planning.solving.affected import Affected, affected_in, count_affected


def affected_work(plan: Plan, *, today: date) -> tuple[Affected, ...]:
    """Only what is still under way: what is done stays as it was done."""
    if plan.stage != PlanStage.ADOPTED:
        return ()
    return affected_in(plan, today=today, among=_running(plan))


def affected_count(plan: Plan | None, *, today: date) -> int:
    """For the first page of whoever leads the cell: how many there are to look at."""
    if plan is None or plan.stage != PlanStage.ADOPTED:
        return 0
    return count_affected(plan, today=today, among=_running(plan))


def _running(plan: Plan) -> set[int]:
    running = Progress.objects.filter(assignment__duty__plan=plan, state=State.RUNNING)
    return set(running.values_list("assignment", flat=True))
