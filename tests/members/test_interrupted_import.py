"""A process killed in the middle of an import leaves the database as it was before, or as it is after."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from phancong.organizations.models import Organization
from tests.members.rosters import right_roster

ROWS = 400


def _manage(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/db.sqlite3",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _count(data: Path) -> int:
    connection = sqlite3.connect(data / "db.sqlite3")
    [(count,)] = connection.execute("SELECT count(*) FROM members_member").fetchall()
    [(whole,)] = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    assert whole == "ok"
    return int(count)


@pytest.mark.slow
def test_a_killed_import_leaves_before_or_after(tmp_path: Path) -> None:
    roster = tmp_path / "ds.xlsx"
    cell = Organization(name="Chi bộ thôn 1")
    roster.write_bytes(right_roster(ROWS, [cell]).content())
    assert _manage(tmp_path, "migrate").wait() == 0
    seen = set()
    for seconds in (1.5, 2.5, 3.5):
        process = _manage(tmp_path, "import_roster", str(roster), "--create-cells", "--yes")
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.add(_count(tmp_path))
    assert _manage(tmp_path, "import_roster", str(roster), "--create-cells", "--yes").wait() == 0
    seen.add(_count(tmp_path))
    assert seen <= {0, ROWS}
    assert _count(tmp_path) == ROWS
