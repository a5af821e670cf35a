"""Settings of child processes and workers that tests start: those of the tests, with the sample kinds of work."""

from tests.settings import *  # noqa: F403
from tests.settings import CELERY_BROKER_URL, INSTALLED_APPS, env

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.sample_kinds"]
CELERY_TASK_DEFAULT_QUEUE = env("TEST_QUEUE", default="phancong-tests")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    "visibility_timeout": 5,
    # Redis is asked every second, not every ten, what a dead worker left.
    "unacked_restore_interval": 1,
}
if CELERY_BROKER_URL.startswith("redis"):
    # Everything of this test stands under one prefix, so that the test can clear it away.
    CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"{CELERY_TASK_DEFAULT_QUEUE}:"
