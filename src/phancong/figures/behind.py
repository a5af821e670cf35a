"""The rows behind one figure: exactly those that were counted, a page at a time."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from phancong.audit.net.scope import EVERYTHING, seeing
from phancong.figures.base import Base
from phancong.figures.counting import key_of
from phancong.figures.sections import Column, Section, Sheet
from phancong.members.queries import members_for
from phancong.organizations.queries import organizations_for

PAGE_ROWS = 50
GONE_AWAY = "Đồng chí đã ra khỏi danh sách đồng chí được xem"


@dataclass(frozen=True, slots=True)
class Row:
    """`name` is left out where the person is on no list that the reader may open."""

    name: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    total: int
    next_after: int | None


def column_called(sheet: Sheet, base: Base, key: str) -> tuple[Section, Column] | None:
    """A column by its name in addresses; also what fits no column."""
    gaps = [(section, section.gap(base)) for section in sheet.sections if section.gap]
    return next((pair for pair in (*sheet.columns(base), *gaps) if key_of(*pair) == key), None)


def page_behind(
    base: Base, section: Section, column: Column, *, branch: int | None, after: int | None
) -> Page:
    """Three queries: how many, one page of them, and the names that the reader may have."""
    source = section.source
    first, second = source.order
    with seeing(EVERYTHING):
        found = source.rows(base).filter(base.holds(source.cell, branch)).filter(column.which)
        total = found.count()
        rest = found
        last = found.filter(**{second: after}).values_list(first, flat=True).first() if after else None
        if last is not None:
            rest = found.filter(Q(**{f"{first}__gt": last}) | Q(**{first: last, f"{second}__gt": after}))
        rows = list(rest.select_related(*source.related).order_by(first, second)[: PAGE_ROWS + 1])
    shown = rows[:PAGE_ROWS]
    next_after = _number(shown[-1], second) if len(rows) > PAGE_ROWS else None
    return Page(_named(base, section, shown), total, next_after)


def _number(row: Any, name: str) -> int:
    return int(getattr(row, name))


def _named(base: Base, section: Section, rows: list[Any]) -> list[Row]:
    source = section.source
    if source.member:
        ids = [pk for row in rows if (pk := getattr(row, source.member)) is not None]
        names = dict(members_for(base.actor).filter(pk__in=ids).values_list("id", "full_name"))
        return [_of_person(getattr(row, source.member), names, source.words(row)) for row in rows]
    open_ids = set(
        organizations_for(base.actor)
        .filter(pk__in=[getattr(row, f"{source.cell}_id") for row in rows])
        .values_list("id", flat=True)
    )
    return [
        _of_organization(base, row, getattr(row, f"{source.cell}_id"), open_ids, source.words(row))
        for row in rows
    ]


def _of_person(member_id: int | None, names: dict[int, str], words: str) -> Row:
    if member_id is None:
        return Row("Cả chi bộ", words, "")
    if member_id not in names:
        return Row(GONE_AWAY, words, "")
    return Row(names[member_id], words, reverse("members:detail", args=[member_id]))


def _of_organization(base: Base, row: Any, organization_id: int, open_ids: set[int], words: str) -> Row:
    name = getattr(row, "name", "") or row.cell.name
    address = ""
    if organization_id in open_ids:
        address = f"{reverse('organizations:detail', args=[organization_id])}?ngay={base.day:%d/%m/%Y}"
    return Row(name, words, address)
