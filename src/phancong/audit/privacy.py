"""How each field of the log is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # What somebody did is told of them; where they act tells of their place in the Party.
    "audit.AuditEntry": {
        "id": N, "sequence": N, "at": N, "actor_user_id": P, "actor_name": P, "action": P, "subject": P,
        "place": S, "detail": P, "previous_hash": N, "hash": N,
    },
    "audit.ChainHead": {
        "id": N, "sequence": N, "hash": N,
    },
}  # fmt: skip
