from django.core.management.base import BaseCommand
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.accounts.queries import system_actor
from phancong.followups import actions


class Command(BaseCommand):
    right = Permission.WORK_DIRECT
    help = "Chuyển lên cấp trên các khó khăn, đề nghị quá hạn trả lời. Chạy mỗi ngày một lần."

    def handle(self, *args: object, **options: object) -> None:
        count = actions.raise_overdue(by=system_actor(now=timezone.localtime()))
        self.stdout.write(f"Đã chuyển {count} việc quá hạn trả lời lên cấp trên.")
