"""How each field of plans is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings, Untraced

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # What duties ask is said of duties; whom they fall to stands in assignments.
    "planning.CatalogueDuty": {
        "id": N, "title": N, "field": N, "categories": N, "required": N, "desired": N, "education_min": N,
        "health_need": N, "at_night": N, "monthly_hours": N, "headcount_min": N, "headcount_max": N,
        "priority": N, "is_substantive": N, "needs_lead": N, "is_group_charge": N, "product": N,
        "measure": N, "responsibility": N, "authority": N, "code": N, "cell": N, "is_active": N,
        "from_members": N, "per_members": N, "in_area_cells": N, "in_work_cells": N, "per_area": N,
    },
    "planning.Plan": {
        "id": N, "cell": N, "year": N, "stage": N, "version": N, "drafted_at": N, "is_proved": N,
        "seconds": N, "levels": N, "adopted_on": N, "opinions_until": N,
    },
    # Where a duty comes from is free text: it may name people.
    "planning.Duty": {
        "id": N, "title": N, "field": N, "categories": N, "required": N, "desired": N, "education_min": N,
        "health_need": N, "at_night": N, "monthly_hours": N, "headcount_min": N, "headcount_max": N,
        "priority": N, "is_substantive": N, "needs_lead": N, "is_group_charge": N, "product": N,
        "measure": N, "responsibility": N, "authority": N, "plan": N, "number": N, "catalogue": N,
        "source": N, "source_note": P, "target": N, "area": N, "due_on": N,
    },
    # What an organisation sets itself is said of its work; the words are free and may name people.
    "planning.Resolution": {
        "id": N, "organization": N, "kind": N, "number": N, "title": P, "issued_on": N, "year": N, "meeting": P,
    },
    "planning.Target": {
        "id": N, "resolution": N, "number": N, "title": P, "measure": P, "field": N, "due_on": N,
    },
    # The terms of a choice tell of health, limits and schooling of the one chosen.
    "planning.Assignment": {
        "id": N, "duty": P, "member": S, "is_lead": P, "is_locked": N, "source": N, "fit": P, "terms": S,
        "despite": S, "accepted_limits": S, "begun_on": P, "ended_on": P,
    },
    # The frozen version names everybody with their work.
    "planning.Adoption": {
        "id": N, "plan": N, "adopted_on": N, "basis": N, "content": P, "digest": N, "recorded_at": N,
        "recorded_by": P, "recorded_by_name": P,
    },
    # Why somebody stops doing a duty is often health or conduct.
    "planning.Adjustment": {
        "id": N, "plan": N, "number": N, "decided_on": N, "basis": N, "reason": S, "ended": N, "given": N,
        "recorded_at": N, "recorded_by": P, "recorded_by_name": P,
    },
    # Why somebody is kept from a duty is often health or conduct.
    "planning.Exclusion": {
        "id": N, "duty": P, "member": S, "reason": S,
    },
    # Two who are kept apart: ties between people.
    "planning.Apartness": {
        "id": N, "plan": N, "first": S, "second": S,
    },
    "planning.Unmet": {
        "id": N, "plan": N, "duty": N, "member": S, "rule": P, "missing": S, "sentence": S, "relaxation": S,
    },
    # The state before a change holds choices with their reasons, and who was ruled out.
    "planning.PlanStep": {
        "id": N, "plan": N, "since": N, "version": N, "words": P, "at": N, "by_user": P, "by_name": P, "before": S,
    },
    # Why somebody would rather not do a duty is often health or family.
    "planning.Objection": {
        "id": N, "plan": N, "member": P, "duty": P, "about": P, "text": S, "at": N, "state": N, "answer": S,
        "answered_at": N, "answered_by": P, "answered_by_name": P,
    },
}  # fmt: skip

HELD: Holdings = {
    "planning.Duty": Untraced("Căn cứ giao việc là lời chung của chi bộ; ai nhận việc nằm ở phân công."),
    "planning.Resolution": Untraced(
        "Văn bản chung của chi bộ, đảng ủy về việc phải làm; không ghi riêng về đảng viên nào."
    ),
    "planning.Target": Untraced(
        "Chỉ tiêu chung của nghị quyết; ai làm việc nào để đạt chỉ tiêu nằm ở phân công."
    ),
    "planning.Assignment": Held(
        name="Nhiệm vụ được giao",
        why="Để chi bộ giao việc, theo dõi và đánh giá theo nhiệm vụ đã giao.",
        until="Giữ cùng nghị quyết, kế hoạch của chi bộ theo quy định lưu trữ của Đảng.",
        member=("member",),
        shown={"duty__plan__year": "năm"},
        labels={"duty": "việc"},
        words={"terms": "terms", "accepted_limits": "in_the_way"},
    ),
    "planning.Adoption": Untraced(
        "Bản kế hoạch chi bộ đã thông qua, giữ nguyên văn; việc của từng đồng chí nằm ở phân công."
    ),
    "planning.Adjustment": Held(
        name="Điều chỉnh việc được giao",
        why="Để biết ai quyết định thay đổi việc đã thông qua, khi nào, vì sao.",
        until="Giữ cùng nghị quyết, kế hoạch của chi bộ theo quy định lưu trữ của Đảng.",
        member=("ended__member", "given__member"),
        account=("recorded_by",),
        only_actor=frozenset({"recorded_by", "recorded_by_name"}),
        shown={
            "plan__year": "kế hoạch năm",
            "ended__duty__title": "việc thôi giao",
            "given__duty__title": "việc giao",
        },
        is_evidence=True,
    ),
    "planning.Exclusion": Held(
        name="Việc chi bộ không giao cho đồng chí",
        why="Để gợi ý phân công không lặp lại người mà chi bộ thấy chưa phù hợp.",
        until="Giữ cùng kế hoạch của năm đó.",
        member=("member",),
        shown={"duty__plan__year": "năm"},
        labels={"duty": "việc"},
    ),
    "planning.Apartness": Held(
        name="Không xếp cùng việc với một đồng chí khác",
        why="Để gợi ý phân công không đặt hai đồng chí vào cùng một việc.",
        until="Giữ cùng kế hoạch của năm đó.",
        member=("first", "second"),
        shown={"plan__year": "kế hoạch năm"},
        labels={"first": "đồng chí thứ nhất", "second": "đồng chí thứ hai"},
    ),
    "planning.Unmet": Held(
        name="Chỗ kế hoạch chưa đáp ứng được cho đồng chí",
        why="Để chi bộ biết ai chưa có việc phù hợp và vì sao.",
        until="Giữ cùng kế hoạch của năm đó; tính lại là thay.",
        member=("member",),
        shown={"plan__year": "kế hoạch năm"},
        words={"rule": "in_the_way"},
    ),
    "planning.PlanStep": Untraced(
        "Bản ngay trước mỗi lần sửa dự thảo, chỉ để hoàn tác; nội dung nằm ở phân công và các ý kiến của dự thảo."
    ),
    "planning.Objection": Held(
        name="Ý kiến về dự thảo phân công",
        why="Để chi bộ biết và trả lời ý kiến của đồng chí trước khi thông qua kế hoạch.",
        until="Giữ cùng kế hoạch của năm đó.",
        member=("member",),
        account=("answered_by",),
        only_actor=frozenset({"answered_by", "answered_by_name"}),
        shown={"plan__year": "kế hoạch năm"},
        labels={"duty": "việc"},
    ),
}
