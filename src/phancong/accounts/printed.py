"""Codes on paper: made, sealed, and used once."""

import secrets
from datetime import datetime

from django.db.models import Q
from django.utils.crypto import salted_hmac

from phancong.accounts.models import PrintedCode, User

# No letter or figure that is taken for another when read from paper.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 12, 4
Purpose = PrintedCode.Purpose


def new_code() -> str:
    """A code of about 59 bits in groups: ABCD-EFGH-JKMN."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def make_codes(
    user: User,
    purpose: PrintedCode.Purpose,
    *,
    count: int,
    now: datetime,
    by: int | None,
    until: datetime | None,
) -> list[str]:
    """New codes for the user; unused ones for the same purpose end with it."""
    PrintedCode.objects.filter(user=user, purpose=purpose, used_at__isnull=True).delete()
    codes = [new_code() for _ in range(count)]
    PrintedCode.objects.bulk_create(
        PrintedCode(
            user=user, purpose=purpose, seal=seal(user.pk, code), made_at=now, made_by=by, expires_at=until
        )
        for code in codes
    )
    return codes


def use(user: User, purpose: PrintedCode.Purpose, code: str, *, now: datetime) -> bool:
    """Use a code up; False when it is not this user's, was used, or has ended. Two at once: one of them gets False."""
    return (
        PrintedCode.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now),
            user=user,
            purpose=purpose,
            seal=seal(user.pk, code),
            used_at__isnull=True,
        ).update(used_at=now)
        == 1
    )


def seal(user_id: int, code: str) -> str:
    """What is kept of a code: useless without the key of the installation, and for another account."""
    plain = "".join(char for char in code.upper() if char in ALPHABET)
    return salted_hmac("phancong.printed", f"{user_id}:{plain}", algorithm="sha256").hexdigest()
