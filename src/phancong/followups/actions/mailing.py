"""The digest by mail: asked for, given up, sent once on its day outside of the hours of rest."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.forms import ValidationError

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.followups.digests import Digest, digests_on
from phancong.followups.models import MailChoice
from phancong.followups.terms import terms_on

MONDAY_FIRST = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Sent:
    """How many were written to, how many had nothing waiting, how many addresses did not take it."""

    sent: int
    nothing: int
    failed: int


@transaction.atomic
def ask_for_mail(address: str, *, by: Actor) -> None:
    """The own account is written to from now on; where it is, the log does not say."""
    address = clean(address)
    if not settings.SITE_ADDRESS:
        raise Refused("Hệ thống này chưa gửi thư. Xem việc ở trang “Việc hôm nay”.")
    try:
        MailChoice._meta.get_field("address").clean(address, None)
    except ValidationError as wrong:
        raise Refused("Địa chỉ thư chưa đúng. Ghi đủ, ví dụ ten@example.vn.") from wrong
    MailChoice.objects.update_or_create(
        user_id=int(by.user_id or 0), defaults={"address": address, "asked_at": by.now}
    )
    log.record(by=by, action="ask_for_mail", subject=f"user:{by.user_id}", place="", detail={})


@transaction.atomic
def refuse_mail(*, by: Actor) -> None:
    MailChoice.objects.filter(user=by.user_id).delete()
    log.record(by=by, action="refuse_mail", subject=f"user:{by.user_id}", place="", detail={})


def send_digests(*, by: Actor, progress: Callable[[int, int], object]) -> Sent:
    """One letter for each who asked and for whom something waits. A letter that went out is kept at once, so that a
    run that was cut off goes on where it stopped. `progress` is told rows done and rows in all."""
    _check_time(by)
    digests = digests_on(by.today)
    sent = nothing = failed = 0
    with get_connection() as connection:
        for number, digest in enumerate(digests, start=1):
            if digest.is_empty:
                nothing += 1
            elif _delivered(digest, connection):
                MailChoice.objects.filter(pk=digest.choice.pk).update(sent_on=by.today)
                sent += 1
            else:
                failed += 1
            progress(number, len(digests))
    log.record(
        by=by,
        action="send_digests",
        subject="digests",
        place="",
        detail={"sent": sent, "failed": failed},
        right=Permission.WORK_DIRECT,
    )
    return Sent(sent, nothing, failed)


def _check_time(by: Actor) -> None:
    terms = terms_on(by.today)
    if not settings.SITE_ADDRESS:
        raise Refused("Chưa đặt SITE_ADDRESS nên không gửi thư. Đặt địa chỉ của trang rồi chạy lại.")
    if by.now.hour >= terms.quiet_from or by.now.hour < terms.quiet_until:
        raise Refused(f"Từ {terms.quiet_from} giờ đến {terms.quiet_until} giờ không gửi thư. Chạy lại sau.")
    if by.today.weekday() != terms.digest_weekday:
        raise Refused(f"Thư tổng hợp gửi vào {MONDAY_FIRST[terms.digest_weekday]}. Hôm nay không gửi.")


def _delivered(digest: Digest, connection: BaseEmailBackend) -> bool:
    letter = EmailMessage(
        "Phân Công: việc đang chờ", letter_of(digest), to=[digest.choice.address], connection=connection
    )
    try:
        return bool(letter.send())
    except OSError:  # what a mail server answers, and that it does not answer, are both of this kind
        return False


def letter_of(digest: Digest) -> str:
    """Numbers only: letters lie open on the way."""
    lines = (
        (digest.late, "việc của đồng chí đã quá hạn"),
        (digest.soon, "việc của đồng chí sắp đến hạn"),
        (digest.waiting, "báo cáo của chi bộ chờ nhận xét"),
        (digest.matters, "khó khăn, đề nghị chờ trả lời"),
    )
    told = "\n".join(f"- {count} {words}" for count, words in lines if count)
    return (
        f"Kính gửi đồng chí,\n\n{told}\n\nXem tại {settings.SITE_ADDRESS}/\n\n"
        f"Thôi nhận thư này: {settings.SITE_ADDRESS}/viec/lich/\n"
    )
