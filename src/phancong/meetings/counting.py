"""Who a vote is counted against, and whether it reached what it needs. Pure: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from phancong.meetings.enums import Presence
from phancong.meetings.packs import VoteKind, VoteRules

_SHARES = {
    (1, 2, True): "hơn một nửa",
    (1, 2, False): "ít nhất một nửa",
    (2, 3, True): "hơn hai phần ba",
    (2, 3, False): "ít nhất hai phần ba",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as they took part in the meeting."""

    name: str
    status: str
    stay: str
    presence: str


@dataclass(frozen=True, slots=True)
class Electorate:
    """`counted` are the number below the line; `left_out` each with the reason."""

    counted: tuple[Person, ...]
    left_out: tuple[tuple[Person, str], ...]

    @property
    def present(self) -> int:
        """How many of those who count are there to vote."""
        return sum(person.presence == Presence.PRESENT for person in self.counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    in_favour: int
    eligible: int
    needed: int
    share: str

    @property
    def is_reached(self) -> bool:
        return 0 < self.needed <= self.in_favour

    @property
    def sentence(self) -> str:
        """As the minutes say it: "Đạt: 9/12 = 75 %, cần hơn một nửa của 12"."""
        word = "Đạt" if self.is_reached else "Chưa đạt"
        return (
            f"{word}: {self.in_favour}/{self.eligible} = {percent(self.in_favour, self.eligible)} %, "
            f"cần {self.share} của {self.eligible}, tức là {self.needed}"
        )


def electorate(people: Iterable[Person], rules: VoteRules) -> Electorate:
    counted, left_out = [], []
    for person in people:
        why = _why_not(person, rules)
        if why:
            left_out.append((person, why))
        else:
            counted.append(person)
    return Electorate(tuple(counted), tuple(left_out))


def result(kind: VoteKind, *, in_favour: int, eligible: int) -> Result:
    return Result(
        in_favour=in_favour, eligible=eligible, needed=needed(kind, eligible), share=share_words(kind)
    )


def needed(kind: VoteKind, eligible: int) -> int:
    """The fewest votes that reach the share; 0 when nobody may vote, and then nothing is reached."""
    if eligible == 0:
        return 0
    whole, rest = divmod(eligible * kind.numerator, kind.denominator)
    return whole + 1 if kind.strictly or rest else whole


def share_words(kind: VoteKind) -> str:
    key = (kind.numerator, kind.denominator, kind.strictly)
    more = "hơn" if kind.strictly else "ít nhất"
    return _SHARES.get(key, f"{more} {kind.numerator}/{kind.denominator}")


def percent(part: int, whole: int) -> str:
    """With one decimal where it needs one, cut and not rounded: 66,6 % must not look like two thirds and more."""
    if not whole:
        return "0"
    value = (Decimal(part * 100) / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return f"{value.normalize():f}".replace(".", ",") if value else "0"


def _why_not(person: Person, rules: VoteRules) -> str:
    fits = (
        rule.name
        for rule in rules.not_counted
        if rule.fits(status=person.status, stay=person.stay, presence=person.presence)
    )
    return next(fits, "")
