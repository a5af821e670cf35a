"""Celery application: only used where the settings name a broker."""

import os

from celery import Celery
from celery.signals import worker_init
from django.conf import settings

from phancong.audit.net.scope import see_everything_in_this_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phancong.config.settings")
app = Celery("phancong")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # A message is acknowledged when its work is done: what a dead worker had goes to another one.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # Results stand in the rows of the job.
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    # Redis hands a message to another worker when it was not acknowledged for this many seconds.
    broker_transport_options=getattr(
        settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {"visibility_timeout": 300}
    ),
    worker_hijack_root_logger=False,
)
app.autodiscover_tasks(["phancong.jobs"])


@worker_init.connect
def _see(**_: object) -> None:
    """A worker has no request to follow; the work asks for the rights of whoever gave it."""
    see_everything_in_this_process()
