"""How long a big roster takes and how much memory: `python bench/import_roster.py --rows 130000`.

Uses the database of the settings (DATABASE_URL), which must be migrated and empty; prints one line per stage.
"""

import argparse
import io
import os
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phancong.config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from phancong.access.actor import Actor, Grant  # noqa: E402
from phancong.common.spreadsheet import SheetColumn, SheetContent, Value, write_workbook  # noqa: E402
from phancong.members.importing.actions import keep_upload, prepare_import, undo_import, write_import  # noqa: E402
from phancong.members.importing.founding import cells_to_found, found_cells, found_committee  # noqa: E402
from phancong.members.models import Member  # noqa: E402

TITLES = (
    "Số thẻ đảng viên", "Họ và tên", "Giới tính", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức", "Chi bộ", "Học vấn",
    "Chuyên môn", "Lý luận chính trị", "Nghề nghiệp", "Nơi làm việc", "Đoàn thể", "Tiếng nói", "Giới hạn công việc",
)  # fmt: skip
FAMILIES = ("Nguyễn", "Trần", "Lê", "Rah Lan", "Siu", "Ksor", "Đặng", "Võ")
GIVENS = ("Hòa", "Dũng", "Bình", "Nga", "H'Bia", "Tuấn", "Yến", "Đạt")


def rows(count: int, cells: int) -> Iterator[Sequence[Value]]:
    rng = random.Random(1)
    for number in range(count):
        admitted = date(1980, 1, 1) + timedelta(days=rng.randrange(15_000))
        yield (
            f"{number:08d}",
            f"{rng.choice(FAMILIES)} Văn {rng.choice(GIVENS)}",
            rng.choice(("Nam", "Nữ")),
            # Another day for each row of a cell, so that no two rows are one person by chance.
            date(1940, 1, 1) + timedelta(days=number // cells),
            admitted,
            admitted + timedelta(days=365),
            f"Chi bộ thôn {number % cells + 1}",
            "12/12",
            rng.choice((None, "Đại học Luật", "Trung cấp Kế toán")),
            rng.choice((None, "Trung cấp")),
            rng.choice(("Nông dân", "Giáo viên", "Hưu trí")),
            None,
            rng.choice(("Hội Nông dân", "Hội Cựu chiến binh; Hội Khuyến học")),
            rng.choice((None, "Tiếng Jrai (khá)")),
            rng.choice((None, None, None, "việc nhẹ đến 30/6/2027")),
        )


class Clock:
    def __init__(self) -> None:
        self.start = time.monotonic()

    def lap(self, stage: str) -> None:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"{stage:12} {time.monotonic() - self.start:7.1f} s   {own} MB, reader {child} MB", flush=True)
        self.start = time.monotonic()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=130_000)
    parser.add_argument("--cells", type=int, default=1_000)
    options = parser.parse_args()
    now = timezone.localtime()
    by = Actor(None, None, "Đo", now, (Grant("office", "", now.date()),))
    print(f"{connection.vendor}, {options.rows} rows, {options.cells} cells")
    clock = Clock()
    file = io.BytesIO()
    columns = [SheetColumn(title=title, as_text=title.startswith("Số")) for title in TITLES]
    write_workbook(file, [SheetContent(name="DS", columns=columns, rows=rows(options.rows, options.cells))])
    content = file.getvalue()
    file.close()
    clock.lap(f"file {len(content) // 1_000_000} MB")
    year = now.date().replace(month=1, day=1)
    root = found_committee("Đảng bộ xã Đo", by=by, effective_on=year)
    found_cells(cells_to_found(content, root=root, today=now.date()), root=root, by=by, effective_on=year)
    clock.lap("found cells")
    kept = keep_upload(content, file_name="do.xlsx", organization=root, by=by)
    print(prepare_import(kept.pk, by=by).summary["counts"])
    clock.lap("read")
    write_import(kept.pk, by=by)
    clock.lap("write")
    again = keep_upload(content, file_name="do.xlsx", organization=root, by=by)
    print(prepare_import(again.pk, by=by).summary["counts"])
    clock.lap("read again")
    undo_import(kept.pk, by=by)
    clock.lap("undo")
    assert Member.objects.count() == 0


if __name__ == "__main__":
    main()
