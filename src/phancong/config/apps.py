import os
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from phancong.config.checks import command_line, unsafe


class ConfigConfig(AppConfig):
    name = "phancong.config"

    def ready(self) -> None:
        if found := unsafe(settings, arguments=command_line(), environment=os.environ):
            raise ImproperlyConfigured("Chưa khởi động được:\n- " + "\n- ".join(found))
        if settings.CELERY_BROKER_URL:
            # The tasks belong to the application that exists when they are sent.
            import_module("phancong.config.celery")
