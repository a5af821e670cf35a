"""People as they come on the roll: age, sex, people, name, first cell."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from phancong.sample.chance import Chance
from phancong.sample.lives import Life, years_after
from phancong.sample.names import draw_name
from phancong.sample.places import COMMUNES, WARDS, Hamlet, Place, hamlets

# Ages (from, to, weight).
Ages = tuple[tuple[tuple[int, int], float], ...]
SETTLED_IN_HAMLETS: Ages = (((24, 34), 22), ((35, 49), 36), ((50, 64), 28), ((65, 82), 20))
SETTLED_AT_WORK: Ages = (((24, 34), 36), ((35, 49), 46), ((50, 57), 18))
ADMITTED: Ages = (((19, 24), 24), ((25, 32), 48), ((33, 42), 22), ((43, 54), 6))
ARRIVED_IN_HAMLETS: Ages = (((28, 50), 25), ((55, 70), 75))
ARRIVED_AT_WORK: Ages = (((25, 38), 70), ((39, 48), 30))
PEOPLES_AT_WORK = (("kinh", 80), ("jrai", 15), ("tay", 2), ("nung", 1), ("ede", 1), ("bahnar", 1))
RETIRED_LINES = (
    ("school", 4),
    ("military", 4),
    ("police", 2),
    ("health", 2),
    ("office", 4),
    ("factory", 3),
    ("bank", 1),
)
WOMEN = {"residential": 0.36, "school": 0.68, "health": 0.6, "police": 0.14, "military": 0.08, "factory": 0.3,
         "forest": 0.12}  # fmt: skip
WOMEN_ELSEWHERE = 0.44


@dataclass(frozen=True, slots=True)
class Arrival:
    """How somebody comes on the roll: `new` ones are admitted on the day, others bring years in the Party."""

    ages: Ages
    new: bool = False


@cache
def hamlets_by_code() -> dict[str, Hamlet]:
    return {hamlet.code: hamlet for hamlet in hamlets()}


def arrival(place: Place, *, new: bool) -> Arrival:
    if new:
        return Arrival(ADMITTED, new=True)
    return Arrival(ARRIVED_IN_HAMLETS if place.area else ARRIVED_AT_WORK)


def settled(place: Place) -> Arrival:
    return Arrival(SETTLED_IN_HAMLETS if place.area else SETTLED_AT_WORK)


def draw_life(chance: Chance, number: int, *, place: Place, day: date, how: Arrival) -> Life:
    area = place.area or _residence(chance, place)
    sex = "female" if chance.happens(WOMEN.get(place.line, WOMEN_ELSEWHERE)) else "male"
    people = _people(chance, place)
    low, high = chance.weighted(how.ages)
    birth = years_after(day, -chance.between(low, high)) - timedelta(days=chance.between(1, 364))
    life = Life(
        number=number,
        name=draw_name(chance, people=people, sex=sex),
        sex=sex,
        people=people,
        birth=birth,
        admitted=day if how.new else _admission(chance, birth, day),
        line=_line(chance, place, how),
        area=area,
    )
    life.join(place.code, day)
    return life


def _line(chance: Chance, place: Place, how: Arrival) -> str:
    """Who comes to live in a hamlet after a working life elsewhere brings that profession along."""
    line = chance.weighted(RETIRED_LINES)
    return line if how.ages is ARRIVED_IN_HAMLETS and chance.happens(0.7) else place.line


def _admission(chance: Chance, birth: date, day: date) -> date:
    """More than a year ago, at 19 to 36."""
    earliest, latest = (
        years_after(birth, 19),
        min(years_after(birth, 36), years_after(day, -1) - timedelta(days=30)),
    )
    return chance.day(earliest, latest) if earliest < latest else earliest


def _people(chance: Chance, place: Place) -> str:
    if not place.area:
        return chance.weighted(PEOPLES_AT_WORK)
    languages = hamlets_by_code()[place.area].languages
    if languages[0] == "jrai":
        return chance.weighted((("jrai", 84), ("kinh", 13), ("bahnar", 2), ("ede", 1)))
    if len(languages) == 1:
        return chance.weighted((("kinh", 95), ("jrai", 4), ("tay", 1)))
    return chance.weighted((("kinh", 76), (languages[1], 24)))


def _residence(chance: Chance, place: Place) -> str:
    """People who work in a commune or ward mostly live there, all others anywhere in the wards."""
    codes = {code for code, *_ in (*WARDS, *COMMUNES)}
    near = [hamlet for hamlet in hamlets() if hamlet.committee == place.parent]
    if place.parent in codes and near and chance.happens(0.8):
        return chance.pick(near).code
    wards = {code for code, *_ in WARDS}
    return chance.weighted([(h.code, float(h.weight)) for h in hamlets() if h.committee in wards])
