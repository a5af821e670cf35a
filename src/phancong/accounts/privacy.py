"""How each field of accounts is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # That somebody has a file as a member is a political tie.
    "accounts.User": {
        "id": N, "password": P, "last_login": P, "username": P, "member": S, "is_active": P,
    },
    "accounts.Appointment": {
        "id": N, "user": P, "role": P, "organization": P, "decision_number": P, "valid_from": P,
        "valid_until": P, "delegated_by": P,
    },
}  # fmt: skip

HELD: Holdings = {
    "accounts.User": Held(
        name="Tài khoản",
        why="Để đồng chí đăng nhập và để biết ai đã làm việc gì.",
        until="Đến khi đồng chí không còn sinh hoạt và tài khoản được khóa.",
        member=("member",),
        kept_back={"password": "Chỉ giữ bản đã băm của mật khẩu; không ai đọc được."},
    ),
    "accounts.Appointment": Held(
        name="Vai trò được giao, được ủy quyền",
        why="Để đồng chí làm được phần việc theo quyết định hoặc được ủy quyền.",
        until="Giữ cùng quyết định, để trả lời được ai đã có quyền gì vào ngày nào.",
        member=("user__member", "delegated_by__member"),
        labels={"user": "người giữ vai trò", "organization": "tổ chức đảng"},
        words={"role": "roles"},
    ),
}
