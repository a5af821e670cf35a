"""What a Party document looks like, as values: the guidance in force fills them, the engine below draws with them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How one part of a document is written; `size` in points."""

    code: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Lengths in millimetres, spacing in points. Landscape pages are the same sheet turned, binding edge on top."""

    paper_width: float
    paper_height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    page_number_distance: float
    font: str
    first_line_indent: float
    space_after: float
    line_spacing: float
    title: str
    star: str
    on_behalf: str
    recipients_title: str
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        return next(part for part in self.parts if part.code == code)

    def text_width(self, *, landscape: bool = False) -> float:
        if landscape:
            return self.paper_height - self.margin_bottom - self.margin_top
        return self.paper_width - self.margin_left - self.margin_right
