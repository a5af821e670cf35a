"""How each field of notes and charges is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, N = Class.PERSONAL, Class.NEITHER

FIELDS: Fields = {
    "oversight.Charge": {
        "id": N, "committee": N, "organization": N, "member": P, "decision_number": P, "decided_on": P,
        "valid_from": P, "valid_until": P,
    },
    "oversight.Note": {
        "id": N, "organization": N, "origin": N, "kind": N, "text": N, "written_on": N, "recorded_at": N,
        "recorded_by": P, "recorded_by_name": P,
    },
    "oversight.Reply": {
        "id": N, "note": N, "kind": N, "text": N, "recorded_at": N, "recorded_by": P, "recorded_by_name": P,
    },
}  # fmt: skip

_KEPT = "Giữ cùng hồ sơ của tổ chức nhận theo quy định lưu trữ của Đảng."
HELD: Holdings = {
    "oversight.Charge": Held(
        name="Được phân công phụ trách tổ chức đảng",
        why="Để tổ chức biết ai của cấp ủy phụ trách, ai nghe và giúp khi khó khăn.",
        until="Giữ cùng hồ sơ nhiệm kỳ của cấp ủy theo quy định lưu trữ của Đảng.",
        member=("member",),
        shown={"organization__name": "tổ chức"},
    ),
    "oversight.Note": Held(
        name="Lời biểu dương, nhắc nhở tổ chức đảng do đồng chí viết",
        why="Để tổ chức nhận biết ai viết, ngày nào, và trả lời.",
        until=_KEPT,
        account=("recorded_by",),
        only_actor=frozenset({"recorded_by", "recorded_by_name"}),
        shown={"organization__name": "tổ chức"},
        is_evidence=True,
    ),
    "oversight.Reply": Held(
        name="Lời đồng chí trả lời hoặc rút lại",
        why="Để cấp viết biết tổ chức đã nhận, đã làm gì.",
        until=_KEPT,
        account=("recorded_by",),
        only_actor=frozenset({"recorded_by", "recorded_by_name"}),
        shown={"note__written_on": "lời ngày"},
        labels={"note": "lời"},
        is_evidence=True,
    ),
}
