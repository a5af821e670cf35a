"""A database of many cells for the benchmarks: members with their memberships, a plan for each cell."""

import random
from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from tests.factories import (
    make_cell,
    make_committee,
    make_office_user,
    make_organization,
    make_post,
    make_user,
    moment,
)

from phancong.accounts.models import User
from phancong.common.text import split_name
from phancong.members.models import Member, Membership, StatusPeriod
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Duty, Plan

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
