"""Pages of docs/reference, printed from the code so that they cannot be old."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver

from phancong import rules
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.config import settings
from phancong.followups.enums import MOVES, State
from phancong.reviews.rule_values import CORRECTABLE, values_on
from phancong.reviews.schemes import first_days, scheme_on
from phancong.rules.model import Sourced

HEADING = "<!-- In từ mã nguồn bằng `make docs`; đừng sửa tay. -->\n"


def views() -> Iterator[tuple[str, str, str]]:
    """Each address with the right its view names, and in words what the view asks beside it."""
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str, str]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, address)
        else:
            view = pattern.callback
            yield address, str(getattr(view, "right", "")), getattr(view, "beside", "")


def rights_page() -> str:
    lines = [HEADING, "# Ai làm được gì", ""]
    for role in ROLES.values():
        lines += [f"## {role.name}", "", role.description, ""]
        lines += [f"- {right.label}" for right in sorted(role.permissions)] + [""]
    lines += ["## Các quyền", "", "| quyền | tên trong mã nguồn | vai trò có quyền |", "|---|---|---|"]
    for right in sorted(Permission):
        holders = ", ".join(role.name for role in ROLES.values() if right in role.permissions) or "chưa giao"
        lines.append(f"| {right.label} | `{right.value}` | {holders} |")
    return "\n".join(lines) + "\n"


def addresses_page() -> str:
    names = {"open": "ai cũng mở được", "own": "của chính mình"}
    lines = [HEADING, "# Các trang và quyền cần có", "", "| địa chỉ | quyền |", "|---|---|"]
    for address, right, beside in sorted(views()):
        lines.append(f"| `{address}` | {names.get(right, f'`{right}`')}{beside and f', {beside}'} |")
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    source = Path(settings.__file__).read_text("utf-8")
    names = sorted(set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', source)))
    lines = [
        HEADING,
        "# Cấu hình",
        "",
        "Đặt bằng biến môi trường khi chạy.",
        "",
        "| tên | ý nghĩa |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {SETTINGS[name]} |" for name in names]
    return "\n".join(lines) + "\n"


SETTINGS = {
    "ALLOWED_HOSTS": "Tên máy chủ được phép, cách nhau bằng dấu phẩy.",
    "ANCHORS_DIR": "Thư mục ghi mốc neo của nhật ký, nên ở ổ đĩa khác. Bỏ trống: thư mục anchors trong DATA_DIR.",
    "ANCHOR_MAIL_TO": "Địa chỉ thư nhận mốc neo hằng ngày. Bỏ trống: không gửi thư, chỉ ghi tệp.",
    "AUDIT_KEY": "Khóa đóng dấu nhật ký: chuỗi ngẫu nhiên, ít nhất 50 ký tự, khác SECRET_KEY. Bắt buộc ở cài đặt thật.",
    "BEHIND_PROXY": "1 khi có máy chủ HTTPS phía trước và nó tự ghi X-Forwarded-Proto cho mọi yêu cầu.",
    "BROKER_URL": "Địa chỉ RabbitMQ hoặc Redis. Bỏ trống: việc dài chạy ngay trên máy này, không cần gì thêm.",
    "DATABASE_URL": "Cơ sở dữ liệu. Bỏ trống: SQLite trong DATA_DIR. Cài đặt thật: postgres://…",
    "DATA_DIR": "Thư mục chứa dữ liệu và văn bản tạo ra. Bỏ trống: thư mục var.",
    "DEBUG": "1 khi chạy thử trên máy mình. Không bật ở cài đặt thật.",
    "DEMO": "1 để đăng nhập bằng người mẫu. Chỉ dùng cùng DEBUG.",
    "EMAIL_HOST": "Máy chủ gửi thư, chỉ dùng khi đặt ANCHOR_MAIL_TO hoặc SITE_ADDRESS.",
    "EXPORT_KEPT_DAYS": "Số ngày giữ danh sách lớn đã xuất ở việc chạy nền.",
    "HELP_PHONE": "Số điện thoại của văn phòng, hiện ở mọi trang.",
    "HSTS_SECONDS": "Thời gian trình duyệt nhớ chỉ dùng HTTPS.",
    "JOB_PROCESSES": "Số tiến trình cho một việc dài khi không có BROKER_URL.",
    "MAIL_FROM": "Địa chỉ ghi ở chỗ người gửi của thư.",
    "SITE_ADDRESS": "Địa chỉ của trang, ví dụ https://phancong.example. Đặt thì đảng viên xin nhận được thư nhắc việc.",
    "SECRET_KEY": "Chuỗi bí mật ngẫu nhiên, ít nhất 50 ký tự. Bắt buộc ở cài đặt thật.",
    "TRUSTED_PROXIES": "Số máy chủ trung gian của mình đứng trước; khi đó mới tin X-Forwarded-For. Thường là 0 hoặc 1.",
    "SSL_REDIRECT": "0 nếu máy chủ phía trước đã chuyển sang HTTPS.",
}


def commands_page() -> str:
    lines = [
        HEADING,
        "# Các lệnh quản lý",
        "",
        "Gọi: `.venv/bin/python manage.py TÊN`. Lệnh chạy trên máy chủ, ghi vào nhật ký với tên “Hệ thống”.",
        "",
        "| lệnh | việc | quyền đứng sau |",
        "|---|---|---|",
    ]
    lines += [f"| `{name}` | {command.help} | {_behind(command)} |" for name, command in commands()]
    return "\n".join(lines) + "\n"


def _behind(command: type[BaseCommand]) -> str:
    right = str(getattr(command, "right", ""))
    return {"open": "ai cũng chạy được", "giver": "quyền của người giao việc"}.get(right, f"`{right}`")


def commands() -> Iterator[tuple[str, type[BaseCommand]]]:
    """Name and class of each command of the product."""
    for app in sorted(apps.get_app_configs(), key=lambda config: config.name):
        folder = Path(app.path) / "management" / "commands"
        if not app.name.startswith("phancong.") or not folder.is_dir():
            continue
        for module in sorted(info.name for info in iter_modules([str(folder)])):
            yield module, import_module(f"{app.name}.management.commands.{module}").Command


def rules_page(day: date) -> str:
    """Every value of the packs in force on `day`, with its source, the unconfirmed marked."""
    lines = [
        HEADING,
        "# Các quy định đang dùng",
        "",
        "Giá trị chưa kiểm chứng được ghi rõ, văn phòng sửa trong thư mục `rules/`.",
        "",
    ]
    found = rules.on(day)
    for name in found.__dataclass_fields__:
        entries = getattr(found, name)
        if not isinstance(entries, tuple):
            continue
        lines += [f"## {name}", "", "| mã | tên | nguồn | |", "|---|---|---|---|"]
        lines += [_rule_line(entry) for entry in entries] + [""]
    for first in first_days():
        lines += _classification(first)
    return "\n".join(lines).rstrip() + "\n"


def _classification(first: date) -> list[str]:
    """The rule of reviews from `first` on: its grades, reasons and values. Old years keep theirs."""
    scheme = scheme_on(first)
    lines = [
        f"## classification từ {first:%d/%m/%Y}",
        "",
        f"{scheme.basis}.",
        "",
        "| mã | tên | nguồn | |",
        "|---|---|---|---|",
    ]
    lines += [_rule_line(entry) for entry in (*scheme.best_first, *scheme.not_rated)]
    lines += ["", "| giá trị | tên | nguồn | |", "|---|---|---|---|"]
    for value in values_on(first):
        told = ", ".join(value.value) if isinstance(value.value, list) else value.value
        mark = "" if value.confirmed else "chưa kiểm chứng"
        lines.append(
            f"| `{value.address}` | {value.name}: {CORRECTABLE[value.field]} = {told} | {value.source} | {mark} |"
        )
    return [*lines, ""]


def _rule_line(entry: Sourced) -> str:
    code, name = getattr(entry, "code", ""), getattr(entry, "name", "")
    value = f" = {value}" if (value := getattr(entry, "value", None)) is not None else ""
    return f"| `{code}` | {name}{value} | {entry.source} | {'' if entry.confirmed else 'chưa kiểm chứng'} |"


def duty_life_page() -> str:
    """What may be said of a duty in which state, drawn and as a table, from the table the code goes by."""
    lines = [HEADING, "# Một việc được giao sống thế nào", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {state.value}' for state in State]
    lines.append(f"    [*] --> {State.RUNNING.value}: chi bộ thông qua, hoặc giao thêm")
    steps = [(here, kind, there) for (here, kind), there in MOVES.items() if here != there]
    lines += [f"    {here.value} --> {there.value}: {kind.label}" for here, kind, there in steps]
    lines += ["```", "", "Quá hạn là việc đang thực hiện đã qua hạn.", ""]
    lines += ["| đang ở | ghi được | thành |", "|---|---|---|"]
    lines += [f"| {here.label} | {kind.label} | {there.label} |" for (here, kind), there in MOVES.items()]
    return "\n".join(lines) + "\n"


def pages(day: date) -> dict[str, Callable[[], str]]:
    return {
        "addresses.md": addresses_page,
        "commands.md": commands_page,
        "duty-life.md": duty_life_page,
        "rights.md": rights_page,
        "rules.md": lambda: rules_page(day),
        "settings.md": settings_page,
    }
