from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "phancong.accounts"

    def ready(self) -> None:
        # Lets rooms below ask who a user is.
        import_module("phancong.accounts.identity")
