"""What every step does: hold the row, look whether it is still as on the page, write it, leave a line in the log."""

from datetime import date

from django.db.models import Q, QuerySet

from phancong.access.actor import Actor
from phancong.access.conflicts import check_not_oneself
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.members.enums import MembershipKind
from phancong.members.models import Member, Membership
from phancong.organizations.models import Organization
from phancong.transfers import policies
from phancong.transfers.models import Transfer


def held(row: Transfer, *, seen: int, by: Actor) -> Transfer:
    """The row, locked; `seen` is the version on the page that was sent."""
    check_not_oneself(by, member_id=row.member_id)
    found = Transfer.objects.select_for_update(of=("self",)).select_related("home", "cell").get(pk=row.pk)
    policies.check_seen(found, seen=seen)
    return found


def held_member(row: Transfer) -> Member:
    """Whoever moves this member in the meantime waits here, and then finds them gone."""
    member = Member.objects.select_for_update(of=("self",)).select_related("cell").get(pk=row.member_id)
    policies.check_still_there(row, member)
    return member


def stays_between(member_id: int, start: date, end: date | None) -> QuerySet[Membership]:
    """Temporary memberships of the member with a day from `start` until, not including, `end` (None: open)."""
    found = Membership.objects.filter(member=member_id, kind=MembershipKind.TEMPORARY)
    found = found.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=start))
    return found.filter(valid_from__lt=end) if end else found


def write(row: Transfer, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def record(action: str, row: Transfer, *, at: Organization | None, by: Actor, **detail: object) -> None:
    """`at`: the side that did it. Reasons stay out of the log: they are read on the page."""
    log.record(
        by=by,
        action=action,
        subject=f"member:{row.member_id}",
        place=at.path if at else "",
        detail={"transfer": row.pk, **detail},
        right=Permission.TRANSFER_RECORD,
    )
