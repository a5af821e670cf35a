"""A few members on the way from one cell to another: each step of the procedure can be seen, in time and late."""

from collections.abc import Callable
from datetime import date, timedelta

from phancong.access.actor import Actor
from phancong.members.enums import MembershipKind, Status
from phancong.members.models import Member, Membership, Post
from phancong.organizations.models import Organization
from phancong.transfers import actions
from phancong.transfers.actions import Introduction, Request
from phancong.transfers.enums import Kind, Reason
from phancong.transfers.models import Transfer

_KIND = "grassroots_area_cell"
_OUTSIDE = "Đảng bộ xã Ia Rbol"


def write_transfers(*, by: Actor) -> int:
    """Write them for members without a post in the first cells that cover hamlets; how many."""
    cells = list(
        Organization.objects.active().filter(kind=_KIND).order_by("sort_key", "id")[: len(_STORIES) + 1]
    )
    told = zip(_STORIES, cells, cells[1:], strict=False)
    return sum(_tell(story, home, other, by=by) for story, home, other in told)


Story = Callable[[Member, Organization, Actor], Transfer]


def _tell(story: Story, home: Organization, other: Organization, *, by: Actor) -> bool:
    held = Post.objects.on(by.today).values("member")
    away = Membership.objects.on(by.today).filter(kind=MembershipKind.TEMPORARY).values("member")
    people = (
        Member.objects.filter(cell=home, status=Status.OFFICIAL, user__isnull=True)
        .exclude(pk__in=held)
        .exclude(pk__in=away)
    )
    member = people.order_by("sort_key", "id").first()
    if member is not None:
        story(member, other, by)
    return member is not None


def _ago(by: Actor, days: int) -> date:
    return by.today - timedelta(days=days)


def _asked(member: Member, by: Actor, days: int, **told: object) -> Transfer:
    """Asked for on the day the member moved house."""
    day = _ago(by, days)
    asked = Request(kind=Kind.OFFICIAL, reason=Reason.HOME, decided_on=day, requested_on=day, **told)  # type: ignore[arg-type]
    return actions.request(member, asked, by=by)


def _introduced(row: Transfer, number: int, days: int, by: Actor) -> Transfer:
    day = _ago(by, days)
    given = Introduction(
        met_on=day, introduced_on=day, paper_number=f"{number}-GT", is_complete=True, is_clear=True
    )
    return actions.introduce(row, given, seen=row.version, by=by)


def _waits_for_its_paper(member: Member, other: Organization, by: Actor) -> Transfer:
    return _asked(member, by, 12, cell=other, note="Chuyển về ở cùng gia đình con gái.")


def _has_its_paper(member: Member, other: Organization, by: Actor) -> Transfer:
    return _introduced(_asked(member, by, 30, cell=other), 14, 9, by)


def _soon_too_late(member: Member, _: Organization, by: Actor) -> Transfer:
    return _introduced(_asked(member, by, 55, outside=_OUTSIDE), 11, 37, by)


def _too_late(member: Member, other: Organization, by: Actor) -> Transfer:
    return _introduced(_asked(member, by, 80, cell=other), 9, 62, by)


def _taken_back(member: Member, other: Organization, by: Actor) -> Transfer:
    row = _asked(member, by, 20, cell=other)
    return actions.cancel(row, reason="Đồng chí ấy không chuyển nhà nữa.", seen=row.version, by=by)


def _away_for_a_time(member: Member, _: Organization, by: Actor) -> Transfer:
    day = _ago(by, 40)
    asked = Request(
        kind=Kind.TEMPORARY,
        reason=Reason.AWAY,
        decided_on=day,
        requested_on=day,
        outside=_OUTSIDE,
        valid_from=_ago(by, 20),
        last_day=_ago(by, 20) + timedelta(days=180),
    )
    row = _introduced(actions.request(member, asked, by=by), 12, 25, by)
    return actions.receive(row, on=_ago(by, 20), late_reason="", seen=row.version, by=by)


_STORIES: tuple[Story, ...] = (
    _waits_for_its_paper,
    _has_its_paper,
    _soon_too_late,
    _too_late,
    _taken_back,
    _away_for_a_time,
)
