"""Signing in."""

from django.conf import settings
from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused


@transaction.atomic
def sign_in_as_sample(*, by: Actor) -> None:
    """Let one of the sample people in without a password. Only the demonstration allows it."""
    if not settings.DEMO:
        raise Refused(
            "Chỉ bản chạy thử mới cho chọn người để vào. Xin gặp người phụ trách kỹ thuật để được cấp tài khoản."
        )
    log.record(by=by, action="sign_in_as_sample", subject=f"user:{by.user_id}")
