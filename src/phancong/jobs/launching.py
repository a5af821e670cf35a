"""The one seam between a job and where it runs, chosen by the settings."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from django.conf import settings


def launch(job_id: int) -> None:
    """Let the job start: on a Celery worker where a broker is named, else in a process that outlives the request."""
    if settings.CELERY_BROKER_URL:
        from phancong.jobs import tasks  # noqa: PLC0415 -- slow: Celery only where it is used

        tasks.send_start(job_id)
    else:
        start_process(job_id)


def start_process(job_id: int) -> int:
    """Start `manage.py run_job` in a session of its own; the answer is its process id."""
    log = Path(settings.DATA_DIR) / "jobs" / f"{job_id}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 -- no part of the command comes from a user
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_job", str(job_id)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env=os.environ,
        )
    # Somebody must wait for the child, or it stays in the process table after its end.
    Thread(target=process.wait, daemon=True).start()
    return process.pid
