"""Open work of an adopted plan that later changes stand against."""

from datetime import date

from phancong.followups.enums import State
from phancong.followups.models import Progress
from phancong.planning.enums import PlanStage
from phancong.planning.models import Plan
from phancong.planning.solving.affected import Affected, affected_in


def affected_work(plan: Plan, *, today: date) -> tuple[Affected, ...]:
    """Only what is still under way: what is done stays as it was done."""
    if plan.stage != PlanStage.ADOPTED:
        return ()
    running = Progress.objects.filter(assignment__duty__plan=plan, state=State.RUNNING)
    return affected_in(plan, today=today, among=set(running.values_list("assignment", flat=True)))
