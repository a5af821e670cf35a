"""The rule pack `transfers`, typed: by when each step is due, how long a temporary stay lasts."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from phancong.rules.loader import version
from phancong.rules.model import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Sourced):
    code: str
    name: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay(Sourced):
    """How long somebody takes part elsewhere for a time, by what they went for."""

    code: str
    name: str
    least_months: int
    most_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Sourced):
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRules:
    begin: Number
    present: Number
    warn: Number
    stays: tuple[Stay, ...]
    steps: tuple[Step, ...]

    def stay(self, code: str) -> Stay:
        return next(one for one in self.stays if one.code == code)

    def step(self, code: str) -> Step:
        return next(one for one in self.steps if one.code == code)

    @property
    def told(self) -> tuple[Number | Step, ...]:
        """What stands on the page under the rules."""
        return (self.begin, self.present, *self.steps)


@cache
def transfer_rules(day: date) -> TransferRules:
    """The rules of transfers in force on `day`."""
    pack = version("transfers", day)
    numbers = {row["code"]: Number(**row) for row in pack["number"]}
    return TransferRules(
        begin=numbers["begin_working_days"],
        present=numbers["present_working_days"],
        warn=numbers["warn_working_days"],
        stays=tuple(Stay(**row) for row in pack["stay"]),
        steps=tuple(Step(**row) for row in pack["step"]),
    )
