"""Says in plain Vietnamese how the plans of a year stand, and where their documents are."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from phancong.access.permissions import Permission
from phancong.planning.queries import year_summary
from phancong.planning.summary import tell_year


class Command(BaseCommand):
    right = Permission.PLAN_SEE
    help = "Tóm tắt kế hoạch phân công của một năm: đã lập, còn thiếu gì và vì sao."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, default=timezone.localdate().year, help="Năm của kế hoạch.")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        for line in tell_year(year_summary(year, today=timezone.localdate())):
            self.stdout.write(line)
        folder = settings.DOCUMENTS_DIR / str(year)
        if folder.exists():
            self.stdout.write(f"  Văn bản và bảng tính: {folder}")
