"""Where a duty stands, folded from what was said of it: the rule in one place, without a database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from phancong.followups.enums import MOVES, NEWS, EntryKind, State


class Said(Protocol):
    """A line of the register, as far as it moves the duty."""

    kind: str
    on: date
    new_due: date | None
    exceeded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`done_on` is the day of the report that was accepted; `said_done_on` that of one still to be judged."""

    state: State
    first_due_on: date
    due_on: date
    begun_on: date
    news_on: date
    said_done_on: date | None = None
    done_on: date | None = None
    exceeded: bool = False
    extensions: int = 0
    reminders: int = 0

    def is_late(self, today: date) -> bool:
        """Past its day without a report of being done."""
        return self.state == State.RUNNING and self.due_on < today

    def is_soon(self, today: date, *, days: int) -> bool:
        return self.state == State.RUNNING and today <= self.due_on <= today + timedelta(days=days)

    def is_quiet(self, today: date, *, days: int) -> bool:
        """No news for more than `days` days."""
        return self.state == State.RUNNING and self.news_on < today - timedelta(days=days)

    def word(self, today: date) -> str:
        """One of the words that people see."""
        return "Quá hạn" if self.is_late(today) else self.state.label

    @property
    def was_on_time(self) -> bool:
        """Done by the day that held then, extensions included."""
        return self.done_on is not None and self.done_on <= self.due_on


def start(*, first_due_on: date, begun_on: date) -> Standing:
    return Standing(
        state=State.RUNNING,
        first_due_on=first_due_on,
        due_on=first_due_on,
        begun_on=begun_on,
        news_on=begun_on,
    )


def may_say(standing: Standing, kind: EntryKind) -> bool:
    return (standing.state, kind) in MOVES


def after(standing: Standing, said: Said) -> Standing:
    """The standing after one more line. Raises KeyError for what may not be said in this state."""
    kind = EntryKind(said.kind)
    moved = replace(standing, state=MOVES[standing.state, kind])
    if kind in NEWS:
        moved = replace(moved, news_on=max(standing.news_on, said.on))
    if kind == EntryKind.DONE:
        return replace(moved, said_done_on=said.on)
    if kind == EntryKind.RETURN:
        return replace(moved, said_done_on=None)
    if kind == EntryKind.ACCEPT:
        return replace(moved, done_on=standing.said_done_on, exceeded=said.exceeded)
    if kind == EntryKind.EXTEND and said.new_due:
        return replace(moved, due_on=said.new_due, extensions=standing.extensions + 1)
    if kind == EntryKind.REMIND:
        return replace(moved, reminders=standing.reminders + 1)
    return moved


def fold(first: Standing, lines: Iterable[Said]) -> Standing:
    """The standing after all `lines`, in the order they were written."""
    for line in lines:
        first = after(first, line)
    return first
