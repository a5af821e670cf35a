"""The table of rights: `may` and `places` are two readings of it."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import TODAY, make_actor, moment

from phancong.access.actor import Actor, Grant, Place, may, may_anywhere, places
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES

PATHS = st.lists(st.sampled_from(["00000001", "00000002", "00000010", "00000011"]), max_size=3).map("".join)
DAYS = st.dates(date(2026, 11, 20), date(2026, 11, 26))
GRANTS = st.builds(
    Grant, st.sampled_from(sorted(ROLES)), PATHS, DAYS, st.none() | DAYS, st.just("") | PATHS, st.booleans()
)
ACTORS = st.builds(
    lambda grants: Actor(1, None, "Thử", moment(), tuple(grants)), st.lists(GRANTS, max_size=5)
)
RIGHTS = st.sampled_from(Permission)


@given(actor=ACTORS, right=RIGHTS, place=PATHS)
def test_a_place_is_allowed_exactly_when_it_lies_in_one_of_the_places(
    actor: Actor, right: Permission, place: str
) -> None:
    assert may(actor, right, place) == any(held.covers(place) for held in places(actor, right))


@given(actor=ACTORS, right=RIGHTS, place=PATHS)
def test_a_right_comes_from_a_grant_of_today_and_from_nothing_else(
    actor: Actor, right: Permission, place: str
) -> None:
    holds = [
        grant
        for grant in actor.grants
        if grant.valid_from <= TODAY
        and (grant.valid_until is None or grant.valid_until > TODAY)
        and right in ROLES[grant.role].permissions
        and not (grant.is_delegated and right == "role_delegate")
        and place[: len(grant.path)] == grant.path
        and not (grant.without and place[: len(grant.without)] == grant.without)
    ]
    assert may(actor, right, place) == bool(holds)


@given(actor=ACTORS, right=RIGHTS)
def test_places_are_the_fewest(actor: Actor, right: Permission) -> None:
    found = places(actor, right)
    assert not [(one, two) for one in found for two in found if one != two and two.contains(one)]
    assert may_anywhere(actor, right) == bool(found)


def test_a_right_ends_the_day_the_grant_ends() -> None:
    actor = make_actor("secretary", "00000001")
    ending = [
        Actor(
            1,
            None,
            "Thử",
            actor.now,
            (Grant("secretary", "00000001", date(2026, 1, 1), TODAY + timedelta(days=days)),),
        )
        for days in (0, 1)
    ]
    assert [may(one, Permission.PLAN_CHANGE, "00000001") for one in ending] == [False, True]


def test_a_right_above_reaches_below_and_not_the_reverse() -> None:
    office = make_actor("office", "00000001")
    allowed = [
        may(office, Permission.ORGANIZATION_CHANGE, path) for path in ("0000000100000002", "00000001", "")
    ]
    assert allowed == [True, True, False]


def test_an_organisation_without_a_place_is_nobodys_but_those_who_act_everywhere() -> None:
    assert [
        may(make_actor("office", path), Permission.ORGANIZATION_SEE, "") for path in ("00000001", "")
    ] == [
        False,
        True,
    ]


@pytest.mark.parametrize("right", Permission)
def test_each_right_is_in_some_role(right: Permission) -> None:
    assert [role.code for role in ROLES.values() if right in role.permissions]


@pytest.mark.parametrize("code", ROLES)
def test_each_role_says_in_a_sentence_what_it_may(code: str) -> None:
    role = ROLES[code]
    assert role.code == code
    assert role.name
    assert role.description.endswith(".")
    assert len(role.description.split()) > 5


EVERY_PATH = [
    "".join(steps) for depth in range(4) for steps in product(["00000001", "00000002"], repeat=depth)
]
PLACES = [
    Place(path, without)
    for path, without in product(EVERY_PATH[:7], repeat=2)
    if not (without and path.startswith(without))
]


def test_a_place_contains_another_exactly_when_it_covers_all_of_it() -> None:
    wrong = [
        (one, other)
        for one, other in product(PLACES, repeat=2)
        if one.contains(other) != all(one.covers(path) for path in EVERY_PATH if other.covers(path))
    ]
    assert wrong == []


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_place_covers_its_subtree_but_for_what_is_left_out(place: Place) -> None:
    covered = {path for path in EVERY_PATH if path[: len(place.path)] == place.path}
    left_out = {path for path in EVERY_PATH if place.without and path[: len(place.without)] == place.without}
    assert {path for path in EVERY_PATH if place.covers(path)} == covered - left_out


def test_an_inspector_of_nothing_but_their_own_cell_is_nowhere() -> None:
    own = "0000000100000002"
    grants = (Grant("inspector", own, date(2026, 1, 1), without=own),)
    actor = Actor(1, 2, "Thử", moment(), grants)
    assert [right for right in Permission if may_anywhere(actor, right)] == []


def test_leaving_out_a_cell_from_elsewhere_takes_nothing_away() -> None:
    """An inspector whose own cell lies outside what is inspected, and who has a post there as well."""
    inspected, own = "0000000100000002", "0000000100000003"
    grants = (
        Grant("committee", inspected, date(2026, 1, 1)),
        Grant("inspector", inspected, date(2026, 1, 1), without=own),
    )
    actor = Actor(1, 2, "Thử", moment(), grants)
    assert places(actor, Permission.MEMBER_SEE) == (Place(inspected),)


def test_a_grant_is_not_delegated_unless_it_says_so() -> None:
    grants = (Grant("secretary", "00000001", date(2026, 1, 1)),)
    assert may(Actor(1, 2, "Thử", moment(), grants), Permission.ROLE_DELEGATE, "00000001")


def test_the_roles_of_today_are_those_whose_days_hold_today() -> None:
    grants = tuple(
        Grant(role, "00000001", TODAY + timedelta(days=start), TODAY + timedelta(days=start + 1))
        for role, start in (("member", -1), ("secretary", 0), ("office", 1))
    )
    assert Actor(1, 2, "Thử", moment(), grants).roles == {"secretary"}
