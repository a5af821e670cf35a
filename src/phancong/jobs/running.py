"""Doing a job: the same steps in this process, in worker processes and on Celery workers.

A job ends exactly once: whoever ends it moves its row from running to an end state in one statement, and what
`finish` writes is kept by the same transaction.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from phancong.common.refusal import Refused
from phancong.jobs import signs, workers
from phancong.jobs.kinds import JobKind, JobOutcome, Kept, kind_of
from phancong.jobs.models import Job, JobChunk
from phancong.jobs.queries import interrupted_sentence, what_stays
from phancong.jobs.signs import Pulse

logger = logging.getLogger(__name__)
RUNNING = Job.State.RUNNING


class SupersededError(Exception):
    """Somebody else has ended this job; nothing of ours may stay."""


class ends_clearly(AbstractContextManager[None]):  # noqa: N801 -- used as a verb: with ends_clearly(job)
    """Whatever goes wrong inside ends the job with a sentence that a person can act on."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        if isinstance(error, SupersededError):
            logger.warning("job %s was ended elsewhere", self.job.pk)
        elif isinstance(error, Refused):
            _fail(self.job, str(error))
        else:
            logger.error("job %s failed", self.job.pk, exc_info=error)
            _fail(self.job, f"Có lỗi trong khi chạy, {what_stays(self.job)}. Hãy báo quản trị kỹ thuật.")
        return True


def claim(job_id: int) -> Job | None:
    """The job, now running; None when it is over or its runner still shows signs of life."""
    now = timezone.now()
    free = Q(state=Job.State.WAITING) | Q(state=RUNNING, beat_at__lt=now - signs.SILENT_AFTER)
    won = Job.objects.filter(free, pk=job_id).update(state=RUNNING, beat_at=now)
    return Job.objects.get(pk=job_id) if won else None


def run_job(job_id: int, *, processes: int, on_progress: Callable[[int], None] | None = None) -> None:
    """Do a whole job from this process."""
    job = claim(job_id)
    if job is None:
        return
    listeners = [on_progress] if on_progress else []
    pulse = Pulse(*_own_signs(job), *listeners)
    with ends_clearly(job), pulse:
        kind = kind_of(job.kind)
        if kind.kept is Kept.ALTOGETHER:
            finish_altogether(job, kind, pulse)
        else:
            cut(job, kind)
            _work_all(job, kind, pulse, processes)
            finish(job, kind, rows=pulse.rows)
    Job.objects.filter(pk=job_id, state=Job.State.FAILED).update(rows_done=pulse.rows)
    signs.forget_sign(job_id)


def _own_signs(job: Job) -> list[signs.Sign]:
    # Inside a transaction nobody else could see the signs, and waiting for them would never end.
    return [] if connection.in_atomic_block else [signs.job_sign(job.pk)]


def cut(job: Job, kind: JobKind) -> None:
    """Split the work into rows, all or none. A job that is taken up again keeps its chunks."""
    chunks = kind.split(job.parameters)
    with transaction.atomic():
        if not Job.objects.select_for_update().get(pk=job.pk).chunks.exists():
            JobChunk.objects.bulk_create(
                (JobChunk(job=job, number=number, payload=payload) for number, payload in enumerate(chunks)),
                batch_size=1000,
            )


def _work_all(job: Job, kind: JobKind, pulse: Pulse, processes: int) -> None:
    waiting = job.chunks.exclude(state=JobChunk.State.DONE).order_by("number")
    tasks = [(chunk.pk, chunk.payload) for chunk in waiting]
    # Another process would not see the rows of a transaction that is still open here.
    if connection.in_atomic_block or processes < 2 or len(tasks) < 2:
        for pk, payload in tasks:
            keep_result(pk, kind.work(job.parameters, payload, pulse.add))
        return
    for pk, result in workers.work(kind.code, job.parameters, tasks, processes=processes, progress=pulse.add):
        keep_result(pk, result)


def keep_result(chunk_id: int, result: object) -> None:
    JobChunk.objects.filter(pk=chunk_id).update(state=JobChunk.State.DONE, result=result)


def keep_result_and_ask(chunk: JobChunk, result: object, *, rows: int) -> bool:
    """Keep the result of a worker; of all that end at once exactly one hears that its chunk was the last."""
    with transaction.atomic():
        Job.objects.select_for_update().get(pk=chunk.job_id)
        JobChunk.objects.filter(pk=chunk.pk).update(rows_done=rows)
        keep_result(chunk.pk, result)
        return is_worked_off(chunk.job_id)


def is_worked_off(job_id: int) -> bool:
    return not JobChunk.objects.filter(job=job_id).exclude(state=JobChunk.State.DONE).exists()


def finish(job: Job, kind: JobKind, *, rows: int) -> None:
    """Make the outcome of all chunks and end the job, in one transaction."""
    results = list(job.chunks.order_by("number").values_list("result", flat=True))
    with transaction.atomic():
        _end(job, kind.finish(job.parameters, results), rows)


def finish_altogether(job: Job, kind: JobKind, pulse: Pulse) -> None:
    """Split, work and finish in the transaction that ends the job."""
    with transaction.atomic():
        results = [kind.work(job.parameters, chunk, pulse.add) for chunk in kind.split(job.parameters)]
        _end(job, kind.finish(job.parameters, results), pulse.rows)


def _end(job: Job, outcome: JobOutcome, rows: int) -> None:
    """Move the job from running to done; when somebody else has ended it, the whole transaction is undone."""
    ended = Job.objects.filter(pk=job.pk, state=RUNNING).update(
        state=Job.State.DONE,
        message=outcome.message,
        result=outcome.result,
        rows_done=rows or job.rows_total,
        ended_at=timezone.now(),
    )
    if not ended:
        raise SupersededError


def _fail(job: Job, message: str) -> None:
    Job.objects.filter(pk=job.pk, state__in=(RUNNING, Job.State.WAITING)).update(
        state=Job.State.FAILED, message=message, ended_at=timezone.now()
    )


def interrupt(job: Job, *, now: datetime) -> int:
    """End a job whose runner is gone; the answer is 1 when this call did it."""
    ended = Job.objects.filter(pk=job.pk, state__in=(RUNNING, Job.State.WAITING)).update(
        state=Job.State.INTERRUPTED,
        message=interrupted_sentence(job),
        rows_done=signs.read_sign(job)[0],
        ended_at=now,
    )
    signs.forget_sign(job.pk)
    return ended
