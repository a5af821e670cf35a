"""The second step by an app that shows six figures (TOTP)."""

import base64
import hashlib
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet
from django.conf import settings

from phancong.accounts.models import CodeApp, User

STEP = 30  # seconds of one code, as every such app has it
NAME = "Phân Công"


def new_secret() -> str:
    return pyotp.random_base32()


def picture(user: User, secret: str) -> str:
    """What the app reads: an SVG picture of the secret, drawn here."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=NAME)
    drawn: str = segno.make(address, error="m").svg_inline(
        scale=5, dark="#1a1f24", light="#ffffff", omitsize=True
    )
    return drawn


def is_right(secret: str, code: str, *, now: datetime) -> bool:
    return _step_of(secret, code, now=now) is not None


def keep(user: User, secret: str, *, now: datetime) -> CodeApp:
    """One app an account: a new one takes the place of the old one."""
    CodeApp.objects.filter(user=user).delete()
    return CodeApp.objects.create(user=user, secret=_locker().encrypt(secret.encode()).decode(), made_at=now)


def use(user: User, code: str, *, now: datetime) -> bool:
    """Whether the code is right now and was not used before; a code is good once."""
    app = CodeApp.objects.filter(user=user).first()
    if app is None:
        return False
    step = _step_of(_locker().decrypt(app.secret.encode()).decode(), code, now=now)
    if step is None:
        return False
    return CodeApp.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step) == 1


def _step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The step this code belongs to: the present one or the one on either side, for clocks that are a little off."""
    plain, app = "".join(char for char in code if char.isascii() and char.isdigit()), pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP
    return next((step for step in (present, present - 1, present + 1) if app.at(step * STEP) == plain), None)


def _locker() -> Fernet:
    key = hashlib.sha256(f"phancong.code_app{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
