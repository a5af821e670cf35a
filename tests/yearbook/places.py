"""A cell at work and a cell where its members live, in one ward."""

from dataclasses import dataclass, field

from phancong.access.actor import Actor, Grant
from phancong.accounts.models import User
from phancong.members.models import Member
from phancong.organizations.actions import cover_area
from phancong.organizations.models import Area, Organization
from phancong.yearbook import actions
from phancong.yearbook.models import ResidenceContact
from tests import factories
from tests.factories import FOUNDED, TODAY, make_actor, moment

# Pages read the clock: the day of the test is the day of the page.
YEAR = TODAY.year


@dataclass(frozen=True, slots=True)
class Places:
    """`member` works in `work` and lives in `area`, which `home` covers; `sister` is a third cell."""

    work: Organization
    home: Organization
    sister: Organization
    area: Area
    member: Member
    users: dict[str, User] = field(default_factory=dict)

    def at_work(self, name: str = "Bí thư nơi công tác") -> Actor:
        return make_actor("secretary", self.work.path, TODAY, name=name)

    def at_home(self) -> Actor:
        return make_actor("secretary", self.home.path, TODAY, name="Bí thư nơi cư trú")

    def at_sister(self) -> Actor:
        return make_actor("secretary", self.sister.path, TODAY, name="Bí thư chi bộ bên")

    def themself(self) -> Actor:
        grant = Grant("member", self.work.path, FOUNDED)
        return Actor(None, self.member.pk, self.member.full_name, moment(TODAY), (grant,))


def make_places() -> Places:
    ward = factories.make_organization("ward", name="Đảng bộ phường Thử")
    hamlets = factories.make_committee(parent=ward, name="Đảng bộ khu dân cư")
    school = factories.make_committee(parent=ward, name="Đảng bộ Trường học")
    work = factories.make_cell(kind="work_cell", parent=school, name="Chi bộ Tổ Toán")
    home = factories.make_cell(parent=hamlets, name="Chi bộ thôn 1")
    sister = factories.make_cell(parent=hamlets, name="Chi bộ thôn 2")
    area = factories.make_area(committee=hamlets, name="Thôn 1")
    cover_area(by=factories.make_office(TODAY), area=area, cell=home, valid_from=FOUNDED)
    return Places(work, home, sister, area, agency_member(work, "Siu H'Bia"))


def agency_member(cell: Organization, name: str = "") -> Member:
    return factories.make_member(cell, full_name=name, category="agency")


def record(places: Places, member: Member | None = None, **changes: object) -> ResidenceContact:
    """The contact of a member of the ordinary group, introduced by a letter."""
    facts = {
        "group": "ordinary", "area": places.area, "letter_number": "3-GT/CB", "letter_on": TODAY, **changes,
    }  # fmt: skip
    return actions.record_contact(
        member or places.member,
        year=YEAR,
        facts=actions.ContactFacts(**facts),  # type: ignore[arg-type]
        version=0,
        by=places.at_work(),
    )
