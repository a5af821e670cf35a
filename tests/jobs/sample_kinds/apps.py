from datetime import timedelta

from django.apps import AppConfig


class SampleKindsConfig(AppConfig):
    name = "tests.jobs.sample_kinds"

    def ready(self) -> None:
        from phancong.jobs import signs

        # The dead are given up sooner than in an installation, so that tests need not wait.
        signs.SILENT_AFTER = timedelta(seconds=8)
        from tests.jobs.sample_kinds import kinds

        kinds.register_all()
