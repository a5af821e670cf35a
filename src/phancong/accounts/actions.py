"""Named writes of accounts: making them, handing over cards, locking, and what people do with their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from phancong.access.actor import Actor, may
from phancong.access.conflicts import check_not_oneself
from phancong.access.permissions import Permission
from phancong.accounts import code_app, passkeys, printed, sessions
from phancong.accounts.models import Appointment, CodeApp, OpenSession, Passkey, PrintedCode, User
from phancong.accounts.terms import terms_on
from phancong.accounts.usernames import usernames_for
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed once and kept nowhere: whose account, its name, the code that activates it."""

    person: str
    place: str
    username: str
    code: str
    until: datetime


@transaction.atomic
def sign_in_as_sample(*, by: Actor) -> None:
    """Let one of the sample people in without a password. Only the demonstration allows it."""
    if not settings.DEMO:
        raise Refused(
            "Chỉ bản chạy thử mới cho chọn người để vào. Xin gặp người phụ trách kỹ thuật để được cấp tài khoản."
        )
    log.record(by=by, action="sign_in_as_sample", subject=f"user:{by.user_id}")


@transaction.atomic
def issue_cards(cell: Organization, *, by: Actor) -> list[Card]:
    """Cards for all members of a cell who have not yet set a password; accounts are made for those without one."""
    _check(by, Permission.ACCOUNT_CARD_PRINT, cell.path)
    members = list(
        Member.objects.filter(cell=cell).on_roll().select_related("user").order_by("sort_key", "id")
    )
    without = [member for member in members if not hasattr(member, "user")]
    for member, username in zip(without, usernames_for(without), strict=True):
        User.objects.create(username=username, member=member)
    users = User.objects.filter(member__in=members, is_active=True).select_related("member__cell")
    waiting = [user for user in users.order_by("member__sort_key", "id") if not user.has_usable_password()]
    cards = [_card(user, by=by) for user in waiting if user.pk != by.user_id]
    if not cards:
        raise Refused(
            f"Mọi đồng chí của {cell.name} đã có mật khẩu. Cần thẻ mới cho ai, mở tài khoản của người đó."
        )
    log.record(
        by=by,
        action="issue_cards",
        subject=f"organization:{cell.pk}",
        place=cell.path,
        detail={"count": len(cards)},
    )
    return cards


@transaction.atomic
def issue_card(user: User, *, by: Actor) -> Card:
    """A new card for one account: the password it had no longer opens it, and open sessions end."""
    _check_about(user, Permission.ACCOUNT_CARD_PRINT, by=by)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sessions.end_all(user)
    card = _card(user, by=by)
    _note("issue_card", user, by=by)
    return card


@transaction.atomic
def issue_one_time_codes(user: User, *, by: Actor) -> list[str]:
    """A sheet of codes for the second step; what was left of an older sheet ends."""
    _check_about(user, Permission.ACCOUNT_CARD_PRINT, by=by)
    count = terms_on(by.today).one_time_codes
    codes = printed.make_codes(
        user, PrintedCode.Purpose.ONE_TIME, count=count, now=by.now, by=by.user_id, until=None
    )
    _note("issue_one_time_codes", user, by=by)
    return codes


@transaction.atomic
def lock_account(user: User, *, by: Actor) -> None:
    """Nobody signs in with it, and every open session ends now."""
    _check_about(user, Permission.ACCOUNT_LOCK, by=by)
    User.objects.filter(pk=user.pk).update(is_active=False)
    sessions.end_all(user)
    _note("lock_account", user, by=by)


@transaction.atomic
def unlock_account(user: User, *, by: Actor) -> None:
    _check_about(user, Permission.ACCOUNT_LOCK, by=by)
    User.objects.filter(pk=user.pk).update(is_active=True)
    _note("unlock_account", user, by=by)


@transaction.atomic
def end_sessions(user: User, *, by: Actor) -> None:
    """Whoever is signed in with this account has to sign in again."""
    _check_about(user, Permission.ACCOUNT_LOCK, by=by)
    sessions.end_all(user)
    _note("end_sessions", user, by=by)


@transaction.atomic
def reset_second_step(user: User, *, by: Actor) -> None:
    """Forget keys, app and paper codes of somebody who lost them; sessions end, the password stays."""
    _check_about(user, Permission.ACCOUNT_LOCK, by=by)
    Passkey.objects.filter(user=user).delete()
    CodeApp.objects.filter(user=user).delete()
    PrintedCode.objects.filter(user=user, purpose=PrintedCode.Purpose.ONE_TIME).delete()
    sessions.end_all(user)
    _note("reset_second_step", user, by=by)


@transaction.atomic
def set_password(user: User, password: str, *, by: Actor) -> None:
    """A password of one's own choice; sessions opened with the old one end."""
    check_password_choice(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_all(user)
    _note("set_password", user, by=by)


@transaction.atomic
def keep_code_app(user: User, secret: str, code: str, *, by: Actor) -> None:
    """Take an app into use, once it has shown a right code."""
    if not code_app.is_right(secret, code, now=by.now):
        raise Refused("Mã chưa đúng. Xem lại mã sáu số đang hiện trên ứng dụng rồi nhập ngay.")
    code_app.keep(user, secret, now=by.now)
    _note("keep_code_app", user, by=by)


@transaction.atomic
def drop_code_app(user: User, *, by: Actor) -> None:
    CodeApp.objects.filter(user=user).delete()
    _note("drop_code_app", user, by=by)


@transaction.atomic
def add_passkey(
    request: HttpRequest, user: User, answer: Mapping[str, Any], *, name: str, by: Actor
) -> Passkey:
    """Keep the key that a device of the user's made."""
    key = passkeys.finish_adding(request, user, answer, name=name, now=by.now)
    _note("add_passkey", user, by=by)
    return key


@transaction.atomic
def drop_passkey(key: Passkey, *, by: Actor) -> None:
    key.delete()
    _note("drop_passkey", key.user, by=by)


@transaction.atomic
def end_own_session(opened: OpenSession, *, by: Actor) -> None:
    sessions.end_one(opened)
    _note("end_own_session", opened.user, by=by)


@transaction.atomic
def note_signing_in(user: User, how: str, *, by: Actor) -> None:
    _note("sign_in", user, by=by, detail={"how": how})


def check_password_choice(password: str, user: User) -> None:
    """Refuses a password that is too short or that everybody tries first."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def place_of(user: User) -> str:
    """Where an account belongs: the cell of its member, or the place of the first role it was given."""
    if user.member is not None and user.member.cell is not None:
        return str(user.member.cell.path)
    given = Appointment.objects.filter(user=user).order_by("id").select_related("organization").first()
    return str(given.organization.path) if given is not None else ""


def _card(user: User, *, by: Actor) -> Card:
    until = by.now + terms_on(by.today).activation
    code = printed.make_codes(
        user, PrintedCode.Purpose.ACTIVATION, count=1, now=by.now, by=by.user_id, until=until
    )[0]
    place = user.member.cell.name if user.member and user.member.cell else ""
    return Card(str(user), place, user.username, code, until)


def _check(by: Actor, right: Permission, place: str) -> None:
    if not may(by, right, place):
        raise Refused("Đồng chí chưa được giao việc này ở nơi của tài khoản. Liên hệ Văn phòng Đảng ủy.")


def _check_about(user: User, right: Permission, *, by: Actor) -> None:
    _check(by, right, place_of(user))
    check_not_oneself(by, user_id=user.pk)


def _note(action: str, user: User, *, by: Actor, detail: dict[str, str] | None = None) -> None:
    log.record(by=by, action=action, subject=f"user:{user.pk}", place=place_of(user), detail=detail)
