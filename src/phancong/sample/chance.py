"""Chance that repeats: the same seed gives the same draws on every machine and every Python."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws made from `Random.random()` alone, the one method whose sequence Python promises to keep."""

    def __init__(self, seed: int, *names: object) -> None:
        stream = "/".join(str(part) for part in (seed, *names))
        self._share = Random(stream).random  # noqa: S311 -- synthetic people, no secret

    def share(self) -> float:
        return self._share()

    def happens(self, probability: float) -> bool:
        return self._share() < probability

    def below(self, count: int) -> int:
        return int(self._share() * count)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[tuple[T, float]]) -> T:
        point = self._share() * sum(weight for _, weight in items)
        for item, weight in items:
            point -= weight
            if point < 0:
                return item
        return items[-1][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, items: Sequence[T], count: int) -> list[T]:
        return self.shuffled(items)[:count]

    def day(self, start: date, end: date) -> date:
        """A day from `start` up to, not including, `end`."""
        return start + timedelta(days=self.below((end - start).days))


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to `weights` that add up to `total` (largest remainders, first come first)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
