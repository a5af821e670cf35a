"""The command that writes the papers of a year."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from tests.planning.papers import plan_of, ward_cell

from phancong.planning.models import Plan

pytestmark = pytest.mark.django_db


def run(folder: Path, *options: str) -> str:
    answer = StringIO()
    call_command("write_documents", "--year", "2026", "--folder", str(folder), *options, stdout=answer)
    return answer.getvalue().splitlines()[-1]


def test_it_writes_every_cell_and_one_workbook(tmp_path: Path) -> None:
    for _ in range(2):
        plan_of(ward_cell(), members=3)
    assert run(tmp_path).startswith("Đã ghi văn bản của 2 chi bộ, giữ nguyên 0 chi bộ.")
    assert sorted(path.suffix for path in (tmp_path / "2026").rglob("*.*")) == [".docx"] * 8 + [".xlsx"]


def test_a_second_run_leaves_everything_as_it_is(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=3)
    run(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    assert run(tmp_path).startswith("Đã ghi văn bản của 0 chi bộ, giữ nguyên 1 chi bộ.")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before


def test_only_the_changed_plan_is_written_again(tmp_path: Path) -> None:
    plans = [plan_of(ward_cell(), members=3) for _ in range(2)]
    run(tmp_path)
    Plan.objects.filter(pk=plans[0].pk).update(version=2)
    assert run(tmp_path).startswith("Đã ghi văn bản của 1 chi bộ, giữ nguyên 1 chi bộ.")
    assert run(tmp_path, "--all").startswith("Đã ghi văn bản của 2 chi bộ, giữ nguyên 0 chi bộ.")


def test_one_cell_can_be_named(tmp_path: Path) -> None:
    plans = [plan_of(ward_cell(), members=3) for _ in range(2)]
    code = plans[1].cell.code
    assert run(tmp_path, "--cell", code).startswith("Đã ghi văn bản của 1 chi bộ")
    assert [path.name for path in (tmp_path / "2026").glob("*.xlsx")] == [
        f"ke-hoach-phan-cong-{code}-2026.xlsx"
    ]


def test_a_year_without_plans_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Chưa chi bộ nào có kế hoạch năm 2026\. Lập kế hoạch trước"):
        run(tmp_path)
