"""Giving roles that no Party post carries, and lending for a while those that a post carries."""

from datetime import date

from django.db import transaction

from phancong.access.actor import Actor, may
from phancong.access.conflicts import check_not_oneself
from phancong.access.permissions import Permission
from phancong.access.roles import OFFICE, ROLES
from phancong.accounts.models import Appointment, User
from phancong.accounts.policies import check_days, check_may_delegate, check_may_give, check_not_held
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization


@transaction.atomic
def appoint_office(organization: Organization, *, username: str, by: Actor) -> User:
    """Let `username` do the office's work in `organization` and below; makes the sign-in name if it is new."""
    if not may(by, Permission.ROLE_GIVE, organization.path):
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


@transaction.atomic
def give_role(
    user: User,
    *,
    role: str,
    organization: Organization,
    decision_number: str,
    valid_from: date,
    valid_until: date | None,
    by: Actor,
) -> Appointment:
    """Give a role by decision, until (not including) `valid_until`."""
    check_may_give(ROLES.get(role), organization, decision_number=decision_number, until=valid_until, by=by)
    check_not_oneself(by, user_id=user.pk)
    check_days(valid_from, valid_until, today=by.today)
    check_not_held(user, role, organization, valid_from, valid_until)
    given = Appointment.objects.create(
        user=user,
        role=role,
        organization=organization,
        decision_number=decision_number.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _note("give_role", given, by=by)
    return given


@transaction.atomic
def delegate_role(
    user: User, *, role: str, organization: Organization, valid_from: date, valid_until: date, by: Actor
) -> Appointment:
    """Lend a role that one holds by post to a member of the same organisation, for a span of days with an end."""
    check_may_delegate(user, role, organization, today=by.today, by=by)
    check_not_oneself(by, user_id=user.pk)
    check_days(valid_from, valid_until, today=by.today)
    check_not_held(user, role, organization, valid_from, valid_until)
    lent = Appointment.objects.create(
        user=user,
        role=role,
        organization=organization,
        delegated_by_id=by.user_id,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _note("delegate_role", lent, by=by)
    return lent


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Actor) -> None:
    """Take a role back as of now: whoever lent it may, and whoever gives roles there."""
    is_giver = appointment.delegated_by_id is not None and appointment.delegated_by_id == by.user_id
    if not is_giver and not may(by, Permission.ROLE_GIVE, appointment.organization.path):
        raise Refused("Đồng chí chưa được giao việc thôi giao vai trò ở tổ chức này.")
    if appointment.valid_until is not None and appointment.valid_until <= by.today:
        raise Refused(f"Vai trò này đã hết từ ngày {appointment.valid_until:%d/%m/%Y}.")
    if appointment.valid_from >= by.today:
        appointment.delete()  # it has not held on any whole day; the log keeps that it was given and taken back
    else:
        appointment.valid_until = by.today
        appointment.save(update_fields=["valid_until"])
    _note("end_role", appointment, by=by)


def _note(action: str, appointment: Appointment, *, by: Actor) -> None:
    until = appointment.valid_until.isoformat() if appointment.valid_until else None
    log.record(
        by=by,
        action=action,
        subject=f"user:{appointment.user_id}",
        place=appointment.organization.path,
        detail={
            "role": appointment.role,
            "from": appointment.valid_from.isoformat(),
            "until": until,
            "decision": appointment.decision_number,
        },
    )
