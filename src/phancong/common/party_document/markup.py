"""Small pieces of WordprocessingML as text. Building text is some fifty times quicker than the object interface."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CELL_PADDING = (0.5, 1.5, 0.5, 1.5)
TWENTIETHS_PER_MM = 1440 / 25.4
EMUS_PER_MM = 36_000
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def twips(millimetres: float) -> int:
    return round(millimetres * TWENTIETHS_PER_MM)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that differ from the style of their paragraph."""

    text: str
    bold: bool | None = None
    italic: bool | None = None
    framed: bool = False


Text = str | Sequence["str | Words"]


def _switch(name: str, value: bool | None) -> str:
    return "" if value is None else f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>'


def _run(words: str | Words) -> str:
    if isinstance(words, str):
        words = Words(words)
    look = _switch("b", words.bold) + _switch("i", words.italic)
    if words.framed:
        look += '<w:bdr w:val="single" w:sz="6" w:space="3" w:color="auto"/>'
    pieces = [
        f'<w:t xml:space="preserve">{escape(_NOT_XML.sub("", piece))}</w:t>'
        for piece in words.text.split("\t")
    ]
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{'<w:tab/>'.join(pieces)}</w:r>"


def paragraph(style: str, text: Text = "", *, look: str = "") -> str:
    """A paragraph; `look` is further paragraph properties in the order the format wants."""
    runs = [text] if isinstance(text, str) else text
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{"".join(_run(run) for run in runs if run)}</w:p>'


def spacing(*, before: float = 0, after: float = 0) -> str:
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'


def rule_below(*, side_indent: float) -> str:
    """A line under the paragraph, as long as the column less `side_indent` millimetres on each side."""
    side = twips(side_indent)
    return (
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>'
    )


def cell(content: str, *, width: int, merge: str = "") -> str:
    """`merge`: "restart" begins a cell that goes on below, "continue" goes on."""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{down}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], *, header: bool = False) -> str:
    repeat = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], *, widths: Sequence[int], ruled: bool) -> str:
    """Fixed widths twice: LibreOffice obeys the grid, Word the cells."""
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in edges)
    paddings = zip(("top", "left", "bottom", "right"), CELL_PADDING if ruled else (0, 0, 0, 0), strict=True)
    padding = "".join(f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>' for side, width in paddings)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = f"<w:tblBorders>{line}</w:tblBorders>" if ruled else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{borders}<w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def picture(number: int, *, relation: str, size: tuple[float, float], told: str) -> str:
    """A paragraph with a picture of `size` millimetres, kept with its caption; `told` to those who do not see it."""
    width, height = (round(length * EMUS_PER_MM) for length in size)
    words = quoteattr(_NOT_XML.sub("", told))
    return (
        '<w:p><w:pPr><w:pStyle w:val="table_text"/><w:keepNext/><w:spacing w:before="80" w:after="40"/>'
        f'<w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Hình {number}" descr={words}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="Hình {number}" '
        f'descr={words}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
