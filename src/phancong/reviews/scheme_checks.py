"""What is wrong in a scheme beyond its shape: entries that name something that is not there, or stand twice.

Offices change the pack by hand; a slip is told when it is read, not when a round is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phancong.reviews.schemes import Scheme


def wrongs_of(
    scheme: Scheme,
    *,
    scopes: Iterable[str],
    cap_roundings: Iterable[str],
    print_roundings: Iterable[str],
    measures: Iterable[str],
) -> list[str]:
    """One sentence for each; none for a sound scheme."""
    levels = scheme.codes
    return [
        *_repeated(scheme),
        *_unknown("mức", (code for level in scheme.levels if (code := level.counted_inside)), levels),
        *_unknown("mức", (code for cap in scheme.caps for code in (cap.level, *cap.base)), levels),
        *_unknown("mức", (condition.level for condition in scheme.conditions), levels),
        *_unknown("phạm vi", (cap.scope for cap in scheme.caps), scopes),
        *_unknown("cách làm tròn", (cap.rounding for cap in scheme.caps), cap_roundings),
        *_unknown("cách làm tròn", [scheme.presentation.rounding], print_roundings),
        *_unknown("số đo", (condition.measure for condition in scheme.conditions), measures),
        *_unknown(
            "nhóm",
            (code for condition in scheme.conditions for code in condition.confirmed_for),
            {group.code for group in scheme.groups},
        ),
        *_boundless(scheme),
        *_groupless(scheme),
        *_impossible_ballot(scheme),
    ]


def _repeated(scheme: Scheme) -> Iterator[str]:
    lists = (
        [level.code for level in scheme.levels],
        [reason.code for reason in scheme.not_rated],
        [cap.code for cap in scheme.caps],
        [part.code for part in scheme.parts],
        [condition.code for condition in scheme.conditions],
        [group.code for group in scheme.groups],
        [body.code for body in scheme.collectives],
        [clock.code for clock in scheme.clocks],
        [sign.code for sign in scheme.signs],
    )
    for codes in lists:
        yield from (f"mã “{code}” ghi hai lần" for code, times in Counter(codes).items() if times > 1)
    ranks = Counter(level.rank for level in scheme.levels)
    yield from (f"hai mức cùng bậc {rank}" for rank, times in ranks.items() if times > 1)


def _unknown(what: str, named: Iterable[str], known: Iterable[str]) -> list[str]:
    have = set(known)
    return [f"{what} “{code}” không có" for code in dict.fromkeys(named) if code not in have]


def _boundless(scheme: Scheme) -> Iterator[str]:
    for condition in scheme.conditions:
        if condition.at_least is None and condition.at_most is None:
            yield f"điều kiện “{condition.code}” không ghi giới hạn"


def _impossible_ballot(scheme: Scheme) -> Iterator[str]:
    share = scheme.ballot
    if not 0 < share.numerator <= share.denominator or (
        share.strictly and share.numerator == share.denominator
    ):
        yield f"tỷ lệ phiếu {share.numerator}/{share.denominator} không thể đạt"


def _groupless(scheme: Scheme) -> Iterator[str]:
    """The last group takes whoever fits no other."""
    if not scheme.groups or scheme.groups[-1].positions or scheme.groups[-1].categories:
        yield "nhóm cuối phải nhận mọi đảng viên"
