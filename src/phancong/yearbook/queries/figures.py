"""What is still missing in the year of a cell; a fixed number of queries however many cells."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from phancong.members.models import Member
from phancong.organizations.models import AreaCoverage
from phancong.yearbook.enums import Attendance, RemarkKind
from phancong.yearbook.models import Pledge, Remark, ResidenceContact, StudyAttendance
from phancong.yearbook.packs import residence_rules, rule_day, year_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many of a cell's people or papers still need something in a year."""

    members: int = 0
    without_contact: int = 0
    without_letter: int = 0
    letter_not_received: int = 0
    remark_to_ask: int = 0
    remark_waiting: int = 0
    letters_here: int = 0
    remarks_here: int = 0
    without_pledge: int = 0
    pledge_to_receive: int = 0
    unmarked: int = 0
    to_catch_up: int = 0
    opinions_waiting: int = 0

    @property
    def missing(self) -> int:
        return sum(getattr(self, name) for name in self.__slots__ if name != "members")


def figures_of(cell_ids: Collection[int], *, year: int, today: date) -> dict[int, Figures]:
    """The figures of each of the cells."""
    ids, found = list(cell_ids), {}
    parts = (
        _of_members(ids, year, today),
        _of_contacts_at_work(ids, year, today),
        _of_contacts_at_home(ids, year),
        _of_remarks_asked(ids, year),
        _of_remarks_at_home(ids, year),
        _of_study(ids, year, today),
    )
    for cell in ids:
        values: dict[str, int] = {}
        for part in parts:
            values |= part.get(cell, {})
        found[cell] = Figures(**values)
    return found


def subjects_of(year: int, today: date) -> Q:
    """Members whom the rule of residence concerns, but those who live where their own cell stands."""
    rules = residence_rules(rule_day(year, today))
    own_area = AreaCoverage.objects.on(today).filter(area=OuterRef("residence"), cell=OuterRef("cell"))
    return Q(category__in=rules.subjects) & ~Q(Exists(own_area))


def pledgers_of(year: int, today: date) -> Q:
    """Members who register a pledge."""
    return Q(status__in=year_rules(rule_day(year, today)).expected)


def _of_members(ids: list[int], year: int, today: date) -> dict[int, dict[str, int]]:
    contact = Q(Exists(ResidenceContact.objects.filter(member=OuterRef("pk"), year=year)))
    pledge = Q(Exists(Pledge.objects.filter(member=OuterRef("pk"), year=year)))
    waiting = Exists(Pledge.objects.filter(member=OuterRef("pk"), year=year, received_on__isnull=True))
    rows = Member.objects.on_roll().filter(cell__in=ids)
    return _by_cell(
        rows,
        "cell",
        members=Q(),
        without_contact=subjects_of(year, today) & ~contact,
        without_pledge=pledgers_of(year, today) & ~pledge,
        pledge_to_receive=Q(waiting),
    )


def _of_contacts_at_work(ids: list[int], year: int, today: date) -> dict[int, dict[str, int]]:
    rules = residence_rules(rule_day(year, today))
    introduced = Q(group__in=[code for code, group in rules.groups.items() if group.is_introduced])
    yearly = Q(group__in=[code for code, group in rules.groups.items() if group.yearly_remark])
    asked = Q(Exists(Remark.objects.filter(contact=OuterRef("pk"), purpose="")))
    is_time = Q() if today >= rules.asks_from(year) else Q(pk__in=[])
    rows = ResidenceContact.objects.filter(member__cell__in=ids, year=year)
    return _by_cell(
        rows,
        "member__cell",
        without_letter=introduced & Q(letter_on__isnull=True),
        letter_not_received=Q(
            letter_on__isnull=False, residence_cell__isnull=False, received_on__isnull=True
        ),
        remark_to_ask=yearly & ~asked & is_time,
    )


def _of_contacts_at_home(ids: list[int], year: int) -> dict[int, dict[str, int]]:
    rows = ResidenceContact.objects.filter(residence_cell__in=ids, year=year)
    return _by_cell(rows, "residence_cell", letters_here=Q(letter_on__isnull=False, received_on__isnull=True))


def _of_remarks_asked(ids: list[int], year: int) -> dict[int, dict[str, int]]:
    rows = Remark.objects.filter(cell__in=ids, year=year, text="")
    residence = Q(kind=RemarkKind.RESIDENCE)
    return _by_cell(rows, "cell", remark_waiting=residence, opinions_waiting=~residence)


def _of_remarks_at_home(ids: list[int], year: int) -> dict[int, dict[str, int]]:
    rows = Remark.objects.filter(contact__residence_cell__in=ids, year=year, text="")
    return _by_cell(rows, "contact__residence_cell", remarks_here=Q())


def _of_study(ids: list[int], year: int, today: date) -> dict[int, dict[str, int]]:
    rows = StudyAttendance.objects.filter(cell__in=ids, session__year=year)
    return _by_cell(
        rows,
        "cell",
        unmarked=Q(state=Attendance.UNMARKED, session__held_on__lte=today),
        to_catch_up=Q(state=Attendance.ABSENT, caught_up_on__isnull=True),
    )


def _by_cell(rows: Any, cell: str, **conditions: Q) -> dict[int, dict[str, int]]:
    """One query: for each cell, how many rows meet each condition."""
    counts = {
        f"n_{name}": Count("pk", filter=condition) if condition else Count("pk")
        for name, condition in conditions.items()
    }
    counted = rows.order_by().values(cell).annotate(**counts)
    return {row[cell]: {name: row[f"n_{name}"] for name in conditions} for row in counted}
