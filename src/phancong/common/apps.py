from django.apps import AppConfig
from django.urls import register_converter

from phancong.common.addresses import KeyConverter


class CommonConfig(AppConfig):
    name = "phancong.common"

    def ready(self) -> None:
        register_converter(KeyConverter, "key")
