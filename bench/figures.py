"""Figures of a committee as of today and of a past day, at the size of a province: `python bench/figures.py`.

Uses the database of the settings (DATABASE_URL), which must be migrated and empty. Before the day that is asked for,
cells stood apart that were united later, and members were elsewhere. Each page is told in milliseconds, in queries,
and as a ratio to one plain count of the memberships of that day by cell, taken in the same run.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.factories import make_office  # noqa: E402

from bench.filling import fill  # noqa: E402
from bench.overview import adopt, timed  # noqa: E402
from bench.row_net import signed_in  # noqa: E402
from phancong.accounts.models import Appointment  # noqa: E402
from phancong.audit.net import scope  # noqa: E402
from phancong.figures.sections import SHEETS  # noqa: E402
from phancong.members.enums import MembershipKind  # noqa: E402
from phancong.members.models import Member, Membership  # noqa: E402
from phancong.organizations import actions as tree  # noqa: E402
from phancong.organizations.models import Organization  # noqa: E402
from phancong.reviews import actions as reviews  # noqa: E402
from phancong.reviews.models import Rating  # noqa: E402

# One committee in so many united two of its cells; one member in so many moved.
UNITED, MOVED = 10, 10
BATCH = 5000


@dataclass(frozen=True, slots=True)
class Day:
    """A day that figures are asked of, by the tree of that day or of today; `least` is the plain count in ms."""

    words: str
    day: date
    tree: str
    least: float

    @property
    def query(self) -> str:
        return f"?ngay={self.day:%d/%m/%Y}&cay={self.tree}"


@transaction.atomic
def live_through(ward: Organization, *, past: date, today: date) -> tuple[int, int]:
    """A review of the past year, then cells united and members moved: how many of each."""
    opened = reviews.open_round(
        ward, year=past.year, rules_on=past, counted_on=past, basis="Kế hoạch số 1-KH/ĐU", by=make_office()
    )
    Rating.objects.filter(review__round=opened, not_rated="").update(decided_grade="good")
    since = date(today.year, 2, 1)
    united = 0
    for number, committee in enumerate(Organization.objects.filter(parent=ward).order_by("pk")):
        if number % UNITED == 0:
            gone, heir = Organization.objects.filter(parent=committee).order_by("pk")[2:4]
            tree.merge_organizations(
                sources=[gone],
                into=heir,
                by=make_office(),
                effective_on=since,
                decision_number="1-QĐ",
                decided_on=since,
            )
            _move(list(Member.objects.filter(cell=gone)), heir, since)
            united += 1
    cells = list(Organization.objects.active().filter(parent__parent=ward).order_by("pk"))
    moved = list(Member.objects.filter(cell__in=cells).order_by("pk")[::MOVED])
    for number, member in enumerate(moved):
        member.cell = cells[number % len(cells)]
    later = date(today.year, 3, 1)
    _end(moved, later)
    Member.objects.bulk_update(moved, ["cell"], batch_size=BATCH)
    _begin(moved, later)
    return united, len(moved)


def _move(members: list[Member], heir: Organization, since: date) -> None:
    _end(members, since)
    Member.objects.filter(pk__in=[one.pk for one in members]).update(cell=heir)
    for one in members:
        one.cell = heir
    _begin(members, since)


def _end(members: list[Member], until: date) -> None:
    Membership.objects.filter(member__in=members, valid_until=None).update(valid_until=until)


def _begin(members: list[Member], since: date) -> None:
    Membership.objects.bulk_create(
        (
            Membership(member=one, cell=one.cell, kind=MembershipKind.OFFICIAL, valid_from=since)
            for one in members
        ),
        batch_size=BATCH,
    )


def least_of(day: date, rounds: int) -> float:
    """The smallest thing that could be done: one count of the day by cell."""
    by_cell = Membership.objects.on(day).order_by().values("cell").annotate(n=Count("pk"))
    return timed(rounds, lambda: list(by_cell.all()))


def told(client: Client, words: str, page: str, *, least: float, rounds: int) -> str:
    def ask() -> None:
        answer = client.get(page)
        assert answer.status_code == 200, page
        # A workbook is sent piece by piece.
        getattr(answer, "getvalue", lambda: b"")()

    taken = timed(rounds, ask)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return f"| {words} | {taken:.0f} | {taken / least:.1f} | {len(queries)} |"


def report(client: Client, days: list[Day], rounds: int) -> Iterator[str]:
    for one in days:
        yield f"\n{one.words}; một lần đếm theo chi bộ {one.least:.0f} ms\n"
        yield "| trang | ms | lần | câu hỏi |"
        yield "|---|---|---|---|"
        pages = {sheet.title: f"/so-lieu/{sheet.code}/{one.query}" for sheet in SHEETS}
        pages["danh sách sau một con số"] = (
            f"/so-lieu/tong-hop/danh-sach/{one.query}&cot=trang-thai.dang-vien"
        )
        pages["bảng tính"] = f"/so-lieu/tong-hop/bang-tinh/{one.query}"
        for words, page in pages.items():
            yield told(client, words, page, least=one.least, rounds=rounds)
    yield "\nQua các năm, so với một lần đếm hôm nay\n"
    yield "| trang | ms | lần | câu hỏi |"
    yield "|---|---|---|---|"
    yield told(client, "qua các năm", "/so-lieu/qua-cac-nam/", least=days[0].least, rounds=rounds)


def prepare(members: int, *, past: date, today: date) -> None:
    started = time.perf_counter()
    _, cell = fill(members)["office"]
    works = adopt()
    assert cell.parent is not None
    assert cell.parent.parent is not None
    united, moved = live_through(cell.parent.parent, past=past, today=today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    took = time.perf_counter() - started
    print(f"{works} việc, {united} lần sáp nhập, {moved} lần chuyển; chuẩn bị {took:.0f} giây")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=130_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--filled", action="store_true", help="the database is as an earlier run left it")
    options = parser.parse_args()
    scope.see_everything_in_this_process()
    settings.DEBUG = False
    today = timezone.localdate()
    past = date(today.year - 1, 12, 31)
    if not options.filled:
        prepare(options.members, past=past, today=today)
    office = Appointment.objects.select_related("user").get(role="office").user
    print(f"{connection.vendor}, {Membership.objects.on(today).count()} đảng viên")
    least_today, least_past = (least_of(day, options.rounds) for day in (today, past))
    days = [
        Day("Hôm nay", today, "khi-do", least_today),
        Day(f"Ngày {past:%d/%m/%Y}, theo tổ chức của ngày đó", past, "khi-do", least_past),
        Day(f"Ngày {past:%d/%m/%Y}, theo tổ chức hiện nay", past, "hien-nay", least_past),
    ]
    for line in report(signed_in(office), days, options.rounds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
