from django.apps import AppConfig


class SampleKindsConfig(AppConfig):
    name = "tests.jobs.sample_kinds"

    def ready(self) -> None:
        from tests.jobs.sample_kinds import kinds

        kinds.register_all()
