"""The planning problem of one cell for one year, as plain frozen values that check themselves.

Everything the law or the office may change (categories, weights, order of what counts) comes in as data.
Units: hours are hours a month, loads are permille of a member's own hours, points of fit run from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as built

from planner.checks import check_problem

Pair = tuple[str, str]
"""(member id, duty id)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRule:
    """What the Party asks of one category of members.

    `must_have_substantive`: a member who must have work needs a substantive duty, an errand does not count.
    `light_only`: only light duties may be given.
    `must_join_group_or_organization`: is in a mass organisation or in charge of a household group.
    """

    code: str
    must_have_substantive: bool = True
    light_only: bool = False
    must_join_group_or_organization: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of the cell. `hours` a month are the capacity; `max_duties` the most duties at a time.

    `competences` maps a skill or a language to a level 1-3, `education` is 0-5, `health` is 0 (light work
    only), 1 (limited) or 2 (fit). `experience` and `wishes` are fields of duties. A member who is not
    `available` (away, suspended) gets nothing, and nothing is asked for him.
    """

    id: str
    category: str
    hours: int = 20
    max_duties: int = 3
    competences: Mapping[str, int] = built(default_factory=dict)
    field: str | None = None
    education: int = 0
    health: int = 2
    no_night: bool = False
    area: str | None = None
    experience: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    in_mass_organization: bool = True
    in_charge_of_group: bool = False
    must_have_work: bool = True
    can_lead: bool = False
    available: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty of the year, done by `headcount_min` to `headcount_max` members, `hours` a month each.

    `categories` empty means every category. `required` and `education_min` must be met, `desired` only counts
    for fit. `priority` is 1-3 (3 = most important). `needs_lead`: someone who can lead is among those who
    do it. `counts_as_group_in_charge`: who does it is in charge of a household group.
    """

    id: str
    field: str | None = None
    categories: frozenset[str] = frozenset()
    headcount_min: int = 1
    headcount_max: int = 1
    hours: int = 4
    priority: int = 2
    substantive: bool = True
    light: bool = False
    night: bool = False
    health_min: int = 0
    required: Mapping[str, int] = built(default_factory=dict)
    desired: Mapping[str, int] = built(default_factory=dict)
    education_min: int = 0
    area: str | None = None
    needs_lead: bool = False
    counts_as_group_in_charge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What counts how much. All integers; the office may change every one.

    Need (level 1): points for each missing person by priority 1, 2, 3; for a member left without work,
    without organisation or household group; for a duty without a leader.
    Fit (level 2): most points of each term; they must sum to 100. A pair that fits better than `threshold`
    is worth having beyond the required headcount.
    Load (level 3): the cost of a load grows by one point a permille more beyond each of `load_steps`.
    `fit_allowance`: per cent of the best fit that may be given up for a fairer load; `change_allowance`: the
    same for fewer changes when a present draft is planned again. Both are points of fit per required place.
    """

    missing_person: tuple[int, int, int] = (10, 20, 40)
    no_work: int = 30
    no_group: int = 15
    no_lead: int = 10
    field: int = 25
    competence: int = 25
    experience: int = 15
    area: int = 10
    wish: int = 10
    health: int = 10
    education: int = 5
    threshold: int = 50
    load_steps: tuple[int, ...] = (300, 500, 700, 850)
    fit_allowance: int = 2
    change_allowance: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A cell to plan. Raises `ProblemError` with every fault found, in Vietnamese sentences.

    `locks`: pairs that people have decided; always kept, and what they alone break is reported as a conflict.
    `forbidden`: pairs that people have ruled out. `apart`: two members never on the same duty.
    `previous`: last year's pairs, kept where nothing is lost. `current`: a draft to change as little as
    possible (`None` = a new plan).
    """

    members: tuple[Member, ...]
    duties: tuple[Duty, ...]
    categories: tuple[CategoryRule, ...]
    locks: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    previous: frozenset[Pair] = frozenset()
    current: frozenset[Pair] | None = None
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        """Put members and duties in order of id, so that the order of input cannot matter, and check."""
        object.__setattr__(self, "members", tuple(sorted(self.members, key=lambda member: member.id)))
        object.__setattr__(self, "duties", tuple(sorted(self.duties, key=lambda duty: duty.id)))
        check_problem(self)
