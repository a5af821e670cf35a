"""Two cells under one committee, somebody who leaves one for the other, and who acts for each side."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from phancong.access.actor import Actor, Grant
from phancong.members.enums import MembershipKind
from phancong.members.models import Member, Membership
from phancong.organizations.models import Organization
from phancong.transfers import actions
from phancong.transfers.actions import Introduction, Request
from phancong.transfers.models import Transfer
from tests.factories import TODAY, make_cell, make_committee, make_member, moment


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def acting(role: str, place: Organization, *, user_id: int = 301, member_id: int | None = None) -> Actor:
    return Actor(user_id, member_id, role, moment(), (Grant(role, place.path, date(1930, 2, 3)),))


@dataclass(slots=True)
class Roads:
    """`sender` and `receiver`: the secretaries of the two cells; `office`: of the committee above both."""

    committee: Organization
    home: Organization
    host: Organization
    member: Member
    sender: Actor
    receiver: Actor
    office: Actor

    @property
    def row(self) -> Transfer:
        return Transfer.objects.select_related("home", "cell").order_by("-pk")[0]

    def asked(self, **told: Any) -> Request:
        plain: dict[str, Any] = {
            "kind": "official",
            "reason": "home",
            "decided_on": ago(20),
            "requested_on": ago(10),
            "cell": None if told.get("outside") else self.host,
        }
        return Request(**(plain | told))

    def request(self, *, by: Actor | None = None, member: Member | None = None, **told: Any) -> Transfer:
        return actions.request(member or self.member, self.asked(**told), by=by or self.sender)

    def request_stay(self, **told: Any) -> Transfer:
        stay: dict[str, Any] = {
            "kind": "temporary",
            "reason": "away",
            "valid_from": ago(5),
            "last_day": TODAY + timedelta(days=170),
        }
        return self.request(**(stay | told))

    def introduce(self, *, by: Actor | None = None, seen: int | None = None, **told: Any) -> Transfer:
        plain: dict[str, Any] = {
            "met_on": ago(9),
            "introduced_on": ago(8),
            "paper_number": "05-GT/CB",
            "is_complete": True,
            "is_clear": True,
        }
        given = Introduction(**(plain | told))
        return actions.introduce(
            self.row, given, seen=self.row.version if seen is None else seen, by=by or self.sender
        )

    def receive(
        self, *, by: Actor | None = None, on: date = TODAY, late_reason: str = "", seen: int | None = None
    ) -> Transfer:
        seen = self.row.version if seen is None else seen
        return actions.receive(self.row, on=on, late_reason=late_reason, seen=seen, by=by or self.receiver)

    def staying(self, *, on: date = TODAY, **told: Any) -> Transfer:
        """A temporary stay that has begun."""
        self.request_stay(**told)
        self.introduce()
        return self.receive(on=on)

    def memberships(self, kind: MembershipKind, day: date = TODAY) -> list[int]:
        found = Membership.objects.on(day).filter(member=self.member, kind=kind)
        return [one.cell_id for one in found]


def make_roads(*, people: int = 4) -> Roads:
    committee = make_committee()
    home = make_cell(parent=committee, name="Chi bộ thôn Đoài")
    host = make_cell(parent=committee, name="Chi bộ thôn Đông")
    members = [make_member(home) for _ in range(people)]
    for _ in range(3):
        make_member(host)
    return Roads(
        committee,
        home,
        host,
        members[0],
        acting("secretary", home),
        acting("secretary", host, user_id=302),
        acting("office", committee, user_id=303),
    )
