"""Whatever is decided, in any order of days: each day has one consistent tree."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import FOUNDED, TODAY, make_office, make_organization

from phancong import rules
from phancong.common.refusal import Refused
from phancong.organizations.actions import (
    dissolve_organization,
    found_organization,
    merge_organizations,
    move_organization,
    rename_organization,
)
from phancong.organizations.models import Organization, OrganizationVersion, path_step
from phancong.organizations.queries import TreeRow, counts_on, sum_up_the_tree, tree_counts, tree_on

pytestmark = pytest.mark.django_db

DAYS = [FOUNDED + timedelta(days=step) for step in range(0, 601, 100)]  # the last lie after TODAY
ACTS = st.sampled_from(("found", "found", "found", "rename", "move", "merge", "dissolve"))
STEPS = st.lists(
    st.tuples(ACTS, st.sampled_from(DAYS), st.integers(0, 30), st.integers(0, 30)), min_size=4, max_size=14
)


def act(what: str, day: date, first: int, second: int) -> None:
    decided: dict[str, Any] = {
        "by": make_office(),
        "effective_on": day,
        "decision_number": "1-QĐ/ĐU",
        "decided_on": min(day, TODAY),
    }
    everything = list(Organization.objects.order_by("pk"))
    one, other = everything[first % len(everything)], everything[second % len(everything)]
    if what == "found":
        number = len(everything) + 1
        kinds = [kind.code for kind in rules.on(day).organization_kinds if one.kind in kind.parents]
        kind, parent = (kinds[second % len(kinds)], one) if kinds else ("ward", None)
        found_organization(code=f"S{number}", name=f"Số {number}", kind=kind, parent=parent, **decided)
    elif what == "rename":
        rename_organization(organization=one, name=f"Tên {first} {second} {day}", **decided)
    elif what == "move":
        move_organization(organization=one, parent=other, **decided)
    elif what == "merge":
        merge_organizations(sources=[one], into=other, **decided)
    else:
        dissolve_organization(organization=one, **decided)


def days_to_look_at() -> Iterator[date]:
    for day in DAYS:
        yield from (day - timedelta(days=1), day)


def check_one_version_a_day(day: date) -> None:
    for organization in Organization.objects.all():
        versions = list(OrganizationVersion.objects.filter(organization=organization).order_by("valid_from"))
        alive = versions[0].valid_from <= day and (
            versions[-1].valid_until is None or day < versions[-1].valid_until
        )
        assert sum(version.holds_on(day) for version in versions) == int(alive)


def check_paths(rows: tuple[TreeRow, ...]) -> None:
    by_id = {row.id: row for row in rows}
    for row in rows:
        above = by_id[row.parent_id].path if row.parent_id is not None else ""
        assert row.path == above + path_step(row.id)


def check_sums(rows: tuple[TreeRow, ...], day: date) -> None:
    members = {row.id: row.id * 3 + 1 for row in rows if row.holds_members}
    totals = sum_up_the_tree(rows, members)
    for row in rows:
        children = sum(totals[child.id] for child in rows if child.parent_id == row.id)
        assert totals[row.id] == children + members.get(row.id, 0)
        assert tree_counts(rows)[row.id] == counts_on(day, row.path)


def check_present() -> None:
    now = {row.id: (row.name, row.path, row.holds_members) for row in tree_on(TODAY)}
    shown = {one.pk: (one.name, one.path, one.holds_members) for one in Organization.objects.active()}
    assert shown == now


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sequence_of_decisions_leaves_one_tree_for_each_day(
    steps: list[tuple[str, date, int, int]],
) -> None:
    with transaction.atomic():
        ward = make_organization("ward")
        for _ in range(2):
            make_organization("area_cell", parent=make_organization("grassroots_committee", parent=ward))
        for what, day, first, second in steps:
            try:
                act(what, day, first, second)
            except Refused:
                continue
        for day in days_to_look_at():
            rows = tree_on(day)
            check_one_version_a_day(day)
            check_paths(rows)
            check_sums(rows, day)
        check_present()
        # The next example starts from nothing.
        transaction.set_rollback(True)
