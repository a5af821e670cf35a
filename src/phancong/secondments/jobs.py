"""Solving a plan of seconding as long work, where a committee is large: one draft, whole or not at all."""

from typing import Any

from django.utils import timezone

from phancong.access.actor import Actor
from phancong.access.identity import actor_of_user
from phancong.common.refusal import Refused
from phancong.jobs.actions import start_job
from phancong.jobs.kinds import JobKind, JobOutcome, Kept, Progress, register
from phancong.jobs.models import Job
from phancong.jobs.queries import OPEN
from phancong.organizations.models import Organization
from phancong.secondments import policies
from phancong.secondments.actions import solve
from phancong.secondments.models import SecondmentPlan

SOLVE = "solve_secondments"
# Pairs of a hamlet and a person that are still solved while the page waits: a second or two (`bench/secondments.py`).
AT_ONCE = 50_000


def is_large(places: int, people: int) -> bool:
    return places * people > AT_ONCE


def start_solving(committee: Organization, *, places: int, by: Actor) -> Job:
    """A job that makes the draft of the committee; one at a time."""
    policies.check_may_lead(committee, by=by)
    if Job.objects.filter(kind=SOLVE, place=committee.path, state__in=OPEN).exists():
        raise Refused(f"Máy đang tính phương án cho {committee.name}. Xem ở Việc chạy nền, chờ tính xong.")
    return start_job(
        SOLVE,
        by=by,
        parameters={"committee": committee.pk, "places": places, "user": by.user_id},
        title=f"Gợi ý người tăng cường: {committee.name}"[:200],
        place=committee.path,
        rows_total=places,
    )


def _split(parameters: dict[str, Any]) -> list[int]:
    return [parameters["committee"]]


def _work(parameters: dict[str, Any], committee: int, progress: Progress) -> int:
    actor = actor_of_user(parameters["user"], now=timezone.localtime())
    plan = solve(Organization.objects.get(pk=committee), by=actor)
    progress(parameters["places"])
    return plan.pk


def _finish(parameters: dict[str, Any], results: list[int]) -> JobOutcome:  # noqa: ARG001 -- one of a kind
    plan = SecondmentPlan.objects.get(pk=results[0])
    return JobOutcome(
        f"Đã tính xong: cử {plan.secondments.count()} đồng chí. Xem, sửa rồi quyết định.",
        {"links": [{"url": plan.get_absolute_url(), "label": "Mở phương án"}]},
    )


register(
    JobKind(
        code=SOLVE,
        title="Gợi ý người tăng cường",
        unit="nơi thiếu người",
        split=_split,
        work=_work,
        finish=_finish,
        kept=Kept.ALTOGETHER,
    )
)
