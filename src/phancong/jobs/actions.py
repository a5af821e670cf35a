"""Giving long work, running it here, and ending what was interrupted."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.audit.log import record
from phancong.jobs import launching, running
from phancong.jobs.kinds import Json, kind_of
from phancong.jobs.models import Job
from phancong.jobs.queries import open_jobs, state_of


@transaction.atomic
def prepare_job(
    kind_code: str,
    *,
    by: Actor,
    parameters: dict[str, Json],
    title: str,
    place: str = "",
    rows_total: int = 0,
) -> Job:
    """A job that waits for `run_here`. Whether the actor may do the work was asked by the room that gives it."""
    kind_of(kind_code)
    job = Job.objects.create(
        kind=kind_code,
        title=title,
        place=place,
        parameters=parameters,
        rows_total=rows_total,
        created_at=by.now,
        beat_at=by.now,
        created_by=by.user_id,
    )
    record(by=by, action="job_start", subject=f"job:{job.pk}", place=place, detail={"kind": kind_code})
    return job


@transaction.atomic
def start_job(
    kind_code: str,
    *,
    by: Actor,
    parameters: dict[str, Json],
    title: str,
    place: str = "",
    rows_total: int = 0,
) -> Job:
    """A job that starts by itself once this transaction is kept: on workers where a broker is named, else in a
    process of its own on this machine."""
    job = prepare_job(
        kind_code, by=by, parameters=parameters, title=title, place=place, rows_total=rows_total
    )
    transaction.on_commit(lambda: launching.launch(job.pk))
    return job


def run_here(job: Job, on_progress: Callable[[int], None] | None = None) -> Job:
    """Do a prepared job now and wait for its end. `on_progress` hears the rows done so far, about twice a second.

    A failure does not raise: the job says how it ended (`state`, `message`).
    """
    running.run_job(job.pk, processes=settings.JOB_PROCESSES, on_progress=on_progress)
    job.refresh_from_db()
    return job


def end_interrupted_jobs(*, now: datetime | None = None) -> int:
    """Say of jobs that show no sign of life that they were interrupted; called when the site starts."""
    now = now or timezone.now()
    ended = 0
    for job in open_jobs():
        if state_of(job, now=now) is Job.State.INTERRUPTED:
            ended += running.interrupt(job, now=now)
    return ended
