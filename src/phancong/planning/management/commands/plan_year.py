"""Drafts the plans of a year for every cell, or for one, with a progress bar, and says how it ended."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from phancong.access.permissions import Permission
from phancong.accounts.queries import system_actor
from phancong.common.refusal import Refused
from phancong.jobs.actions import run_here
from phancong.jobs.models import Job
from phancong.organizations.models import Organization
from phancong.planning.actions import draft_plan
from phancong.planning.jobs import start_drafting
from phancong.planning.queries import year_summary
from phancong.planning.summary import tell_year


class Command(BaseCommand):
    right = Permission.PLAN_DRAFT_MANY
    help = "Lập dự thảo kế hoạch phân công của một năm cho mọi chi bộ, hoặc cho một chi bộ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, default=timezone.localdate().year, help="Năm của kế hoạch.")
        parser.add_argument("--cell", help="Mã của một chi bộ; không ghi thì lập cho mọi chi bộ.")
        parser.add_argument(
            "--if-missing", action="store_true", help="Chỉ lập cho chi bộ chưa có kế hoạch của năm ấy."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year, code = options["year"], options["cell"]
        if code:
            self._plan_cell(code, year)
        else:
            self._plan_all(year, only_missing=options["if_missing"])
        if options["verbosity"]:
            for line in tell_year(year_summary(year, today=timezone.localdate())):
                self.stdout.write(line)

    def _plan_cell(self, code: str, year: int) -> None:
        cell = Organization.objects.filter(code=code).first()
        if cell is None:
            raise CommandError(f"Không có tổ chức nào mang mã “{code}”. Xem mã ở trang Tổ chức đảng.")
        try:
            draft_plan(cell, year=year, by=system_actor(now=timezone.localtime()))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _plan_all(self, year: int, *, only_missing: bool) -> None:
        by = system_actor(now=timezone.localtime())
        job = start_drafting(by=by, year=year, path="", only_missing=only_missing, here=True)
        if job is None:
            self.stdout.write(f"Không có chi bộ nào cần lập kế hoạch năm {year}.")
            return
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        ) as bar:
            task = bar.add_task("Lập kế hoạch chi bộ", total=job.rows_total)
            ended = run_here(job, lambda done: bar.update(task, completed=done))
        if ended.state != Job.State.DONE:
            raise CommandError(ended.message)
        self.stdout.write(ended.message)
