"""The life of the sample's members from the founding of the town on, period by period."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from phancong.members.enums import COUNTED_OFFICIAL, ENDED, Status
from phancong.sample import events
from phancong.sample.chance import Chance, apportion
from phancong.sample.decisions import cells
from phancong.sample.lives import Life
from phancong.sample.newcomers import Arrival, arrival, draw_life, settled
from phancong.sample.places import FOUNDING, REFORM, SMALL_CELL, Place
from phancong.sample.targets import boundaries, is_alive, size_on, total_on

LEAST_OFFICIAL = 4
# Who comes on the roll by admission: hamlets also receive those who retire from elsewhere.
ADMITTED_IN_HAMLETS, ADMITTED_AT_WORK = 0.72, 0.96
FIRST_PROBATIONERS = 0.05


class Town:
    """All lives, and who is where at the end of the period being lived through."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.lives: list[Life] = []
        self.places = {place.code: place for place in cells()}
        self.start = self.end = FOUNDING
        self.chance = Chance(seed, "founding")
        self.rolls: dict[str, list[Life]] = defaultdict(list)
        self.officials: Counter[str] = Counter()
        self.touched: set[int] = set()

    # the founding

    def settle(self) -> None:
        for staying in (True, False):
            here = [place for place in self._alive(FOUNDING) if place.stays is staying]
            sizes = apportion(
                total_on(FOUNDING, staying=staying), [size_on(place, FOUNDING) for place in here]
            )
            for place, size in zip(here, sizes, strict=True):
                for index in range(size):
                    self._settle_one(place, probationary=index > LEAST_OFFICIAL)

    def _settle_one(self, place: Place, *, probationary: bool) -> None:
        life = self._draw(place, FOUNDING, settled(place))
        if probationary and self.chance.happens(FIRST_PROBATIONERS * 2) and life.age_on(FOUNDING) < 45:
            life.admitted = FOUNDING - timedelta(days=self.chance.between(20, 300))
            life.turns, life.stays = [], []
            life.join(place.code, FOUNDING)

    # one period

    def live_through(self, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.chance = Chance(self.seed, "period", end.isoformat())
        self._call_the_roll()
        for happen in events.IN_ORDER:
            happen(self)
        for staying in (True, False):
            self._reach_total(staying=staying)

    def _call_the_roll(self) -> None:
        self.touched = set()
        self.rolls = defaultdict(list)
        self.officials = Counter()
        for life in self.lives:
            stay = life.stays[-1]
            if stay.end is None:
                self.rolls[stay.cell].append(life)
                self.officials[stay.cell] += life.is_counted_official_on(self.start)

    def settled_lives(self, cells_wanted: Iterable[str] | None = None) -> list[Life]:
        """Official members whom nothing has happened to in this period, in the order of their numbers."""
        wanted = self.rolls if cells_wanted is None else cells_wanted
        found = [
            life
            for cell in wanted
            for life in self.rolls[cell]
            if life.number not in self.touched
            and life.status_on(self.start) == Status.OFFICIAL
            and life.turns[-1][0] <= self.start
        ]
        return sorted(found, key=lambda life: life.number)

    def lasting(self, code: str) -> bool:
        """Whether the cell is there during the whole period."""
        place = self.places[code]
        return is_alive(place, self.start) and is_alive(place, self.end)

    def can_spare(self, cell: str, *, least: int = LEAST_OFFICIAL) -> bool:
        return self.officials[cell] > least

    def day(self, *, after: date | None = None) -> date:
        first = max(self.start, after or self.start) + timedelta(days=1)
        return self.chance.day(first, self.end + timedelta(days=1))

    # what can happen to somebody

    def leave(self, life: Life, day: date, status: Status) -> None:
        cell = life.stays[-1].cell
        self.rolls[cell].remove(life)
        self.officials[cell] -= life.status_on(self.start) in COUNTED_OFFICIAL
        life.turn(day, status)
        self.touched.add(life.number)

    def move(self, life: Life, cell: str, day: date, *, seconded: bool = False) -> None:
        official = life.status_on(self.start) in COUNTED_OFFICIAL
        old = life.stays[-1].cell
        self.rolls[old].remove(life)
        self.rolls[cell].append(life)
        self.officials[old] -= official
        self.officials[cell] += official
        life.move(cell, day, seconded=seconded)
        if not seconded:
            life.line = self.places[cell].line if not self.places[cell].area else life.line
        self.touched.add(life.number)

    def turn(self, life: Life, day: date, status: Status) -> None:
        life.turn(day, status)
        self.touched.add(life.number)

    def arrive(self, place: Place, day: date, how: Arrival) -> Life:
        life = self._draw(place, day, how)
        self.rolls[place.code].append(life)
        self.touched.add(life.number)
        return life

    def _draw(self, place: Place, day: date, how: Arrival) -> Life:
        life = draw_life(self.chance, len(self.lives) + 1, place=place, day=day, how=how)
        self.lives.append(life)
        return life

    # totals

    def _alive(self, day: date) -> list[Place]:
        return [place for place in cells() if is_alive(place, day)]

    def _reach_total(self, *, staying: bool) -> None:
        """Newcomers where members are missing most; where the total is passed, transfers out."""
        here = [place for place in self._alive(self.end) if place.stays is staying]
        if not here:
            return
        wanted = dict(
            zip(
                [place.code for place in here],
                apportion(total_on(self.end, staying=staying), [size_on(place, self.end) for place in here]),
                strict=True,
            )
        )
        missing = sum(wanted.values()) - sum(len(self.rolls[place.code]) for place in here)
        # The small hamlet stays small once it has shrunk.
        open_ones = [place for place in here if place.code != SMALL_CELL or self.end < REFORM]
        for _ in range(missing):
            self._take_in(max(open_ones, key=lambda place: wanted[place.code] - len(self.rolls[place.code])))
        for _ in range(-missing):
            self._send_away(here, wanted)

    def _take_in(self, place: Place) -> None:
        new = self.chance.happens(ADMITTED_IN_HAMLETS if place.area else ADMITTED_AT_WORK)
        self.arrive(place, self.day(after=place.opened), arrival(place, new=new))

    def _send_away(self, here: Sequence[Place], wanted: dict[str, int]) -> None:
        spare = [
            place.code for place in here if self.can_spare(place.code) and self.settled_lives([place.code])
        ]
        cell = max(spare, key=lambda code: len(self.rolls[code]) - wanted[code])
        leaver = min(self.settled_lives([cell]), key=lambda life: life.age_on(self.end))
        self.leave(leaver, self.day(), Status.TRANSFERRED)


def populate(seed: int, until: date) -> list[Life]:
    """All who ever were on the roll up to the end of the period that holds `until`."""
    town = Town(seed)
    town.settle()
    days = boundaries(until)
    for start, end in pairwise(days):
        if start < until:
            town.live_through(start, end)
    return town.lives


def on_roll(lives: Iterable[Life], day: date) -> list[Life]:
    return [life for life in lives if life.stay_on(day) and life.status_on(day) not in ENDED]
