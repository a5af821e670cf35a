"""Celery application: only used where the settings name a broker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phancong.config.settings")
app = Celery("phancong")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["phancong.jobs"])
