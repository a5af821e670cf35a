"""Giving roles that no Party post carries."""

from django.db import transaction

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.access.roles import OFFICE
from phancong.accounts.models import Appointment, User
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization


@transaction.atomic
def appoint_office(organization: Organization, *, username: str, by: Actor) -> User:
    """Let `username` do the office's work in `organization` and below; makes the sign-in name if it is new."""
    if not may(by, Permission.ORGANIZATION_CHANGE, organization.path):
        raise Refused("Đồng chí chưa được giao việc cử cán bộ văn phòng ở tổ chức này.")
    user = User.objects.filter(username=username).first() or User.objects.create(username=username)
    Appointment.objects.get_or_create(
        user=user,
        role=OFFICE.code,
        organization=organization,
        valid_until=None,
        defaults={"valid_from": by.today},
    )
    log.record(by=by, action="appoint_office", subject=f"user:{user.pk}", place=organization.path)
    return user
