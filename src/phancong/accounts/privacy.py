"""How each field of accounts is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # That somebody has a file as a member is a political tie.
    "accounts.User": {
        "id": N, "password": P, "last_login": P, "username": P, "member": S, "is_active": P,
    },
    "accounts.Appointment": {
        "id": N, "user": P, "role": P, "organization": P, "decision_number": P, "valid_from": P,
        "valid_until": P, "delegated_by": P,
    },
}  # fmt: skip
