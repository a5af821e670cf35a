"""Passkeys (WebAuthn): the key stays on the device, the server keeps what proves it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from phancong.accounts.models import Passkey, User
from phancong.common.refusal import Refused

STATE = "passkey_state"
WRONG = "Máy không nhận ra khóa này. Thử lại, hoặc đăng nhập bằng mật khẩu."


def begin_adding(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the browser hands to the device to make a key."""
    known = [_public(key) for key in user.passkeys.all()]
    entity = PublicKeyCredentialUserEntity(
        id=str(user.pk).encode(), name=user.username, display_name=str(user)
    )
    options, state = _server(request).register_begin(
        entity,
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[STATE] = state
    return dict(options)


def finish_adding(
    request: HttpRequest, user: User, answer: Mapping[str, Any], *, name: str, now: datetime
) -> Passkey:
    """Keep the key the device made. A challenge is good once."""
    state = request.session.pop(STATE, None)
    try:
        made = _server(request).register_complete(state, answer).credential_data
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("Chưa thêm được khóa. Bấm lại và làm theo máy hướng dẫn.") from error
    if made is None or Passkey.objects.filter(key_id=websafe_encode(made.credential_id)).exists():
        raise Refused("Khóa này đã có rồi. Dùng máy khác, hoặc bỏ khóa cũ trước.")
    return Passkey.objects.create(
        user=user, name=name, key_id=websafe_encode(made.credential_id), public=bytes(made), made_at=now
    )


def begin_signing_in(request: HttpRequest) -> dict[str, Any]:
    """What the browser hands to the device to prove itself; whose key it is, the device says."""
    options, state = _server(request).authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    request.session[STATE] = state
    return dict(options)


def finish_signing_in(request: HttpRequest, answer: Mapping[str, Any], *, now: datetime) -> User:
    """The user whose key answered. A challenge is good once."""
    state = request.session.pop(STATE, None)
    key = Passkey.objects.filter(key_id=str(answer.get("id", ""))[:1400], user__is_active=True).first()
    if key is None or state is None:
        raise Refused(WRONG)
    try:
        _server(request).authenticate_complete(state, [_public(key)], answer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(WRONG) from error
    Passkey.objects.filter(pk=key.pk).update(used_at=now)
    return key.user


def _public(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(key.public))


def _server(request: HttpRequest) -> Fido2Server:
    """The host is one that the settings allow; Django has refused any other by now."""
    host = request.get_host().rsplit(":", 1)[0]
    return Fido2Server(PublicKeyCredentialRpEntity(name="Phân Công", id=host))
