from importlib import import_module

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "phancong.members"

    def ready(self) -> None:
        # Makes the kinds of long work known.
        import_module("phancong.members.jobs")
