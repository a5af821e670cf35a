"""Signs of life of a running job: rows done and a heartbeat, at most twice a second.

They stand in the rows of the job where its database takes several writers. On SQLite a long transaction holds
off every other writer, so there they stand in a small file beside the database, which is on the same machine.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from phancong.jobs.models import Job, JobChunk

PERIOD_SECONDS = 0.5
SILENT_AFTER = timedelta(seconds=20)
# With a broker the chunks of a job may wait long behind others, and those of a dead worker come again.
QUEUE_SILENT_AFTER = timedelta(hours=1)
_BEAT_EVERY = 6  # periods without new rows

Sign = Callable[[int], None]


class Pulse(AbstractContextManager["Pulse"]):
    """Gives the sign from a thread of its own, so that long steps without progress still show life."""

    def __init__(self, *signs: Sign) -> None:
        self._signs = signs
        self._rows = 0
        self._lock = Lock()
        self._over = Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def add(self, rows: int) -> None:
        with self._lock:
            self._rows += rows

    @property
    def rows(self) -> int:
        return self._rows

    def _beat(self) -> None:
        shown, quiet = -1, 0
        try:
            while True:
                over = self._over.wait(PERIOD_SECONDS)
                rows, quiet = self._rows, quiet + 1
                if rows != shown or quiet >= _BEAT_EVERY:
                    for sign in self._signs:
                        sign(rows)
                    shown, quiet = rows, 0
                if over:
                    return
        finally:
            connection.close()


def job_sign(job_id: int) -> Sign:
    """The sign of a job that one process on this machine leads."""
    if connection.vendor == "sqlite":
        return lambda rows: _write_file(job_id, rows)
    return lambda rows: write_row(job_id, rows)


def chunk_sign(chunk: JobChunk) -> Sign:
    """The sign of one chunk; it also refreshes the sum of the job, at most once a second for all chunks together."""

    def sign(rows: int) -> None:
        now = timezone.now()
        JobChunk.objects.filter(pk=chunk.pk, state=JobChunk.State.RUNNING).update(rows_done=rows, beat_at=now)
        due = Job.objects.filter(
            pk=chunk.job_id, state=Job.State.RUNNING, beat_at__lt=now - timedelta(seconds=1)
        )
        if due.exists():
            done = JobChunk.objects.filter(job=chunk.job_id).aggregate(rows=Sum("rows_done"))["rows"]
            due.update(beat_at=now, rows_done=done or 0)

    return sign


def write_row(job_id: int, rows: int) -> None:
    Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(rows_done=rows, beat_at=timezone.now())


def write_beat(job_id: int) -> None:
    Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(beat_at=timezone.now())


def _file(job_id: int) -> Path:
    return Path(settings.DATA_DIR) / "jobs" / f"{job_id}.json"


def _write_file(job_id: int, rows: int) -> None:
    path = _file(job_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"rows": rows, "at": timezone.now().timestamp()}))
    fresh.replace(path)


def read_sign(job: Job) -> tuple[int, datetime]:
    """Rows done and the last sign of life, from wherever they are fresher."""
    try:
        sign = json.loads(_file(job.pk).read_text())
    except FileNotFoundError:
        return job.rows_done, job.beat_at
    at = datetime.fromtimestamp(sign["at"], UTC)
    # An older file belongs to a job of another database that had the same number.
    return (sign["rows"], at) if at > job.beat_at else (job.rows_done, job.beat_at)


def forget_sign(job_id: int) -> None:
    _file(job_id).unlink(missing_ok=True)
