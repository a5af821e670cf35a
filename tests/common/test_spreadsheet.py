"""What looks like a formula stays text in every export."""

import io
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from phancong.common.spreadsheet import SheetColumn, SheetContent, guarded_text, write_workbook

RISKY = [
    "=1+1",
    "+84 905 123 456",
    "-",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "a\x00b",
]


def a_book() -> bytes:
    saved = io.BytesIO()
    columns = (SheetColumn(title="Chữ"), SheetColumn(title="Ngày", choices=("một", "hai")))
    rows = [(text, date(2026, 2, 3)) for text in RISKY]
    write_workbook(
        saved, [SheetContent(name="Thử", columns=columns, rows=rows, title_lines=("=tên",), room=3)]
    )
    return saved.getvalue()


def test_no_text_becomes_a_formula_and_all_stay_readable() -> None:
    sheet = load_workbook(io.BytesIO(a_book()))["Thử"]
    cells = [sheet.cell(row, 1) for row in range(1, 3 + len(RISKY))]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.value for cell in cells[2:5]] == ["=1+1", "+84 905 123 456", "-"]
    assert cells[-1].value == "ab"
    assert sheet.freeze_panes == "A3"


def test_libreoffice_counts_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "thu.xlsx"
    path.write_bytes(a_book())
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", "fods"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120
    )
    text = (tmp_path / "thu.fods").read_text()
    assert "+84 905 123 456" in text
    assert 'table:formula="' not in text


@pytest.mark.parametrize(("text", "guarded"), [("=1", "'=1"), ("-", "-"), ("Bình", "Bình"), ("+84", "'+84")])
def test_text_without_cell_types_is_guarded_by_an_apostrophe(text: str, guarded: str) -> None:
    assert guarded_text(text) == guarded
