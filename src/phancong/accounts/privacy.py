"""How each field of accounts is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # That somebody has a file as a member is a political tie.
    "accounts.User": {
        "id": N, "password": P, "last_login": P, "username": P, "member": S, "is_active": P, "session_epoch": N,
    },
    "accounts.PrintedCode": {
        "id": N, "user": P, "purpose": N, "seal": N, "made_at": P, "made_by": P, "expires_at": N, "used_at": P,
    },
    "accounts.Passkey": {
        "id": N, "user": P, "name": P, "key_id": N, "public": N, "made_at": P, "used_at": P,
    },
    "accounts.CodeApp": {
        "id": N, "user": P, "secret": N, "made_at": P, "last_step": N,
    },
    # The key holds a seal of a name or an address.
    "accounts.Allowance": {
        "id": N, "key": P, "since": N, "count": N,
    },
    "accounts.OpenSession": {
        "id": N, "user": P, "session_key": N, "device": P, "address": P, "since": P, "seen_at": P,
    },
    "accounts.Appointment": {
        "id": N, "user": P, "role": P, "organization": P, "decision_number": P, "valid_from": P,
        "valid_until": P, "delegated_by": P,
    },
}  # fmt: skip
