"""Sends odd requests to every address (`make fuzz`): any answer but a page is a mistake of the product.

Works with databases of its own (in memory, or beside that of TEST_DATABASE_URL), so nothing outside is touched. The
same seed and count send the same requests; a broken run goes on with --from-batch.
"""

import argparse
import logging
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHOWN = 20
EVERY_SECONDS = 10


def prepare() -> None:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    logging.disable(logging.CRITICAL)


def work(job: tuple[str, int, int]) -> tuple[Counter[int], list[str]]:
    """Send the batches from one number up to another, in a fresh world of its own."""
    prepare()
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415
    from tests.trust.odd import Sender  # noqa: PLC0415
    from tests.trust.world import make_world  # noqa: PLC0415

    seed, first, last = job
    global _sender  # noqa: PLW0603 -- one world a process, made at its first piece of work
    if _sender is None:
        setup_test_environment()
        connection.settings_dict["TEST"]["NAME"] = name = _database_name(connection.vendor)
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        Finalize(None, connection.creation.destroy_test_db, (name,), {"verbosity": 0}, exitpriority=1)
        _sender = Sender(make_world(), seed)
    _sender.statuses, _sender.breakdowns = Counter(), []
    for batch in range(first, last):
        _sender.send(batch)
    return _sender.statuses, _sender.breakdowns


_sender: Any = None


def _database_name(vendor: str) -> str | None:
    """Each process has its own: in memory for SQLite, on the server of TEST_DATABASE_URL for PostgreSQL."""
    return f"test_fuzz_{os.getpid()}" if vendor == "postgresql" else None


def pieces(seed: str, first: int, last: int, *, size: int = 20) -> Iterator[tuple[str, int, int]]:
    for start in range(first, last, size):
        yield seed, start, min(start + size, last)


def main() -> None:
    prepare()
    from tests.trust.measures import measured  # noqa: PLC0415
    from tests.trust.odd import BATCH  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", default="")
    parser.add_argument("--from-batch", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    seed = options.seed or str(int(time.time()))
    last = -(-options.requests // BATCH)
    total = (last - options.from_batch) * BATCH
    print(f"Hạt giống {seed}; {total} yêu cầu trong {options.processes} tiến trình.", flush=True)
    statuses: Counter[int] = Counter()
    breakdowns: list[str] = []
    said = began = time.monotonic()
    context = multiprocessing.get_context("spawn")
    with context.Pool(options.processes) as pool:
        work_list = pieces(seed, options.from_batch, last)
        for found, broken in pool.imap(work, work_list):
            statuses += found
            breakdowns += broken
            if time.monotonic() - said > EVERY_SECONDS:
                said = time.monotonic()
                batch = options.from_batch + statuses.total() // BATCH
                print(
                    f"{statuses.total()}/{total} yêu cầu, {len(breakdowns)} trang hỏng (--from-batch {batch})",
                    flush=True,
                )
        pool.close()
        pool.join()
    seconds = time.monotonic() - began
    for line in breakdowns[:SHOWN]:
        print(f"HỎNG {line}")
    told = f"hạt giống {seed}; mã trả lời {dict(sorted(statuses.items()))}"
    print(f"{statuses.total()} yêu cầu trong {seconds:.0f} giây, {len(breakdowns)} trang hỏng; {told}")
    measured(
        22, "Đầu vào lạ (make fuzz): trang hỏng (5xx)", n=statuses.total(), wrong=len(breakdowns), note=told
    )
    sys.exit(1 if breakdowns else 0)


if __name__ == "__main__":
    main()
