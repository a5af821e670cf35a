"""Every small figure there could be in a cell, against a reader who subtracts."""

from itertools import product

from phancong.common.suppression import suppress
from tests.trust.measures import measured

LEAST, MOST = 3, 6


def recovered(parts: dict[str, int]) -> list[str]:
    """Small parts that follow from what is shown, for a reader who knows how figures are kept back."""
    total, shown = suppress(parts, least=LEAST)
    hidden = [name for name, value in shown.items() if value is None]
    if total is None or not hidden:
        return [name for name in hidden if len(hidden) == 1 and parts[name] == LEAST]
    rest = total - sum(value for value in shown.values() if value is not None)
    guesses = [guess for guess in product(range(1, rest + 1), repeat=len(hidden)) if sum(guess) == rest]
    return [
        name
        for place, name in enumerate(hidden)
        if parts[name] < LEAST and len({guess[place] for guess in guesses}) == 1
    ]


def test_no_small_figure_is_found_by_subtraction() -> None:
    names = ("chính thức", "dự bị", "miễn", "đình chỉ")
    cells = [dict(zip(names, sizes, strict=True)) for sizes in product(range(MOST + 1), repeat=len(names))]
    found = [name for parts in cells for name in recovered(parts)]
    small = sum(0 < value < LEAST for parts in cells for value in parts.values())
    measured(6, "số nhỏ suy ra được từ số đã nêu", n=small, wrong=len(found))
    assert found == []
