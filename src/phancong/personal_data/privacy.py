"""How each field of requests about data is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # What is asked about may be health or conduct.
    "personal_data.DataRequest": {
        "id": N, "member": S, "kind": P, "address": P, "field": P, "about": P, "value_then": S, "wish": S,
        "state": P, "asked_at": P, "due_on": P, "extension_reason": P, "answered_at": P, "answered_by": P,
        "answer": S,
    },
}  # fmt: skip

HELD: Holdings = {
    "personal_data.DataRequest": Held(
        name="Yêu cầu của đồng chí về dữ liệu",
        is_evidence=True,
        why="Để trả lời đúng hạn và chứng minh đã trả lời.",
        until="Xóa lời yêu cầu khi hết thời hạn giữ, sau khi đồng chí không còn sinh hoạt ở đảng bộ.",
        member=("member",),
        kept_back={"answered_by": "Người trả lời là cán bộ văn phòng; cần biết tên thì hỏi văn phòng."},
        repeated=frozenset({"address", "field"}),
    ),
}
