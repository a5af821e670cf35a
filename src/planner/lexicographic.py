"""Settle levels one after another on any form, several at a time where one weighted objective can carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.backends import Backend
from planner.form import Form
from planner.levels import Step, bounds_of, groups_of_steps, weighted_objective
from planner.result import Level


@dataclass(slots=True)
class Settled:
    """`values` of the columns (`None`: nothing found), lower `bounds` by level, and whether all are proved.

    `first` is the value a level had when it was settled for the first time, before anything was given up.
    """

    values: list[int] | None = None
    bounds: dict[Level, int] = field(default_factory=dict)
    first: dict[Level, int] = field(default_factory=dict)
    proved: bool = True
    work: float = 0.0


def settle_levels(
    form: Form, steps: Sequence[Step], backend: Backend, *, limit_work: float, seed: int
) -> Settled:
    """Settle `steps` in order; adds the limits found to `form`. `limit_work` holds for each group of steps."""
    settled = Settled(
        bounds={step.level: form.least[step.level] + form.constants[step.level] for step in steps}
    )
    for group in groups_of_steps(steps, form.spans, backend.LARGEST_OBJECTIVE):
        levels = [step.level for step in group]
        answer = backend.minimise(form, weighted_objective(form, levels), limit_work=limit_work, seed=seed)
        settled.work += answer.work
        settled.proved = settled.proved and answer.proved
        settled.values = settled.values if answer.values is None else answer.values
        if settled.values is None:
            continue
        values = [form.value(level, settled.values) for level in levels]
        bounds = values if answer.proved else bounds_of(form, levels, values, answer.bound)
        for step, value, bound in zip(group, values, bounds, strict=True):
            settled.bounds[step.level] = bound
            settled.first.setdefault(step.level, value)
            form.limit_level(step.level, value + step.allowance)
    return settled
