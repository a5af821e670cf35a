"""Runs everything that CI runs: the checks, then the tests on SQLite and on PostgreSQL, in parallel, browser included.

What the tests need from the machine is installed by its package manager where that is possible; otherwise the run says
what is missing and fails.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI") == "true"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# program → Debian packages that bring it
PROGRAMS = {
    "chromium": ["chromium"],
    "soffice": ["libreoffice-writer-nogui", "libreoffice-calc-nogui"],
    # Stands for Times New Roman with the same widths, so that pages break where they do in an office.
    "fc-list": ["fontconfig", "fonts-liberation2"],
    "pdftoppm": ["poppler-utils"],
}


def found(program: str) -> bool:
    if program == "fc-list":
        return bool(shutil.which(program)) and b"Liberation Serif" in subprocess.check_output([program])
    names = BROWSERS if program == "chromium" else (program,)
    return any(shutil.which(name) for name in names)


def install_programs() -> None:
    missing = [program for program in PROGRAMS if not found(program)]
    if not missing:
        return
    packages = [package for program in missing for package in PROGRAMS[program]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Đang cài {', '.join(packages)} …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
            check=False,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
    still = [program for program in missing if not found(program)]
    if still:
        sys.exit(
            f"Thiếu chương trình để kiểm tra: {', '.join(still)}. Cài các gói: {', '.join(packages)} "
            "(Debian/Ubuntu: sudo apt-get install …), rồi chạy lại make test."
        )


def answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def postgresql() -> str | None:
    """Address of a PostgreSQL server: named by the environment, or the one of this machine."""
    named = os.environ.get("TEST_POSTGRESQL_URL")
    if named:
        return named
    return "postgres://postgres@127.0.0.1:5432/postgres" if answers("127.0.0.1", 5432) else None


def brokers() -> bool:
    return answers("127.0.0.1", 5672) and answers("127.0.0.1", 6379)


def pytest(title: str, *arguments: str, **environment: str) -> bool:
    print(f"\n== {title}", flush=True)
    began = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "--dist",
        "worksteal",
        *arguments,
    ]
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    print(
        f"== {title}: {'đạt' if code == 0 else 'KHÔNG ĐẠT'} trong {time.monotonic() - began:.0f} giây",
        flush=True,
    )
    return code == 0


def main() -> None:
    install_programs()
    database = postgresql()
    if database is None and IN_CI:
        sys.exit(
            "Không thấy máy chủ PostgreSQL. Đặt TEST_POSTGRESQL_URL, hoặc chạy PostgreSQL ở 127.0.0.1:5432."
        )
    passed = [subprocess.run([sys.executable, ROOT / "scripts" / "lint.py"], check=False).returncode == 0]
    without_broker = [] if brokers() else ["-m", "not broker"]
    passed.append(pytest("Kiểm thử trên SQLite", *without_broker))
    if database:
        folders = sorted(
            str(path) for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name in ON_BOTH
        )
        passed.append(
            pytest("Kiểm thử trên PostgreSQL", *folders, *without_broker, TEST_DATABASE_URL=database)
        )
    if without_broker:
        print("CHÚ Ý: không thấy RabbitMQ và Redis ở máy này, các kiểm thử cần chúng chưa chạy.")
    if not database:
        print("CHÚ Ý: không thấy PostgreSQL (TEST_POSTGRESQL_URL), phần kiểm thử trên PostgreSQL chưa chạy.")
    if not all(passed):
        sys.exit("\nKhông đạt. Xem các dòng ở trên.")
    print("\nTất cả đều đạt.")


# The planner, the guards and the browser do not touch the database engine.
ON_BOTH = frozenset(
    {
        "access",
        "accounts",
        "audit",
        "common",
        "figures",
        "followups",
        "jobs",
        "meetings",
        "members",
        "organizations",
        "oversight",
        "personal_data",
        "planning",
        "reports",
        "reviews",
        "rules",
        "sample",
        "secondments",
        "reorganizations",
        "transfers",
        "trust",
        "yearbook",
    }
)

if __name__ == "__main__":
    main()
