"""How each field of reorganisations is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings, Untraced

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    "reorganizations.Reorganization": {
        "id": N, "committee": N, "keeper": N, "keeper_code": N, "title": N, "state": N, "effective_on": N,
        "decision_number": N, "decided_on": N, "done_on": N, "hindrance": P, "figures": N, "version": N,
    },
    "reorganizations.Step": {
        "id": N, "reorganization": N, "number": N, "kind": N, "code": N, "name": N, "organization_kind": N,
        "target": N, "areas": N,
    },
    "reorganizations.Placement": {"id": N, "reorganization": N, "member": S, "target": S},
    "reorganizations.Trace": {"id": N, "reorganization": N, "table": N, "row": N, "before": S, "after": S},
}  # fmt: skip

HELD: Holdings = {
    "reorganizations.Reorganization": Untraced(
        "quyết định về tổ chức đảng; lý do chưa thực hiện được có thể nêu tên đồng chí chưa có chi bộ mới"
    ),
    "reorganizations.Placement": Held(
        name="Chuyển chi bộ khi sắp xếp tổ chức",
        why="Để mỗi đồng chí có chi bộ mới khi chi bộ cũ kết thúc, và in danh sách kèm quyết định.",
        until="Giữ cùng quyết định sắp xếp tổ chức; bỏ cùng dự thảo.",
        member=("member",),
        shown={"target": "mã chi bộ mới"},
        labels={"reorganization": "việc sắp xếp"},
        is_evidence=True,
    ),
    "reorganizations.Trace": Untraced(
        "bản sao các dòng đã đổi khi sắp xếp tổ chức, chỉ để hoàn tác; các dòng ấy đã ghi ở mục sinh hoạt, chức vụ"
    ),
}
