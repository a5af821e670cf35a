"""Seconding at the size of a province through the database: `python bench/seconding_pages.py --members 130000`.

Uses the database of the settings (DATABASE_URL), which must be migrated and empty. A fifth of the members work in
agencies, every hamlet is without a cell. Told: the page, and the piece of work that makes the draft.
"""

import argparse
import os
import resource
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models.functions import Mod  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.factories import FOUNDED  # noqa: E402

from bench.filling import fill  # noqa: E402
from bench.overview import timed  # noqa: E402
from bench.row_net import signed_in  # noqa: E402
from phancong.access.identity import actor_of_user  # noqa: E402
from phancong.audit.net import scope  # noqa: E402
from phancong.members.models import Member  # noqa: E402
from phancong.organizations.models import Area, Organization  # noqa: E402
from phancong.secondments.actions import solve  # noqa: E402

SHARE_IN_AGENCIES = 5


def spread(hamlets: int, province: Organization) -> None:
    """Every fifth cell is one of an agency; the hamlets lie in all communes."""
    cells = Organization.objects.annotate(fifth=Mod("pk", SHARE_IN_AGENCIES)).filter(fifth=0)
    Member.objects.filter(cell__in=cells).update(category="agency")
    communes = list(Organization.objects.filter(parent=province))
    Area.objects.bulk_create(
        Area(
            code=f"T{number}", name=f"Thôn {number}", kind="thon", committee=communes[number % len(communes)],
            sort_key=f"{number:06d}", valid_from=FOUNDED,
        )
        for number in range(hamlets)
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=130_000)
    parser.add_argument("--hamlets", type=int, default=3_000)
    options = parser.parse_args()
    scope.see_everything_in_this_process()
    settings.DEBUG = False
    office, cell = fill(options.members)["office"]
    assert cell.parent is not None
    assert cell.parent.parent is not None
    province = cell.parent.parent
    spread(options.hamlets, province)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client, page = signed_in(office), reverse("secondments:committee", args=[province.pk])
    shown = timed(3, lambda: client.get(page))
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    started = time.perf_counter()
    plan = solve(province, by=actor_of_user(office.pk, now=timezone.localtime()))
    taken = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{connection.vendor}, {options.members} đảng viên, {options.hamlets} thôn thiếu người")
    print(f"| trang | {shown:.0f} ms | {len(queries)} câu hỏi |")
    print(f"| phương án | {taken:.1f} s | {plan.secondments.count()} đồng chí | {most:.0f} MB |")
    print(f"| trang phương án | {timed(3, lambda: client.get(plan.get_absolute_url())):.0f} ms |")


if __name__ == "__main__":
    main()
