"""A person of the sample: where they took part, what they were on each day."""

from calendar import isleap
from dataclasses import dataclass, field
from datetime import date, timedelta

from phancong.members.enums import COUNTED_OFFICIAL, ENDED, Status
from phancong.sample.names import Name


@dataclass(slots=True)
class Stay:
    """Taking part in a cell, from one day until (not including) another."""

    cell: str
    start: date
    end: date | None = None
    seconded: bool = False

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(slots=True, kw_only=True)
class Life:
    """`line` is the line of work, `area` the hamlet of residence; `turns` are changes of status in order of days,
    `visits` temporary stays beside the official one.
    """

    number: int
    name: Name
    sex: str
    people: str
    birth: date
    admitted: date
    line: str
    area: str
    stays: list[Stay] = field(default_factory=list)
    turns: list[tuple[date, Status]] = field(default_factory=list)
    visits: list[Stay] = field(default_factory=list)

    @property
    def official_on(self) -> date:
        return years_after(self.admitted, 1)

    @property
    def joined(self) -> date:
        return self.stays[0].start

    def age_on(self, day: date) -> int:
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))

    def stay_on(self, day: date) -> Stay | None:
        return next((stay for stay in self.stays if stay.holds_on(day)), None)

    def status_on(self, day: date) -> Status | None:
        """None before the person came on the roll."""
        begun = [status for start, status in self.turns if start <= day]
        return begun[-1] if begun else None

    def is_counted_official_on(self, day: date) -> bool:
        return self.status_on(day) in COUNTED_OFFICIAL

    def join(self, cell: str, day: date) -> None:
        """Come on the roll, by admission or by transfer."""
        self.stays.append(Stay(cell, day))
        if self.official_on > day:
            self.turns.append((day, Status.PROBATIONARY))
        self.turns.append((max(day, self.official_on), Status.OFFICIAL))

    def move(self, cell: str, day: date, *, seconded: bool = False) -> None:
        self.stays[-1].end = day
        self.stays.append(Stay(cell, day, seconded=seconded))

    def turn(self, day: date, status: Status) -> None:
        """Another status from a day on; one that ends membership ends the stay."""
        if status in ENDED:
            self.turns = [turn for turn in self.turns if turn[0] < day]
            self.stays[-1].end = day
            self._end_visits(day)
        self.turns.append((day, status))

    def visit(self, cell: str, day: date, *, days: int) -> None:
        if not self.visits or self.visits[-1].end is None or self.visits[-1].end <= day:
            self.visits.append(Stay(cell, day, day + timedelta(days=days)))

    def _end_visits(self, day: date) -> None:
        self.visits = [visit for visit in self.visits if visit.start < day]
        for visit in self.visits:
            visit.end = min(day, visit.end or day)


def years_after(day: date, years: int) -> date:
    """The same day of a later (or earlier) year; 29 February becomes 28 where the year has none."""
    year = day.year + years
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)
