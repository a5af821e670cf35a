"""Say of jobs whose process is gone that they were interrupted; part of starting the site."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.jobs.actions import end_interrupted_jobs


class Command(BaseCommand):
    right = Permission.JOB_SEE
    help = "Ghi nhận những việc chạy nền đã bị ngắt (máy tắt, tiến trình bị dừng)."

    def handle(self, **options: object) -> None:
        ended = end_interrupted_jobs(now=timezone.now())
        if ended:
            self.stdout.write(f"{ended} việc chạy nền đã bị ngắt; xem trang Việc chạy nền.")
