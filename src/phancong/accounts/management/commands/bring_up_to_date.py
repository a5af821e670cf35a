from django.core.management.base import BaseCommand
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.accounts.queries import system_actor
from phancong.members.following import bring_tree_up_to_date


class Command(BaseCommand):
    right = Permission.ORGANIZATION_CHANGE
    help = "Cho các quyết định về tổ chức đã đến ngày có hiệu lực. Chạy mỗi ngày một lần."

    def handle(self, *args: object, **options: object) -> None:
        count = bring_tree_up_to_date(by=system_actor(now=timezone.localtime()))
        self.stdout.write(f"Tổ chức đảng đúng với hôm nay; {count} đồng chí theo tổ chức mới.")
