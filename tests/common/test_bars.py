"""Bars of a picture are as long as their numbers say; the words tell the same."""

from io import BytesIO

import pytest
from PIL import Image, ImageColor

from phancong.common.bars import DOTS_PER_INCH, INK, Chart, Picture, draw

WIDTH = 160.0
NEAR = 3


def bars_of(png: bytes) -> list[int]:
    """Length in dots of each bar, from the top."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    ink = ImageColor.getrgb(INK)
    lengths = []
    for y in range(picture.height):
        row = [picture.getpixel((x, y)) for x in range(picture.width)]
        lengths.append(sum(dot == ink for dot in row))
    return [
        length
        for above, length in zip([0, *lengths], lengths, strict=False)
        if length > NEAR and above <= NEAR
    ]


def drawn(*bars: tuple[str, int], whole: int = 0) -> list[int]:
    [png] = draw([Picture(charts=[Chart(bars=bars, whole=whole)])], width=WIDTH)
    return bars_of(png)


@pytest.mark.parametrize("whole", [0, 400])
def test_bars_are_as_long_as_their_numbers(whole: int) -> None:
    first, second, third = drawn(("Chính thức", 200), ("Dự bị", 100), ("Được miễn", 50), whole=whole)
    assert abs(first - 2 * second) <= NEAR
    assert abs(second - 2 * third) <= NEAR


def test_the_full_width_is_the_whole() -> None:
    [of_itself] = drawn(("Có nhiệm vụ", 50))
    [of_the_whole] = drawn(("Có nhiệm vụ", 50), whole=100)
    assert abs(of_itself - 2 * of_the_whole) <= NEAR


def test_a_picture_is_as_wide_as_asked_and_each_has_its_own() -> None:
    one = Picture(charts=[Chart(bars=[("2007", 802)])])
    pngs = draw([one, one], width=WIDTH)
    wide = [Image.open(BytesIO(png)).width for png in pngs]
    assert wide == [round(WIDTH / 25.4 * DOTS_PER_INCH)] * 2


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw([], width=WIDTH) == []


def test_the_same_figures_give_the_same_bytes() -> None:
    one = Picture(charts=[Chart(title="Đảng viên", bars=[("2007", 802), ("2013", 1378)])])
    assert draw([one], width=WIDTH) == draw([one], width=WIDTH)


def test_letters_of_layout_in_words_stay_letters() -> None:
    [png] = draw([Picture(charts=[Chart(title="#panic()", bars=[("$x^2 *đậm* #rect()", 1)])])], width=WIDTH)
    assert len(bars_of(png)) == 1


def test_the_words_say_what_the_picture_shows() -> None:
    charts = [
        Chart(title="Đảng viên: 1.378", bars=[("Chính thức", 1300), ("Dự bị", 78)]),
        Chart(bars=[("2007", 7)]),
    ]
    assert Picture(charts=charts).words == "Đảng viên: 1.378. Chính thức: 1.300; Dự bị: 78. 2007: 7"
