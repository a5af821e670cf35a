"""Small numbers are kept back, and cannot be found by subtraction."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phancong.common.suppression import suppress

LEAST = 3


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"a": 10, "b": 0}, (10, {"a": 10, "b": 0})),
        ({"a": 10, "b": 3}, (13, {"a": 10, "b": 3})),
        ({"a": 10, "b": 2}, (12, {"a": None, "b": None})),
        ({"a": 10, "b": 2, "c": 1}, (13, {"a": 10, "b": None, "c": None})),
        ({"a": 10, "b": 1, "c": 1}, (12, {"a": None, "b": None, "c": None})),
        ({"a": 2, "b": 0}, (None, {"a": None, "b": 0})),
        ({"a": 0}, (0, {"a": 0})),
    ],
)
def test_small_parts_are_kept_back(parts: dict[str, int], shown: object) -> None:
    assert suppress(parts, least=LEAST) == shown


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_no_small_part_follows_from_what_is_shown(values: list[int]) -> None:
    parts = {str(index): value for index, value in enumerate(values)}
    total, shown = suppress(parts, least=LEAST)
    hidden = [name for name, value in shown.items() if value is None]
    assert {name for name, value in parts.items() if 0 < value < LEAST} <= set(hidden)
    if total is None or not hidden:
        return
    rest = total - sum(value for value in shown.values() if value is not None)
    possible = [guess for guess in product(range(1, rest + 1), repeat=len(hidden)) if sum(guess) == rest]
    for place in range(len(hidden)):
        assert len({guess[place] for guess in possible}) > 1
