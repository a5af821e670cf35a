"""What `make trust` does: runs the measurements of trust and prints them in one table.

A verdict is `đạt` (nothing went wrong), `không đạt` (something did, or a measurement failed) or `chưa đo` (nothing
measured it in this run). The table is also kept as docs/reference/trust.md with the commit, the machine and the day.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from rich.console import Console  # noqa: E402 -- the path is known only now
from rich.table import Table  # noqa: E402
from scripts.run_tests import postgresql  # noqa: E402
from tests.trust.measures import ITEMS, Measure  # noqa: E402

KEPT = ROOT / "docs" / "reference" / "trust.md"
VERDICTS = {"đạt": "green", "không đạt": "bold red", "chưa đo": "yellow"}
Row = tuple[int, str, str, int, int, str]


def run(command: list[str], **environment: str) -> bool:
    print("→ " + " ".join(command), flush=True)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode == 0


def measures_in(folder: Path) -> list[Measure]:
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [Measure(**json.loads(line)) for line in lines]


def rows_of(measures: list[Measure]) -> list[Row]:
    """Item, risk, what was counted, n, wrong and verdict; an item that nothing counted comes as not measured."""
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    notes: dict[tuple[int, str], str] = {}
    for measure in measures:
        key = (measure.item, measure.what)
        n, wrong = sums.get(key, (0, 0))
        sums[key] = (n + measure.n, wrong + measure.wrong)
        notes[key] = max(notes.get(key, ""), measure.note)
    rows: list[Row] = []
    for item, risk in ITEMS.items():
        found = [(what, n, wrong) for (number, what), (n, wrong) in sums.items() if number == item]
        for what, n, wrong in found:
            note = f" ({notes[item, what]})" if notes[item, what] else ""
            rows.append((item, risk, what + note, n, wrong, "không đạt" if wrong or not n else "đạt"))
        if not found:
            rows.append((item, risk, "", 0, 0, "chưa đo"))
    return rows


def show(rows: list[Row], *, all_passed: bool) -> None:
    table = Table(title="Đo độ tin cậy: quyền, đăng nhập, trình duyệt, dữ liệu", title_justify="left")
    for heading in ("Mục", "Nguy cơ", "Đã thử", "n", "sai", "Kết luận"):
        table.add_column(heading, justify="right" if heading in ("Mục", "n", "sai") else "left")
    for item, risk, what, n, wrong, verdict in rows:
        color = VERDICTS[verdict]
        table.add_row(str(item), risk, what, _grouped(n), _grouped(wrong), f"[{color}]{verdict}[/]")
    Console(width=150 if not sys.stdout.isatty() else None).print(table)
    if not all_passed:
        print("Có phép đo không chạy hết. Xem các dòng ở trên.")


def keep(rows: list[Row], *, command: str) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()  # fmt: skip
    told = (
        f"Đo ngày {date.today():%d/%m/%Y}, bản {commit}, {platform.system()} {platform.machine()}, "  # noqa: DTZ011
        f"Python {platform.python_version()}, {os.cpu_count()} lõi. Lệnh: `{command}`."
    )
    lines = [
        "<!-- In bằng `make trust`; đừng sửa tay. -->",
        "",
        "# Đo độ tin cậy",
        "",
        told,
        "",
        "| mục | nguy cơ | đã thử | n | sai | kết luận |",
        "|---:|---|---|---:|---:|---|",
    ]
    lines += [
        f"| {item} | {risk} | {what} | {_grouped(n)} | {_grouped(wrong)} | {verdict} |"
        for item, risk, what, n, wrong, verdict in rows
    ]
    KEPT.write_text("\n".join(lines) + "\n", "utf-8")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo độ tin cậy và in một bảng.")
    parser.add_argument("--quick", action="store_true", help="không chạy đột biến và đầu vào lạ dài")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        passed = [run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "2", "-m", "trust"],
                      TRUST_RESULTS=folder, LIFE_STEPS="32000")]  # fmt: skip
        server = postgresql()
        if server:  # what only that database can show: many writers at once, row-level security
            passed.append(
                run(
                    [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-m", "trust", "tests/audit",
                     "tests/trust/test_burst.py"],
                    TRUST_RESULTS=folder,
                    TEST_DATABASE_URL=server,
                )
            )  # fmt: skip
        if not options.quick:
            passed += [
                run([sys.executable, str(ROOT / "scripts" / name), *more], TRUST_RESULTS=folder)
                for name, more in (("mutate.py", ()), ("fuzz.py", ("--requests", "10000")))
            ]  # fmt: skip
        rows = rows_of(measures_in(Path(folder)))
    show(rows, all_passed=all(passed))
    keep(rows, command="scripts/trust.py --quick" if options.quick else "make trust")
    if not all(passed) or any(verdict == "không đạt" for *_, verdict in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
