"""How fields are classed; each room classes its own in `privacy.py`, and a guard test refuses an unclassed one.

`personal` tells of a person; `sensitive` is health and circumstances, political ties, origin, and what was noted of a
person's conduct (Decree 356/2025/NĐ-CP, article 4): it is shown to those entitled, and never written to logs. `neither`
says nothing of a person by itself.

A room also says of every model with such fields how its rows lead to the member they tell of, why they are held and
until when: `HELD`. What a member is shown of themself, what is taken away after they left, and the proof that neither
forgets a table, all follow from it.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Class(StrEnum):
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    NEITHER = "neither"


Fields = dict[str, dict[str, Class]]


@dataclass(frozen=True, slots=True)
class Held:
    """How the rows of a model lead to one member, and what to tell that member of them.

    `member`: lookups from the row to the member; `account`: to the id of the account that the member signs in with;
    `subject`: a column that names what an act was done to, as `member:12`.
    `only_actor`: fields told only to whoever did the act, because they name that person.
    `shown`: lookups of what makes the others clear, with their labels.
    `labels`: names of fields that have none in the model.
    `repeated`: copies of other fields for searching.
    `kept_back`: fields that are not given out, with the reason.
    `words`: fields that hold a code, with the list that names it.
    `correctable`: fields that the office may set straight from what the member wrote.
    `told_when`: what a row must meet before the member is told of it, as a grade that is not decided yet.
    `is_evidence`: the rows tell that something was done and stay as they were written: nobody corrects them.
    """

    name: str
    why: str
    until: str
    member: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    subject: str = ""
    only_actor: frozenset[str] = frozenset()
    shown: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()
    kept_back: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    correctable: frozenset[str] = frozenset()
    told_when: dict[str, str] = field(default_factory=dict)
    is_evidence: bool = False


@dataclass(frozen=True, slots=True)
class Untraced:
    """The rows lead to no single member; `reason` says why that may be."""

    reason: str


Holdings = dict[str, Held | Untraced]
