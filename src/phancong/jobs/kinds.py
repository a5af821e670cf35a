"""Kinds of long work. Each room registers its own from `AppConfig.ready` (module `<room>/jobs.py`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from phancong.common.refusal import Refused

Json = Any
Progress = Callable[[int], None]


class Kept(StrEnum):
    """What of the work stays when the job ends early. It decides what the person is told."""

    AT_END = "at_end"
    """`work` only computes; `finish` writes, in the transaction that ends the job. Early end: nothing was written."""
    ALTOGETHER = "altogether"
    """All chunks and `finish` run in the transaction that ends the job. Early end: nothing was written."""
    BY_CHUNK = "by_chunk"
    """`work` writes its chunk atomically and may safely do it twice. Early end: finished chunks stay."""


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job ended well: a Vietnamese sentence, and figures or names of files for the page."""

    message: str
    result: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobKind:
    """`split` cuts the parameters in chunks, `work` does one (calling `progress(rows)` with rows done since the
    last call), `finish` makes the outcome of the chunks' results, given in order. Chunks and results are JSON.
    `unit` is what the rows are, in the words of a page: "dòng", "chi bộ"."""

    code: str
    title: str
    unit: str
    split: Callable[[dict[str, Json]], Sequence[Json]]
    work: Callable[[dict[str, Json], Json, Progress], Json]
    finish: Callable[[dict[str, Json], list[Json]], JobOutcome]
    kept: Kept = Kept.AT_END


_KINDS: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Make `kind` known. Registering the same code again replaces it (apps may be made ready twice in tests)."""
    _KINDS[kind.code] = kind


def kind_of(code: str) -> JobKind:
    if code not in _KINDS:
        raise Refused(
            f"Phần mềm không biết việc chạy nền “{code}”. Hãy báo quản trị kỹ thuật cập nhật phần mềm."
        )
    return _KINDS[code]


def unit_of(code: str) -> str:
    """What the rows of such a job are; of a kind no longer known nothing better can be said."""
    return _KINDS[code].unit if code in _KINDS else "dòng"


def keeps_chunks(code: str) -> bool:
    """Whether finished chunks stay when the job ends early; of a kind no longer known nothing better can be said."""
    return code not in _KINDS or _KINDS[code].kept is Kept.BY_CHUNK
