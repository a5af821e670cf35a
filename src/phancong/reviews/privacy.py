"""How each field of the yearly review is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings, Untraced

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER
_KEPT = "Giữ cùng hồ sơ kiểm điểm của năm đó theo quy định lưu trữ của Đảng."
_WHEN = "Mức đề nghị chưa được quyết định chỉ cho đồng chí xem sau khi có quyết định."

FIELDS: Fields = {
    "reviews.Round": {
        "id": N, "committee": N, "year": N, "rules_on": N, "counted_on": N, "opened_on": N, "basis": N,
        "state": N, "closed_on": N, "version": N,
    },
    "reviews.Closing": {
        "id": N, "round": N, "content": N, "digest": N, "recorded_at": N, "recorded_by": P,
        "recorded_by_name": P,
    },
    "reviews.CellReview": {
        "id": N, "round": N, "cell": N, "grassroots": N, "sort_key": N, "stage": N, "held_on": N, "method": N,
        "eligible": N, "proposed_on": N, "proposed_by": P, "appraised_on": N, "appraised_by": P,
        "decided_on": N, "decision": N, "version": N,
    },
    # What others noted of a person's conduct, and what they write of their own.
    "reviews.Rating": {
        "id": N, "review": N, "member": P, "member_name": P, "sort_key": P, "group": P, "is_on_roll": P,
        "not_rated": S, "dues": P, "mended": S, "committee_remark": S, "cell_grade": S, "appraised_grade": S,
        "decided_grade": S, "revised_grade": S, "reason": S, "evidence": S, "version": N,
    },
    "reviews.SelfReview": {
        "id": N, "rating": P, "strengths": S, "shortcomings": S, "earlier": S, "remedy": S, "points": S,
        "grade": S, "on_paper": N, "sent_on": P, "version": N,
    },
    "reviews.Tally": {
        "id": N, "rating": P, "method": N, "eligible": N, "handed_out": N, "invalid": N, "votes": S,
        "version": N,
    },
    "reviews.Line": {
        "id": N, "review": N, "rating": P, "kind": P, "grade": S, "before": S, "text": S, "basis": P,
        "answers": N, "recorded_at": P, "recorded_by": P, "recorded_by_name": P,
    },
    "reviews.RuleCorrection": {
        "id": N, "place": N, "version_from": N, "address": N, "value": N, "decision_number": N,
        "decided_on": N, "recorded_at": N, "recorded_by": P, "recorded_by_name": P,
    },
}  # fmt: skip

HELD: Holdings = {
    "reviews.Closing": Untraced("số đếm của cả đợt kiểm điểm, không nêu tên đồng chí nào"),
    "reviews.CellReview": Untraced("phần của cả chi bộ; ai chuyển bước nào đều nêu trong sổ kiểm điểm"),
    "reviews.RuleCorrection": Untraced(
        "giá trị của quy định, không về đồng chí nào; người ghi có trong nhật ký"
    ),
    "reviews.Rating": Held(
        name="Kiểm điểm, xếp loại hằng năm",
        why=f"Để chi bộ và cấp ủy xếp loại theo việc đã làm. {_WHEN}",
        until=_KEPT,
        member=("member",),
        shown={"review__round__year": "năm", "review__cell__name": "chi bộ"},
        labels={"review": "đợt, chi bộ"},
        repeated=frozenset({"sort_key", "review"}),
        words={
            "group": "review_groups",
            "not_rated": "no_grades",
            "cell_grade": "grades",
            "appraised_grade": "grades",
            "decided_grade": "grades",
            "revised_grade": "grades",
        },
        told_when={"review__stage": "decided"},
        is_evidence=True,
    ),
    "reviews.SelfReview": Held(
        name="Bản tự kiểm điểm",
        words={"grade": "grades"},
        why="Để đồng chí tự nói về một năm công tác của mình; phần mềm không chấm điểm, không phân tích.",
        until=_KEPT,
        member=("rating__member",),
        shown={"rating__review__round__year": "năm"},
        labels={"rating": "đồng chí"},
        repeated=frozenset({"rating"}),
        is_evidence=True,
    ),
    "reviews.Tally": Held(
        name="Kết quả bỏ phiếu xếp loại",
        why=f"Để mức đề nghị dựa trên phiếu của chi bộ. {_WHEN}",
        until=_KEPT,
        member=("rating__member",),
        shown={"rating__review__round__year": "năm"},
        labels={"rating": "đồng chí"},
        repeated=frozenset({"rating"}),
        told_when={"rating__review__stage": "decided"},
        is_evidence=True,
    ),
    "reviews.Line": Held(
        name="Sổ kiểm điểm",
        words={"grade": "grades", "before": "grades"},
        why=f"Để ai đề nghị, thẩm định, quyết định, góp ý gì đều có ghi lại. {_WHEN}",
        until=_KEPT,
        member=("rating__member",),
        account=("recorded_by",),
        only_actor=frozenset({"recorded_by", "recorded_by_name"}),
        shown={"review__round__year": "năm", "review__cell__name": "chi bộ"},
        labels={"review": "đợt, chi bộ", "rating": "đồng chí"},
        repeated=frozenset({"review", "rating"}),
        told_when={"review__stage": "decided"},
        is_evidence=True,
    ),
}
