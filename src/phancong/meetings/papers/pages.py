"""The same paper as PDF: what would be drawn as DOCX is written down and set by the typesetter.

The text travels as data, so nothing in it can act as layout; the fonts are the typesetter's own, so that every machine
prints the same letters.
"""

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import typst

from phancong.common.party_document import Column, Head, Layout, Signature, Words

LAYOUT = Path(__file__).with_name("paper.typ")
Text = str | Sequence["str | Words"]


class Paper(Protocol):
    """What a paper is drawn on: a DOCX (`PartyDocument`) or these pages."""

    def head(self, head: Head) -> None: ...
    def heading_block(self, document_type: str, abstract: str, *, note: str = "") -> None: ...
    def heading(self, text: str) -> None: ...
    def subheading(self, text: str) -> None: ...
    def paragraph(self, text: Text, *, with_next: bool = False) -> None: ...
    def blank_lines(self, count: int, *, label: str = "") -> None: ...
    def table(self, columns: Sequence[Column], groups: Iterable[Sequence[Sequence[str]]]) -> None: ...
    def signatures(self, left: Signature | None, right: Signature) -> None: ...
    def recipients(self, recipients: Sequence[str]) -> None: ...


class Pages:
    """Takes down what is drawn."""

    def __init__(self, layout: Layout, title: str) -> None:
        self.layout = layout
        self.title = title
        self._blocks: list[dict[str, Any]] = []

    def head(self, head: Head) -> None:
        self._keep(
            "head",
            upper=head.upper_body.upper(),
            body=head.issuing_body.upper(),
            star=self.layout.star,
            number=head.number,
            day=head.place_and_date,
            mark=head.draft_mark,
            title=self.layout.title,
        )

    def heading_block(self, document_type: str, abstract: str, *, note: str = "") -> None:
        self._keep("title", kind=document_type.upper(), abstract=abstract, note=note)

    def heading(self, text: str) -> None:
        self._keep("heading", text=text.upper())

    def subheading(self, text: str) -> None:
        self._keep("subheading", text=text)

    def paragraph(self, text: Text, *, with_next: bool = False) -> None:
        pieces = [text] if isinstance(text, str) else text
        words = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
        self._keep("paragraph", text=words, sticky=with_next)

    def blank_lines(self, count: int, *, label: str = "") -> None:
        self._keep("blank", count=count, label=label)

    def table(self, columns: Sequence[Column], groups: Iterable[Sequence[Sequence[str]]]) -> None:
        rows = []
        for group in groups:
            for index, values in enumerate(group):
                rows.append(
                    [
                        "" if index and column.spans else value
                        for column, value in zip(columns, values, strict=True)
                    ]
                )
        self._keep(
            "table",
            columns=[
                {"title": one.title, "share": one.share, "centred": one.centred, "bold": one.bold}
                for one in columns
            ],
            rows=rows,
        )

    def signatures(self, left: Signature | None, right: Signature) -> None:
        blocks = [block or Signature(lines=()) for block in (left, right)]
        self._keep(
            "signatures",
            blocks=[
                {"lines": [line.upper() for line in one.lines], "hint": one.hint, "name": one.name}
                for one in blocks
            ],
        )

    def recipients(self, recipients: Sequence[str]) -> None:
        self._keep("recipients", title=self.layout.recipients_title, names=list(recipients))

    def to_pdf(self) -> bytes:
        layout = self.layout
        content = {
            "title": self.title,
            "size": layout.part("body").size,
            "margins": [layout.margin_top, layout.margin_right, layout.margin_bottom, layout.margin_left],
            "indent": layout.first_line_indent,
            "blocks": self._blocks,
        }
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "paper.typ"
            page.write_text(LAYOUT.read_text("utf-8"), "utf-8")
            (Path(folder) / "paper.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
            written: bytes = typst.compile(str(page), root=folder, ignore_system_fonts=True)
        return written

    def _keep(self, block: str, /, **what: Any) -> None:
        self._blocks.append({"block": block, **what})
