"""Things that tests need, each by one call with keywords; what is not named gets a plain value."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from phancong.access.actor import Actor, Grant
from phancong.accounts.models import Appointment, User
from phancong.common.text import split_name
from phancong.members.enums import MembershipKind, Sex, Status
from phancong.members.models import Member, Membership, Post, StatusPeriod
from phancong.organizations.actions import add_area, found_organization
from phancong.organizations.models import Area, Organization

TODAY = date(2026, 11, 23)
FOUNDED = date(2025, 7, 1)
_numbers = count(1)


def moment(day: date = TODAY, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def make_actor(
    role: str | None = None,
    path: str = "",
    today: date = TODAY,
    *,
    name: str = "Trần Thị Thử",
    user_id: int | None = None,
) -> Actor:
    """Somebody with one role in one place (none: a stranger), at nine o'clock of `today`."""
    grants = (Grant(role, path, date(1930, 2, 3)),) if role else ()
    return Actor(user_id, None, name, moment(today), grants)


def make_office(today: date = TODAY) -> Actor:
    """The office of the highest committee: it may do its work everywhere."""
    return make_actor("office", "", today, name="Văn phòng")


def make_organization(
    kind: str = "ward",
    *,
    parent: Organization | None = None,
    name: str = "",
    code: str = "",
    founded_on: date = FOUNDED,
    today: date = TODAY,
) -> Organization:
    number = next(_numbers)
    return found_organization(
        by=make_office(today),
        code=code or f"TC{number}",
        name=name or f"Tổ chức {number}",
        kind=kind,
        parent=parent,
        effective_on=founded_on,
        decision_number=f"{number}-QĐ/ĐU",
        decided_on=min(founded_on, today),
    )


def make_committee(*, parent: Organization | None = None, name: str = "") -> Organization:
    """A grassroots committee, under a ward of its own unless `parent` says otherwise."""
    return make_organization("grassroots_committee", parent=parent or make_organization("ward"), name=name)


def make_cell(
    *, kind: str = "area_cell", parent: Organization | None = None, name: str = "", founded_on: date = FOUNDED
) -> Organization:
    """A cell under a grassroots committee of its own unless `parent` says otherwise."""
    return make_organization(kind, parent=parent or make_committee(), name=name, founded_on=founded_on)


def make_area(*, committee: Organization, name: str = "", kind: str = "thon", since: date = FOUNDED) -> Area:
    number = next(_numbers)
    return add_area(
        by=make_office(),
        code=f"DB{number}",
        name=name or f"Thôn {number}",
        kind=kind,
        committee=committee,
        valid_from=since,
    )


def make_member(
    cell: Organization | None = None,
    *,
    full_name: str = "",
    birth_date: date = date(1980, 5, 19),
    sex: Sex = Sex.FEMALE,
    card_number: str | None = None,
    admitted_on: date = date(2005, 2, 3),
    official_on: date | None = date(2006, 2, 3),
    status: Status = Status.OFFICIAL,
    category: str = "residential",
    since: date | None = None,
) -> Member:
    """A member with one open membership and one open status."""
    cell = cell or make_cell()
    full_name = full_name or f"Nguyễn Thị Số {next(_numbers)}"
    family, middle, given = split_name(full_name)
    member = Member.objects.create(
        full_name=full_name,
        family_name=family,
        middle_name=middle,
        given_name=given,
        birth_date=birth_date,
        sex=sex,
        card_number=card_number,
        admitted_on=admitted_on,
        official_on=official_on,
        status=status,
        category=category,
        cell=cell,
    )
    since = since or cell.founded_on
    Membership.objects.create(member=member, cell=cell, kind=MembershipKind.OFFICIAL, valid_from=since)
    StatusPeriod.objects.create(member=member, status=status, valid_from=since)
    return member


def make_post(
    member: Member,
    organization: Organization,
    position: str = "secretary",
    *,
    since: date = FOUNDED,
    until: date | None = None,
) -> Post:
    return Post.objects.create(
        member=member, organization=organization, position=position, valid_from=since, valid_until=until
    )


def make_user(member: Member | None = None, *, username: str = "") -> User:
    return User.objects.create(username=username or f"nguoidung{next(_numbers)}", member=member)


def make_appointment(
    user: User,
    organization: Organization,
    role: str = "office",
    *,
    since: date = FOUNDED,
    until: date | None = None,
) -> Appointment:
    return Appointment.objects.create(
        user=user, role=role, organization=organization, valid_from=since, valid_until=until
    )


def make_secretary_user(cell: Organization) -> User:
    """A user who signs in as the secretary of `cell`."""
    member = make_member(cell)
    make_post(member, cell)
    return make_user(member)


def make_office_user(organization: Organization) -> User:
    """A user who signs in as the office of `organization`."""
    user = make_user()
    make_appointment(user, organization)
    return user


def parent_of(organization: Organization) -> Organization:
    assert organization.parent is not None
    return organization.parent


def cell_of(member: Member) -> Organization:
    assert member.cell is not None
    return member.cell
