"""Who may see the file of a member, and who has looked at it: by office and unit, not by name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from phancong import rules
from phancong.access.roles import ROLES
from phancong.accounts.models import Appointment, User
from phancong.accounts.queries import posts_by_role
from phancong.audit.models import AuditEntry
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.audit.wording import action_words
from phancong.members.field_groups import PARTS, FieldGroup
from phancong.members.models import Member, Membership, Post
from phancong.organizations.models import PATH_WIDTH, Organization
from phancong.personal_data.embargo import READS, not_told_yet, start_of

# Acts that carry many files out of the product at once.
EXPORTS = ("member_export", "export_plan")
PAGE_ROWS = 50
SYSTEM = "Hệ thống"


@dataclass(frozen=True, slots=True)
class Viewer:
    """People of one office in one organisation, and the parts of the file that their role opens."""

    office: str
    place: str
    count: int
    parts: tuple[FieldGroup, ...]
    is_lent: bool = False

    @property
    def part_names(self) -> list[str]:
        return [PARTS[part].name for part in self.parts]

    @property
    def for_a_purpose(self) -> list[str]:
        return [PARTS[part].name for part in self.parts if PARTS[part].is_restricted]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the file. `part` is what was looked at, `purpose` what for."""

    sequence: int
    at: datetime
    office: str
    place: str
    act: str
    part: str
    purpose: str


@dataclass(frozen=True, slots=True)
class LookPage:
    rows: list[Look]
    next_before: int | None


def parts_of(role: str) -> tuple[FieldGroup, ...]:
    """The parts of a file that a role opens, in the order of a file."""
    rights = ROLES[role].permissions
    return tuple(group for group, part in PARTS.items() if part.right in rights)


def steps_of(path: str) -> list[str]:
    """The paths from the root down to `path` itself."""
    return [path[:end] for end in range(PATH_WIDTH, len(path) + 1, PATH_WIDTH)]


def who_may_see(member: Member, today: date) -> list[Viewer]:
    """Offices whose role opens some part of this file, from the member's own cell upwards. Three queries."""
    if member.cell is None:
        return []
    with seeing(EVERYTHING):  # offices above one's own places are told too: that is what the page is for
        return _viewers(member, member.cell.path, today)


def _viewers(member: Member, path: str, today: date) -> list[Viewer]:
    places = {row.pk: row for row in Organization.objects.filter(path__in=steps_of(path))}
    offices = {position.code: (position.name, position.role) for position in rules.on(today).positions}
    people: dict[tuple[int, str, str, bool], set[object]] = defaultdict(set)
    posts = Post.objects.on(today).filter(organization__in=places).exclude(member=member)
    for place, position, holder in posts.values_list("organization_id", "position", "member_id"):
        name, role = offices.get(position, ("", ""))
        if role:
            people[place, name, role, False].add(("member", holder))
    given = (
        Appointment.objects.filter(organization__in=places, user__is_active=True)
        .exclude(user__member=member)
        .in_force(today, posts=posts_by_role(today))
        .values_list("organization_id", "role", "user_id", "delegated_by_id", "user__member__cell_id")
    )
    for place, role, user, lender, own_cell in given:
        if not (ROLES[role].spares_own_cell and own_cell == member.cell_id):
            people[place, ROLES[role].name, role, lender is not None].add(("user", user))
    found = [
        (
            -len(places[place].path),
            Viewer(name, places[place].name, len(holders), parts_of(role), is_lent),
        )
        for (place, name, role, is_lent), holders in people.items()
        if parts_of(role)
    ]
    return [viewer for _, viewer in sorted(found, key=lambda pair: (pair[0], pair[1].office))]


def looks_at(member: Member, *, today: date, before: int | None = None) -> LookPage:
    """Reads of this file by others and exports that held it, newest first. The number of queries does not grow.

    Those of an inspection are told when its decision has ended."""
    with seeing(EVERYTHING):  # who looked from above one's own places is told too
        return _looks(member, today, before)


def _looks(member: Member, today: date, before: int | None) -> LookPage:
    user = User.objects.filter(member=member).first()
    entries = AuditEntry.objects.filter(_about(member)).exclude(not_told_yet(member, today=today))
    entries = entries.order_by("-sequence")
    if user is not None:
        entries = entries.exclude(actor_user_id=user.pk)
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    rows = list(entries[: PAGE_ROWS + 1])
    shown = rows[:PAGE_ROWS]
    titles = titles_of(shown)
    looks = [_look(entry, *titles[entry.sequence]) for entry in shown]
    return LookPage(looks, looks[-1].sequence if len(rows) > PAGE_ROWS else None)


def _about(member: Member) -> Q:
    """Lines of the log that are reads of this member, or exports of a place while the member's cell lay in it."""
    found = Q(subject=f"member:{member.pk}", action__in=READS)
    spans = Membership.objects.filter(member=member, cell__path__gt="")
    for span in spans.select_related("cell"):
        inside = Q(action__in=EXPORTS, place__in=["", *steps_of(span.cell.path)])
        inside &= Q(at__gte=start_of(span.valid_from))
        if span.valid_until is not None:
            inside &= Q(at__lt=start_of(span.valid_until))
        found |= inside
    return found


def titles_of(entries: Iterable[AuditEntry]) -> dict[int, tuple[str, str]]:
    """Office and unit of whoever acted, on the day of each line, by the number of the line. Two queries."""
    entries = list(entries)
    users = {entry.actor_user_id for entry in entries if entry.actor_user_id is not None}
    held: dict[int, list[Any]] = defaultdict(list)
    for row in Appointment.objects.filter(user__in=users).select_related("organization"):
        held[row.user_id].append(row)
    posts = Post.objects.filter(member__user__in=users).select_related("organization", "member__user")
    for post in posts:
        held[post.member.user.pk].append(post)
    return {entry.sequence: _title(entry, held) for entry in entries}


def _title(entry: AuditEntry, held: dict[int, list[Any]]) -> tuple[str, str]:
    if entry.actor_user_id is None:
        return SYSTEM, ""
    day = timezone.localdate(entry.at)
    offices = {position.code: (position.name, position.role) for position in rules.on(day).positions}
    best: tuple[int, str, str] = (0, "Chưa rõ chức danh", "")
    for row in held.get(entry.actor_user_id, ()):
        if not row.holds_on(day):
            continue
        name, role = (
            (ROLES[row.role].name, row.role)
            if isinstance(row, Appointment)
            else offices.get(row.position, ("", ""))
        )
        weight = len(ROLES[role].permissions) if role else 0
        if weight > best[0]:
            best = (weight, name, row.organization.name)
    return best[1], best[2]


def _look(entry: AuditEntry, office: str, place: str) -> Look:
    group = str(entry.detail.get("group", ""))
    part = PARTS[FieldGroup(group)].name if group in set(FieldGroup) else str(entry.detail.get("what", ""))
    if entry.action in EXPORTS:
        part = "Cả danh sách, trong đó có đồng chí"
        if entry.action == "export_plan":
            part = "Kế hoạch phân công của chi bộ"
    return Look(
        sequence=entry.sequence,
        at=entry.at,
        office=office,
        place=place,
        act=action_words(entry.action),
        part=part,
        purpose=entry.purpose,
    )


def rights_table() -> list[tuple[str, list[str]]]:
    """Each part of a file with the roles that may open it."""
    return [
        (part.name, [role.name for role in ROLES.values() if part.right in role.permissions])
        for part in PARTS.values()
    ]
