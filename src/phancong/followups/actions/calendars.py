"""The address of one's own calendar of due days: made anew as often as one likes, the old one ends with it."""

import secrets

from django.db import transaction
from django.utils.crypto import salted_hmac

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.followups.models import CalendarLink


def seal(token: str) -> str:
    """What is kept of an address: useless without the key of the installation."""
    return salted_hmac("phancong.calendar", token, algorithm="sha256").hexdigest()


@transaction.atomic
def make_calendar_link(*, by: Actor) -> str:
    """A new address, told once; the one before no longer opens."""
    token = secrets.token_urlsafe(24)
    CalendarLink.objects.update_or_create(
        user_id=int(by.user_id or 0), defaults={"seal": seal(token), "made_at": by.now}
    )
    log.record(by=by, action="make_calendar_link", subject=f"user:{by.user_id}", place="", detail={})
    return token


@transaction.atomic
def drop_calendar_link(*, by: Actor) -> None:
    CalendarLink.objects.filter(user=by.user_id).delete()
    log.record(by=by, action="drop_calendar_link", subject=f"user:{by.user_id}", place="", detail={})
