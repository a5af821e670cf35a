"""Small numbers name a person: figures for people who may not see the list behind them."""

from collections.abc import Mapping

Shown = dict[str, int | None]
"""A number for each part; None: kept back."""


def suppress(parts: Mapping[str, int], *, least: int) -> tuple[int | None, Shown]:
    """The sum and its parts, each part from 1 to `least` - 1 kept back so that no subtraction finds it.

    A part of 0 tells of nobody and is shown. Where one kept-back part would follow from the sum, or all of them must be
    1, the next smallest parts are kept back too; where that cannot help, the sum is.
    """
    total = sum(parts.values())
    by_size = sorted((name for name, value in parts.items() if value), key=lambda name: (parts[name], name))
    hidden = [name for name in by_size if parts[name] < least]
    for name in by_size[len(hidden) :]:
        if not hidden or _is_safe([parts[one] for one in hidden]):
            break
        hidden.append(name)
    is_told = not hidden or _is_safe([parts[one] for one in hidden])
    shown: Shown = {name: None if name in hidden else value for name, value in parts.items()}
    return (total if is_told else None), shown


def _is_safe(values: list[int]) -> bool:
    """Whether, from their sum alone and from none of them being 0, no single value follows."""
    return len(values) > 1 and sum(values) > len(values)
