from importlib import import_module

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "phancong.planning"

    def ready(self) -> None:
        # Makes the kind of long work known.
        import_module("phancong.planning.jobs")
