from django.apps import AppConfig


class YearbookConfig(AppConfig):
    name = "phancong.yearbook"
