"""How each field of the room of members is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    "members.Member": {
        "id": N,
        "full_name": P,
        "family_name": P,
        "middle_name": P,
        "given_name": P,
        "name_fold": P,
        "sort_key": P,
        "birth_date": P,
        "sex": P,
        "card_number": S,
        "admitted_on": S,
        "official_on": S,
        "status": S,
        "category": S,
        "cell": S,
        **{f"ancestor_{depth}": S for depth in range(1, 7)},
        "education": P,
        "professional_field": P,
        "professional_level": P,
        "political_theory": P,
        "occupation": P,
        "workplace": P,
        "residence": P,
        "household_group": P,
    },
    "members.Membership": {
        "id": N, "member": S, "cell": S, "kind": S, "decision_number": S, "valid_from": S, "valid_until": S,
    },
    "members.StatusPeriod": {
        "id": N, "member": S, "status": S, "decision_number": S, "valid_from": S, "valid_until": S,
    },
    "members.Post": {
        "id": N, "member": P, "organization": P, "position": P, "decision_number": P, "valid_from": P, "valid_until": P,
    },
    # Languages tell of origin.
    "members.Competence": {"id": N, "member": P, "kind": P, "code": S, "level": P, "valid_until": P},
    "members.Experience": {"id": N, "member": P, "field": P, "description": P, "from_year": P, "to_year": P},
    "members.MassOrganizationMembership": {
        "id": N, "member": S, "organization_code": S, "valid_from": S, "valid_until": S,
    },
    # A limit is open to those who plan; that it exists already tells of health.
    "members.WorkLimit": {
        "id": N, "member": S, "kind": S, "monthly_hours": S, "valid_from": S, "valid_until": S,
    },
    "members.WorkLimitReason": {"id": N, "limit": S, "health_grade": S, "text": S},
    "members.Wish": {"id": N, "member": P, "year": N, "field": P, "note": P},
    "members.RosterImport": {
        "id": N,
        "file_name": P,
        "digest": N,
        "content": S,
        "organization": N,
        "state": N,
        "created_at": N,
        "created_by": P,
        "written_at": N,
        "options": N,
        "summary": S,
    },
    "members.RosterImportChange": {
        "id": N, "roster_import": N, "member": P, "row_number": N, "before": S, "after": N,
    },
}  # fmt: skip

ON_ROLL = "Suốt thời gian đồng chí sinh hoạt đảng; sau đó giữ theo quy định lưu trữ hồ sơ đảng viên."
HISTORY = "Giữ theo quy định lưu trữ hồ sơ đảng viên, cả khi đồng chí đã chuyển đi."
SHORT = "Xóa khi hết thời hạn giữ, sau khi đồng chí không còn sinh hoạt ở đảng bộ."

HELD: Holdings = {
    "members.Member": Held(
        name="Thông tin chung",
        why="Để lập danh sách đảng viên của chi bộ và giao việc hợp với trình độ, hoàn cảnh.",
        until=ON_ROLL,
        member=("pk",),
        repeated=frozenset(
            {"family_name", "middle_name", "given_name", "name_fold", "sort_key"}
            | {f"ancestor_{depth}" for depth in range(1, 7)}
        ),
        words={
            "category": "categories",
            "education": "educations",
            "professional_field": "professional_fields",
            "professional_level": "professional_levels",
            "political_theory": "political_theories",
        },
        correctable=frozenset(
            {
                "full_name", "birth_date", "sex", "card_number", "admitted_on", "official_on", "category",
                "education", "professional_field", "professional_level", "political_theory", "occupation",
                "workplace", "household_group",
            }
        ),
    ),
    "members.Membership": Held(
        name="Nơi sinh hoạt đảng",
        why="Để biết đồng chí thuộc chi bộ nào vào mỗi ngày.",
        until=HISTORY,
        member=("member",),
        labels={"cell": "chi bộ"},
    ),
    "members.StatusPeriod": Held(
        name="Trạng thái đảng viên qua các thời gian",
        why="Để tính đúng quyền, nghĩa vụ và số đảng viên của chi bộ.",
        until=HISTORY,
        member=("member",),
    ),
    "members.Post": Held(
        name="Chức vụ trong Đảng",
        why="Để biết ai phụ trách, ai ký văn bản của chi bộ.",
        until=HISTORY,
        member=("member",),
        labels={"organization": "tổ chức đảng"},
        words={"position": "positions"},
    ),
    "members.Competence": Held(
        name="Kỹ năng, tiếng nói",
        why="Để giao việc cần kỹ năng, tiếng nói ấy.",
        until=SHORT,
        member=("member",),
        words={"code": "competences"},
    ),
    "members.Experience": Held(
        name="Kinh nghiệm công tác",
        why="Để giao việc đồng chí đã quen làm.",
        until=SHORT,
        member=("member",),
        words={"field": "fields"},
    ),
    "members.MassOrganizationMembership": Held(
        name="Đoàn thể tham gia",
        why="Để giao việc qua đoàn thể và biết ai chưa tham gia đoàn thể nào.",
        until=HISTORY,
        member=("member",),
        words={"organization_code": "mass_organizations"},
    ),
    "members.WorkLimit": Held(
        name="Giới hạn công việc",
        why="Để không giao việc quá sức; người lập kế hoạch thấy giới hạn, không thấy lý do.",
        until=SHORT,
        member=("member",),
    ),
    "members.WorkLimitReason": Held(
        name="Lý do riêng của giới hạn công việc",
        why="Để xác nhận giới hạn; chỉ người giữ hồ sơ riêng mở được, mỗi lần mở phải ghi mục đích.",
        until=SHORT,
        member=("limit__member",),
        labels={"limit": "giới hạn"},
    ),
    "members.Wish": Held(
        name="Nguyện vọng",
        why="Để giao việc gần với điều đồng chí mong muốn.",
        until=SHORT,
        member=("member",),
        shown={"year": "năm"},
        words={"field": "fields"},
    ),
    "members.RosterImport": Held(
        name="Tệp danh sách đồng chí đã nhập",
        is_evidence=True,
        why="Để xem lại và hoàn tác được lần nhập.",
        until="Giữ cùng nhật ký công việc của văn phòng.",
        account=("created_by",),
        shown={"created_at": "lúc"},
        kept_back={
            "content": "Tệp gốc của cả danh sách; phần về mỗi đồng chí nằm ở mục “Thay đổi do nhập danh sách”.",
            "summary": "Kết quả của cả danh sách; phần về mỗi đồng chí nằm ở mục “Thay đổi do nhập danh sách”.",
        },
    ),
    "members.RosterImportChange": Held(
        name="Thay đổi do nhập danh sách",
        is_evidence=True,
        why="Để hoàn tác được lần nhập từ Excel.",
        until=SHORT,
        member=("member",),
        shown={"roster_import__written_at": "ghi lúc", "row_number": "dòng"},
        repeated=frozenset({"before"}),
    ),
}  # fmt: skip
