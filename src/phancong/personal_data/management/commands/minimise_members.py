"""`manage.py minimise_members`: count, or with `--write` take away, what is no longer needed of people who left."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from phancong.access.permissions import Permission
from phancong.accounts.queries import system_actor
from phancong.personal_data.minimising import minimise_members, people_who_left


class Command(BaseCommand):
    help = "Xóa dữ liệu hết thời hạn giữ của người đã rời đảng bộ. Không ghi --write thì chỉ đếm."

    right = Permission.MEMBER_CHANGE

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="xóa thật; không ghi thì chỉ đếm")

    def handle(self, *args: Any, **options: Any) -> None:
        now, write = timezone.localtime(), options["write"]
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        ) as bar:
            task = bar.add_task(
                "Xóa" if write else "Đếm", total=people_who_left(timezone.localdate(now)).count()
            )
            done = minimise_members(
                by=system_actor(now=now),
                write=write,
                progress=lambda people: bar.update(task, completed=people),
            )
        self.stdout.write(f"Đã xem {done.people} người đã rời đi.")
        for name, count in done.rows.items():
            self.stdout.write(f"  {name}: {count} dòng {'đã xóa' if write else 'sẽ xóa'}")
        if not done.rows:
            self.stdout.write("Không có gì hết thời hạn giữ.")
        elif not write:
            self.stdout.write("Chưa xóa gì. Xóa thật: thêm --write.")
