from django.core.management.base import BaseCommand
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.accounts.queries import system_actor
from phancong.reorganizations.actions import carry_out_due


class Command(BaseCommand):
    right = Permission.ORGANIZATION_CHANGE
    help = "Thực hiện các quyết định sắp xếp tổ chức đã đến ngày có hiệu lực. Chạy mỗi ngày một lần."

    def handle(self, *args: object, **options: object) -> None:
        done, failed = carry_out_due(by=system_actor(now=timezone.localtime()))
        self.stdout.write(f"Đã thực hiện {done} quyết định sắp xếp; {failed} quyết định chưa thực hiện được.")
