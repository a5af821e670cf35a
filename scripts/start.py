"""What `make run` does, step by step: each step is a documented management command.

A roster of the user's own gets a data folder of its own, so it never mixes with the sample.
"""

import argparse
import os
import re
import socket
import sys
import unicodedata
from pathlib import Path

import django
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[1]
PORTS_TRIED = 50


def data_folder(roster: str) -> Path:
    if not roster:
        return ROOT / "var"
    plain = unicodedata.normalize("NFD", Path(roster).stem).encode("ascii", "ignore").decode().lower()
    return ROOT / "var" / ("danh-sach-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "cua-toi"))


def free_port(wanted: int) -> int:
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    sys.exit(f"Các cổng {wanted}–{wanted + PORTS_TRIED - 1} đều bận. Chọn cổng khác: make run PORT=9000")


def prepare(roster: str) -> None:
    """Bring the database to this year's plan; each step does nothing where its work is already done."""
    call_command("migrate", verbosity=0)
    call_command("load_catalogue")
    if roster:
        call_command("import_roster", roster, create_cells=True, yes=True)
        call_command("appoint_office", if_none=True)
    else:
        call_command("load_sample", if_empty=True)
    call_command("end_interrupted_jobs")
    call_command("plan_year", if_missing=True, verbosity=0)
    call_command("write_documents")
    call_command("summarize_year")


def serve(port: int) -> None:
    chosen = free_port(port)
    if chosen != port:
        print(f"Cổng {port} đang bận, dùng cổng {chosen}.")
    print(f"\nMở trình duyệt: http://127.0.0.1:{chosen}/   (dừng: Ctrl+C)\n", flush=True)
    granian = Path(sys.executable).with_name("granian")
    os.execv(  # noqa: S606 -- the server takes this process over, so Ctrl+C reaches it
        granian,
        [str(granian), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(chosen), "--no-access-log",
         "--log-level", "warning", "phancong.config.wsgi:application"],
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true")
    options = parser.parse_args()
    roster = os.environ.get("ROSTER", "")
    if roster and not Path(roster).is_file():
        sys.exit(f"Không thấy tệp “{roster}”. Kiểm tra lại tên tệp, ví dụ: make run ROSTER=danh-sach.xlsx")
    os.environ["DATA_DIR"] = os.environ.get("DATA_DIR") or str(data_folder(roster))
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    Path(os.environ["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phancong.config.settings")
    django.setup()
    try:
        prepare(str(Path(roster).resolve()) if roster else "")
    except CommandError as refusal:
        sys.exit(str(refusal))
    if not options.no_serve:
        serve(options.port)


if __name__ == "__main__":
    main()
