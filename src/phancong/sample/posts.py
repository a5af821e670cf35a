"""Who held which post, term by term, as it follows from who was where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from phancong import rules
from phancong.members.enums import Status
from phancong.sample.chance import Chance
from phancong.sample.decisions import cells, places
from phancong.sample.lives import Life, years_after
from phancong.sample.places import FOUNDING, REFORM, TOWN, WARD, Place

TERM_DAYS = (FOUNDING, date(2010, 5, 10), date(2012, 10, 1), date(2015, 5, 10), date(2017, 11, 1),
             date(2020, 3, 10), date(2022, 9, 15), REFORM)  # fmt: skip
TERM_YEARS = 5
AGES_IN_CELLS, AGES_IN_COMMITTEES = range(26, 68), range(33, 55)
# Seats of a cell's committee beside secretary and deputy: (official members from, seats).
COMMITTEE_SEATS = ((15, 3), (9, 1), (0, 0))
DEPUTY_FROM = 6
ROOT_SEATS = (("secretary", 1), ("deputy_secretary", 2), ("standing_member", 4), ("committee_member", 8))
GRASSROOTS_SEATS = (("secretary", 1), ("deputy_secretary", 1), ("committee_member", 3))
KEPT_FOR_ANOTHER_TERM = 0.7


@dataclass(frozen=True, slots=True)
class Held:
    """A post; `until` is the day it really ended (None: not yet), `term_end` the day for which it was given."""

    number: int
    organization: str
    position: str
    start: date
    until: date
    term_end: date


def terms(until: date) -> list[tuple[date, date]]:
    days = [*TERM_DAYS]
    while days[-1] <= until:
        days.append(years_after(days[-1], TERM_YEARS))
    return list(pairwise(days))


@dataclass(frozen=True, slots=True)
class Body:
    """A cell, or a committee over cells, as long as it elects."""

    code: str
    is_cell: bool
    opened: date
    closed: date | None


def bodies() -> Iterator[Body]:
    for place in places():
        yield Body(place.code, bool(place.line), place.opened, place.closed)
        if place.line and place.closed and place.changes:
            yield Body(place.code, False, place.closed, None)


def posts(lives: Sequence[Life], *, seed: int, until: date) -> list[Held]:
    """All posts that began up to `until`, in cells, in grassroots committees and at the top."""
    found: list[Held] = []
    for body in bodies():
        candidates = _members_of(body, lives)
        holders: set[int] = set()
        for start, end in _terms_of(body, until):
            chance = Chance(seed, "posts", body.code, start.isoformat())
            seated = _fill_term(body, candidates, start, end, holders=holders, chance=chance)
            holders = {post.number for post in seated}
            found += [post for post in seated if post.start <= until]
    return found


def _terms_of(body: Body, until: date) -> Iterator[tuple[date, date]]:
    for start, end in terms(until):
        begun, ended = max(start, body.opened), end if body.closed is None else min(end, body.closed)
        if begun < ended and begun <= until:
            yield begun, ended


@cache
def _cells() -> dict[str, Place]:
    return {cell.code: cell for cell in cells()}


def _members_of(body: Body, lives: Sequence[Life]) -> list[Life]:
    codes = {code for code in _cells() if _was_below(code, body)}
    return [life for life in lives if any(stay.cell in codes for stay in life.stays)]


def _was_below(code: str, body: Body) -> bool:
    """Whether the cell is the body itself, or ever stood under it."""
    cell = _cells()[code]
    parents = {cell.parent, *(change.parent for change in cell.changes)}
    return code == body.code if body.is_cell else body.code in {TOWN, WARD} or body.code in parents


def _stands_below(code: str, body: Body, day: date) -> bool:
    """Whether the cell is the body itself, or stands under it on the day."""
    if body.is_cell:
        return code == body.code
    if body.code in {TOWN, WARD}:
        return (day < REFORM) == (body.code == TOWN)
    cell = _cells()[code]
    later = [change.parent for change in cell.changes if change.parent and change.on <= day]
    return ([cell.parent, *later])[-1] == body.code


def _fill_term(
    body: Body, candidates: Sequence[Life], start: date, end: date, *, holders: set[int], chance: Chance
) -> list[Held]:
    official = [life for life in candidates if _may_hold(life, body, start)]
    counted = sum(life.is_counted_official_on(start) and _is_in(life, body, start) for life in candidates)
    order = _by_standing(official, holders, chance)
    found: list[Held] = []
    for position in _seats(body, counted):
        found += _hold_seat(body, position, (*order, *candidates), start, end, taken=found)
    return found


def _seats(body: Body, official: int) -> Iterator[str]:
    if body.is_cell:
        yield "secretary"
        if official >= DEPUTY_FROM:
            yield "deputy_secretary"
        if official >= rules.on(FOUNDING).least("cell_committee_official_members"):
            count = next(seats for least, seats in COMMITTEE_SEATS if official >= least)
            yield from ["cell_committee_member"] * count
        return
    for position, count in ROOT_SEATS if body.code in {TOWN, WARD} else GRASSROOTS_SEATS:
        yield from [position] * count


def _by_standing(official: Sequence[Life], holders: set[int], chance: Chance) -> list[Life]:
    """Those who held a post first, mostly; then by years in the Party, with some chance."""
    keys = {
        life.number: (
            life.number in holders and chance.happens(KEPT_FOR_ANOTHER_TERM),
            chance.share() * 8 - life.admitted.year / 4,
        )
        for life in official
    }
    return sorted(official, key=lambda life: (keys[life.number], life.number), reverse=True)


def _hold_seat(
    body: Body, position: str, order: Sequence[Life], start: date, end: date, *, taken: Sequence[Held]
) -> list[Held]:
    """One seat through the term: who leaves early is followed by the next one who may hold it that day."""
    found: list[Held] = []
    day = start
    while day < end:
        holder = _next_holder(body, order, day, taken=[*taken, *found])
        if holder is None:
            break
        until = _last_day(holder, body, day, end)
        found.append(Held(holder.number, body.code, position, day, until, end))
        day = until
    return found


def _next_holder(body: Body, order: Iterable[Life], day: date, *, taken: Sequence[Held]) -> Life | None:
    busy = {post.number for post in taken if day < post.until}
    return next((life for life in order if life.number not in busy and _may_hold(life, body, day)), None)


def _may_hold(life: Life, body: Body, day: date) -> bool:
    return (
        life.status_on(day) is Status.OFFICIAL
        and life.age_on(day) in (AGES_IN_CELLS if body.is_cell else AGES_IN_COMMITTEES)
        and _is_in(life, body, day)
    )


def _is_in(life: Life, body: Body, day: date) -> bool:
    stay = life.stay_on(day)
    return stay is not None and not stay.seconded and _stands_below(stay.cell, body, day)


def _last_day(life: Life, body: Body, day: date, end: date) -> date:
    """The day from which the person may hold the post no more, at the latest `end`."""
    ends = [turned for turned, status in life.turns if turned > day and status is not Status.OFFICIAL]
    ends += [
        stay.end for stay in life.stays if stay.end and stay.end > day and not _is_in(life, body, stay.end)
    ]
    return min([end, *ends])
