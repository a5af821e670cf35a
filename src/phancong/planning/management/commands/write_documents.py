"""Write the papers of every cell's plan, and one workbook of all plans, into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from phancong.access.permissions import Permission
from phancong.planning.documents import are_up_to_date, write_cell_documents
from phancong.planning.models import Plan
from phancong.planning.workbook import write_plan_workbook


class Command(BaseCommand):
    right = Permission.PLAN_EXPORT
    help = (
        "Ghi biên bản, danh sách, nghị quyết, phiếu phân công của từng chi bộ và bảng tính chung của một năm. "
        "Văn bản nào đã làm từ kế hoạch hiện tại thì để nguyên."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, default=timezone.localdate().year, help="Năm của kế hoạch.")
        parser.add_argument("--cell", help="Mã của một chi bộ; không ghi thì làm cho mọi chi bộ.")
        parser.add_argument("--folder", type=Path, help="Thư mục ghi văn bản.")
        parser.add_argument("--all", action="store_true", help="Ghi lại cả văn bản đã có.")

    def handle(self, *args: Any, **options: Any) -> None:
        year, code = options["year"], options["cell"]
        plans = Plan.objects.filter(year=year).select_related("cell").order_by("cell__path", "cell__sort_key")
        if code:
            plans = plans.filter(cell__code=code)
        if not plans:
            whose = f"Chi bộ {code}" if code else "Chưa chi bộ nào"
            raise CommandError(f"{whose} có kế hoạch năm {year}. Lập kế hoạch trước, rồi ghi văn bản.")
        folder = (options["folder"] or settings.DOCUMENTS_DIR) / str(year)
        folder.mkdir(parents=True, exist_ok=True)
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        ) as progress:
            stale = self._write_documents(plans, folder, progress, everything=options["all"])
            book = folder / f"ke-hoach-phan-cong-{code or 'toan-dang-bo'}-{year}.xlsx"
            if stale or not book.exists():
                task = progress.add_task("Ghi bảng tính", total=len(plans))
                write_plan_workbook(plans, book, progress=lambda done: progress.update(task, completed=done))
        self.stdout.write(
            f"Đã ghi văn bản của {stale} chi bộ, giữ nguyên {len(plans) - stale} chi bộ. Văn bản ở: {folder}"
        )

    def _write_documents(
        self, plans: QuerySet[Plan], folder: Path, progress: Progress, *, everything: bool
    ) -> int:
        """How many cells were written. A cell whose files carry the mark of its plan is left alone."""
        stale = [plan for plan in plans if everything or not are_up_to_date(plan, folder)]
        for plan in progress.track(stale, description="Ghi văn bản chi bộ"):
            write_cell_documents(plan, folder)
        return len(stale)
