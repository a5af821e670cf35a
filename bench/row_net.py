"""What the second net costs: pages with the policies and without, on PostgreSQL, in turns: `python bench/row_net.py`.

Uses the database of the settings (DATABASE_URL, as its owner), which must be migrated and empty. Fills it with members
and plans, then asks the same pages as the secretary, the committee and the office, with the net hung and taken down.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from tests.factories import (  # noqa: E402
    make_cell,
    make_committee,
    make_office_user,
    make_organization,
    make_post,
    make_user,
    moment,
)

from phancong.accounts.models import User  # noqa: E402
from phancong.accounts.sessions import ASSURED, BEGAN_AT, FRESH_AT, SEEN_AT  # noqa: E402
from phancong.audit.net import scope  # noqa: E402
from phancong.audit.net.hanging import hang_net, take_net_down  # noqa: E402
from phancong.common.text import split_name  # noqa: E402
from phancong.members.models import Member, Membership, StatusPeriod  # noqa: E402
from phancong.organizations.models import Organization  # noqa: E402
from phancong.planning.models import Assignment, Duty, Plan  # noqa: E402

ROLE = "phancong_app"
CELL_SIZE = 15
CELLS_OF_COMMITTEE = 30
NAMES = ("Nguyễn Văn An", "Rah Lan H'Bia", "Siu Dũng", "Trần Thị Hòa", "Ksor Nga", "Lê Minh Tuấn")


@transaction.atomic
def fill(count: int) -> dict[str, tuple[User, Organization]]:
    """Members, memberships and a plan for each cell; the answer is who asks, and a cell each may open."""
    chance = random.Random(1)
    ward = make_organization("ward")
    cells: list[Organization] = []
    while len(cells) * CELL_SIZE < count:
        committee = make_committee(parent=ward)
        cells += [make_cell(parent=committee) for _ in range(CELLS_OF_COMMITTEE)]
    members = [_member(chance.choice(NAMES), cells[number // CELL_SIZE], number) for number in range(count)]
    for member in members:
        member.derive()
    members = Member.objects.bulk_create(members, batch_size=2000)
    since = date(2025, 7, 1)
    Membership.objects.bulk_create(
        (
            Membership(member=member, cell=member.cell, kind="official", valid_from=since)
            for member in members
        ),
        batch_size=5000,
    )
    StatusPeriod.objects.bulk_create(
        (StatusPeriod(member=member, status="official", valid_from=since) for member in members),
        batch_size=5000,
    )
    _plan(cells, members)
    first = members[0]
    make_post(first, cells[0])
    leader = members[1]
    assert cells[0].parent is not None
    make_post(leader, cells[0].parent)
    return {
        "secretary": (make_user(first), cells[0]),
        "committee": (make_user(leader), cells[0]),
        "office": (make_office_user(ward), cells[0]),
    }


def _member(name: str, cell: Organization, number: int) -> Member:
    family, middle, given = split_name(name)
    return Member(
        full_name=name, family_name=family, middle_name=middle, given_name=given, birth_date=date(1975, 1, 1),
        sex="female", card_number=f"{number:08d}", admitted_on=date(2005, 2, 3), official_on=date(2006, 2, 3),
        status="official", category="residential", cell=cell,
    )  # fmt: skip


def _plan(cells: list[Organization], members: list[Member]) -> None:
    year = datetime.now(tz=moment().tzinfo).year
    plans = Plan.objects.bulk_create(
        Plan(cell=cell, year=year, stage="draft", drafted_at=moment()) for cell in cells
    )
    duties = Duty.objects.bulk_create(
        (
            Duty(
                plan=plan, number=number, title=f"Việc {number}", field="party_work", monthly_hours=4,
                source="catalogue", due_on=date(year, 12, 31),
            )
            for plan in plans
            for number in range(1, 11)
        ),
        batch_size=5000,
    )  # fmt: skip
    of_cell = defaultdict(list)
    for member in members:
        of_cell[member.cell_id].append(member)
    Assignment.objects.bulk_create(
        (
            Assignment(duty=duty, member=people[duty.number], source="solver")
            for duty in duties
            if len(people := of_cell[duty.plan.cell_id]) > duty.number
        ),
        batch_size=5000,
    )


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
        clients[name] = _signed_in(user)
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


def _signed_in(user: User) -> Client:
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
