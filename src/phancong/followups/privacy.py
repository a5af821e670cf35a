"""How each field of the register is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    "followups.Progress": {
        "assignment": P, "cell": N, "member": P, "year": N, "state": P, "first_due_on": P, "due_on": P,
        "begun_on": P, "news_on": P, "said_done_on": P, "done_on": P, "exceeded": P, "extensions": P,
        "reminders": P,
    },
    # What is said of a duty may tell of health and circumstances.
    "followups.Entry": {
        "id": N, "assignment": P, "kind": P, "on": P, "text": S, "new_due": P, "basis": N, "exceeded": P,
        "answers": N, "is_on_behalf": N, "key": N, "recorded_at": N, "recorded_by": P, "recorded_by_name": P,
    },
    "followups.Photo": {"id": N, "entry": N, "content": P, "digest": N, "width": N, "height": N},
    "followups.Matter": {
        "id": N, "entry": N, "reason": S, "wish": S, "holder": N, "due_on": P, "raised": N, "answered_on": P,
        "answer": N,
    },
    "followups.PlanReminder": {
        "id": N, "cell": N, "year": N, "on": N, "recorded_by": P, "recorded_by_name": P,
    },
    "followups.MailChoice": {"id": N, "user": P, "address": P, "asked_at": P, "sent_on": P},
    "followups.CalendarLink": {"id": N, "user": P, "seal": N, "made_at": P},
    "followups.ReportDraft": {
        "id": N, "assignment": P, "user": P, "kind": P, "reason": S, "text": S, "wish": S, "on": P,
        "photo": P, "key": N, "saved_at": N,
    },
}  # fmt: skip

_KEPT = "Giữ cùng kế hoạch của năm đó theo quy định lưu trữ của Đảng."
HELD: Holdings = {
    "followups.Progress": Held(
        name="Việc được giao đang đến đâu",
        why="Để chi bộ thấy sớm việc chậm, giúp kịp thời, và đánh giá theo việc đã làm.",
        until=_KEPT,
        member=("member",),
        shown={"year": "năm"},
        labels={"assignment": "việc"},
    ),
    "followups.Entry": Held(
        name="Báo cáo, nhận xét, gia hạn của việc được giao",
        why="Để ai làm gì, khó khăn gì, được trả lời thế nào đều có ghi lại.",
        until=_KEPT,
        member=("assignment__member",),
        account=("recorded_by",),
        only_actor=frozenset({"recorded_by", "recorded_by_name"}),
        shown={"assignment__duty__title": "việc"},
        labels={"assignment": "việc"},
        is_evidence=True,
    ),
    "followups.Photo": Held(
        name="Ảnh kèm báo cáo",
        why="Để chi bộ thấy kết quả việc đã làm.",
        until=_KEPT,
        member=("entry__assignment__member",),
        shown={"entry__assignment__duty__title": "việc", "entry__on": "ngày báo"},
        kept_back={"content": "Ảnh xem ở trang của việc ấy."},
        is_evidence=True,
    ),
    "followups.Matter": Held(
        name="Khó khăn, đề nghị điều chỉnh đã gửi",
        why="Để đề nghị của đồng chí được trả lời đúng hạn.",
        until=_KEPT,
        member=("entry__assignment__member",),
        shown={"entry__assignment__duty__title": "việc", "entry__text": "đã viết"},
        is_evidence=True,
    ),
    "followups.PlanReminder": Held(
        name="Lời nhắc chi bộ lập kế hoạch do đồng chí gửi",
        why="Để chi bộ biết ai nhắc, ngày nào, và không nhắc dồn.",
        until=_KEPT,
        account=("recorded_by",),
        only_actor=frozenset({"recorded_by", "recorded_by_name"}),
        shown={"year": "năm"},
        labels={"cell": "chi bộ"},
    ),
    "followups.MailChoice": Held(
        name="Thư nhắc việc",
        why="Để gửi thư tổng hợp số việc đến địa chỉ đồng chí đã ghi.",
        until="Đến khi đồng chí thôi nhận thư.",
        member=("user__member",),
        labels={"user": "tài khoản"},
    ),
    "followups.CalendarLink": Held(
        name="Địa chỉ lịch đến hạn",
        why="Để lịch trên máy của đồng chí đọc được ngày đến hạn.",
        until="Đến khi đồng chí bỏ hoặc lập địa chỉ khác.",
        member=("user__member",),
        labels={"user": "tài khoản"},
    ),
    "followups.ReportDraft": Held(
        name="Báo cáo đang viết, chưa gửi",
        why="Để không mất điều đồng chí đang viết khi mất mạng.",
        until="Xóa ngay khi gửi báo cáo, hoặc khi đồng chí bỏ bản nháp.",
        member=("assignment__member",),
        account=("user",),
        shown={"assignment__duty__title": "việc"},
        labels={"assignment": "việc", "user": "tài khoản"},
        kept_back={"photo": "Ảnh xem ở trang báo kết quả."},
    ),
}
