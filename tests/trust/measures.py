"""Figures of trust: what each measurement found, kept for the table that `make trust` prints."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

ITEMS = {
    1: "Ma trận địa chỉ × vai × phương thức",
    2: "Dò mã số của người khác",
    3: "Rò trường nhạy cảm (mã canary)",
    4: "Quyền hết giữa hai lần yêu cầu",
    5: "Tự duyệt, tự quyết việc của mình",
    6: "Số nhỏ chỉ ra một người",
    7: "Lưới thứ hai (RLS)",
    8: "Đột biến phần quyền",
    9: "Cố định phiên",
    10: "Phiên sống quá lý do",
    11: "Dò mật khẩu, rải mật khẩu",
    12: "Khóa người khác bằng cách dò",
    13: "Dò tên tài khoản",
    14: "Bước xác thực thứ hai",
    15: "Việc nguy hiểm bằng phiên mượn",
    16: "CSRF",
    17: "GET mà ghi",
    18: "XSS",
    19: "CSP và các tiêu đề",
    20: "Khởi động không an toàn",
    21: "Gán hàng loạt",
    22: "Đầu vào lạ",
    23: "Gọi ra ngoài",
    24: "Biểu thức chính quy chậm",
    25: "Chuyển hướng, Host, X-Forwarded-For",
    26: "Chèn SQL",
    27: "Dữ liệu nhạy cảm trong nhật ký, địa chỉ",
    30: "Công thức trong tệp xuất ra",
    44: "Vòng đời kế hoạch và việc được giao",
    48: "Nhật ký: dòng bị sửa đều bị phát hiện",
}
"""Number of the risk in the list of measurements → what it is about."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`n` is how often it was tried, `wrong` how often it went wrong; `what` says in Vietnamese what was counted."""

    item: int
    what: str
    n: int
    wrong: int
    note: str = ""


def measured(item: int, what: str, *, n: int, wrong: int, note: str = "") -> None:
    """Keep a figure for the table. Writes only where TRUST_RESULTS names a folder."""
    folder = os.environ.get("TRUST_RESULTS")
    if not folder:
        return
    line = json.dumps(asdict(Measure(item, what, n, wrong, note)), ensure_ascii=False)
    with (Path(folder) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
