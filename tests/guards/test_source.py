"""The source itself: sizes, words, templates, and a planner that stands alone."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = [path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "src").rglob("*.html"))
LONGEST_MODULE = 400
LONGEST_TEMPLATE = 150


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked_files():
        try:
            found.append((path, path.read_text("utf-8")))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return found


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {
        path.name: lines
        for path in MODULES
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_no_template_is_longer_than_a_reader_can_hold() -> None:
    long = {path.name for path in TEMPLATES if len(path.read_text("utf-8").splitlines()) > LONGEST_TEMPLATE}
    assert long == set()


def test_templates_hold_no_inline_style_or_script() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=", re.IGNORECASE)
    assert [path.name for path in TEMPLATES if inline.search(path.read_text("utf-8"))] == []


def test_templates_include_only_their_own_room_or_the_common_one() -> None:
    included = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
    strangers = [
        f"{path.name} → {name}"
        for path in TEMPLATES
        for name in included.findall(path.read_text("utf-8"))
        if name.split("/")[0] not in {path.parts[path.parts.index("templates") + 1], "common"}
    ]
    assert strangers == []


def test_pages_ask_nothing_of_another_host() -> None:
    foreign = re.compile(
        r"""(?:src|href|action)=["'](?:https?:)?//|@import|url\(\s*["']?https?:""", re.IGNORECASE
    )
    pages = [path for path in (ROOT / "src").rglob("*") if path.suffix in {".html", ".css", ".js"}]
    assert [path.name for path in pages if foreign.search(path.read_text("utf-8"))] == []


def test_requirements_name_no_index() -> None:
    address = re.compile(r"https?://|--index|--find-links")
    assert [
        path.name for path in (ROOT / "requirements").iterdir() if address.search(path.read_text("utf-8"))
    ] == []


def test_every_text_is_composed_unicode() -> None:
    decomposed = [path.name for path, text in texts() if not unicodedata.is_normalized("NFC", text)]
    assert decomposed == []


def test_no_path_of_a_machine_stands_in_the_repository() -> None:
    home = re.compile("/(?:" + "|".join(("work", "home", "root")) + r")/\w")
    assert [path.name for path, text in texts() if home.search(text)] == []


@pytest.mark.parametrize("hidden", ["django", "phancong"])
def test_the_planner_works_where_the_rest_is_not_installed(hidden: str) -> None:
    program = (
        f"import sys; sys.modules[{hidden!r}] = None; "
        "import planner, planner.solve, planner.verify, planner.score, planner.explain"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": str(ROOT / "src")})
