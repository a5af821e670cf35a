"""Write a plan, or an empty form to fill in, to a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from planner.explain import LEVEL_NAMES, tell_conflict, tell_relaxation, tell_status, tell_unmet, why_this
from planner.names import Names
from planner.problem import Problem
from planner.result import Plan
from planner.workbook.layout import SHEETS, WEIGHT_NAMES, WEIGHTS

_WIDEST = 60


def write_plan(path: Path, problem: Problem, plan: Plan, names: Names) -> None:
    """Write `plan` with its reasons to `path`: assignments, loads, what is unmet, what would help, a summary."""
    workbook = Workbook()
    _fill(workbook, "Phân công", _ASSIGNMENT_HEADER, _assignment_rows(problem, plan, names))
    loads = [(names.member(member), member, round(load / 10, 1)) for member, load in plan.loads]
    _fill(workbook, "Tải", ("Đảng viên", "Mã", "Tải (%)"), loads)
    unmet = [(tell_unmet(one, names),) for one in plan.unmet]
    _fill(workbook, "Chưa đáp ứng", ("Điều chưa đáp ứng và lý do",), unmet)
    relaxations = [(tell_relaxation(one, names),) for one in plan.relaxations]
    _fill(workbook, "Có thể nới", ("Cách nới nhỏ nhất để đáp ứng",), relaxations)
    _fill(workbook, "Tóm tắt", ("Nội dung", "Giá trị"), _summary_rows(plan, names))
    _save(workbook, path)


_ASSIGNMENT_HEADER = (
    "Nhiệm vụ",
    "Mã nhiệm vụ",
    "Đảng viên",
    "Mã đảng viên",
    "Nhóm trưởng",
    "Đã khóa",
    "Phù hợp (0-100)",
    "Tải (%)",
    "Vì sao",
)


def _assignment_rows(problem: Problem, plan: Plan, names: Names) -> Iterable[Sequence[object]]:
    for one in plan.assignments:
        yield (
            names.duty(one.duty),
            one.duty,
            names.member(one.member),
            one.member,
            "x" if one.lead else "",
            "x" if one.locked else "",
            one.fit,
            round(one.load / 10, 1),
            " ".join(why_this(problem, (one.member, one.duty), names)),
        )


def _summary_rows(plan: Plan, names: Names) -> Iterable[Sequence[object]]:
    yield "Kết luận", tell_status(plan)
    for level in plan.levels:
        yield f"{LEVEL_NAMES[level.level].capitalize()} (càng nhỏ càng tốt)", level.value
    for conflict in plan.conflicts:
        yield "Cặp khóa trái quy tắc", tell_conflict(conflict, names)


def write_template(path: Path) -> None:
    """Write an input workbook with every sheet and column, and one example row in each."""
    workbook = Workbook()
    for sheet in SHEETS:
        rows: list[Sequence[object]] = []
        if sheet.required:
            rows.append([column.example for column in sheet.columns])
        if sheet is WEIGHTS:
            rows.append([column.example for column in sheet.columns])
        _fill(workbook, sheet.title, [column.header for column in sheet.columns], rows)
    _fill(workbook, "Hướng dẫn", ("Nội dung",), [(line,) for line in _guide()])
    _save(workbook, path)


def _guide() -> Iterable[str]:
    yield "Mỗi dòng của trang “Đảng viên” và “Nhiệm vụ” là một người, một việc; ô để trống lấy giá trị mặc định."
    yield "Nhiều giá trị trong một ô cách nhau bằng dấu chấm phẩy; năng lực ghi kèm mức 1-3, ví dụ “tiếng Jrai: 2”."
    yield "Ô có hoặc không: ghi “có” hoặc “không”."
    yield "Trang “Khóa”: cặp đã quyết định. “Loại trừ”: cặp không được giao. “Bản nháp”: bản đang có, để ít thay đổi."
    yield "Các trọng số có thể đặt: " + "; ".join(WEIGHT_NAMES) + "."


def _fill(workbook: Workbook, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet = workbook.create_sheet(title)
    for number, row in enumerate([header, *rows], start=1):
        for place, value in enumerate(row, start=1):
            _put(sheet.cell(number, place), value)
    for place, name in enumerate(header, start=1):
        cell = sheet.cell(1, place)
        cell.font = Font(bold=True)
        longest = max((len(str(one.value or "")) for one in sheet[get_column_letter(place)]), default=0)
        sheet.column_dimensions[get_column_letter(place)].width = min(_WIDEST, max(longest, len(name)) + 2)
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: object) -> None:
    """Write a value as what it is: text that looks like a formula stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _save(workbook: Workbook, path: Path) -> None:
    del workbook["Sheet"]
    workbook.save(path)
