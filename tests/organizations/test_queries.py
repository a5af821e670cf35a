"""The tree as people see it."""

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories import (
    FOUNDED,
    TODAY,
    make_actor,
    make_cell,
    make_committee,
    make_office,
    make_organization,
)

from phancong.access.actor import Actor
from phancong.organizations.models import Organization
from phancong.organizations.queries import TreeCounts, counts_on, organizations_for, tree_counts, tree_on

pytestmark = pytest.mark.django_db


def test_each_sees_the_organisations_of_their_place_and_no_other(
    cell: Organization,
    sister_cell: Organization,
    secretary: Actor,
    colleague: Actor,
    stranger: Actor,
    sister_secretary: Actor,
    office: Actor,
) -> None:
    seen = [
        set(organizations_for(actor)) for actor in (secretary, colleague, stranger, sister_secretary, office)
    ]
    assert seen == [{cell}, {cell}, set(), {sister_cell}, {cell.parent, cell, sister_cell}]


def test_nobody_sees_what_is_founded_for_a_later_day(cell: Organization) -> None:
    from datetime import timedelta

    later = make_cell(parent=cell.parent, founded_on=TODAY + timedelta(days=1))
    assert later not in organizations_for(make_office())


def test_a_right_at_a_path_does_not_reach_its_neighbour() -> None:
    ward = make_organization("ward")
    cells = [make_organization("grassroots_cell", parent=ward) for _ in range(12)]
    assert set(organizations_for(make_actor("office", cells[9].path))) == {cells[9]}


def test_the_tree_lists_each_organisation_before_those_below_it() -> None:
    ward = make_organization("ward", name="Phường")
    for name in ("Đảng bộ 10", "Đảng bộ 2", "Bệnh xá"):
        make_cell(parent=make_committee(parent=ward, name=name), name=f"Chi bộ của {name}")
    assert [row.name for row in tree_on(TODAY, ward.path)] == [
        "Phường",
        "Bệnh xá",
        "Chi bộ của Bệnh xá",
        "Đảng bộ 2",
        "Chi bộ của Đảng bộ 2",
        "Đảng bộ 10",
        "Chi bộ của Đảng bộ 10",
    ]


def test_counts_of_each_subtree_include_its_root() -> None:
    ward = make_organization("ward")
    committee = make_committee(parent=ward)
    cell = make_cell(parent=committee)
    lone = make_organization("grassroots_cell", parent=ward)
    counts = tree_counts(tree_on(TODAY, ward.path))
    assert counts == {
        ward.pk: TreeCounts(2, 2, 1),
        committee.pk: TreeCounts(1, 1, 1),
        cell.pk: TreeCounts(0, 1, 1),
        lone.pk: TreeCounts(1, 1, 0),
    }
    assert counts_on(TODAY, ward.path) == counts[ward.pk]


def test_the_tree_before_its_founding_is_empty(cell: Organization) -> None:
    from datetime import timedelta

    assert tree_on(FOUNDED - timedelta(days=1)) == ()


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_takes_one_query(
    cell: Organization, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_cell(parent=cell.parent)
    with django_assert_num_queries(1):
        tree_counts(tree_on(TODAY))


def test_the_history_of_an_organisation_runs_from_the_oldest_state(cell: Organization) -> None:
    from phancong.organizations.actions import rename_organization
    from phancong.organizations.queries import history_of, path_on

    rename_organization(
        by=make_office(),
        organization=cell,
        name="Mới",
        effective_on=TODAY,
        decision_number="1",
        decided_on=TODAY,
    )
    assert [version.name for version in history_of(cell)] == ["Chi bộ thôn 1", "Mới"]
    assert path_on(cell.pk, FOUNDED) == cell.path
    assert path_on(cell.pk, FOUNDED.replace(year=2020)) is None
