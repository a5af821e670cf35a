"""Bars drawn as pictures for documents: PNG that every reader shows alike, and the same figures in words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

LAYOUT = Path(__file__).with_name("bars.typ")
DOTS_PER_INCH = 180
# The dark blue of the pages; dark grey where a report is printed in black.
INK = "#1f4e79"
# Labels as short as a year leave more room to the bars.
NARROW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Named numbers; `whole` is what the full width stands for, where it is more than the longest bar."""

    title: str = ""
    bars: Sequence[tuple[str, int]]
    whole: int = 0

    @property
    def words(self) -> str:
        told = "; ".join(f"{words}: {_grouped(count)}" for words, count in self.bars)
        return f"{self.title}. {told}" if self.title else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Charts in one or two columns."""

    charts: Sequence[Chart]
    columns: int = 1

    @property
    def words(self) -> str:
        """What somebody who does not see the picture is told."""
        return ". ".join(chart.words for chart in self.charts)


def draw(pictures: Sequence[Picture], *, width: float) -> list[bytes]:
    """A PNG of each picture, `width` millimetres wide. The letters are the typesetter's own on every machine."""
    if not pictures:
        return []
    told = {"width": width, "ink": INK, "pictures": [_picture(one) for one in pictures]}
    drawn: bytes | list[bytes] = typst.compile(
        LAYOUT.read_bytes(),
        format="png",
        ppi=DOTS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )
    return drawn if isinstance(drawn, list) else [drawn]


def _picture(picture: Picture) -> dict[str, object]:
    return {"columns": picture.columns, "charts": [_chart(chart) for chart in picture.charts]}


def _chart(chart: Chart) -> dict[str, object]:
    whole = max(chart.whole, *(count for _, count in chart.bars), 1)
    return {
        "title": chart.title,
        "is_narrow": all(len(words) <= NARROW for words, _ in chart.bars),
        "bars": [
            {"words": words, "share": count / whole, "told": _grouped(count)} for words, count in chart.bars
        ],
    }


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
