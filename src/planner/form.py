"""The solver-neutral form of a problem: bounded integer columns, named sparse rows, costs by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.problem import Pair
from planner.result import Level, Rule

UNBOUNDED = 1 << 40
"""Stands for "no bound" of a row; far above every sum of a row, far below 64 bits."""


@dataclass(frozen=True, slots=True)
class RowName:
    """The rule a row stands for, and where."""

    rule: Rule | Level
    member: str | None = None
    duty: str | None = None


@dataclass(slots=True)
class Form:
    """Minimise costs subject to `lower <= row <= upper`; the first `len(pairs)` columns say who does what.

    The first `whole` columns are whole numbers; every later one takes its least possible value in a best answer,
    which is then a whole number by itself.

    Rows are stored in compressed form: row `r` has the entries `starts[r]:starts[r + 1]` of `indices` and
    `values`. `costs` holds one sparse integer cost vector per level; `constants` what the level is when all
    costs are zero; without it a level lies between `least` and `least + spans` (counting bounds over all plans).
    """

    pairs: list[Pair] = field(default_factory=list)
    whole: int = 0
    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    names: list[RowName] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    row_lower: list[int] = field(default_factory=list)
    row_upper: list[int] = field(default_factory=list)
    costs: dict[Level, dict[int, int]] = field(default_factory=dict)
    constants: dict[Level, int] = field(default_factory=dict)
    least: dict[Level, int] = field(default_factory=dict)
    spans: dict[Level, int] = field(default_factory=dict)

    def add_column(self, lower: int, upper: int) -> int:
        """Add a column and give its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def add_row(
        self, name: RowName, indices: Sequence[int], values: Sequence[int], lower: int, upper: int
    ) -> None:
        """Add a row `lower <= sum(values * columns) <= upper`."""
        self.names.append(name)
        self.indices.extend(indices)
        self.values.extend(values)
        self.starts.append(len(self.indices))
        self.row_lower.append(lower)
        self.row_upper.append(upper)

    def limit_level(self, level: Level, limit: int) -> None:
        """Add a row that keeps `level` at or below `limit`."""
        costs, free = self.costs[level], limit - self.constants[level]
        self.add_row(RowName(level), list(costs), list(costs.values()), -UNBOUNDED, free)

    def share_of_likes(self) -> float:
        """The share of members and duties that only the lot tells from another: the same pairs, fitting the same."""
        chances: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for column, (who, which) in enumerate(self.pairs):
            fit = self.costs[Level.FIT].get(column, 0)
            chances.setdefault(("member", who), []).append((which, fit))
            chances.setdefault(("duty", which), []).append((who, fit))
        kinds = {(kind, *others) for (kind, _), others in chances.items()}
        return (len(chances) - len(kinds)) / max(1, len(chances))

    def value(self, level: Level, values: Sequence[int]) -> int:
        """The value of `level` when the columns have `values`."""
        return self.constants[level] + sum(
            cost * values[column] for column, cost in self.costs[level].items()
        )
