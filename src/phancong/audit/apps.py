from django.apps import AppConfig
from django.db.backends.signals import connection_created

from phancong.audit.net.scope import begin


class AuditConfig(AppConfig):
    name = "phancong.audit"

    def ready(self) -> None:
        connection_created.connect(begin, dispatch_uid="row net")
