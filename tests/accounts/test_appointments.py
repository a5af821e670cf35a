"""Appointing the office."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from phancong.access.actor import Actor, Grant, Place, may, may_anywhere, places
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.accounts.appointments import appoint_office, delegate_role, end_appointment, give_role
from phancong.accounts.models import Appointment, User
from phancong.accounts.queries import actor_of
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Post
from phancong.organizations.actions import Decision, merge_organizations, move_organization
from phancong.organizations.models import Organization
from tests.factories import (
    TODAY,
    make_actor,
    make_appointment,
    make_committee,
    make_member,
    make_office,
    make_organization,
    make_post,
    make_user,
    moment,
    parent_of,
)

pytestmark = pytest.mark.django_db


def decided() -> Decision:
    return Decision(by=make_office(), effective_on=TODAY, decision_number="3-QĐ/ĐU", decided_on=TODAY)


def test_the_office_may_import_the_roster_of_its_own_committee_only() -> None:
    own, other = make_organization(), make_organization()
    by = make_actor(role="office", path="")
    user = appoint_office(own, username="van-phong", by=by)
    office = actor_of(user, now=by.now)
    assert [may(office, Permission.MEMBER_IMPORT, place.path) for place in (own, other)] == [True, False]


@pytest.mark.parametrize("role", ["member", "secretary", "committee"])
def test_only_who_may_change_the_organisation_appoints_its_office(role: str) -> None:
    own = make_organization()
    by: Actor = make_actor(role=role, path=own.path)
    with pytest.raises(Refused):
        appoint_office(own, username="van-phong", by=by)
    assert not User.objects.exists()


@pytest.fixture
def user(cell: Organization) -> User:
    return make_user(make_member(cell))


def give(user: User, place: Organization, *, by: Actor, **changed: Any) -> Appointment:
    wanted = {
        "role": "inspector",
        "decision_number": "12-QĐ/UBKT",
        "valid_from": TODAY,
        "valid_until": TODAY + timedelta(days=30),
    }
    return give_role(user, organization=place, by=by, **{**wanted, **changed})


def test_the_office_gives_a_role_by_decision_and_the_log_says_which(
    user: User, cell: Organization, office: Actor
) -> None:
    given = give(user, cell, by=office)
    entry = AuditEntry.objects.order_by("sequence").last()
    assert entry is not None
    assert (entry.action, entry.subject, entry.place, entry.detail) == (
        "give_role",
        f"user:{user.pk}",
        cell.path,
        {
            "role": "inspector",
            "from": TODAY.isoformat(),
            "until": (TODAY + timedelta(days=30)).isoformat(),
            "decision": "12-QĐ/UBKT",
        },
    )
    assert (given.role, given.organization_id, given.delegated_by_id) == ("inspector", cell.pk, None)


def test_nobody_but_the_office_of_the_place_gives_roles(
    user: User,
    cell: Organization,
    secretary: Actor,
    colleague: Actor,
    stranger: Actor,
    sister_cell: Organization,
) -> None:
    for actor in (secretary, colleague, stranger, make_actor("office", sister_cell.path)):
        with pytest.raises(Refused, match="chưa được giao việc giao vai trò"):
            give(user, cell, by=actor)
    assert not Appointment.objects.exists()


def test_nobody_gives_a_role_to_themself(user: User, cell: Organization) -> None:
    assert cell.parent is not None
    by = make_actor("office", cell.parent.path, user_id=user.pk)
    with pytest.raises(Refused, match="không tự quyết định việc của chính mình"):
        give(user, cell, by=by)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"role": "secretary"}, "đi theo chức vụ"),
        ({"role": "khong-co"}, "đi theo chức vụ"),
        ({"decision_number": "  "}, "Thiếu số quyết định"),
        ({"valid_until": None}, "phải có ngày kết thúc"),
        ({"valid_until": TODAY}, "Ngày cuối phải từ ngày bắt đầu"),
        ({"valid_from": TODAY - timedelta(days=9), "valid_until": TODAY}, "Thời hạn đã qua"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused_with_the_way_out(
    user: User, cell: Organization, office: Actor, changed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        give(user, cell, by=office, **changed)
    assert not Appointment.objects.exists()


def test_the_same_role_is_not_given_twice_for_the_same_days(
    user: User, cell: Organization, office: Actor
) -> None:
    give(user, cell, by=office)
    with pytest.raises(Refused, match="đã giữ vai trò đó"):
        give(
            user,
            cell,
            by=office,
            valid_from=TODAY + timedelta(days=29),
            valid_until=TODAY + timedelta(days=40),
        )
    give(user, cell, by=office, role="record_keeper", valid_until=None)
    assert Appointment.objects.count() == 2


def test_a_role_held_without_an_end_is_not_given_again(user: User, cell: Organization, office: Actor) -> None:
    give(user, cell, by=office, role="record_keeper", valid_until=None)
    with pytest.raises(Refused, match="đã giữ vai trò đó"):
        give(user, cell, by=office, role="record_keeper", valid_from=TODAY + timedelta(days=40),
             valid_until=TODAY + timedelta(days=50))  # fmt: skip


def test_a_role_is_given_for_the_days_before_those_it_is_already_given_for(
    user: User, cell: Organization, office: Actor
) -> None:
    later = TODAY + timedelta(days=60)
    give(user, cell, by=office, valid_from=later, valid_until=later + timedelta(days=9))
    give(user, cell, by=office, valid_until=later)
    assert Appointment.objects.count() == 2


def test_nothing_is_given_in_an_organisation_that_is_no_more(user: User, cell: Organization) -> None:
    cell.path = ""
    with pytest.raises(Refused, match="chưa được giao việc giao vai trò"):
        give(user, cell, by=make_office())


@pytest.mark.parametrize("since", [0, 5])
def test_a_role_taken_back_gives_no_right_any_more(
    user: User, cell: Organization, office: Actor, since: int
) -> None:
    given = give(user, cell, by=office, valid_from=TODAY - timedelta(days=since), role="record_keeper")
    rights = [may(actor_of(user, now=office.now), Permission.MEMBER_REASON_SEE, cell.path)]
    end_appointment(given, by=office)
    rights.append(may(actor_of(user, now=office.now), Permission.MEMBER_REASON_SEE, cell.path))
    assert rights == [True, False]


def test_only_the_giver_and_the_office_take_a_role_back(
    user: User,
    cell: Organization,
    office: Actor,
    secretary: Actor,
    colleague: Actor,
    stranger: Actor,
    sister_secretary: Actor,
) -> None:
    given = give(user, cell, by=office)
    for actor in (secretary, colleague, stranger, sister_secretary):
        with pytest.raises(Refused, match="thôi giao"):
            end_appointment(given, by=actor)
    assert Appointment.objects.get().valid_until == TODAY + timedelta(days=30)


class TestDelegation:
    """Lending for a while what one holds by post."""

    @pytest.fixture
    def giver(self, cell: Organization) -> User:
        member = make_member(cell)
        make_post(member, cell, "secretary")
        return make_user(member)

    def lend(self, giver: User, user: User, cell: Organization, **changed: Any) -> Appointment:
        wanted = {
            "role": "secretary",
            "valid_from": TODAY,
            "valid_until": TODAY + timedelta(days=7),
            "by": actor_of(giver, now=moment()),
        }
        return delegate_role(user, organization=cell, **{**wanted, **changed})

    def test_whoever_it_was_lent_to_has_the_right_for_those_days(
        self, giver: User, user: User, cell: Organization
    ) -> None:
        self.lend(giver, user, cell)
        days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=6), TODAY + timedelta(days=7)]
        held = [may(actor_of(user, now=moment(day)), Permission.PLAN_CHANGE, cell.path) for day in days]
        assert held == [False, True, True, False]

    @pytest.mark.parametrize("ended", ["post", "account", "cell"])
    def test_it_ends_with_the_post_the_account_and_the_place_of_the_giver(
        self, giver: User, user: User, cell: Organization, ended: str
    ) -> None:
        self.lend(giver, user, cell)
        if ended == "post":
            Post.objects.filter(member=giver.member).update(valid_until=TODAY)
        elif ended == "account":
            User.objects.filter(pk=giver.pk).update(is_active=False)
        else:
            Organization.objects.filter(pk=cell.pk).update(path="")
        assert not may_anywhere(actor_of(User.objects.get(pk=user.pk), now=moment()), Permission.PLAN_CHANGE)

    def test_what_was_lent_is_not_lent_on(self, giver: User, user: User, cell: Organization) -> None:
        self.lend(giver, user, cell)
        third = make_user(make_member(cell))
        with pytest.raises(Refused, match="chức vụ mình đang giữ"):
            self.lend(giver, third, cell, by=actor_of(user, now=moment()))

    def test_nobody_lends_what_they_do_not_hold_by_post(
        self,
        user: User,
        cell: Organization,
        colleague: Actor,
        stranger: Actor,
        sister_secretary: Actor,
        office: Actor,
    ) -> None:
        for actor in (colleague, stranger, sister_secretary, office):
            with pytest.raises(Refused, match="chức vụ mình đang giữ"):
                delegate_role(
                    user,
                    role="secretary",
                    organization=cell,
                    valid_from=TODAY,
                    valid_until=TODAY + timedelta(days=7),
                    by=actor,
                )
        assert not Appointment.objects.exists()

    @pytest.mark.parametrize(
        "held",
        [
            Grant("secretary", "", TODAY),
            Grant("secretary", "00000001", TODAY),
            Grant("secretary", "own", TODAY - timedelta(days=9), TODAY),
            Grant("secretary", "own", TODAY + timedelta(days=1)),
        ],
        ids=["everywhere", "elsewhere", "until yesterday", "from tomorrow"],
    )
    def test_what_is_lent_is_held_today_in_this_very_place(
        self, giver: User, user: User, cell: Organization, held: Grant
    ) -> None:
        grant = replace(held, path=cell.path) if held.path == "own" else held
        with pytest.raises(Refused, match="chức vụ mình đang giữ"):
            self.lend(giver, user, cell, by=Actor(giver.pk, giver.member_id, "Thử", moment(), (grant,)))

    def test_another_role_than_the_one_held_is_not_lent(
        self, giver: User, user: User, cell: Organization
    ) -> None:
        with pytest.raises(Refused, match="chức vụ mình đang giữ"):
            self.lend(giver, user, cell, role="committee")

    def test_nothing_is_lent_in_an_organisation_that_is_no_more(
        self, giver: User, user: User, cell: Organization
    ) -> None:
        """Its path is empty, as is the path of those who act everywhere."""
        cell.path = ""
        everywhere = Actor(giver.pk, giver.member_id, "Thử", moment(), (Grant("secretary", "", TODAY),))
        with pytest.raises(Refused, match="chức vụ mình đang giữ"):
            self.lend(giver, user, cell, by=everywhere)

    def test_it_is_not_lent_to_a_member_without_a_cell(
        self, giver: User, user: User, cell: Organization
    ) -> None:
        assert user.member is not None
        user.member.cell = None
        with pytest.raises(Refused, match="đảng viên của chính tổ chức này"):
            self.lend(giver, user, cell)

    def test_it_is_lent_inside_the_organisation_alone(
        self, giver: User, cell: Organization, sister_cell: Organization
    ) -> None:
        with pytest.raises(Refused, match="đảng viên của chính tổ chức này"):
            self.lend(giver, make_user(make_member(sister_cell)), cell)

    @pytest.mark.parametrize("why", ["left", "locked", "without a file"])
    def test_it_is_not_lent_to_somebody_who_left_or_is_locked(
        self, giver: User, user: User, cell: Organization, why: str
    ) -> None:
        assert user.member is not None
        if why == "left":
            user.member.status = "transferred"
        elif why == "locked":
            user.is_active = False
        else:
            user = make_user()
        with pytest.raises(Refused, match=r"không còn sinh hoạt|đảng viên của chính tổ chức này"):
            self.lend(giver, user, cell)

    def test_the_giver_takes_it_back_at_once(self, giver: User, user: User, cell: Organization) -> None:
        lent = self.lend(giver, user, cell)
        end_appointment(lent, by=actor_of(giver, now=moment()))
        assert not may_anywhere(actor_of(user, now=moment()), Permission.PLAN_CHANGE)


class TestReorganizing:
    """A merger or a move of organisations never widens a right silently."""

    def test_who_led_a_cell_that_was_merged_into_another_leads_nothing(
        self, cell: Organization, sister_cell: Organization
    ) -> None:
        member = make_member(cell)
        make_post(member, cell, "secretary")
        user = make_user(member)
        make_appointment(user, cell, "record_keeper")
        merge_organizations(sources=[cell], into=sister_cell, **decided())
        member.cell = Organization.objects.get(pk=sister_cell.pk)
        member.save()
        actor = actor_of(User.objects.get(pk=user.pk), now=moment())
        assert {right: places(actor, right) for right in Permission if may_anywhere(actor, right)} == {
            right: (Place(sister_cell.path),) for right in ROLES["member"].permissions
        }

    def test_a_cell_that_moves_takes_its_own_people_along_and_leaves_the_office_behind(
        self, cell: Organization
    ) -> None:
        old, new = parent_of(cell), make_committee()
        member = make_member(cell)
        make_post(member, cell, "secretary")
        leader, left = make_user(member), make_user()
        make_appointment(left, old, "office")
        move_organization(organization=cell, parent=new, **decided())
        cell.refresh_from_db()
        held = [
            may(actor_of(User.objects.get(pk=user.pk), now=moment()), Permission.PLAN_CHANGE, cell.path)
            for user in (leader, left)
        ]
        assert held == [True, False]
