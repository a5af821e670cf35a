"""How each field of the year's other duties is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER
_YEARLY = "Giữ cùng hồ sơ kiểm điểm của năm đó theo quy định lưu trữ của Đảng."

FIELDS: Fields = {
    # Why somebody is excused may tell of secret work or health.
    "yearbook.ResidenceContact": {
        "id": N, "member": P, "member_name": P, "member_sort_key": P, "work_cell": P, "year": N, "group": P,
        "basis": S, "area": P, "residence_cell": P, "place_name": P, "letter_number": P, "letter_on": P,
        "received_on": P, "version": N,
    },
    # What others note of a person's conduct.
    "yearbook.Remark": {
        "id": N, "kind": P, "cell": P, "member": P, "contact": N, "year": N, "asked_of": P, "purpose": S,
        "asked_on": P, "text": S, "given_by": P, "given_on": P, "on_paper": N, "version": N,
    },
    "yearbook.Pledge": {
        "id": N, "member": P, "year": N, "content": S, "registered_on": P, "on_paper": N, "received_on": P,
        "version": N,
    },
    "yearbook.PledgeNote": {
        "id": N, "member": P, "year": N, "done_on": P, "text": S, "version": N,
    },
    "yearbook.StudySession": {
        "id": N, "organizer": N, "kind": N, "title": N, "documents": N, "held_on": N, "year": N,
    },
    "yearbook.StudyAttendance": {
        "id": N, "session": P, "member": P, "cell": P, "state": P, "caught_up_on": P, "version": N,
    },
    # Both texts may be those of a remark or a pledge.
    "yearbook.Correction": {
        "id": N, "kind": P, "row_id": N, "member": P, "cell": P, "field": P, "before": S, "after": S,
        "reason": S, "by_role": P, "recorded_at": P,
    },
}  # fmt: skip

HELD: Holdings = {
    "yearbook.ResidenceContact": Held(
        name="Giữ mối liên hệ nơi cư trú",
        why="Để chi bộ nơi công tác giới thiệu, nơi cư trú nhận và nhận xét theo Quy định 213-QĐ/TW.",
        until=_YEARLY,
        member=("member",),
        shown={"year": "năm"},
        repeated=frozenset({"member_sort_key"}),
    ),
    "yearbook.Remark": Held(
        name="Nhận xét về đồng chí",
        why="Để chi bộ có ý kiến của nơi cư trú, Mặt trận, đoàn thể, nhân dân khi kiểm điểm cuối năm.",
        until=_YEARLY,
        member=("member",),
        shown={"year": "năm"},
    ),
    "yearbook.Pledge": Held(
        name="Bản cam kết tu dưỡng, rèn luyện, phấn đấu",
        why="Để đồng chí và chi bộ đối chiếu khi kiểm điểm cuối năm; phần mềm không chấm điểm.",
        until=_YEARLY,
        member=("member",),
        shown={"year": "năm"},
    ),
    "yearbook.PledgeNote": Held(
        name="Sổ tay làm theo gương Bác",
        why="Để đồng chí ghi lại việc mình đã làm trong năm; phần mềm không chấm điểm, không phân tích.",
        until=_YEARLY,
        member=("member",),
        shown={"year": "năm"},
    ),
    "yearbook.StudyAttendance": Held(
        name="Học tập nghị quyết, chuyên đề",
        why="Để biết ai đã học, ai cần học bù.",
        until=_YEARLY,
        member=("member",),
        shown={"session__held_on": "ngày học"},
        labels={"session": "nội dung học", "cell": "chi bộ"},
    ),
    "yearbook.Correction": Held(
        name="Những lần sửa các dòng trên",
        why="Để không dòng nào bị sửa mà không để lại vết.",
        until=_YEARLY,
        member=("member",),
        labels={"cell": "chi bộ"},
        is_evidence=True,
    ),
}
