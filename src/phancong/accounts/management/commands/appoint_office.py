from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.access.roles import OFFICE
from phancong.accounts.appointments import appoint_office
from phancong.accounts.models import Appointment
from phancong.accounts.queries import system_actor
from phancong.organizations.models import Organization


class Command(BaseCommand):
    right = Permission.ROLE_GIVE
    help = "Cử cán bộ văn phòng cho tổ chức đảng cao nhất: appoint_office [--username TÊN] [--if-none]."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="van-phong")
        parser.add_argument("--if-none", action="store_true", help="không làm gì nếu đã có người")

    def handle(self, *args: object, **options: Any) -> None:
        by = system_actor(now=timezone.localtime())
        if options["if_none"] and Appointment.objects.on(by.today).filter(role=OFFICE.code).exists():
            return
        for root in Organization.objects.active().filter(parent__isnull=True):
            appoint_office(root, username=options["username"], by=by)
            self.stdout.write(f"Văn phòng của {root.name}: {options['username']}")
