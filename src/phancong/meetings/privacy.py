"""How each field of meetings is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings, Untraced

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    "meetings.Meeting": {
        "id": N, "cell": N, "kind": N, "held_on": N, "starts_at": N, "ends_at": N, "place": N, "chair": P,
        "minutes_secretary": P, "guests": P, "documents": N, "state": N, "cancel_reason": N, "number": N,
        "version": N,
    },
    # Who said what about whom: it may tell of anything.
    "meetings.AgendaItem": {
        "id": N, "meeting": N, "position": N, "kind": N, "title": N, "discussion": S, "summary": S, "version": N,
        "resolution_number": N,
    },
    # Why somebody did not come is often their health; who may not come is a matter of conduct.
    "meetings.Attendance": {
        "id": N, "meeting": N, "member": P, "presence": S, "status": P, "stay": P, "reason": S,
    },
    "meetings.Vote": {
        "id": N, "item": N, "kind": N, "method": N, "in_favour": N, "against": N, "other": N, "eligible": N,
        "needed": N, "is_reached": N, "excluded": S, "plan": N, "plan_version": N,
    },
    "meetings.ReservedOpinion": {"id": N, "item": N, "member": P, "text": S},
    "meetings.Conclusion": {
        "id": N, "item": N, "text": P, "becomes": N, "member": P, "due_on": P, "assignment": P,
    },
    "meetings.Term": {"id": N, "cell": N, "began_on": N, "basis": N},
    "meetings.NumberSeries": {"id": N, "cell": N, "type_code": N, "began_on": N, "next_number": N},
    "meetings.SignedMinutes": {
        "id": N, "meeting": N, "docx": S, "docx_digest": N, "pdf": S, "pdf_digest": N, "recorded_at": N,
        "recorded_by": P, "recorded_by_name": P,
    },
    "meetings.Addendum": {
        "id": N, "meeting": N, "number": N, "text": S, "reason": N, "recorded_at": N, "recorded_by": P,
        "recorded_by_name": P,
    },
    "meetings.TextDraft": {
        "id": N, "user": P, "item": N, "discussion": S, "summary": S, "seen": N, "saved_at": N,
    },
}  # fmt: skip

_KEPT = "Giữ lâu dài cùng sổ biên bản của chi bộ theo quy định lưu trữ của Đảng."
_MEETING = {"meeting__held_on": "kỳ họp ngày"}
_ITEM = {"item__meeting__held_on": "kỳ họp ngày", "item__title": "nội dung"}
HELD: Holdings = {
    "meetings.Meeting": Held(
        name="Chủ trì, ghi biên bản sinh hoạt chi bộ",
        why="Để biên bản có người chịu trách nhiệm.",
        until=_KEPT,
        member=("chair", "minutes_secretary"),
        shown={"held_on": "ngày họp"},
        kept_back={"guests": "Tên của người khác; đọc ở biên bản."},
        is_evidence=True,
    ),
    "meetings.AgendaItem": Untraced(
        "Lời ghi của cả kỳ họp, không gắn với riêng ai; người dự họp đã nghe đọc lại trước khi ký."
    ),
    "meetings.Attendance": Held(
        name="Dự sinh hoạt chi bộ",
        why="Để biết ai dự họp, tính đúng kết quả biểu quyết.",
        until=_KEPT,
        member=("member",),
        shown=_MEETING,
        is_evidence=True,
    ),
    "meetings.Vote": Untraced("Kết quả đếm phiếu; tên người không tính vào mẫu số lấy từ điểm danh."),
    "meetings.ReservedOpinion": Held(
        name="Ý kiến bảo lưu",
        why="Để ý kiến thiểu số được ghi lại và báo cáo lên trên.",
        until=_KEPT,
        member=("member",),
        shown=_ITEM,
        is_evidence=True,
    ),
    "meetings.Conclusion": Held(
        name="Kết luận của chi bộ giao cho đồng chí",
        why="Để việc chi bộ đã kết luận có người làm, có hạn.",
        until=_KEPT,
        member=("member",),
        shown=_ITEM,
        labels={"assignment": "việc được giao"},
        is_evidence=True,
    ),
    "meetings.SignedMinutes": Held(
        name="Biên bản đã ký do đồng chí ghi",
        why="Để biên bản còn nguyên như lúc ký.",
        until=_KEPT,
        account=("recorded_by",),
        shown=_MEETING,
        kept_back={"docx": "Đọc ở trang kỳ sinh hoạt.", "pdf": "Đọc ở trang kỳ sinh hoạt."},
        is_evidence=True,
    ),
    "meetings.Addendum": Held(
        name="Bổ sung biên bản do đồng chí ghi",
        why="Để điều bổ sung sau khi ký có người chịu trách nhiệm.",
        until=_KEPT,
        account=("recorded_by",),
        shown=_MEETING,
        is_evidence=True,
    ),
    "meetings.TextDraft": Held(
        name="Lời biên bản đang gõ, chưa lưu",
        why="Để không mất điều đồng chí đang viết khi mất mạng.",
        until="Xóa ngay khi lưu vào biên bản, hoặc khi đồng chí bỏ bản nháp.",
        account=("user",),
        shown={"item__title": "nội dung"},
        labels={"user": "tài khoản", "item": "nội dung"},
    ),
}
