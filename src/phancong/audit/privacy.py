"""How each field of the log is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # What somebody did is told of them; where they act tells of their place in the Party.
    "audit.AuditEntry": {
        "id": N, "sequence": N, "at": N, "actor_user_id": P, "actor_name": P, "action": P, "subject": P,
        "place": S, "detail": P, "role": P, "scope": S, "purpose": S, "request_id": N, "before_hash": N,
        "after_hash": N, "previous_hash": N, "hash": N, "seal_version": N,
    },
    "audit.ChainHead": {
        "id": N, "sequence": N, "hash": N,
    },
    "audit.ChainCheck": {
        "id": N, "at": N, "lines": N, "seconds": N, "broken": N, "reason": N, "unkeyed": N,
        "anchor_sequence": N, "anchored_at": N,
    },
}  # fmt: skip

HELD: Holdings = {
    "audit.AuditEntry": Held(
        name="Nhật ký",
        is_evidence=True,
        why="Để biết ai đã làm gì, ai đã xem gì, và chứng minh dữ liệu không bị sửa lén.",
        until="Theo thời hạn lưu nhật ký; dòng đã ghi không sửa, không xóa riêng được.",
        account=("actor_user_id",),
        subject="subject",
        only_actor=frozenset({"actor_user_id", "actor_name"}),
        shown={"at": "lúc"},
        words={"action": "acts", "subject": "subjects", "place": "places", "detail": "details"},
    ),
}
