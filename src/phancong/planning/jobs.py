"""Planning many cells as long work: chunks of cells, each stored whole."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.access.identity import actor_of_user
from phancong.accounts.queries import system_actor
from phancong.jobs.actions import prepare_job, start_job
from phancong.jobs.kinds import JobKind, JobOutcome, Kept, Progress, register
from phancong.jobs.models import Job
from phancong.organizations.models import Organization
from phancong.planning.actions.drafting import draft_plans
from phancong.planning.models import Plan
from phancong.planning.queries import cells_to_plan

DRAFT_PLANS = "draft_plans"
CELLS_A_CHUNK = 20


def start_drafting(*, by: Actor, year: int, path: str, only_missing: bool, here: bool = False) -> Job | None:
    """A job that drafts the plans of the cells under `path`; None when there is nothing to do."""
    cells = list(cells_to_plan(year=year, path=path, only_missing=only_missing).values_list("pk", flat=True))
    if not cells:
        return None
    make = prepare_job if here else start_job
    return make(
        DRAFT_PLANS,
        by=by,
        parameters={"cells": cells, "year": year, "user": by.user_id},
        title=f"Lập kế hoạch phân công năm {year} cho {len(cells)} chi bộ",
        place=path,
        rows_total=len(cells),
    )


def _split(parameters: dict[str, Any]) -> list[list[int]]:
    cells = parameters["cells"]
    return [cells[start : start + CELLS_A_CHUNK] for start in range(0, len(cells), CELLS_A_CHUNK)]


def _work(parameters: dict[str, Any], chunk: list[int], progress: Progress) -> dict[str, int]:
    plans = draft_plans(
        list(_cells(chunk)),
        year=parameters["year"],
        by=_actor(parameters),
        progress=lambda _done: progress(1),
    )
    return {"cells": len(plans), "proved": sum(plan.is_proved for plan in plans)}


def _cells(chunk: list[int]) -> QuerySet[Organization]:
    return Organization.objects.filter(pk__in=chunk).order_by("path")


def _actor(parameters: dict[str, Any]) -> Actor:
    """Whoever gave the work, with the rights of now; the system for a command."""
    user, now = parameters["user"], timezone.localtime()
    return system_actor(now=now) if user is None else actor_of_user(user, now=now)


def _finish(parameters: dict[str, Any], results: list[dict[str, int]]) -> JobOutcome:
    cells = sum(result["cells"] for result in results)
    proved = sum(result["proved"] for result in results)
    open_count = Plan.objects.filter(
        year=parameters["year"], cell__in=parameters["cells"], unmet__isnull=False
    ).distinct()
    message = (
        f"Đã lập dự thảo kế hoạch năm {parameters['year']} cho {cells} chi bộ; "
        f"{proved} kế hoạch được chứng minh là tốt nhất; {open_count.count()} chi bộ còn việc phải gỡ."
    )
    link = {
        "url": f"{reverse('planning:list')}?nam={parameters['year']}",
        "label": "Xem kế hoạch của các chi bộ",
    }
    return JobOutcome(message, {"cells": cells, "proved": proved, "links": [link]})


register(
    JobKind(
        code=DRAFT_PLANS,
        title="Lập kế hoạch phân công",
        unit="chi bộ",
        split=_split,
        work=_work,
        finish=_finish,
        kept=Kept.BY_CHUNK,
    )
)
