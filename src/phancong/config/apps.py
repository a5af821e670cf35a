from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "phancong.config"

    def ready(self) -> None:
        if settings.CELERY_BROKER_URL:
            # The tasks belong to the application that exists when they are sent.
            import_module("phancong.config.celery")
