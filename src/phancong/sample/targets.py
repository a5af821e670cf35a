"""How many members there are on a day: the article's totals, and even growth between them."""

from datetime import date, timedelta
from itertools import pairwise

from phancong.sample.decisions import cells
from phancong.sample.places import FOUNDING, REFORM, Place

END_OF_2012, END_OF_2013 = date(2012, 12, 31), date(2013, 12, 31)
EVE_OF_REFORM, CONGRESS = date(2025, 6, 30), date(2025, 8, 21)
# Totals of the whole town, then of those cells whose members stay after the reform.
TOWN_TOTALS = ((FOUNDING, 802), (date(2009, 12, 31), 1080), (END_OF_2012, 1368), (END_OF_2013, 1378))
STAYING_BEFORE_REFORM, AT_THE_CONGRESS = 1303, 1307
GROWTH_A_YEAR = 4
SIZE_DAYS = (FOUNDING, END_OF_2013, CONGRESS)


def boundaries(until: date) -> list[date]:
    """Days between which the sample lives on: years, later months, at least up to `until`."""
    found = [FOUNDING, *(date(year, 12, 31) for year in range(FOUNDING.year, 2025)), EVE_OF_REFORM, CONGRESS]
    month = date(2025, 10, 1)
    while found[-1] < until:
        found.append(month - timedelta(days=1))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def between(points: tuple[tuple[date, float], ...], day: date) -> float:
    """The value at `day` on the line through the points."""
    for (start, low), (end, high) in pairwise(points):
        if day <= end:
            return low + (high - low) * (day - start).days / (end - start).days
    return points[-1][1]


def is_alive(place: Place, day: date) -> bool:
    return place.opened <= day and (place.closed is None or day < place.closed)


def size_on(place: Place, day: date) -> float:
    """The size that a cell ought to have, before all are brought to the total."""
    return between(tuple(zip(SIZE_DAYS, place.sizes, strict=True)), day)


def leaving_total(day: date) -> int:
    """Members of cells that leave at the reform."""
    return round(sum(size_on(place, day) for place in cells() if not place.stays and is_alive(place, day)))


def total_on(day: date, *, staying: bool) -> int:
    if day >= REFORM:
        grown = max(0, (day - CONGRESS).days) * GROWTH_A_YEAR // 365
        return AT_THE_CONGRESS + grown if staying else 0
    if not staying:
        return leaving_total(day)
    if day <= END_OF_2013:
        return round(between(TOWN_TOTALS, day)) - leaving_total(day)
    start = TOWN_TOTALS[-1][1] - leaving_total(END_OF_2013)
    return round(between(((END_OF_2013, start), (EVE_OF_REFORM, STAYING_BEFORE_REFORM)), day))
