"""Which passwords are refused, in our own words: short ones, those everybody tries first, and one's own name."""

from functools import cache
from importlib.resources import files

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from phancong.accounts.models import User
from phancong.accounts.terms import terms_on
from phancong.common.text import fold


class LongEnough:
    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 -- Django's signature
        least = terms_on(timezone.localdate()).password_least
        if len(password) < least:
            raise ValidationError(
                f"Mật khẩu dài {len(password)} ký tự, cần từ {least} ký tự. Ghép thêm vài từ nữa."
            )

    def get_help_text(self) -> str:
        return f"Mật khẩu dài từ {terms_on(timezone.localdate()).password_least} ký tự."


class NotCommon:
    """The list of the most common passwords that the framework ships, and words that are common here."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 -- Django's signature
        plain = fold(password).replace(" ", "").replace(".", "").replace("@", "")
        if password.lower().strip() in _common() or plain in _local():
            raise ValidationError("Nhiều người dùng mật khẩu này nên dễ bị đoán. Chọn vài từ ít ai nghĩ tới.")

    def get_help_text(self) -> str:
        return "Không dùng mật khẩu phổ biến."


class NotOneself:
    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        own = {fold(user.username), fold(str(user)), fold(str(user)).replace(" ", "")}
        if user.member is not None:
            born = user.member.birth_date
            own |= {f"{born:%d%m%Y}", f"{born:%d/%m/%Y}", str(user.member.card_number or "")}
        if fold(password) in own - {""}:
            raise ValidationError(
                "Mật khẩu là tên, ngày sinh hoặc số thẻ của chính mình nên dễ bị đoán. Chọn khác đi."
            )

    def get_help_text(self) -> str:
        return "Không dùng tên, ngày sinh của mình."


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


@cache
def _local() -> frozenset[str]:
    """Words common here, without marks and spaces, one on a line."""
    text = files("phancong.accounts").joinpath("common_words.txt").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip())
