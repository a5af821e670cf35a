"""How each field of transfers is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # Reasons are free words: they may tell of circumstances.
    "transfers.Transfer": {
        "id": N, "member": P, "member_name": P, "kind": P, "state": P, "home": P, "cell": P, "outside": P,
        "reason": P, "note": S, "decision_number": P, "decided_on": P, "requested_on": P, "met_on": P,
        "introduced_on": P, "paper_number": P, "received_on": P, "valid_from": P, "valid_until": P,
        "closed_on": P, "closing_reason": S, "late_begin": S, "late_receipt": S, "due_on": P, "version": N,
    },
}  # fmt: skip

HELD: Holdings = {
    "transfers.Transfer": Held(
        name="Chuyển sinh hoạt đảng",
        why="Để chi bộ hai nơi biết đồng chí sinh hoạt ở đâu, giấy giới thiệu đã cấp, đã nộp chưa.",
        until="Giữ cùng hồ sơ sinh hoạt đảng của đồng chí theo quy định lưu trữ của Đảng.",
        member=("member",),
        repeated=frozenset({"member_name"}),
        is_evidence=True,
    ),
}
