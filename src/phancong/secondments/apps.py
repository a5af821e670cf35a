from importlib import import_module

from django.apps import AppConfig


class SecondmentsConfig(AppConfig):
    name = "phancong.secondments"

    def ready(self) -> None:
        # Makes the kind of long work known.
        import_module("phancong.secondments.jobs")
