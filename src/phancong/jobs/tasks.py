"""Jobs on Celery workers. Messages carry ids alone; the rows of the job hold the rest, so a message may come twice.

A message comes again when its worker died, and with Redis also when the work takes long. Who still lives is known
by the signs of life alone: work whose worker beats is left to it, and asked about again a little later.
"""

from typing import Any

from celery import Task, shared_task
from django.db.models import Q, Sum
from django.utils import timezone
from kombu.exceptions import OperationalError

from phancong.common.refusal import Refused
from phancong.jobs import running, signs
from phancong.jobs.kinds import Kept, kind_of
from phancong.jobs.models import Job, JobChunk
from phancong.jobs.running import ends_clearly
from phancong.jobs.signs import Pulse

RETRY_SECONDS = 5


def send_start(job_id: int) -> None:
    """Hand the job to the broker; when it does not answer, the job ends with a sentence."""
    with ends_clearly(Job.objects.get(pk=job_id)):
        try:
            start.apply_async((job_id,), retry=False)
        except OperationalError as error:
            raise Refused(
                "Không giao được việc: máy chủ hàng việc không trả lời. Hãy báo quản trị kỹ thuật, rồi chạy lại."
            ) from error


@shared_task(bind=True, max_retries=None)
def start(self: "Task[Any, Any]", job_id: int) -> None:
    """Cut the job into chunks and send them out."""
    job = running.claim(job_id)
    if job is None:
        if Job.objects.filter(pk=job_id, state=Job.State.RUNNING).exists():
            raise self.retry(countdown=RETRY_SECONDS)
        return
    with ends_clearly(job):
        kind = kind_of(job.kind)
        if kind.kept is Kept.ALTOGETHER:
            with Pulse(lambda rows: signs.write_row(job_id, rows)) as pulse:
                running.finish_altogether(job, kind, pulse)
            return
        running.cut(job, kind)
        left = job.chunks.exclude(state=JobChunk.State.DONE).order_by("number").values_list("pk", flat=True)
        for chunk_id in left:
            work.delay(chunk_id)
        if not left:
            finish.delay(job_id)


@shared_task(bind=True, max_retries=None)
def work(self: "Task[Any, Any]", chunk_id: int) -> None:
    """Do one chunk. Whoever completes the last one asks for the finish."""
    chunk = JobChunk.objects.select_related("job").get(pk=chunk_id)
    if chunk.job.state != Job.State.RUNNING:
        return
    if chunk.state == JobChunk.State.DONE:
        # The worker before this one may have gone between its last statement and its message.
        last = running.is_worked_off(chunk.job_id)
    elif _claim_chunk(chunk):
        last = _work_on(chunk)
    else:
        raise self.retry(countdown=RETRY_SECONDS)
    if last:
        finish.delay(chunk.job_id)


def _work_on(chunk: JobChunk) -> bool:
    job = chunk.job
    with ends_clearly(job), Pulse(signs.chunk_sign(chunk)) as pulse:
        result = kind_of(job.kind).work(job.parameters, chunk.payload, pulse.add)
        return running.keep_result_and_ask(chunk, result, rows=pulse.rows)
    return False


@shared_task
def finish(job_id: int) -> None:
    """End a job whose chunks are all done. Asked twice, the second changes nothing."""
    job = Job.objects.get(pk=job_id)
    if job.state != Job.State.RUNNING:
        return
    with ends_clearly(job), Pulse(lambda _: signs.write_beat(job_id)):
        rows = job.chunks.aggregate(rows=Sum("rows_done"))["rows"]
        running.finish(job, kind_of(job.kind), rows=rows or 0)


def _claim_chunk(chunk: JobChunk) -> bool:
    """A chunk is done by one worker at a time: one that waits, or whose worker shows no sign of life."""
    now = timezone.now()
    free = Q(state=JobChunk.State.WAITING) | Q(beat_at__lt=now - signs.SILENT_AFTER)
    return bool(
        JobChunk.objects.filter(free, pk=chunk.pk)
        .exclude(state=JobChunk.State.DONE)
        .update(state=JobChunk.State.RUNNING, beat_at=now, rows_done=0)
    )
