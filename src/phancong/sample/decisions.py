"""What happened to the organisations of the sample, decision by decision, as plain values in order of days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from phancong.sample.agencies import agencies
from phancong.sample.chance import apportion
from phancong.sample.places import (
    COMMUNES,
    REFORM,
    TOWN,
    WARD,
    WARDS,
    Change,
    Place,
    area_cells,
    hamlets,
)

NOTICE = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Decided:
    """Something decided about the organisation `code`, in force from `on`."""

    on: date
    code: str
    number: str = ""

    @property
    def decided_on(self) -> date:
        return self.on - NOTICE


@dataclass(frozen=True, slots=True)
class Founding(Decided):
    name: str = ""
    kind: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Renaming(Decided):
    name: str = ""


@dataclass(frozen=True, slots=True)
class Moving(Decided):
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Conversion(Decided):
    kind: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Merger(Decided):
    """`sources` become part of `code`."""

    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dissolution(Decided):
    pass


@dataclass(frozen=True, slots=True)
class Census:
    area: str
    on: date
    population: int


@cache
def places() -> tuple[Place, ...]:
    """Every organisation of the sample, each after the one it stands under."""
    return (*agencies(), *area_cells())


@cache
def cells() -> tuple[Place, ...]:
    return tuple(place for place in places() if place.line)


def decisions() -> list[Decided]:
    """All of them with their numbers, oldest first; those of one day in the order in which they can be carried out."""
    unnumbered = sorted(_in_order(), key=lambda decided: decided.on)
    found, counts = [], dict.fromkeys({decided.on.year for decided in unnumbered}, 0)
    for decided in unnumbered:
        counts[decided.on.year] += 1
        body = "TU" if decided.on < REFORM else "ĐU"
        found.append(_numbered(decided, f"{counts[decided.on.year]:02d}-QĐ/{body}"))
    return found


def _numbered(decided: Decided, number: str) -> Decided:
    values = {name: getattr(decided, name) for name in decided.__dataclass_fields__}
    return type(decided)(**{**values, "number": number})


def _in_order() -> Iterator[Decided]:
    """Conversions before the reform make room for foundings under them; at the reform the new places come first."""
    everywhere = places()
    yield from _changes(everywhere, before_reform=True)
    for place in everywhere:
        yield Founding(place.opened, place.code, name=place.name, kind=place.kind, parent=place.parent)
    yield from _changes(everywhere, before_reform=False)
    yield from _mergers_of_cells(everywhere)
    for place in reversed(everywhere):
        if place.dissolved and place.closed and place.code != TOWN:
            yield Dissolution(place.closed, place.code)
    yield Merger(REFORM, WARD, sources=tuple(code for code, *_ in WARDS))
    yield Dissolution(REFORM, TOWN)


def _changes(everywhere: Iterable[Place], *, before_reform: bool) -> Iterator[Decided]:
    for place in everywhere:
        for change in place.changes:
            if (change.on < REFORM) == before_reform:
                yield from _change(place, change)


def _change(place: Place, change: Change) -> Iterator[Decided]:
    if change.kind:
        yield Conversion(change.on, place.code, kind=change.kind, parent=change.parent)
    elif change.parent:
        yield Moving(change.on, place.code, parent=change.parent)
    if change.name:
        yield Renaming(change.on, place.code, name=change.name)


def _mergers_of_cells(everywhere: Iterable[Place]) -> Iterator[Decided]:
    """Cells that end without being dissolved or changed have become part of their heir."""
    sources: dict[tuple[date, str], list[str]] = {}
    for place in everywhere:
        if place.line and place.closed and not place.dissolved and not place.changes:
            sources.setdefault((place.closed, place.heirs[0]), []).append(place.code)
    for (day, heir), codes in sources.items():
        yield Merger(day, heir, sources=tuple(codes))


# Population of the town (four wards, four communes); the sum of 2013 makes 1,378 members 3.9 % of it.
POPULATIONS = (
    (date(2009, 4, 1), 22_400, 11_100),
    (date(2013, 12, 31), 23_633, 11_700),
    (date(2019, 4, 1), 25_100, 12_150),
    (date(2025, 6, 30), 26_820, 12_600),
)


def censuses() -> list[Census]:
    towns, villages = ({code for code, *_ in WARDS}, {code for code, *_ in COMMUNES})
    found = []
    for day, urban, rural in POPULATIONS:
        for codes, total in ((towns, urban), (villages, rural)):
            areas = [hamlet for hamlet in hamlets() if hamlet.committee in codes]
            shares = apportion(total, [hamlet.weight for hamlet in areas])
            found += [Census(hamlet.code, day, people) for hamlet, people in zip(areas, shares, strict=True)]
    return found
