"""Makes .venv from the hash-locked requirements. Needs only Python 3.11 and pip."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"


def main(requirements: str) -> None:
    if sys.version_info < (3, 11):
        sys.exit(
            f"Phân Công cần Python 3.11 trở lên; máy này có {sys.version.split()[0]}. Gọi: make run PYTHON=python3.11"
        )
    if not (VENV / "bin" / "python").exists():
        print("Đang tạo môi trường Python trong .venv …", flush=True)
        try:
            venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
        except subprocess.CalledProcessError:
            sys.exit(
                "Không tạo được môi trường Python. Trên Debian/Ubuntu, cài thêm gói python3-venv rồi chạy lại."
            )
    print(f"Đang cài các gói đã khóa phiên bản ({requirements}.txt) …", flush=True)
    subprocess.run(
        [
            VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--require-hashes", "--requirement", ROOT / "requirements" / f"{requirements}.txt",
        ],
        check=True,
    )  # fmt: skip
    site = subprocess.run(
        [VENV / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # Both packages live in src; this makes them importable without building anything.
    (Path(site) / "phancong.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
