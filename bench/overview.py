"""The committee's page and the figures at the size of a province: `python bench/overview.py --members 130000`.

Uses the database of the settings (DATABASE_URL), which must be migrated and empty, or filled by an earlier run. Each
page is told in milliseconds, in queries, and as a ratio to the smallest thing it could do: one count of the memberships
by cell in the same run.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.filling import fill  # noqa: E402
from bench.row_net import signed_in  # noqa: E402
from phancong.accounts.models import User  # noqa: E402
from phancong.audit.net import scope  # noqa: E402
from phancong.followups.models import Progress  # noqa: E402
from phancong.members.models import Membership  # noqa: E402
from phancong.planning.models import Assignment, Plan  # noqa: E402

PAGES = {
    "toàn cảnh": "/toan-canh/",
    "toàn cảnh, ngày đã qua": "/toan-canh/?ngay={past}",
    "số liệu: tổng hợp": "/so-lieu/",
    "số liệu: kết quả": "/so-lieu/viec/",
}


def adopt() -> int:
    """Every plan adopted and its work under way: the answer is how many pieces of work there are."""
    today = timezone.localdate()
    Plan.objects.update(stage="adopted", adopted_on=today)
    given = Assignment.objects.select_related("duty__plan").iterator(chunk_size=5000)
    works = Progress.objects.bulk_create(
        (
            Progress(
                assignment=one, cell_id=one.duty.plan.cell_id, member_id=one.member_id, year=today.year,
                first_due_on=one.duty.due_on, due_on=one.duty.due_on, begun_on=date(today.year, 1, 5),
                news_on=date(today.year, 1, 5), state="done" if one.pk % 3 else "running",
                done_on=today if one.pk % 3 else None,
            )
            for one in given
        ),
        batch_size=5000,
    )  # fmt: skip
    return len(works)


def timed(rounds: int, act: Callable[[], object]) -> float:
    """The median in milliseconds, after one round that is not counted."""
    act()
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        found.append((time.perf_counter() - started) * 1000)
    return statistics.median(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=130_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--filled", action="store_true", help="measure again what an earlier run filled")
    options = parser.parse_args()
    scope.see_everything_in_this_process()
    settings.DEBUG = False
    if options.filled:
        office, works = User.objects.filter(appointments__role="office")[0], Progress.objects.count()
    else:
        (office, _), works = fill(options.members)["office"], adopt()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = signed_in(office)
    by_cell = Membership.objects.filter(valid_until=None).order_by().values("cell").annotate(n=Count("pk"))
    least = timed(options.rounds, lambda: list(by_cell.all()))
    print(f"{connection.vendor}, {options.members} đảng viên, {works} việc; đếm theo chi bộ: {least:.0f} ms")
    print("| trang | ms | lần | câu hỏi |")
    print("|---|---|---|---|")
    past = f"{date(timezone.localdate().year, 6, 30):%d/%m/%Y}"
    for name, address in PAGES.items():
        page = address.format(past=past)

        def ask(page: str = page) -> None:
            assert client.get(page).status_code == 200

        taken = timed(options.rounds, ask)
        with CaptureQueriesContext(connection) as queries:
            ask()
        print(f"| {name} | {taken:.0f} | {taken / least:.1f} | {len(queries)} |")


if __name__ == "__main__":
    main()
