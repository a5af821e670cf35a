"""Every tampering with a chain is found, and the first broken line is named."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from phancong.audit.chain import FIRST_HASH, KEYED_SEAL, PLAIN_SEAL, Line, check, seal
from tests.trust.measures import measured

KEY = b"the key of these tests"
LINES = 400
TAMPERINGS = 1000


def chain_of(count: int, *, plain: int = 0, key: bytes = KEY) -> list[Line]:
    lines: list[Line] = []
    previous = FIRST_HASH
    for number in range(1, count + 1):
        line = Line(
            sequence=number,
            at=datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=number),
            actor_user_id=number % 7,
            actor_name="Trần Thị Thử",
            action="change_duty",
            subject=f"plan:{number % 11}",
            place="00000001",
            detail={"số": number},
            previous_hash=previous,
            role="office",
            scope="",
            purpose="",
            request_id="",
            before_hash="",
            after_hash="",
            seal_version=PLAIN_SEAL if number <= plain else KEYED_SEAL,
            hash="",
        )
        lines.append(line._replace(hash=seal(line, key)))
        previous = lines[-1].hash
    return lines


def broken(lines: list[Line], whole: list[Line], *, anchors: dict[int, str] | None = None) -> int | None:
    head = (whole[-1].sequence, whole[-1].hash)
    return check(lines, key=KEY, anchors=anchors or {}, head=head).broken


def change(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines))
    line = lines[at]
    changes: list[dict[str, object]] = [
        {"actor_name": "Người khác"},
        {"actor_user_id": 99},
        {"action": "nothing"},
        {"subject": "plan:99"},
        {"place": ""},
        {"at": line.at + timedelta(microseconds=1)},
        {"detail": {"số": -1}},
        {"role": "secretary"},
        {"scope": "00000002"},
        {"purpose": "khác"},
        {"request_id": "a"},
        {"before_hash": "a"},
        {"after_hash": "a"},
        {"hash": "f" * 64},
        {"previous_hash": "f" * 64},
        {"seal_version": PLAIN_SEAL},
    ]
    lines[at] = line._replace(**chance.choice(changes))  # type: ignore[arg-type]
    return at + 1


def delete(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines))
    del lines[at]
    return at + 1


def insert(lines: list[Line], chance: random.Random) -> int:
    """A line put in, with a fitting number and link but without the key; those behind it are numbered anew."""
    at = chance.randrange(len(lines) + 1)
    previous = lines[at - 1].hash if at else FIRST_HASH
    put_in = lines[0]._replace(sequence=at + 1, action="invented", previous_hash=previous)
    put_in = put_in._replace(hash=seal(put_in, b"a guessed key"))
    lines[at:] = [put_in, *(line._replace(sequence=line.sequence + 1) for line in lines[at:])]
    return at + 1


def reorder(lines: list[Line], chance: random.Random) -> int:
    first, second = sorted(chance.sample(range(len(lines)), 2))
    lines[first], lines[second] = lines[second], lines[first]
    if chance.random() < 0.5:  # the numbers stay in order, the content is swapped
        lines[first] = lines[first]._replace(sequence=first + 1)
        lines[second] = lines[second]._replace(sequence=second + 1)
    return first + 1


def cut_tail(lines: list[Line], chance: random.Random) -> int:
    left = chance.randrange(len(lines))
    del lines[left:]
    return left + 1


ACTS: dict[str, Callable[[list[Line], random.Random], int]] = {
    "change": change,
    "delete": delete,
    "insert": insert,
    "reorder": reorder,
    "cut tail": cut_tail,
}


@pytest.mark.trust
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_each_of_many_random_tamperings_is_found_at_its_first_line(
    act: Callable[[list[Line], random.Random], int],
) -> None:
    chance = random.Random(2026)
    whole = chain_of(LINES)
    missed = []
    for number in range(TAMPERINGS // len(ACTS)):
        lines = list(whole)
        first = act(lines, chance)
        if broken(lines, whole) != first:
            missed.append((number, first))
    measured(
        48,
        "lần sửa, xóa, chèn, đảo, cắt dòng: không thấy đúng dòng đầu",
        n=TAMPERINGS // len(ACTS),
        wrong=len(missed),
    )
    assert missed == []


def test_a_tail_that_is_cut_with_its_head_is_found_by_an_anchor() -> None:
    whole = chain_of(50)
    kept = whole[:30]
    assert broken(kept, kept) is None
    assert broken(kept, kept, anchors={40: whole[39].hash}) == 31


def test_a_chain_written_anew_with_the_key_is_found_by_an_anchor() -> None:
    whole, other = chain_of(50), chain_of(50, plain=3)
    assert broken(other, other) is None
    assert broken(other, other, anchors={20: whole[19].hash, 50: whole[49].hash}) == 20


def test_lines_from_before_the_key_still_count() -> None:
    lines = chain_of(10, plain=4)
    found = check(lines, key=KEY, anchors={}, head=(10, lines[-1].hash))
    assert (found.is_whole, found.lines, found.unkeyed) == (True, 10, 4)


def test_the_old_kind_of_seal_is_not_taken_once_the_key_was_used() -> None:
    lines = chain_of(10)
    forged = lines[-1]._replace(sequence=11, previous_hash=lines[-1].hash, seal_version=PLAIN_SEAL)
    lines.append(forged._replace(hash=seal(forged, KEY)))
    assert broken(lines, lines) == 11


def test_another_key_does_not_open_the_chain() -> None:
    lines = chain_of(3, key=b"another")
    assert broken(lines, lines) == 1
