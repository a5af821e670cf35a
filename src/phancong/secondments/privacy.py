"""How each field of secondments is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings, Untraced

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    "secondments.SecondmentPlan": {
        "id": N, "committee": N, "state": N, "made_on": N, "barred": P, "short": N, "is_proved": N, "form": N,
        "decision_number": N, "decided_on": N, "version": N,
    },
    # The grounds may tell of languages and of limits.
    "secondments.Secondment": {
        "id": N, "plan": N, "member": P, "area": P, "home": P, "cell": P, "state": P, "terms": S, "is_kept": N,
        "sender_agreed_on": P, "receiver_agreed_on": P, "valid_from": P, "valid_until": P, "ended_on": P,
        "end_decision": P, "version": N,
    },
    "secondments.PromisingCount": {"id": N, "area": N, "counted_on": N, "count": N},
}  # fmt: skip

HELD: Holdings = {
    "secondments.SecondmentPlan": Untraced(
        "dự thảo của cấp ủy; người được dự kiến ở lại chi bộ mình nằm trong danh sách số hiệu, xóa khi bỏ dự thảo"
    ),
    "secondments.Secondment": Held(
        name="Được dự kiến, được cử tăng cường về thôn, tổ dân phố",
        why="Để thôn, tổ có đủ đảng viên lập chi bộ, và chi bộ hai nơi biết đồng chí sinh hoạt ở đâu.",
        until="Giữ cùng hồ sơ sinh hoạt đảng của đồng chí theo quy định lưu trữ của Đảng.",
        member=("member",),
        shown={"area__name": "thôn, tổ"},
        labels={"plan": "phương án"},
        is_evidence=True,
    ),
}
