"""Totals of a round: a table by grade in both presentations, and whether it closes with the roll."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from phancong.reviews.schemes import Scheme

_ROUNDINGS = {"cut": ROUND_DOWN, "half_up": ROUND_HALF_UP}


@dataclass(frozen=True, slots=True)
class Counted:
    """One member on the roll: a grade, or the code of why there is none, or neither yet."""

    grade: str = ""
    not_rated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """`printed` includes the grades that are counted inside this one; `own` does not."""

    code: str
    name: str
    counted_inside: str
    own: int
    printed: int
    own_share: str
    printed_share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """`to_rate` are those on the roll who are to be graded; `missing` of them have no grade yet."""

    roll: int
    to_rate: int
    graded: int
    rows: tuple[GradeRow, ...]
    reasons: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        return self.to_rate - self.graded

    @property
    def not_rated(self) -> int:
        return self.roll - self.to_rate

    @property
    def closes(self) -> bool:
        return self.missing == 0

    @property
    def sentence(self) -> str:
        if self.closes:
            return (
                f"Khớp: {_grouped(self.graded)} đồng chí xếp loại + {_grouped(self.not_rated)} không xếp loại = "
                f"{_grouped(self.roll)} đồng chí trong danh sách."
            )
        return (
            f"Còn {_grouped(self.missing)} đồng chí chưa xếp loại; "
            f"tổng {_grouped(self.graded)}/{_grouped(self.to_rate)}."
        )


def totals_of(scheme: Scheme, people: Iterable[Counted]) -> Totals:
    """The table of everybody on the roll. Shares are of those to be graded, as offices print them."""
    grades: dict[str, int] = {}
    reasons: dict[str, int] = {}
    roll = 0
    for one in people:
        roll += 1
        if one.not_rated:
            reasons[one.not_rated] = reasons.get(one.not_rated, 0) + 1
        elif one.grade:
            grades[one.grade] = grades.get(one.grade, 0) + 1
    to_rate = roll - sum(reasons.values())
    return Totals(
        roll=roll,
        to_rate=to_rate,
        graded=sum(grades.values()),
        rows=tuple(_row(scheme, level.code, grades, to_rate) for level in scheme.best_first),
        reasons=tuple((scheme.reason(code) or code, count) for code, count in sorted(reasons.items())),
    )


def _row(scheme: Scheme, code: str, grades: dict[str, int], whole: int) -> GradeRow:
    level = next(one for one in scheme.levels if one.code == code)
    own = grades.get(code, 0)
    printed = own + sum(grades.get(one.code, 0) for one in scheme.levels if one.counted_inside == code)
    return GradeRow(
        code=code,
        name=level.name,
        counted_inside=level.counted_inside,
        own=own,
        printed=printed,
        own_share=share(own, whole, rounding="half_up", decimals=scheme.presentation.decimals),
        printed_share=share(
            printed, whole, rounding=scheme.presentation.rounding, decimals=scheme.presentation.decimals
        ),
    )


def share(part: int, whole: int, *, rounding: str, decimals: int) -> str:
    """In percent as Vietnamese is written: "86,3"; 0 where there is nobody."""
    if not whole:
        return "0"
    step = Decimal(1).scaleb(-decimals)
    value = (Decimal(part * 100) / Decimal(whole)).quantize(step, rounding=_ROUNDINGS[rounding])
    return f"{value:f}".replace(".", ",")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
