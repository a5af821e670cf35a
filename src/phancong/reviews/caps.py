"""How many may have the highest grade: arithmetic on counts, explained in a sentence. People settle ties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from phancong.reviews.schemes import CAP_ROUNDINGS, SCOPES, Cap, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A member with the latest grade, and where a cap counts them."""

    grade: str
    cell: int
    grassroots: int
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapState:
    """A cap over one scope: how many of the base there are, how many it allows, how many have the grade now."""

    cap: Cap
    key: tuple[int | str, ...]
    base: int
    allowed: int
    given: int
    sentence: str

    @property
    def over(self) -> int:
        return max(0, self.given - self.allowed)

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.given)


def allowed(cap: Cap, base: int) -> int:
    """The most that may have the grade when `base` members are counted."""
    exact = Fraction(cap.percent * base, 100)
    if cap.rounding == "ceil":
        return ceil(exact)
    return floor(exact + Fraction(1, 2)) if cap.rounding == "half_up" else floor(exact)


def states(scheme: Scheme, graded: Iterable[Graded]) -> list[CapState]:
    """Every cap over every scope in which somebody has a grade, those exceeded first."""
    rows = list(graded)
    found = [
        _state(scheme, cap, key, counts) for cap in scheme.caps for key, counts in _counts(rows, cap).items()
    ]
    return sorted(found, key=lambda state: (-state.over, state.key))


def _counts(rows: Iterable[Graded], cap: Cap) -> dict[tuple[int | str, ...], dict[str, int]]:
    found: dict[tuple[int | str, ...], dict[str, int]] = {}
    for row in rows:
        if row.grade:
            counts = found.setdefault(_key(row, cap), {})
            counts[row.grade] = counts.get(row.grade, 0) + 1
    return found


def _key(row: Graded, cap: Cap) -> tuple[int | str, ...]:
    if cap.scope == "cell":
        return (row.cell,)
    return (row.grassroots, row.group) if cap.scope == "group" else (row.grassroots,)


def _state(scheme: Scheme, cap: Cap, key: tuple[int | str, ...], counts: Mapping[str, int]) -> CapState:
    base = sum(counts.get(level, 0) for level in cap.base)
    most, given = allowed(cap, base), counts.get(cap.level, 0)
    return CapState(
        cap=cap,
        key=key,
        base=base,
        allowed=most,
        given=given,
        sentence=_sentence(scheme, cap, base=base, most=most, given=given),
    )


def _sentence(scheme: Scheme, cap: Cap, *, base: int, most: int, given: int) -> str:
    bases = " và ".join(f"“{scheme.short_name(level)}”" for level in cap.base)
    share = _decimal(Fraction(cap.percent * base, 100))
    rounded = "" if Fraction(cap.percent * base, 100).denominator == 1 else f", {CAP_ROUNDINGS[cap.rounding]}"
    told = (
        f"{cap.percent} % của {base} đồng chí xếp loại {bases} trong {SCOPES[cap.scope]} là {share}{rounded}: "
        f"nhiều nhất {most} đồng chí “{scheme.short_name(cap.level)}”, hiện có {given}."
    )
    over = given - most
    if over > 0:
        told += f" Thừa {over}; chọn đồng chí nào do tập thể quyết định."
    return told if cap.confirmed else f"{told} Tỷ lệ này chưa đối chiếu được với văn bản."


def _decimal(number: Fraction) -> str:
    """Two decimals at most, cut: the exact share is only shown, never counted with."""
    whole, rest = divmod(number.numerator * 100 // number.denominator, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
