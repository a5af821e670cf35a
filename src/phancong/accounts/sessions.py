"""What a session knows of how somebody signed in, how long it lasts, and how it is ended."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest

from phancong.access.actor import Actor
from phancong.access.roles import ROLES
from phancong.accounts.models import OpenSession, User
from phancong.accounts.terms import terms_on

ASSURED, FRESH_AT, BEGAN_AT, SEEN_AT = "assured", "fresh_at", "began_at", "seen_at"
WRITTEN_EVERY = 60  # seconds: a page a second must not be a write a second
DEVICES = (
    ("iPhone", "Điện thoại iPhone"), ("iPad", "Máy tính bảng iPad"), ("Android", "Điện thoại Android"),
    ("Windows", "Máy tính Windows"), ("Macintosh", "Máy tính Mac"), ("Linux", "Máy tính Linux"),
)  # fmt: skip


def begin(request: HttpRequest, user: User, *, assured: bool, now: datetime) -> None:
    """Sign in under a new key. `assured`: a second step was given, or a passkey, which is both at once."""
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    stamp = now.timestamp()
    request.session.update({ASSURED: assured, FRESH_AT: stamp, BEGAN_AT: stamp, SEEN_AT: stamp})
    request.session.save()
    OpenSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user, "device": device_of(request), "address": address_of(request), "since": now, "seen_at": now,
        },
    )  # fmt: skip


def confirm(request: HttpRequest, *, assured: bool, now: datetime) -> None:
    """Somebody signed in proved again who they are: a new key, and a fresh mark."""
    old = request.session.session_key
    request.session.cycle_key()
    request.session[FRESH_AT] = now.timestamp()
    request.session[ASSURED] = assured or request.session.get(ASSURED, False)
    request.session.save()
    OpenSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def is_fresh(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the person proved who they are recently enough for an act of weight."""
    age = now.timestamp() - float(request.session.get(FRESH_AT, 0))
    return age <= terms_on(now.date()).step_up.total_seconds()


def is_assured(request: HttpRequest) -> bool:
    return bool(request.session.get(ASSURED, False))


def is_over(request: HttpRequest, actor: Actor) -> bool:
    """Whether the session has outlived its limits; roles that need a second factor have shorter ones."""
    terms, stamp, session = terms_on(actor.today), actor.now.timestamp(), request.session
    strict = any(ROLES[role].second_factor for role in actor.roles)
    idle = terms.idle_second_factor if strict else terms.idle
    longest = terms.longest_second_factor if strict else terms.longest
    began, seen = session.get(BEGAN_AT, stamp), session.get(SEEN_AT, stamp)
    return bool(stamp - seen > idle.total_seconds() or stamp - began > longest.total_seconds())


def note_seen(request: HttpRequest, *, now: datetime) -> None:
    stamp = now.timestamp()
    if stamp - request.session.get(SEEN_AT, 0) < WRITTEN_EVERY:
        return
    request.session[SEEN_AT] = stamp
    request.session.setdefault(BEGAN_AT, stamp)
    OpenSession.objects.filter(session_key=request.session.session_key).update(seen_at=now)


def end_here(request: HttpRequest) -> None:
    OpenSession.objects.filter(session_key=request.session.session_key).delete()
    auth.logout(request)


def end_one(opened: OpenSession) -> None:
    Session.objects.filter(session_key=opened.session_key).delete()
    opened.delete()


def end_all(user: User) -> None:
    """No session made before is served any more, also those that no row lists."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    keys = list(OpenSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(user=user).delete()
    user.refresh_from_db(fields=["session_epoch"])


def address_of(request: HttpRequest) -> str:
    """The address of the machine that asked; what a request says about itself counts only behind named proxies."""
    trusted = settings.TRUSTED_PROXIES
    steps = [step.strip() for step in request.headers.get("X-Forwarded-For", "").split(",") if step.strip()]
    if trusted and len(steps) >= trusted:
        return str(steps[-trusted])[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def device_of(request: HttpRequest) -> str:
    told = request.headers.get("User-Agent", "")
    return next((words for mark, words in DEVICES if mark in told), "Máy khác")


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)
