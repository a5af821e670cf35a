"""Everything that can be said about the code without running it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHECKS = (
    ("định dạng", ["ruff", "format", "--check", "."]),
    ("quy tắc viết mã", ["ruff", "check", "."]),
    ("các tầng", ["lint-imports"]),
    ("mẫu trang", ["djlint", "--lint", "--quiet", "src"]),
    ("kiểu dữ liệu", ["mypy"]),
)


def main() -> None:
    failed = []
    for title, (tool, *arguments) in CHECKS:
        print(f"— {title}: {tool}", flush=True)
        if subprocess.run([BIN / tool, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(title)
    if failed:
        sys.exit(f"Chưa đạt: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
