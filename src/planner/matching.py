"""Which hamlets get everybody they lack, hamlet after hamlet: for sizes that no model carries.

Each hamlet is added when room can be made for all it lacks by moving people between hamlets added before; none
of those is ever dropped. Where every hamlet lacks one person and all weigh the same, no choice covers more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.problem import Pair


@dataclass(slots=True)
class Matching:
    """Who stands where. `spare`: how many each source may still send; `chances`: whom each hamlet may get."""

    homes: Mapping[str, str]
    chances: Mapping[str, list[str]]
    spare: dict[str, int]
    placed: dict[str, str] = field(default_factory=dict)
    sent: dict[str, set[str]] = field(default_factory=dict)

    def add(self, hamlet: str, missing: int) -> bool:
        """All that `hamlet` lacks, or nobody."""
        before = dict(self.placed), dict(self.spare), {key: set(found) for key, found in self.sent.items()}
        for _ in range(missing):
            if not self._add_one(hamlet):
                self.placed, self.spare, self.sent = before
                return False
        return True

    def _add_one(self, hamlet: str) -> bool:
        """Breadth first: the shortest row of moves that ends at somebody who is free."""
        came: dict[str, tuple[str, str, str] | None] = {hamlet: None}
        full: set[str] = set()
        queue = deque([hamlet])
        while queue:
            here = queue.popleft()
            for who in self.chances[here]:
                source = self.homes[who]
                other = self.placed.get(who)
                if other is None and self.spare[source] > 0:
                    self._move(here, who, came)
                    return True
                if other is not None:
                    self._reach(other, (here, who, who), came, queue)
                elif source not in full:
                    full.add(source)
                    for sent in sorted(self.sent.get(source, ())):
                        self._reach(self.placed[sent], (here, who, sent), came, queue)
        return False

    @staticmethod
    def _reach(
        other: str,
        step: tuple[str, str, str],
        came: dict[str, tuple[str, str, str] | None],
        queue: deque[str],
    ) -> None:
        """`step`: the hamlet that gains, whom it gains, whom `other` loses for it."""
        if other not in came:
            came[other] = step
            queue.append(other)

    def _move(self, here: str, who: str, came: Mapping[str, tuple[str, str, str] | None]) -> None:
        """`who`, who is free, goes to `here`; what `here` gives up for it goes back along the row."""
        self.spare[self.homes[who]] -= 1
        self._place(who, here)
        step = came[here]
        while step is not None:
            gains, gained, lost = step
            if gained != lost:
                self._take(lost)
            self._place(gained, gains)
            step = came[gains]

    def _place(self, who: str, hamlet: str) -> None:
        self.placed[who] = hamlet
        self.sent.setdefault(self.homes[who], set()).add(who)

    def _take(self, who: str) -> None:
        del self.placed[who]
        self.sent[self.homes[who]].discard(who)


def matched(
    wanted: Iterable[tuple[str, int]],
    homes: Mapping[str, str],
    spare: Mapping[str, int],
    pairs: Iterable[Pair],
) -> set[str]:
    """The hamlets of `wanted` (hamlet, people it lacks), tried in this order, that get everybody."""
    wanted = list(wanted)
    chances: dict[str, list[str]] = {hamlet: [] for hamlet, _ in wanted}
    for who, hamlet in sorted(pairs):
        chances[hamlet].append(who)
    matching = Matching(homes, chances, dict(spare))
    return {hamlet for hamlet, missing in wanted if matching.add(hamlet, missing)}
