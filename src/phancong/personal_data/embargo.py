"""Looks that are told later: those of an inspection, while its decision runs."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from phancong.accounts.models import Appointment
from phancong.audit.models import AuditEntry
from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.members.models import Member
from phancong.personal_data.packs import data_rules

# Acts that read a file.
READS = ("read", "read_text")


def not_told_yet(member: Member, *, today: date) -> Q:
    """Lines of the log about this member that wait for the end of a decision. One query.

    A line that does not say with which role it was done waits too, where its actor holds such a decision.
    """
    roles = [one.role for one in data_rules(today).embargoes]
    readers = AuditEntry.objects.filter(subject=f"member:{member.pk}", action__in=READS)
    running = Appointment.objects.on(today).filter(role__in=roles, user__in=readers.values("actor_user_id"))
    with seeing(EVERYTHING):  # the decision is from above the member's own places
        rows = list(running.values_list("user_id", "role", "valid_from"))
    found = Q(pk__in=[])
    for user, role, since in rows:
        found |= Q(actor_user_id=user, action__in=READS, role__in=["", role], at__gte=start_of(since))
    return found


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 -- made aware here
