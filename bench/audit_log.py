"""How long the log takes to write and to verify: `python bench/audit_log.py --lines 200000`.

Uses the database of the settings (DATABASE_URL), which must be migrated; the lines stay in it.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phancong.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from phancong.access.actor import Actor  # noqa: E402
from phancong.audit.log import Act, record, record_many, verdict  # noqa: E402

AT_ONCE = 10_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=200_000)
    options = parser.parse_args()
    by = Actor(1, None, "Đo", timezone.localtime())
    started = time.perf_counter()
    for first in range(0, options.lines, AT_ONCE):
        with transaction.atomic():
            record_many(
                (
                    Act(
                        action="give_duty",
                        subject=f"plan:{number}",
                        place="00000001",
                        detail={"duty": number},
                    )
                    for number in range(first, min(first + AT_ONCE, options.lines))
                ),
                by=by,
            )
    print(f"{connection.vendor}: ghi {options.lines} dòng {time.perf_counter() - started:.1f} giây")
    started = time.perf_counter()
    for number in range(200):
        with transaction.atomic():
            record(by=by, action="give_duty", subject=f"plan:{number}")
    print(f"ghi từng dòng: {(time.perf_counter() - started) * 5:.2f} ms mỗi dòng")
    started = time.perf_counter()
    found = verdict()
    print(f"kiểm {found.lines} dòng: {time.perf_counter() - started:.1f} giây, hỏng: {found.broken}")


if __name__ == "__main__":
    main()
