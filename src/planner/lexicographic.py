"""Settle levels one after another on any form, several at a time where one weighted objective can carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.backends import Answer, Backend
from planner.form import Form
from planner.levels import Step, bounds_of, groups_of_steps, weighted_objective
from planner.result import Level

MANY_LIKES = 0.2
"""Above this share of likes one weighted objective is slow; cells of all sorts of people stay far below it."""


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
    form: Form,
    steps: Sequence[Step],
    backend: Backend,
    *,
    limit_work: float,
    seed: int,
    relief: Backend | None = None,
) -> Settled:
    """Settle `steps` in order; adds the limits found to `form`. `limit_work` holds for each group of steps.

    The form chooses the way. Where many are alike the lot is drawn after all else, and a group that `backend` has
    not proved when its patience ends is handed over to `relief`; elsewhere `relief` would only be slower. Patience
    is work and not time, so the hand-over happens at the same point everywhere.
    """
    settled = Settled(
        bounds={step.level: form.least[step.level] + form.constants[step.level] for step in steps}
    )
    alike = form.share_of_likes() > MANY_LIKES
    hands_over = alike and relief is not None
    patience = min(limit_work, backend.PATIENCE * len(form.lower)) if hands_over else limit_work
    for group in groups_of_steps(steps, form.spans, backend.LARGEST_OBJECTIVE, lot_apart=alike):
        answer = _minimise(form, group, backend, limit_work=patience, seed=seed)
        if answer.proved or relief is None or patience == limit_work:
            _note(settled, form, group, answer)
            continue
        settled.work += answer.work
        settled.values = settled.values or answer.values
        for part in groups_of_steps(group, form.spans, relief.LARGEST_OBJECTIVE):
            _note(settled, form, part, _minimise(form, part, relief, limit_work=limit_work, seed=seed))
    return settled


def _minimise(form: Form, group: Sequence[Step], backend: Backend, *, limit_work: float, seed: int) -> Answer:
    objective = weighted_objective(form, [step.level for step in group])
    return backend.minimise(form, objective, limit_work=limit_work, seed=seed)


def _note(settled: Settled, form: Form, group: Sequence[Step], answer: Answer) -> None:
    """Keep what `answer` says of the levels of `group`, and let nothing that follows make them worse."""
    settled.work += answer.work
    settled.proved = settled.proved and answer.proved
    settled.values = settled.values if answer.values is None else answer.values
    if settled.values is None:
        return
    levels = [step.level for step in group]
    values = [form.value(level, settled.values) for level in levels]
    bounds = values if answer.proved else bounds_of(form, levels, values, answer.bound)
    for step, value, bound in zip(group, values, bounds, strict=True):
        settled.bounds[step.level] = bound
        settled.first.setdefault(step.level, value)
        form.limit_level(step.level, value + step.allowance)
