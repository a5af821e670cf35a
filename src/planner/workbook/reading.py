"""Read a problem from a workbook; every fault is told with its sheet, row and column."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from planner.checks import ProblemError
from planner.names import Names
from planner.problem import CategoryRule, Duty, Member, Pair, Problem, Weights
from planner.workbook import layout
from planner.workbook.layout import Column, Sheet

MOST_ROWS = 10_000
"""A sheet with more rows than this is no cell, and is refused."""

Row = Mapping[str, Any]


def read_problem(path: Path) -> tuple[Problem, Names]:
    """The problem in the workbook at `path` and the names to print. Raises `ProblemError` with every fault."""
    reader = _Reader(_open(path))
    members = reader.rows(layout.MEMBERS)
    duties = reader.rows(layout.DUTIES)
    categories = reader.rows(layout.CATEGORIES)
    pairs = {
        sheet.title: _pairs(reader.rows(sheet))
        for sheet in (layout.LOCKS, layout.FORBIDDEN, layout.APART, layout.PREVIOUS, layout.CURRENT)
    }
    weights = reader.weights()
    if reader.faults:
        raise ProblemError(reader.faults)
    problem = Problem(
        members=tuple(Member(**_traits(row)) for row in members),
        duties=tuple(Duty(**_traits(row)) for row in duties),
        categories=tuple(CategoryRule(**_traits(row)) for row in categories),
        locks=pairs[layout.LOCKS.title],
        forbidden=pairs[layout.FORBIDDEN.title],
        apart=pairs[layout.APART.title],
        previous=pairs[layout.PREVIOUS.title],
        current=pairs[layout.CURRENT.title] or None,
        weights=weights,
    )
    return problem, Names(members=_names(members), duties=_names(duties))


def _open(path: Path) -> Workbook:
    if not path.is_file():
        raise ProblemError([f"Không tìm thấy tệp “{path}”."])
    try:
        # Read from memory: a workbook opened for reading only would keep the file open.
        return load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError):
        raise ProblemError([f"Tệp “{path.name}” không phải là bảng tính .xlsx đọc được."]) from None


class _Reader:
    """Reads sheets and collects faults."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.faults: list[str] = []

    def rows(self, sheet: Sheet) -> list[Row]:
        """The rows of `sheet` that hold anything; traits left empty are absent."""
        if sheet.title not in self.workbook.sheetnames:
            if sheet.required:
                self.faults.append(f"Thiếu trang “{sheet.title}”.")
            return []
        lines = self.workbook[sheet.title].iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        header = [_written(value) for value in next(lines, ())]
        columns = self._columns(sheet, header)
        return list(self._parsed(sheet, columns, lines))

    def _columns(self, sheet: Sheet, header: list[str]) -> dict[int, Column]:
        known = {column.header: column for column in sheet.columns}
        for column in sheet.columns:
            if column.required and column.header not in header:
                self.faults.append(f"Trang “{sheet.title}” thiếu cột “{column.header}”.")
        for written in header:
            if written and written not in known:
                self.faults.append(f"Trang “{sheet.title}” có cột lạ “{written}”.")
        return {place: known[written] for place, written in enumerate(header) if written in known}

    def _parsed(
        self, sheet: Sheet, columns: dict[int, Column], lines: Iterator[tuple[object, ...]]
    ) -> Iterator[Row]:
        for number, line in enumerate(lines, start=2):
            values = [_written(value) for value in line]
            if number > MOST_ROWS + 1:
                self.faults.append(f"Trang “{sheet.title}” có hơn {MOST_ROWS} dòng.")
                return
            if any(values):
                yield self._row(f"Trang “{sheet.title}”, dòng {number}", columns, values)

    def _row(self, where: str, columns: dict[int, Column], values: list[str]) -> Row:
        row = {}
        for place, column in columns.items():
            written = values[place] if place < len(values) else ""
            if written:
                try:
                    row[column.trait or "name"] = column.parse(written)
                except ValueError as error:
                    self.faults.append(f"{where}, cột “{column.header}”: {error}, đang ghi “{written}”.")
            elif column.required:
                self.faults.append(f"{where}, cột “{column.header}”: không được để trống.")
        return row

    def weights(self) -> Weights:
        """The weights that the workbook sets; the others keep their usual values."""
        found: dict[str, Any] = {}
        for row in self.rows(layout.WEIGHTS):
            name, value = row.get("name", ""), row.get("value", "")
            if name not in layout.WEIGHT_NAMES:
                self.faults.append(f"Trang “{layout.WEIGHTS.title}” có trọng số lạ “{name}”.")
                continue
            trait, parse = layout.WEIGHT_NAMES[name]
            try:
                found[trait] = parse(value)
            except ValueError as error:
                self.faults.append(f"Trang “{layout.WEIGHTS.title}”, “{name}”: {error}, đang ghi “{value}”.")
        return Weights(**found)


def _written(value: object) -> str:
    return "" if value is None else str(value).strip()


def _traits(row: Row) -> dict[str, Any]:
    return {trait: value for trait, value in row.items() if trait != "name"}


def _names(rows: list[Row]) -> dict[str, str]:
    return {row["id"]: row["name"] for row in rows if row.get("name")}


def _pairs(rows: list[Row]) -> frozenset[Pair]:
    return frozenset((row["member"], row["duty"]) for row in rows if "member" in row and "duty" in row)
