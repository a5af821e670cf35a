"""Whom a breach touches: from the log of what was done, and from where the accounts could reach at that time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from phancong import rules
from phancong.access.actor import Actor, Place, may, places
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.accounts.models import Appointment, User
from phancong.audit import log
from phancong.audit.models import AuditEntry
from phancong.audit.wording import action_words
from phancong.common.refusal import Refused
from phancong.common.spreadsheet import SheetColumn, SheetContent, write_workbook
from phancong.members.models import Member, Membership, Post
from phancong.organizations.models import Organization, OrganizationVersion, in_places
from phancong.personal_data.embargo import READS
from phancong.personal_data.watching import EXPORTS

# With any of these rights an account reads of single members.
READING = frozenset(
    {
        Permission.MEMBER_DISCIPLINE_SEE,
        Permission.MEMBER_EXPORT,
        Permission.MEMBER_LIMIT_SEE,
        Permission.MEMBER_LIST,
        Permission.MEMBER_REASON_SEE,
        Permission.MEMBER_SEE,
        Permission.MEMBER_WORK_SEE,
        Permission.PLAN_SEE,
    }
)


@dataclass(frozen=True, slots=True)
class Breach:
    """From the moment `since` to the moment `until`, through these accounts, or in these places."""

    since: datetime
    until: datetime
    users: tuple[User, ...] = ()
    organizations: tuple[Organization, ...] = ()

    @property
    def days(self) -> tuple[date, date]:
        """The first day and the day after the last one."""
        return timezone.localdate(self.since), timezone.localdate(self.until) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Affected:
    """One person, the cell of that time, and what puts them on the list: certain (`logged`) or possible."""

    member_id: int
    name: str
    birth_date: date
    cell: str
    logged: tuple[str, ...]
    reach: bool


def users_for(actor: Actor, usernames: Iterable[str]) -> list[User]:
    """Accounts that read something in a place where the actor prepares for breaches."""
    wanted = sorted({name.strip() for name in usernames if name.strip()})
    found = list(User.objects.filter(username__in=wanted).select_related("member__cell").order_by("username"))
    mine = [user for user in found if any(_covered(actor, place.path) for place in _ever(user))]
    unknown = sorted(set(wanted) - {user.username for user in mine})
    if unknown:
        raise Refused(
            f"Không có tài khoản “{', '.join(unknown)}” trong phạm vi của đồng chí. Xem lại tên đăng nhập."
        )
    return mine


def _covered(actor: Actor, path: str) -> bool:
    return may(actor, Permission.BREACH_PREPARE, path)


def _ever(user: User) -> list[Place]:
    """Places in which the account ever had a role, as they lie today."""
    paths = set(Appointment.objects.filter(user=user).values_list("organization__path", flat=True)) | set(
        Post.objects.filter(member__user=user).values_list("organization__path", flat=True)
    )
    if user.member and user.member.cell:
        paths.add(user.member.cell.path)
    return [Place(path) for path in paths]


def affected_for(actor: Actor, breach: Breach) -> list[Affected]:
    """The people whom the breach touches, among those in the actor's places, in the order of names."""
    reach = _members_in(_reach(breach), breach)
    logged = _logged(breach)
    seen = _visible(actor, reach | logged.keys(), breach)
    names = Member.objects.filter(pk__in=seen).order_by("sort_key", "pk")
    return [
        Affected(
            member.pk,
            member.full_name,
            member.birth_date,
            seen[member.pk],
            tuple(logged.get(member.pk, ())),
            member.pk in reach,
        )
        for member in names
    ]


def _reach(breach: Breach) -> set[Place]:
    """Where the accounts could read on any day of the breach, as the tree lay then; and the places themselves."""
    held = {(organization.pk, "") for organization in breach.organizations} | _held_by_accounts(breach)
    versions = OrganizationVersion.objects.filter(
        _overlaps(breach), organization__in=[pk for pk, _ in held], path__gt=""
    )
    paths: dict[int, list[str]] = defaultdict(list)
    for organization, path in versions.values_list("organization_id", "path"):
        paths[organization].append(path)
    return {Place(path, without) for organization, without in held for path in paths[organization]}


def _held_by_accounts(breach: Breach) -> set[tuple[int, str]]:
    """Organisations in which the accounts held a role that reads of members, each with the part it spares."""
    overlaps, found = _overlaps(breach), set[tuple[int, str]]()
    appointments = Appointment.objects.filter(overlaps, user__in=breach.users)
    for row in appointments.select_related("user__member__cell"):
        if ROLES[row.role].permissions & READING:
            own = row.user.member.cell.path if row.user.member and row.user.member.cell else ""
            found.add((row.organization_id, own if ROLES[row.role].spares_own_cell else ""))
    roles = {position.code: position.role for position in rules.on(breach.days[0]).positions}
    for post in Post.objects.filter(overlaps, member__user__in=breach.users):
        role = roles.get(post.position, "")
        if role and ROLES[role].permissions & READING:
            found.add((post.organization_id, ""))
    # Whoever takes part in a cell reads its plans.
    cells = Membership.objects.filter(overlaps, member__user__in=breach.users)
    return found | {(cell, "") for cell in cells.values_list("cell_id", flat=True)}


def _overlaps(breach: Breach, prefix: str = "") -> Q:
    start, end = breach.days
    return Q(**{f"{prefix}valid_from__lt": end}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": start})
    )


def _members_in(reach: set[Place], breach: Breach) -> set[int]:
    """Members whose cell lay in one of the places on some day of the breach."""
    return {member for member, _, _ in _stays(breach, reach)}


def _stays(breach: Breach, reach: Iterable[Place]) -> list[tuple[int, str, str]]:
    """Member, name and path of the cell, for each stay in a cell of the places during the breach."""
    lay = in_places(reach, field="cell__versions__path") & Q(cell__versions__path__gt="")
    stays = Membership.objects.filter(
        _overlaps(breach), lay, _overlaps(breach, "cell__versions__")
    ).distinct()
    return list(stays.values_list("member_id", "cell__versions__name", "cell__versions__path"))


def _logged(breach: Breach) -> dict[int, list[str]]:
    """What the log says these accounts read, by member. Exports count for everybody whose cell lay in their place."""
    found: dict[int, list[str]] = defaultdict(list)
    entries = AuditEntry.objects.filter(
        actor_user_id__in=[user.pk for user in breach.users],
        at__gte=breach.since,
        at__lte=breach.until,
        action__in=(*READS, *EXPORTS),
    ).order_by("sequence")
    for entry in entries:
        words = f"{action_words(entry.action)} lúc {timezone.localtime(entry.at):%H:%M %d/%m/%Y}"
        if entry.action in READS:
            kind, _, number = entry.subject.partition(":")
            if kind == "member" and number.isdigit():
                found[int(number)].append(words)
        else:
            for member in sorted(_members_in({Place(entry.place)}, Breach(entry.at, entry.at))):
                found[member].append(words)
    return found


def _visible(actor: Actor, members: Iterable[int], breach: Breach) -> dict[int, str]:
    """Those of `members` who were, during the breach, where the actor prepares for breaches; with their cell."""
    wanted = set(members)
    mine = places(actor, Permission.BREACH_PREPARE)
    return {member: name for member, name, _ in _stays(breach, mine) if member in wanted}


COLUMNS = (
    SheetColumn(title="Họ và tên", width=28),
    SheetColumn(title="Ngày sinh", width=13),
    SheetColumn(title="Chi bộ lúc đó", width=32),
    SheetColumn(title="Nhật ký ghi", width=48),
    SheetColumn(title="Trong phạm vi xem được", width=16),
)
BASIS = (
    "Nhật ký ghi: tài khoản đã mở phần riêng của hồ sơ này, hoặc đã xuất danh sách, văn bản có đồng chí này.",
    (
        "Trong phạm vi xem được: tài khoản có quyền xem nơi đồng chí sinh hoạt vào những ngày đó; "
        "không có nghĩa là đã xem."
    ),
    "Phần mềm không biết việc đọc thẳng cơ sở dữ liệu, bản sao lưu hay ảnh chụp màn hình.",
)


@transaction.atomic
def write_list(target: IO[bytes], breach: Breach, *, by: Actor) -> int:
    """The list as a workbook, with what it is based on; noted in the log."""
    rows = affected_for(by, breach)
    write_workbook(
        target,
        [
            SheetContent(
                name="Người bị ảnh hưởng",
                title_lines=(f"Người bị ảnh hưởng: {span_words(breach)}", f"{len(rows)} đồng chí", *BASIS),
                columns=COLUMNS,
                rows=[
                    (one.name, one.birth_date, one.cell, "; ".join(one.logged), "có" if one.reach else "")
                    for one in rows
                ],
            )
        ],
    )
    note_list(breach, len(rows), form="xlsx", by=by)
    return len(rows)


@transaction.atomic
def note_list(breach: Breach, count: int, *, form: str, by: Actor) -> None:
    """Note in the log that a list of affected people was made, for which accounts and places."""
    mine = [place.path for place in places(by, Permission.BREACH_PREPARE)]
    log.record(
        by=by,
        action="breach_list",
        subject="members",
        place=mine[0] if len(mine) == 1 else "",
        detail={
            "since": breach.since.isoformat(),
            "until": breach.until.isoformat(),
            "accounts": [user.pk for user in breach.users],
            "organizations": [organization.pk for organization in breach.organizations],
            "count": count,
            "form": form,
        },
    )


def span_words(breach: Breach) -> str:
    since, until = timezone.localtime(breach.since), timezone.localtime(breach.until)
    return f"từ {since:%H:%M %d/%m/%Y} đến {until:%H:%M %d/%m/%Y}"


def organizations_for(actor: Actor) -> Sequence[Organization]:
    """Organisations among which the actor may name places of a breach."""
    mine = in_places(places(actor, Permission.BREACH_PREPARE), field="path")
    return list(Organization.objects.active().filter(mine).order_by("path"))
