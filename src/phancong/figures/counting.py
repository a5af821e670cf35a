"""The figures of a sheet: one query for each source, whatever the number of rows, and totals that must close."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.figures.base import ASTRAY, Base, Branch
from phancong.figures.sections import Column, Section, Sheet
from phancong.figures.sources import Source

Figures = dict[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; None: a number that is kept back."""

    branch: Branch
    figures: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A total that does not close: in words, and which rows are missing."""

    words: str
    column: str
    branch: int | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures of a sheet by branch. `total` counts every row there is, also those that no line holds."""

    sheet: Sheet
    base: Base
    columns: list[tuple[Section, Column]]
    lines: list[Line]
    total: dict[str, int | None]
    faults: list[Fault]
    is_full: bool = True


def key_of(section: Section, column: Column) -> str:
    """The name of a column inside its sheet, as it stands in addresses."""
    return f"{section.code}.{column.code}"


def table_of(base: Base, sheet: Sheet) -> Table:
    """One query for each source: every row under the root, by its organisation, whether or not that has a line."""
    columns = sheet.columns(base)
    counted = _counted_columns(sheet, base)
    by_key: dict[int, Figures] = defaultdict(dict)
    # The second net knows only the tree of today; what may be counted here was asked when the base was laid.
    with seeing(EVERYTHING):
        for source, wanted in counted.items():
            for key, figures in _by_branch(base, source, wanted).items():
                by_key[key].update(figures)
    names = [name for wanted in counted.values() for name in wanted]
    whole = {name: sum(figures.get(name, 0) for figures in by_key.values()) for name in names}
    lines = [Line(branch, _row(by_key[branch.key], columns)) for branch in base.branches]
    return Table(
        sheet=sheet,
        base=base,
        columns=columns,
        lines=lines,
        total=_row(whole, columns),
        faults=_faults(sheet, base, whole, by_key),
    )


def _counted_columns(sheet: Sheet, base: Base) -> dict[Source, dict[str, Column]]:
    found: dict[Source, dict[str, Column]] = {}
    for section in sheet.sections:
        columns = [*((section.total,) if section.total else ()), *section.columns(base)]
        if section.gap:
            columns.append(section.gap(base))
        found.setdefault(section.source, {}).update({key_of(section, column): column for column in columns})
    return found


def _counts(wanted: dict[str, Column]) -> dict[str, Count]:
    return {
        f"n{number}": Count("pk", filter=column.which) if column.which else Count("pk")
        for number, column in enumerate(wanted.values())
    }


def _by_branch(base: Base, source: Source, wanted: dict[str, Column]) -> dict[int, Figures]:
    rows = source.rows(base).filter(base.holds(source.cell)).order_by().values(source.cell)
    found: dict[int, Figures] = defaultdict(lambda: dict.fromkeys(wanted, 0))
    for row in rows.annotate(**_counts(wanted)):
        figures = found[base.branch_of.get(row[source.cell], ASTRAY)]
        for number, name in enumerate(wanted):
            figures[name] += row[f"n{number}"]
    return found


def _row(figures: Figures, columns: list[tuple[Section, Column]]) -> dict[str, int | None]:
    return {key_of(section, column): figures.get(key_of(section, column), 0) for section, column in columns}


def _faults(sheet: Sheet, base: Base, whole: Figures, by_key: dict[int, Figures]) -> list[Fault]:
    found = []
    for section in sheet.sections:
        if section.total is None:
            continue
        total = key_of(section, section.total)
        found += _parts_missing(section, base, whole, total)
        astray = by_key.get(ASTRAY, {}).get(total, 0)
        placed = sum(figures.get(total, 0) for key, figures in by_key.items() if key != ASTRAY)
        if astray or placed != whole[total]:
            words = (
                f"{_told(whole[total])} {section.source.unit} ≠ {_told(placed)} {section.source.unit} ở các dòng; "
                f"{_told(whole[total] - placed)} {section.source.unit} ở tổ chức không có trong ngày này"
            )
            found.append(Fault(words, total, ASTRAY, whole[total] - placed))
    return found


def _parts_missing(section: Section, base: Base, whole: Figures, total: str) -> list[Fault]:
    parts = sum(whole[key_of(section, column)] for column in section.columns(base))
    missing = whole[total] - parts
    if not missing:
        return []
    gap = section.gap(base) if section.gap else None
    unit = section.source.unit
    words = f"{_told(whole[total])} {unit} ≠ {_told(parts)} {unit} của các cột; {_told(missing)} {unit}"
    words += f" {gap.words}" if gap else " không thuộc cột nào"
    return [Fault(words, key_of(section, gap) if gap else total, None, missing)]


def _told(number: int) -> str:
    return f"{number:,}".replace(",", ".")
