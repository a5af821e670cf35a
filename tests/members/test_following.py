"""Members follow the tree when a decision moves their cell."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from phancong.members.following import bring_tree_up_to_date, follow_reorganization
from phancong.members.models import ANCESTORS, Member
from phancong.organizations.actions import move_organization
from phancong.organizations.models import PATH_WIDTH, Organization
from tests.factories import TODAY, make_actor, make_cell, make_committee, make_member, make_organization

pytestmark = pytest.mark.django_db


def ancestors(member: Member) -> str:
    member.refresh_from_db()
    steps: list[int | None] = [getattr(member, name) for name in ANCESTORS]
    return "".join(f"{step:0{PATH_WIDTH}d}" for step in steps if step is not None)


def path_of(organization: Organization) -> str:
    organization.refresh_from_db()
    return str(organization.path)


def test_members_of_a_moved_subtree_follow_and_others_stay() -> None:
    root = make_organization()
    old, new = make_committee(parent=root), make_committee(parent=root)
    moving, staying = make_cell(parent=old), make_cell(parent=old)
    member, other = make_member(moving), make_member(staying)
    before = ancestors(other)
    done = move_organization(
        organization=moving,
        parent=new,
        by=make_actor(role="office", path=""),
        effective_on=TODAY,
        decision_number="12-QĐ/ĐU",
        decided_on=TODAY,
    )
    assert follow_reorganization(done.moved) == 1
    assert (ancestors(member), ancestors(other)) == (path_of(moving), before)


def test_a_decision_for_a_later_day_takes_effect_on_that_day() -> None:
    root = make_organization()
    old, new = make_committee(parent=root), make_committee(parent=root)
    cell = make_cell(parent=old)
    member = make_member(cell)
    tomorrow = TODAY + timedelta(days=1)
    move_organization(
        organization=cell,
        parent=new,
        by=make_actor(role="office", path=""),
        effective_on=tomorrow,
        decision_number="12-QĐ/ĐU",
        decided_on=TODAY,
    )
    old_place = ancestors(member)
    counts = [
        bring_tree_up_to_date(by=make_actor(role="office", path="", today=day)) for day in (TODAY, tomorrow)
    ]
    assert counts == [0, 1]
    assert old_place != ancestors(member) == path_of(cell)


@pytest.mark.parametrize("members", [1, 3])
def test_following_asks_the_database_once(
    members: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cell = make_cell()
    for _ in range(members):
        make_member(cell)
    with django_assert_num_queries(1):
        assert follow_reorganization((cell.path,)) == members
