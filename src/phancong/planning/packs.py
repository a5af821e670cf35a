"""The rule packs of planning, typed: how statuses take part in a plan, and what counts how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from phancong import rules
from phancong.rules.loader import version
from phancong.rules.model import Choice, Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRule(Sourced):
    """How a member of the status `code` takes part; `category` replaces the member's own."""

    code: str
    hours_percent: int
    health: int
    may_lead: bool
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Sourced):
    """Reaching `code` of the list `list` gives `value`."""

    list: str
    code: str
    value: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught(Sourced):
    """Reaching `code` of the list `list`, in `field` where one is named, teaches `skill` at level `value`."""

    skill: str
    value: int
    list: str
    code: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadWord(Sourced):
    """What a load from `from_percent` of a member's hours is called."""

    code: str
    name: str
    from_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningRules:
    """The packs `planning` of a day."""

    day: date
    statuses: Mapping[str, StatusRule]
    leads: tuple[Step, ...]
    education_steps: tuple[Step, ...]
    taught: tuple[Taught, ...]
    loads: tuple[LoadWord, ...]
    away_percent: int
    limit_work: int
    years_ahead: int
    cost_lives_elsewhere: int
    cost_speaks_no_language: int
    cost_holds_post: int
    cost_has_limit: int
    cost_busy: int
    busy_from: int
    in_charge_tolerance: int
    cost_in_charge_elsewhere: int
    cost_in_charge_other_field: int
    deadline: tuple[int, int]
    weights: Mapping[str, Any]

    def load_word(self, *, hours: int, capacity: int) -> LoadWord:
        """What it is called to be given `hours` a month out of `capacity`."""
        percent = 100 * hours // capacity if capacity else 0
        if hours and not percent:
            percent = 1
        return max(
            (word for word in self.loads if word.from_percent <= percent), key=lambda word: word.from_percent
        )

    def due_on(self, year: int) -> date:
        """The day of `year` by which duties are done."""
        return date(year, *self.deadline)

    def education_of(self, reached: Mapping[str, str]) -> int:
        """The highest step of schooling; `reached` maps a list to the code reached in it."""
        return max((step.value for step in self.education_steps if self._reaches(step, reached)), default=0)

    def reaches_lead(self, reached: Mapping[str, str]) -> bool:
        """Whether schooling alone is enough to be in charge of a duty."""
        return any(self._reaches(step, reached) for step in self.leads)

    def skills_taught(self, reached: Mapping[str, str], field: str) -> dict[str, int]:
        """Skills that follow from schooling in the professional field `field`, with the highest level of each."""
        found: dict[str, int] = {}
        for lesson in self.taught:
            if lesson.field in {"", field} and self._reaches(lesson, reached):
                found[lesson.skill] = max(lesson.value, found.get(lesson.skill, 0))
        return found

    def _reaches(self, step: Step | Taught, reached: Mapping[str, str]) -> bool:
        rank = _ranks(self.day, step.list)
        return rank.get(reached.get(step.list, ""), 0) >= rank[step.code]


@cache
def planning_rules(day: date) -> PlanningRules:
    """The rules of planning in force on `day`."""
    pack = version("planning", day)
    return PlanningRules(
        day=day,
        statuses={row["code"]: StatusRule(**row) for row in pack["status"]},
        leads=tuple(Step(**row) for row in pack["lead"]),
        education_steps=tuple(Step(**row) for row in pack["education_step"]),
        taught=tuple(Taught(**row) for row in pack["taught"]),
        loads=tuple(LoadWord(**row) for row in pack["load"]),
        away_percent=_number(pack, "away_percent"),
        limit_work=_number(pack, "limit_work"),
        years_ahead=_number(pack, "years_ahead"),
        cost_lives_elsewhere=_number(pack, "secondment_lives_elsewhere"),
        cost_speaks_no_language=_number(pack, "secondment_speaks_no_language"),
        cost_holds_post=_number(pack, "secondment_holds_post"),
        cost_has_limit=_number(pack, "secondment_has_limit"),
        cost_busy=_number(pack, "secondment_busy"),
        busy_from=_number(pack, "secondment_busy_from"),
        in_charge_tolerance=_number(pack, "in_charge_tolerance_percent"),
        cost_in_charge_elsewhere=_number(pack, "in_charge_elsewhere"),
        cost_in_charge_other_field=_number(pack, "in_charge_other_field"),
        deadline=(pack["deadline"][0]["month"], pack["deadline"][0]["day"]),
        weights={
            name: tuple(value) if isinstance(value, list) else value
            for name, value in pack["weights"].items()
        },
    )


def _number(pack: Mapping[str, Any], code: str) -> int:
    return next(int(row["value"]) for row in pack["number"] if row["code"] == code)


@cache
def _ranks(day: date, name: str) -> Mapping[str, int]:
    choices: tuple[Choice, ...] = getattr(rules.on(day), name)
    return {choice.code: choice.rank for choice in choices}
