"""Reads of jobs, with the state as it is and not only as it was last written."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.jobs.kinds import keeps_chunks, unit_of
from phancong.jobs.models import Job, JobChunk
from phancong.jobs.signs import QUEUE_SILENT_AFTER, SILENT_AFTER, read_sign

OPEN = (Job.State.WAITING, Job.State.RUNNING)


@dataclass(frozen=True, slots=True)
class JobStatus:
    """What a page shows of a job."""

    state: Job.State
    rows_done: int
    rows_total: int
    unit: str
    message: str

    @property
    def is_over(self) -> bool:
        return self.state not in OPEN

    @property
    def percent(self) -> int | None:
        """Whole percents done; None while the number of rows is not known."""
        return min(100, self.rows_done * 100 // self.rows_total) if self.rows_total else None


def jobs_for(actor: Actor) -> QuerySet[Job]:
    """Jobs the actor gave, and jobs of the places where they may see jobs; newest first."""
    found = Q(created_by=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    for place in places(actor, Permission.JOB_SEE):
        inside = Q(place__startswith=place.path)
        found |= inside & ~Q(place__startswith=place.without) if place.without else inside
    return Job.objects.filter(found).order_by("-created_at", "-id")


def open_jobs() -> QuerySet[Job]:
    return Job.objects.filter(state__in=OPEN).order_by("pk")


def state_of(job: Job, *, now: datetime) -> Job.State:
    """The state, where a job without a sign of life for a while is an interrupted one."""
    state = Job.State(job.state)
    if state not in OPEN or (state is Job.State.WAITING and settings.CELERY_BROKER_URL):
        return state
    patience = QUEUE_SILENT_AFTER if settings.CELERY_BROKER_URL else SILENT_AFTER
    return Job.State.INTERRUPTED if now - read_sign(job)[1] > patience else state


def status_of(job: Job, *, now: datetime) -> JobStatus:
    """The status of one job for a page, at the moment `now`."""
    state = state_of(job, now=now)
    rows = read_sign(job)[0] if job.state in OPEN else job.rows_done
    message = job.message
    if state is Job.State.INTERRUPTED and not message:
        message = interrupted_sentence(job)
    return JobStatus(state, rows, job.rows_total, unit_of(job.kind), message)


def interrupted_sentence(job: Job) -> str:
    return f"Bị ngắt, {what_stays(job)}. Chạy lại khi cần."


def what_stays(job: Job) -> str:
    """What an early end leaves behind, in words for the middle of a sentence."""
    done = job.chunks.filter(state=JobChunk.State.DONE).count() if keeps_chunks(job.kind) else 0
    if not done:
        return "chưa ghi gì"
    return f"đã ghi xong {done} trên {job.chunks.count()} phần, các phần khác chưa ghi gì"
