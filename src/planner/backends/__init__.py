"""Exchangeable back ends: each minimises one integer cost vector over a form. Chosen by name, loaded when used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from planner.form import Form

NAMES = ("cpsat", "highs")
"""The back ends by name, the usual one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`values` of the columns (`None`: nothing found within the limit), a lower `bound`, and the work used."""

    values: list[int] | None
    bound: int
    proved: bool
    work: float


class Backend(Protocol):
    """What a back end module offers.

    One objective stays under `LARGEST_OBJECTIVE`. After `PATIENCE` units of work for each column another search
    is worth trying, or, where many are alike, another back end.
    """

    LARGEST_OBJECTIVE: int
    PATIENCE: float

    def minimise(self, form: Form, objective: Mapping[int, int], *, limit_work: float, seed: int) -> Answer:
        """The least value of `objective` over `form`, within `limit_work` units of deterministic work."""
        ...


def load_backend(name: str) -> Backend:
    """The back end called `name`; `ValueError` for an unknown name."""
    if name not in NAMES:
        raise ValueError(f"Không có bộ giải “{name}”; chọn một trong: {', '.join(NAMES)}.")
    return cast("Backend", import_module(f"planner.backends.{name}"))


def relief_of(name: str) -> Backend:
    """The other back end, to take over what the one called `name` does not prove soon."""
    return load_backend(next(other for other in NAMES if other != name))
