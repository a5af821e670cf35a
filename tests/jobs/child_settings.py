"""Settings of child processes and workers that tests start: those of the tests, with the sample kinds of work."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, env

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.sample_kinds"]
CELERY_TASK_DEFAULT_QUEUE = env("TEST_QUEUE", default="phancong-tests")
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 5}
