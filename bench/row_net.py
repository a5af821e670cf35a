"""What the second net costs: pages with the policies and without, on PostgreSQL, in turns: `python bench/row_net.py`.

Uses the database of the settings (DATABASE_URL, as its owner), which must be migrated and empty. Fills it with members
and plans, then asks the same pages as the secretary, the committee and the office, with the net hung and taken down.
"""

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from tests.factories import moment  # noqa: E402

from bench.filling import fill  # noqa: E402
from phancong.accounts.models import User  # noqa: E402
from phancong.accounts.sessions import ASSURED, BEGAN_AT, FRESH_AT, SEEN_AT  # noqa: E402
from phancong.audit.net import scope  # noqa: E402
from phancong.audit.net.hanging import hang_net, take_net_down  # noqa: E402
from phancong.organizations.models import Organization  # noqa: E402

ROLE = "phancong_app"


def pages(cell: Organization) -> dict[str, str]:
    return {
        "danh sách": "/dang-vien/",
        "tìm theo tên": "/dang-vien/?tim=bia",
        "bảng phân công": f"/phan-cong/{cell.pk}/{datetime.now(tz=moment().tzinfo).year}/",
        "trang đầu": "/",
    }


def hang(*, on: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        hang_net(role=ROLE)
        if not on:
            take_net_down()
        cursor.execute(f"SET ROLE {ROLE}")
        cursor.execute("SET jit = off")  # as it is for this role when it signs in itself
    connection.has_row_net = on  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=20)
    options = parser.parse_args()
    scope.see_everything_in_this_process()
    people = fill(options.members)
    clients = {}
    for name, (user, _) in people.items():
        clients[name] = signed_in(user)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    times: dict[tuple[str, str, bool], list[float]] = defaultdict(list)
    for round_number in range(options.rounds):
        for on in (True, False) if round_number % 2 else (False, True):
            hang(on=on)
            for name, (_, cell) in people.items():
                for page, address in pages(cell).items():
                    for number in range(options.requests + 2):
                        started = time.perf_counter()
                        answer = clients[name].get(address)
                        taken = time.perf_counter() - started
                        assert answer.status_code == 200, (name, page, answer.status_code)
                        if number >= 2:
                            times[name, page, on].append(taken * 1000)
    connection.cursor().execute("RESET ROLE")
    print(f"{options.members} đảng viên, {options.rounds} × {options.requests} lần mỗi trang; ms")
    print("| ai | trang | p50 không lưới | p50 có lưới | p95 không lưới | p95 có lưới | p95 thêm |")
    print("|---|---|---|---|---|---|---|")
    for name in people:
        for page in pages(people[name][1]):
            off, hung = times[name, page, False], times[name, page, True]
            without, with_net = _p95(off), _p95(hung)
            print(
                f"| {name} | {page} | {statistics.median(off):.1f} | {statistics.median(hung):.1f} "
                f"| {without:.1f} | {with_net:.1f} | {with_net / without - 1:+.0%} |"
            )


def signed_in(user: User) -> Client:
    """Somebody who gave every proof a moment ago: some roles give nothing without a second step."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    session, stamp = client.session, time.time()
    session.update({ASSURED: True, FRESH_AT: stamp, BEGAN_AT: stamp, SEEN_AT: stamp})
    session.save()
    return client


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
