"""Guesses are counted before they are looked at, so many at once get no further than one by one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.crypto import salted_hmac

from phancong.accounts.models import Allowance


def take(kind: str, what: str, *, limit: int, window: timedelta, now: datetime) -> bool:
    """Take one guess from the allowance of `what`; False when there is none left in this window.

    One statement reads, compares and counts, so the database lets no two guesses share the last place.
    """
    key = _key(kind, what)
    Allowance.objects.get_or_create(key=key, defaults={"since": now, "count": 0})
    is_over = Q(since__lte=now - window)
    taken = Allowance.objects.filter(Q(key=key) & (is_over | Q(count__lt=limit))).update(
        count=Case(When(is_over, then=Value(1)), default=F("count") + 1),
        since=Case(When(is_over, then=Value(now)), default=F("since")),
    )
    return taken == 1


@transaction.atomic
def give_back(kind: str, what: str) -> None:
    """A right guess costs nothing."""
    Allowance.objects.filter(key=_key(kind, what), count__gt=0).update(count=F("count") - 1)


def is_spent(kind: str, what: str, *, limit: int) -> bool:
    """Whether the guess just taken was the last one."""
    return Allowance.objects.filter(key=_key(kind, what), count=limit).exists()


def sweep(*, before: datetime) -> None:
    """Forget windows that ended long ago."""
    Allowance.objects.filter(since__lt=before).delete()


def _key(kind: str, what: str) -> str:
    """Names and addresses are not kept as they are."""
    return f"{kind}:{salted_hmac('phancong.allowance', what, algorithm='sha256').hexdigest()[:40]}"
