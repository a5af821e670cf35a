from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "phancong.oversight"
