"""An organisation's own facts over time, as plain values: how a dated decision changes them.

A timeline is a list of segments in order of days, without overlap and without a gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision says of an organisation. Its path follows from the parents and is not among these."""

    name: str
    kind: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Facts that hold from one day until (not including) another."""

    valid_from: date
    valid_until: date | None
    facts: Facts

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and self.lasts_after(day)

    def lasts_after(self, day: date) -> bool:
        """It holds on `day` or on some later day."""
        return self.valid_until is None or day < self.valid_until


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment with the path that its parents give it."""

    valid_from: date
    valid_until: date | None
    facts: Facts
    path: str


class OrphanError(Exception):
    """On some day of the timeline the parent does not exist."""

    def __init__(self, day: date, parent_id: int) -> None:
        super().__init__(day, parent_id)
        self.day, self.parent_id = day, parent_id


def joined(segments: Sequence[Segment]) -> list[Segment]:
    """The same facts with as few segments as possible."""
    found: list[Segment] = []
    for segment in segments:
        if found and found[-1].facts == segment.facts and found[-1].valid_until == segment.valid_from:
            found[-1] = replace(found[-1], valid_until=segment.valid_until)
        else:
            found.append(segment)
    return found


def segment_on(segments: Sequence[Segment], day: date) -> Segment | None:
    return next((segment for segment in segments if segment.holds_on(day)), None)


def changed_from(
    segments: Sequence[Segment],
    day: date,
    *,
    name: str | None = None,
    kind: str | None = None,
    parent_id: int | None = None,
) -> list[Segment]:
    """The timeline after a decision that sets the given facts from `day`.

    A fact that a later decision changed again keeps that later value from its own day.
    """
    wanted = {"name": name, "kind": kind, "parent_id": parent_id}
    before = segment_on(segments, day)
    if before is None:
        raise ValueError("the day lies outside the timeline")
    # Facts still untouched by a later decision; one drops out at its first later change.
    open_facts = {key: value for key, value in wanted.items() if value is not None}
    found: list[Segment] = []
    for segment in segments:
        if not segment.lasts_after(day):
            found.append(segment)
            continue
        for key in list(open_facts):
            if getattr(segment.facts, key) != getattr(before.facts, key):
                del open_facts[key]
        if segment.valid_from < day:
            found.append(replace(segment, valid_until=day))
        found.append(
            replace(segment, valid_from=max(segment.valid_from, day), facts=_with(segment.facts, open_facts))
        )
    return joined(found)


def _with(facts: Facts, values: Mapping[str, str | int]) -> Facts:
    return Facts(**{"name": facts.name, "kind": facts.kind, "parent_id": facts.parent_id, **values})  # type: ignore[arg-type]


def ended_on(segments: Sequence[Segment], day: date) -> list[Segment]:
    """The timeline after a decision that ends the organisation: `day` is the first day without it."""
    return [
        replace(segment, valid_until=day if segment.holds_on(day) else segment.valid_until)
        for segment in segments
        if segment.valid_from < day
    ]


def placed(
    segments: Sequence[Segment], *, step: str, parents: Mapping[int, Sequence[Placed]]
) -> list[Placed]:
    """The timeline laid under its parents: cut wherever a parent's path changes."""
    found: list[Placed] = []
    for segment in segments:
        if segment.facts.parent_id is None:
            found.append(Placed(segment.valid_from, segment.valid_until, segment.facts, step))
        else:
            found += _under(segment, step, segment.facts.parent_id, parents.get(segment.facts.parent_id, ()))
    return _joined_placed(found)


def _under(segment: Segment, step: str, parent_id: int, above: Sequence[Placed]) -> list[Placed]:
    found: list[Placed] = []
    day: date | None = segment.valid_from
    for part in above:
        if day is None or (part.valid_until is not None and part.valid_until <= day):
            continue
        if part.valid_from > day or (
            segment.valid_until is not None and part.valid_from >= segment.valid_until
        ):
            break
        until = _earlier(part.valid_until, segment.valid_until)
        found.append(Placed(day, until, segment.facts, part.path + step))
        day = None if until == segment.valid_until else until
    if day is not None:
        raise OrphanError(day, parent_id)
    return found


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days) if days else None


def _joined_placed(parts: Sequence[Placed]) -> list[Placed]:
    found: list[Placed] = []
    for part in parts:
        last = found[-1] if found else None
        if last and (last.facts, last.path, last.valid_until) == (part.facts, part.path, part.valid_from):
            found[-1] = replace(last, valid_until=part.valid_until)
        else:
            found.append(part)
    return found
