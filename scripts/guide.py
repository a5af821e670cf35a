"""Makes the guide through the year of a cell: drives the running product, pictures each page at two widths.

Run by `make guide`; the pictures are never older than the product they show. The steps stand in `guide_steps.py`
and `guide_review.py`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts import guide_review, guide_steps  # noqa: E402 -- the path is set above
from scripts.guide_steps import Book, Chapter  # noqa: E402 -- as above
from scripts.start import free_port  # noqa: E402 -- as above

CHAPTERS = (*guide_steps.CHAPTERS, *guide_review.CHAPTERS)
TARGET = ROOT / "docs" / "guide" / "nam-cong-tac"
PAGE = ROOT / "docs" / "guide" / "nam-cong-tac.vi.md"
# Width and height in pixels, and how wide the picture stands in the guide.
SIZES = ((360, 740, 240), (1366, 820, 620))
QUALITY = 62
HEAD = """<!-- In bằng `make guide` từ sản phẩm đang chạy; đừng sửa tay. -->
# Một năm của chi bộ, từng bước

Người và nơi trong ảnh không có thật. Bên trái là màn hình điện thoại, bên phải là máy tính.
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        environment = os.environ | {
            "DEBUG": "1", "DEMO": "1", "DATA_DIR": folder, "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "phancong.config.settings",
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "scripts/start.py", "--no-serve"], cwd=ROOT, env=environment, check=True
        )
        port = free_port(8100)
        server = subprocess.Popen(
            [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port),
             "--no-access-log", "--log-level", "error", "phancong.config.wsgi:application"],
            cwd=ROOT, env=environment,
        )  # fmt: skip
        try:
            _wait(port)
            _write(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("Trang web không chạy lên được. Chạy `make run` để xem lỗi.")


def _write(address: str) -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        book = Book(browser, address)
        lines = [HEAD]
        total = sum(len(chapter.steps) for chapter in CHAPTERS)
        done = 0
        for number, chapter in enumerate(CHAPTERS, start=1):
            lines += ["", f"## {number}. {chapter.title}", "", chapter.told]
            for step in chapter.steps:
                done += 1
                print(f"{done}/{total} {step.title}", flush=True)
                step.go(book)
                lines += _pictured(book, chapter, done, step.title, step.told)
        browser.close()
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")


def _pictured(book: Book, chapter: Chapter, number: int, title: str, told: str) -> list[str]:
    images = []
    for width, height, shown in SIZES:
        name = f"{number:02d}-{chapter.code}-{width}.webp"
        book.page.set_viewport_size({"width": width, "height": height})
        book.page.wait_for_load_state("networkidle")
        with Image.open(BytesIO(book.page.screenshot())) as picture:
            picture.save(TARGET / name, "WEBP", quality=QUALITY)
        images.append(f'<img src="nam-cong-tac/{name}" width="{shown}" alt="{title}, rộng {width} điểm ảnh">')
    return ["", f"**{number}. {title}.** {told}", "", " ".join(images)]


if __name__ == "__main__":
    main()
