"""Signing in: what is checked in which order, so that every wrong answer looks alike."""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from phancong.access.actor import Actor
from phancong.accounts import code_app, printed, throttle
from phancong.accounts.models import User
from phancong.accounts.sessions import address_of
from phancong.accounts.terms import terms_on
from phancong.audit import log
from phancong.common.refusal import Refused

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại chữ hoa, bộ gõ tiếng Việt rồi thử lại."
WRONG_CODE = "Mã chưa đúng, đã dùng hoặc đã hết hạn. Dùng mã khác, hoặc gặp Văn phòng Đảng ủy."
TOO_MANY = "Đã thử quá nhiều lần nên tạm dừng. Chờ một giờ rồi thử lại, dùng máy đã quen, hoặc gặp Văn phòng Đảng ủy."
DEVICE_COOKIE = "may-quen"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Guess:
    """Somebody at the door, before anything is known of them."""

    username: str
    address: str
    device: str
    now: datetime

    @property
    def name(self) -> str:
        return plain_name(self.username)


def guess_of(request: HttpRequest, username: str, *, now: datetime) -> Guess:
    return Guess(username, address_of(request), _device(request, plain_name(username), now=now), now)


def plain_name(username: str) -> str:
    return unicodedata.normalize("NFC", username).strip().lower()


def check_password(request: HttpRequest, guess: Guess, password: str) -> User:
    """The user with this name and password. Unknown, locked and wrong are one refusal, after the same work."""
    _take(guess)
    found = authenticate(request, username=guess.name, password=unicodedata.normalize("NFC", password))
    if not isinstance(found, User):
        raise Refused(WRONG)
    _give_back(guess)
    return found


def check_activation(guess: Guess, code: str) -> User:
    """The user whose activation code this is; the code is used up."""
    _take(guess)
    user = User.objects.filter(username=guess.name, is_active=True).first()
    if not printed.use(user or User(pk=0), printed.Purpose.ACTIVATION, code, now=guess.now) or user is None:
        raise Refused(WRONG_CODE)
    _give_back(guess)
    return user


def check_second_step(guess: Guess, user: User, code: str) -> None:
    """A code of the app or one from paper; each is good once."""
    _take(guess)
    is_right = code_app.use(user, code, now=guess.now) or printed.use(
        user, printed.Purpose.ONE_TIME, code, now=guess.now
    )
    if not is_right:
        raise Refused(WRONG_CODE)
    _give_back(guess)


def has_second_step(user: User) -> bool:
    return (
        user.passkeys.exists()
        or hasattr(user, "code_app")
        or user.printed_codes.filter(purpose=printed.Purpose.ONE_TIME, used_at__isnull=True).exists()
    )


def remember_device(response: HttpResponse, user: User, *, secure: bool, now: datetime) -> None:
    """The next time somebody else's guesses do not keep this device out."""
    age = int(terms_on(now.date()).known_device.total_seconds())
    response.set_signed_cookie(
        _cookie_name(secure=secure), user.username, salt="phancong.device", max_age=age, secure=secure,
        httponly=True, samesite="Strict",
    )  # fmt: skip


def _device(request: HttpRequest, name: str, *, now: datetime) -> str:
    """The name this device is known for, where it is the name that is asked for; otherwise nothing."""
    age = terms_on(now.date()).known_device
    known = request.get_signed_cookie(
        _cookie_name(secure=request.is_secure()), "", salt="phancong.device", max_age=age
    )
    return name if known and hmac.compare_digest(known.encode(), name.encode()) else ""


def _cookie_name(*, secure: bool) -> str:
    return f"__Host-{DEVICE_COOKIE}" if secure else DEVICE_COOKIE


def _allowances(guess: Guess) -> list[tuple[str, str, int, timedelta]]:
    """Which allowances this guess is taken from. A known device has one of its own, which nobody else can spend."""
    terms = terms_on(guess.now.date())
    if guess.device:
        return [("device", guess.device, terms.guesses_per_name_day, DAY)]
    return [
        ("address", guess.address, terms.guesses_per_address_hour, HOUR),
        ("name", guess.name, terms.guesses_per_name_day, DAY),
    ]


def _take(guess: Guess) -> None:
    for kind, what, limit, window in _allowances(guess):
        if not throttle.take(kind, what, limit=limit, window=window, now=guess.now):
            raise Refused(TOO_MANY)
        if throttle.is_spent(kind, what, limit=limit):
            _note_spent(kind, guess)


def _give_back(guess: Guess) -> None:
    for kind, what, _, _ in _allowances(guess):
        throttle.give_back(kind, what)


@transaction.atomic
def _note_spent(kind: str, guess: Guess) -> None:
    """Many wrong guesses are told to those who read the log, the moment the last one is spent."""
    by = Actor(None, None, "Khách", guess.now)
    log.record(by=by, action="sign_in_guesses_spent", subject=f"{kind}:{guess.address}")
