from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.accounts.queries import system_actor
from phancong.common.refusal import Refused
from phancong.followups import actions

EVERY = 100


class Command(BaseCommand):
    right = Permission.WORK_DIRECT
    help = "Gửi thư tổng hợp số việc đang chờ cho ai đã xin nhận; chạy hằng giờ, mỗi người một thư trong ngày gửi."

    def handle(self, *args: object, **options: object) -> None:
        try:
            told = actions.send_digests(by=system_actor(now=timezone.localtime()), progress=self._progress)
        except Refused as refused:
            self.stdout.write(str(refused))
            return
        self.stdout.write(f"Đã gửi {told.sent} thư; {told.nothing} đồng chí không có gì đang chờ.")
        if told.failed:
            raise CommandError(f"{told.failed} thư không gửi được. Kiểm tra EMAIL_HOST, rồi chạy lại.")

    def _progress(self, done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            self.stdout.write(f"{done}/{total}")
