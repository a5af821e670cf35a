"""The process does not start with settings that would leave a door open."""

import ipaddress
import sys
from collections.abc import Mapping, Sequence
from typing import Any

DEMONSTRATION_KEY = "only-for-the-demonstration" * 2
LEAST_KEY = 50
LEAST_LETTERS = 5
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
_ADDRESS_OPTIONS = frozenset({"--host", "-b", "--bind"})


def unsafe(settings: Any, *, arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """What must be mended before this may start, each in a sentence."""
    found = []
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            "ALLOWED_HOSTS có dấu *: ai cũng mạo được tên máy chủ. Ghi đúng tên, ví dụ phancong.xa-a.vn."
        )
    if settings.DEBUG:
        return found + _outward(settings.ALLOWED_HOSTS, arguments, environment)
    key = settings.SECRET_KEY
    if len(key) < LEAST_KEY or len(set(key)) < LEAST_LETTERS or key == DEMONSTRATION_KEY:
        found.append(
            "SECRET_KEY quá ngắn hoặc quá dễ đoán. Đặt một chuỗi ngẫu nhiên dài ít nhất 50 ký tự trong môi trường."
        )
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        found.append(
            "Cookie đang gửi được qua HTTP nên bị nghe trộm. "
            "Bỏ SESSION_COOKIE_SECURE=False, CSRF_COOKIE_SECURE=False và chạy qua HTTPS."
        )
    return found


def _outward(hosts: Sequence[str], arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    found = []
    if strangers := [host for host in hosts if host not in OWN_MACHINE and host != "*"]:
        found.append(
            f"DEBUG=1 chỉ để chạy thử trên máy mình, mà ALLOWED_HOSTS có {', '.join(strangers)}. "
            "Bỏ DEBUG, hoặc bỏ các tên này."
        )
    if any(not is_own_machine(address) for address in _bound(arguments, environment)):
        found.append(
            "DEBUG=1 chỉ để chạy thử trên máy mình, mà máy chủ mở ra cho máy khác. "
            "Bỏ DEBUG, hoặc mở ở 127.0.0.1."
        )
    return found


def _bound(arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Addresses that the command line or the environment tells a server to listen at."""
    found = [environment["GRANIAN_HOST"]] if environment.get("GRANIAN_HOST") else []
    for before, word in zip(["", *arguments], arguments, strict=False):
        name, _, value = word.partition("=")
        if before in _ADDRESS_OPTIONS or (before == "runserver" and not word.startswith("-")):
            found.append(word)
        elif value and name in _ADDRESS_OPTIONS:
            found.append(value)
    return found


def is_own_machine(address: str) -> bool:
    """Whether only this machine reaches `address`, which may carry a port."""
    host = address.rpartition(":")[0] if address.count(":") == 1 else address
    if host.isdigit() or host == "localhost":  # a port alone stands for 127.0.0.1
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def command_line() -> list[str]:
    return sys.argv[1:]
