"""Named writes of seconding."""

from phancong.secondments.actions.deciding import Decided, decide
from phancong.secondments.actions.drafting import agree, bar, count_promising, drop, keep, solve, unbar
from phancong.secondments.actions.ending import extend, hand_back

__all__ = [
    "Decided",
    "agree",
    "bar",
    "count_promising",
    "decide",
    "drop",
    "extend",
    "hand_back",
    "keep",
    "solve",
    "unbar",
]
