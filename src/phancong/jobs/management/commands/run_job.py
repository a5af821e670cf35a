"""Do one job in this process: the site starts it for jobs given on its pages."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from phancong.jobs.running import run_job


class Command(BaseCommand):
    right = "giver"
    help = "Chạy một việc nền đã được giao trên trang (trang tự gọi lệnh này)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("job_id", type=int, help="số của việc")

    def handle(self, *, job_id: int, **options: object) -> None:
        run_job(job_id, processes=settings.JOB_PROCESSES)
