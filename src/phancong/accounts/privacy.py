"""How each field of accounts is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings, Untraced

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # That somebody has a file as a member is a political tie.
    "accounts.User": {
        "id": N, "password": P, "last_login": P, "username": P, "member": S, "is_active": P, "session_epoch": N,
    },
    "accounts.PrintedCode": {
        "id": N, "user": P, "purpose": N, "seal": N, "made_at": P, "made_by": P, "expires_at": N, "used_at": P,
    },
    "accounts.Passkey": {
        "id": N, "user": P, "name": P, "key_id": N, "public": N, "made_at": P, "used_at": P,
    },
    "accounts.CodeApp": {
        "id": N, "user": P, "secret": N, "made_at": P, "last_step": N,
    },
    # The key holds a seal of a name or an address.
    "accounts.Allowance": {
        "id": N, "key": P, "since": N, "count": N,
    },
    "accounts.OpenSession": {
        "id": N, "user": P, "session_key": N, "device": P, "address": P, "since": P, "seen_at": P,
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
    "accounts.PrintedCode": Held(
        name="Thẻ kích hoạt, mã in",
        why="Để biết mã nào đã trao, đã dùng, để không ai dùng lại được.",
        until="Đến khi in thẻ hoặc tờ mã mới; mã đã dùng giữ cùng tài khoản.",
        member=("user__member",),
        labels={"user": "tài khoản"},
        only_actor=frozenset({"made_by"}),
    ),
    "accounts.Passkey": Held(
        name="Khóa trên máy của đồng chí",
        why="Để đồng chí vào bằng vân tay hoặc mã mở máy.",
        until="Đến khi đồng chí bỏ khóa.",
        member=("user__member",),
        labels={"user": "tài khoản"},
    ),
    "accounts.CodeApp": Held(
        name="Ứng dụng mã của đồng chí",
        why="Để làm bước thứ hai khi đăng nhập.",
        until="Đến khi đồng chí bỏ ứng dụng.",
        member=("user__member",),
        labels={"user": "tài khoản"},
    ),
    "accounts.Allowance": Untraced(
        "Chỉ đếm số lần thử; tên và địa chỉ mạng đã được băm nên không dẫn tới một đồng chí nào."
    ),
    "accounts.OpenSession": Held(
        name="Phiên đang mở",
        why="Để đồng chí thấy mình đang đăng nhập ở đâu và kết thúc được phiên lạ.",
        until="Đến khi phiên kết thúc.",
        member=("user__member",),
        labels={"user": "tài khoản"},
    ),
}
