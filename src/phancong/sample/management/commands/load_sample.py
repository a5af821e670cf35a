"""Loads the sample committee, from its founding until a day, into an empty database."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from phancong.accounts.queries import system_actor
from phancong.common.refusal import Refused
from phancong.sample.actions import Loaded, is_empty, load_sample
from phancong.sample.history import DEFAULT_SEED


class Command(BaseCommand):
    right = "open"
    help = "Nạp dữ liệu mẫu: một đảng bộ với lịch sử từ năm 2007. Chỉ nạp vào cơ sở dữ liệu trống."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until", type=date.fromisoformat, help="nạp đến hết ngày này, ví dụ 2013-12-31")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="số gốc để sinh người và nơi")
        parser.add_argument("--if-empty", action="store_true", help="đã có dữ liệu thì thôi, không báo lỗi")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            self.stdout.write("Đã có dữ liệu, giữ nguyên.")
            return
        now = timezone.localtime()
        until = options["until"] or now.date()
        if until < now.date():
            # The past as it was seen then: everything written bears the evening of that day.
            now = timezone.make_aware(datetime.combine(until, time(18)))
        try:
            loaded = self._load(until=until, seed=options["seed"], now=now)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Dữ liệu mẫu: {loaded.organizations} tổ chức đảng, {loaded.areas} thôn, buôn, tổ dân phố, "
            f"{loaded.members} hồ sơ đảng viên, {loaded.plans} kế hoạch năm trước, {loaded.users} tài khoản để xem thử."
        )

    def _load(self, *, until: date, seed: int, now: datetime) -> Loaded:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns) as bars:
            tasks: dict[str, Any] = {}

            def advance(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bars.add_task(what, total=total)
                bars.update(tasks[what], completed=done)

            return load_sample(until=until, seed=seed, by=system_actor(now=now), progress=advance)
