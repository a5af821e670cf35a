"""Item 20: the process refuses to start with a door open, and says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from phancong.config.checks import is_own_machine
from tests.trust.measures import measured

ROOT = Path(__file__).resolve().parents[2]
KEY = "khoa-dung-cho-kiem-thu-0123456789-abcdefghijklmnop"
TOLD = (
    "DEBUG",
    "DEMO",
    "SECRET_KEY",
    "SSL_REDIRECT",
    "ALLOWED_HOSTS",
    "GRANIAN_HOST",
    "DJANGO_SETTINGS_MODULE",
)
PLAIN_COOKIES = "from phancong.config.settings import *\nSESSION_COOKIE_SECURE = False\n"
# What is set → the words of the refusal.
UNSAFE = {
    "DEBUG for other machines": (
        {"DEBUG": "1", "ALLOWED_HOSTS": "phancong.xa-a.vn"},
        "DEBUG=1 chỉ để chạy thử trên máy mình",
    ),
    "DEBUG at an outer address": ({"DEBUG": "1", "GRANIAN_HOST": "0.0.0.0"}, "mở ra cho máy khác"),  # noqa: S104
    "DEBUG for any name": ({"DEBUG": "1", "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS có dấu *"),
    "no key": ({}, "Thiếu SECRET_KEY"),
    "a short key": ({"SECRET_KEY": "ngan"}, "SECRET_KEY quá ngắn"),
    "a key of one letter": ({"SECRET_KEY": "a" * 60}, "SECRET_KEY quá ngắn hoặc quá dễ đoán"),
    "the key of the demonstration": (
        {"SECRET_KEY": "only-for-the-demonstration" * 2},
        "SECRET_KEY quá ngắn hoặc quá dễ đoán",
    ),
    "any name": ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "phancong.xa-a.vn,*"}, "ALLOWED_HOSTS có dấu *"),
    "cookies over HTTP": (
        {"SECRET_KEY": KEY, "DJANGO_SETTINGS_MODULE": "plain_cookies"},
        "Cookie đang gửi được qua HTTP",
    ),
    "the demonstration without DEBUG": ({"SECRET_KEY": KEY, "DEMO": "1"}, "DEMO=1 chỉ dùng để chạy thử"),
}


def start(told: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The application server's own door."""
    (folder / "plain_cookies.py").write_text(PLAIN_COOKIES, "utf-8")
    kept = {name: value for name, value in os.environ.items() if name not in TOLD}
    return subprocess.run(
        [sys.executable, "-c", "import phancong.config.wsgi"],
        env={
            **kept,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{folder}",
            "PYTHONIOENCODING": "utf-8",
            **told,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", UNSAFE)
def test_the_process_refuses_and_says_how_to_mend_it(name: str, tmp_path: Path) -> None:
    told, words = UNSAFE[name]
    run = start(told, tmp_path)
    measured(20, "Khởi động không an toàn mà vẫn chạy", n=1, wrong=int(run.returncode == 0))
    assert run.returncode != 0
    assert words in run.stderr


@pytest.mark.parametrize(
    "told",
    [{"SECRET_KEY": KEY, "ALLOWED_HOSTS": "phancong.xa-a.vn"}, {"DEBUG": "1", "GRANIAN_HOST": "127.0.0.1"}],
)
def test_a_safe_start_is_a_start(told: dict[str, str], tmp_path: Path) -> None:
    run = start(told, tmp_path)
    assert (run.returncode, "Chưa khởi động được" in run.stderr) == (0, False)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True), ("127.0.0.1:8000", True), ("localhost:8000", True), ("[::1]", True), ("8000", True),
        ("0.0.0.0", False), ("192.168.1.4:80", False), ("::", False), ("may-chu", False),  # noqa: S104
    ],
)  # fmt: skip
def test_an_address_is_known_for_ones_own_or_not(address: str, own: bool) -> None:
    assert is_own_machine(address) is own
