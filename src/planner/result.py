"""What the planner answers: structured values only. Sentences are made from them by `planner.explain`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """`OPTIMAL`: every level is proved best. `FEASIBLE`: every rule is kept; the levels give the gap."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


class Level(StrEnum):
    """What counts, settled one after another (see `planner.levels`); every level is minimised."""

    NEED = "need"
    FIT = "fit"
    LOAD = "load"
    CONTINUITY = "continuity"
    # Never shown: makes the best plan the only one, so that every machine answers the same.
    TIE = "tie"


class Rule(StrEnum):
    """Every rule of the planner by name."""

    # Of one member and one duty.
    AVAILABLE = "available"
    CATEGORY = "category"
    LIGHT_ONLY = "light_only"
    HEALTH = "health"
    NIGHT = "night"
    COMPETENCE = "competence"
    EDUCATION = "education"
    SINGLE_HOURS = "single_hours"
    FORBIDDEN = "forbidden"
    # Of a whole plan; never broken except by locks.
    LOCK = "lock"
    HOURS = "hours"
    MAX_DUTIES = "max_duties"
    HEADCOUNT_MAX = "headcount_max"
    APART = "apart"
    # Needs; what cannot be met is counted on level 1.
    HEADCOUNT_MIN = "headcount_min"
    WORK = "work"
    GROUP = "group"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """`member` does `duty`. `load` is permille of the member's hours, `fit` is 0-100 points."""

    member: str
    duty: str
    fit: int
    load: int
    lead: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelValue:
    """The value reached on a level and the lower bound proved; equal when the level is proved best."""

    level: Level
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether nothing better exists on this level, given the levels settled before it."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """After `rule` (of the duty, or of the competence `code`) `left` candidates remain."""

    rule: Rule
    left: int
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A need that the plan cannot meet: which rule, where, how much, and how the candidates ran out.

    The funnel of a duty counts members, the funnel of a member counts duties; it starts with `total`.
    """

    rule: Rule
    missing: int
    duty: str | None = None
    member: str | None = None
    total: int = 0
    funnel: tuple[FunnelStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A rule that the locks break by themselves, by `excess` (hours, duties, people, levels or 1)."""

    rule: Rule
    excess: int
    duty: str | None = None
    member: str | None = None
    other_member: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One rule to loosen so that needs are met: from `before` to `after` (hours, duties, people, levels).

    `duty` and `member` say where; `code` is the competence. For rules without a number both are 0 and 1.
    """

    rule: Rule
    before: int
    after: int
    duty: str | None = None
    member: str | None = None
    other_member: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer of `planner.solve.solve`, already checked by `planner.verify` and `planner.score`.

    `assignments` are in order of duty, then member. `loads` holds every member, people with nothing included.
    `relaxations`: the smallest set of rules to loosen so that every need is met as far as that is possible
    (empty when nothing is unmet or when not asked for). `best_fit`: the level of fit that could be had if none
    were given up for a fairer load or fewer changes; less is better. `work` is what the back end used.
    """

    assignments: tuple[Assignment, ...]
    levels: tuple[LevelValue, ...]
    loads: tuple[tuple[str, int], ...]
    unmet: tuple[Unmet, ...]
    conflicts: tuple[Conflict, ...]
    relaxations: tuple[Relaxation, ...]
    status: Status
    best_fit: int
    backend: str
    work: float

    @property
    def proved(self) -> bool:
        """Whether the plan is proved best on every level."""
        return self.status is Status.OPTIMAL

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs (member, duty) of the plan."""
        return frozenset((one.member, one.duty) for one in self.assignments)

    def value(self, level: Level) -> int:
        """The value reached on `level`."""
        return next(one.value for one in self.levels if one.level is level)
