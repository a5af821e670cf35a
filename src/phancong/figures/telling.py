"""Figures for those who may not see the files behind them: nothing that points to one person."""

from dataclasses import replace

from phancong import rules
from phancong.common.suppression import suppress
from phancong.figures.counting import Line, Table, key_of

Row = dict[str, int | None]


def told(table: Table) -> Table:
    """The table as its reader may have it."""
    if table.base.sees_files:
        return table
    least = rules.on(table.base.day).least("figure_shown")
    total = _whole(table, least=least)
    return replace(table, total=total, lines=_lines(table, total, least=least), is_full=False)


def _whole(table: Table, *, least: int) -> Row:
    """The parts of each section, told once, in the row of the whole alone: a second row would let one subtract."""
    shown: Row = dict(table.total)
    for section in table.sheet.sections:
        if not section.source.member:
            continue
        parts = {
            key_of(section, column): table.total[key_of(section, column)] or 0
            for column in section.columns(table.base)
        }
        if section.total is None:
            shown.update({name: None if 0 < value < least else value for name, value in parts.items()})
            continue
        sum_told, parts_told = suppress(parts, least=least)
        shown.update(parts_told)
        shown[key_of(section, section.total)] = sum_told
    return _or_nothing(table, shown)


def _or_nothing(table: Table, shown: Row) -> Row:
    """The same people are divided in several ways: where one division keeps back their number, none may tell it."""
    closing = [section for section in table.sheet.sections if section.total and section.source.member]
    totals = [key_of(section, section.total) for section in closing if section.total]
    if all(shown[total] is not None for total in totals):
        return shown
    names = [key_of(section, column) for section in closing for column in section.columns(table.base)]
    return {**shown, **dict.fromkeys([*totals, *names])}


def _lines(table: Table, total: Row, *, least: int) -> list[Line]:
    """By branch only how many, never of which kind."""
    found = [dict(line.figures) for line in table.lines]
    for section, column in table.columns:
        if not section.source.member:
            continue
        name = key_of(section, column)
        if section.total != column or total[name] is None:
            shown: Row = dict.fromkeys(map(str, range(len(found))))
        else:
            sizes = {str(number): line[name] or 0 for number, line in enumerate(found)}
            shown = suppress(sizes, least=least)[1]
        for number, line in enumerate(found):
            line[name] = shown[str(number)]
    return [Line(line.branch, figures) for line, figures in zip(table.lines, found, strict=True)]
