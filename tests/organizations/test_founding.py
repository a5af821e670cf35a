"""Founding organisations."""

import pytest
from tests.factories import FOUNDED, make_committee, make_organization

from phancong.organizations.queries import tree_on

pytestmark = pytest.mark.django_db


def test_a_new_organisation_stands_below_its_parent_from_the_effective_day() -> None:
    ward = make_organization("ward")
    committee = make_committee(parent=ward, name="Đảng bộ trường")
    assert (committee.path, committee.depth) == (ward.path + f"{committee.pk:08d}", 2)
    assert [row.name for row in tree_on(FOUNDED, ward.path)] == [ward.name, "Đảng bộ trường"]
