"""The chain itself: how a line is sealed, and where a chain first breaks. It knows no database."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

FIRST_HASH = "0" * 64
# Lines sealed without a key, before there was one.
PLAIN_SEAL = 1
KEYED_SEAL = 2


class Line(NamedTuple):
    """One line as it is stored, in the order in which it is sealed."""

    sequence: int
    at: datetime
    actor_user_id: int | None
    actor_name: str
    action: str
    subject: str
    place: str
    detail: dict[str, Any]
    previous_hash: str
    role: str
    scope: str
    purpose: str
    request_id: str
    before_hash: str
    after_hash: str
    seal_version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `broken` is the first line that is not as it was written, None where all is whole."""

    lines: int
    last_hash: str
    unkeyed: int
    broken: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken is None


def seal(line: Line, key: bytes) -> str:
    """The hash of a line over everything in it and the hash of the line before."""
    if line.seal_version == PLAIN_SEAL:
        # The fields that there were then.
        fields = [line.sequence, line.at.timestamp(), *line[2:9]]
        return hashlib.sha256(_text(fields)).hexdigest()
    fields = [line.sequence, line.at.astimezone(UTC).isoformat(), *line[2:-1]]
    return hmac.new(key, _text(fields), hashlib.sha256).hexdigest()


def digest(values: object, key: bytes) -> str:
    """A keyed hash that shows later whether values were these, and does not let anybody guess them."""
    return hmac.new(key, _text(values), hashlib.sha256).hexdigest()


def _text(values: object) -> bytes:
    return json.dumps(values, sort_keys=True, ensure_ascii=False, default=str).encode()


def check(
    lines: Iterable[Line], *, key: bytes, anchors: Mapping[int, str], head: tuple[int, str] | None
) -> Verdict:
    """Walk the chain from its first line. `anchors` are hashes by number as written down outside of the database."""
    number, previous, version, unkeyed = 0, FIRST_HASH, PLAIN_SEAL, 0

    def broken(reason: str) -> Verdict:
        return Verdict(number, previous, unkeyed, number + 1, reason)

    for line in lines:
        wanted = number + 1
        if line.sequence != wanted:
            return broken(f"chỗ của dòng {wanted} là dòng {line.sequence}")
        if line.previous_hash != previous:
            return broken("không nối với dòng trước")
        if line.seal_version not in (PLAIN_SEAL, KEYED_SEAL) or line.seal_version < version:
            return broken("đóng dấu bằng kiểu cũ sau khi đã dùng khóa")
        if not hmac.compare_digest(line.hash, seal(line, key)):
            return broken("nội dung không khớp dấu")
        if anchors.get(wanted, line.hash) != line.hash:
            return broken("khác với mốc neo đã ghi ra ngoài")
        number, previous, version = wanted, line.hash, line.seal_version
        unkeyed += version == PLAIN_SEAL
    if max(anchors, default=0) > number:
        return broken(f"các dòng đến mốc neo {max(anchors)} không còn")
    if (head or (0, FIRST_HASH)) != (number, previous):
        return broken("các dòng cuối không còn")
    return Verdict(number, previous, unkeyed)
