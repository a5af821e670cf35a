"""A Party document: head block, title, body, tables, signatures, recipients; saved as DOCX."""

import struct
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape

from phancong.common.party_document import markup
from phancong.common.party_document.layout import Layout
from phancong.common.party_document.markup import Text, Words
from phancong.common.party_document.shell import shell_of

# Width of the title in bold Times New Roman, per point of size: the rule below is as long as the title.
TITLE_EMS = 13.78
MM_PER_POINT = 25.4 / 72
SIGNING_LINES = 3
LEFT_SHARE = 0.485
# A paragraph must follow every table: a small gap within the text, no room at the end of a page.
GAP_BELOW_TABLE = '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>'
THIN_LINE = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
CENTRED_WITH_ROOM = '<w:spacing w:before="0" w:after="160"/><w:jc w:val="center"/>'
# Where a PNG says how wide and how high it is.
PNG_SIZE = slice(16, 24)
PNG_TYPE = b'<Default Extension="png" ContentType="image/png"/>'
PICTURE_RELATION = (
    '<Relationship Id="picture{number}" Target="media/picture{number}.png" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
)
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The two blocks at the top of the first page. An attached list or a form has no number of its own."""

    upper_body: str
    issuing_body: str
    number: str = ""
    place_and_date: str = ""
    draft_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`share` of the width of the page. A column that `spans` has one cell for all rows of a group."""

    title: str
    share: float
    centred: bool = False
    bold: bool = False
    spans: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signing block: lines in capitals, a hint in brackets, and the name (empty: written by hand)."""

    lines: tuple[str, ...]
    name: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What file lists and search see. `mark` names the state of the data the document was made from."""

    title: str
    author: str
    mark: str
    made_at: datetime


class PartyDocument:
    def __init__(self, layout: Layout, properties: Properties, *, landscape: bool = False) -> None:
        self.layout = layout
        self.properties = properties
        self.landscape = landscape
        self._body: list[str] = []
        self._pictures: list[bytes] = []

    @property
    def width(self) -> float:
        return self.layout.text_width(landscape=self.landscape)

    def head(self, head: Head) -> None:
        left = [
            markup.paragraph("upper_body", head.upper_body.upper()),
            markup.paragraph("issuing_body", head.issuing_body.upper()),
            markup.paragraph("star", self.layout.star),
        ]
        if head.number:
            left.append(markup.paragraph("number", head.number))
        if head.draft_mark:
            mark = [Words(head.draft_mark, framed=True)]
            left.append(markup.paragraph("draft_mark", mark, look=markup.spacing(before=6)))
        right_width = self.width * (1 - LEFT_SHARE)
        title_width = TITLE_EMS * self.layout.part("title").size * MM_PER_POINT
        rule = markup.rule_below(side_indent=max(0.0, (right_width - title_width) / 2))
        right = [markup.paragraph("title", self.layout.title, look=rule)]
        if head.place_and_date:
            right.append(markup.paragraph("place_date", head.place_and_date, look=markup.spacing(before=6)))
        self._side_by_side("".join(left), "".join(right), left_share=LEFT_SHARE)

    def heading_block(self, document_type: str, abstract: str, *, note: str = "") -> None:
        """Type of document in capitals, the abstract below, and a line that says what it belongs to."""
        self._add("document_type", document_type.upper(), look=markup.spacing(before=14))
        self._add("abstract", abstract, look=markup.spacing(after=0 if note else 10))
        if note:
            self._add("note", note, look=markup.spacing(after=10))

    def heading(self, text: str) -> None:
        self._add("heading", text.upper())

    def subheading(self, text: str) -> None:
        self._add("subheading", text)

    def paragraph(self, text: Text, *, with_next: bool = False) -> None:
        """`with_next`: not parted from what follows, so that no signature stands alone on a page."""
        self._add("body", text, look="<w:keepNext/>" if with_next else "")

    def blank_lines(self, count: int, *, label: str = "", with_next: bool = False) -> None:
        """Dotted lines to be filled by hand; `label` opens the first of them. `with_next`: as in `paragraph`."""
        position = (
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{markup.twips(self.width)}"/></w:tabs>'
        )
        for index in range(count):
            opening = f"{label} " if label and index == 0 else ""
            keep = "<w:keepNext/>" if with_next and index + 1 == count else ""
            self._add("body", f"{opening}\t", look=keep + position)

    def table(self, columns: Sequence[Column], groups: Iterable[Sequence[Sequence[str]]]) -> None:
        """The header row repeats on every page; a row is never split, the rows of a group stay together."""
        total = sum(column.share for column in columns)
        widths = [markup.twips(self.width * column.share / total) for column in columns]
        titles = (
            markup.cell(markup.paragraph("table_head", column.title), width=width)
            for column, width in zip(columns, widths, strict=True)
        )
        rows = [markup.row(titles, header=True)]
        for group in groups:
            for index, values in enumerate(group):
                rows.append(_row(columns, widths, values, index=index, count=len(group)))
        self._body.append(markup.table(rows, widths=widths, ruled=True))
        self._add("table_text", look=GAP_BELOW_TABLE)

    def picture(self, png: bytes, *, told: str, caption: str) -> None:
        """A picture as wide as the text, its caption below; `told` says in words what it shows."""
        self._pictures.append(png)
        number = len(self._pictures)
        across, down = struct.unpack(">II", png[PNG_SIZE])
        size = (self.width, self.width * down / across)
        self._body.append(markup.picture(number, relation=f"picture{number}", size=size, told=told))
        self._add("table_text", [Words(caption, italic=True)], look=CENTRED_WITH_ROOM)

    def signatures(self, left: Signature | None, right: Signature) -> None:
        """Two blocks beside each other on one page, the names on one line."""
        blocks = [block or Signature(lines=()) for block in (left, right)]
        width = markup.twips(self.width / 2)
        rows = (
            markup.row(markup.cell(_posts(block), width=width) for block in blocks),
            markup.row(
                markup.cell(markup.paragraph("signature_name", block.name), width=width) for block in blocks
            ),
        )
        self._body.append(markup.table(rows, widths=[width, width], ruled=False))

    def signature_with_recipients(self, signature: Signature, recipients: Sequence[str]) -> None:
        """Recipients on the left, signing block on the right, as Party documents end."""
        name = markup.paragraph("signature_name", signature.name)
        self._side_by_side(self._recipients(recipients), _posts(signature) + name)

    def recipients(self, recipients: Sequence[str]) -> None:
        """Recipients below two signing blocks."""
        self._add("recipients", look=markup.spacing(after=6))
        self._body.append(self._recipients(recipients))

    def _recipients(self, recipients: Sequence[str]) -> str:
        lines = [markup.paragraph("recipients_title", self.layout.recipients_title)]
        for index, name in enumerate(recipients, start=1):
            end = "." if index == len(recipients) else ","
            lines.append(markup.paragraph("recipients", f"- {name.rstrip('.')}{end}"))
        return "".join(lines)

    def new_section(self) -> None:
        """What follows starts on a new page that is again a first page."""
        self._add("table_text", look=THIN_LINE + self._section())

    def to_bytes(self) -> bytes:
        shell = shell_of(self.layout)
        self._add("table_text", look=THIN_LINE)
        body = f"{shell.body_start}{''.join(self._body)}{self._section()}</w:body></w:document>"
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
            for name, content in (
                *(self._with_pictures(name, content) for name, content in shell.parts),
                *(
                    (f"word/media/picture{number}.png", png)
                    for number, png in enumerate(self._pictures, start=1)
                ),
                ("docProps/core.xml", _core(self.properties).encode()),
                ("word/document.xml", body.encode()),
            ):
                # A fixed time: the same plan gives the same bytes.
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, content)
        return target.getvalue()

    def _with_pictures(self, name: str, content: bytes) -> tuple[str, bytes]:
        """The parts of the package that have to know of pictures."""
        if not self._pictures:
            return name, content
        if name == "[Content_Types].xml":
            content = content.replace(b"</Types>", PNG_TYPE + b"</Types>")
        if name == "word/_rels/document.xml.rels":
            numbers = range(1, len(self._pictures) + 1)
            relations = "".join(PICTURE_RELATION.format(number=number) for number in numbers)
            content = content.replace(b"</Relationships>", f"{relations}</Relationships>".encode())
        return name, content

    def _add(self, style: str, text: Text = "", *, look: str = "") -> None:
        self._body.append(markup.paragraph(style, text, look=look))

    def _side_by_side(self, left: str, right: str, *, left_share: float = 0.5) -> None:
        widths = [markup.twips(self.width * left_share), markup.twips(self.width * (1 - left_share))]
        cells = (markup.cell(left, width=widths[0]), markup.cell(right, width=widths[1]))
        self._body.append(markup.table([markup.row(cells)], widths=widths, ruled=False))

    def _section(self) -> str:
        layout = self.layout
        size = (layout.paper_width, layout.paper_height)
        margins = (layout.margin_top, layout.margin_right, layout.margin_bottom, layout.margin_left)
        turned = ""
        if self.landscape:
            size = size[::-1]
            margins = (layout.margin_left, layout.margin_top, layout.margin_right, layout.margin_bottom)
            turned = ' w:orient="landscape"'
        top, right, bottom, left = (markup.twips(margin) for margin in margins)
        header = markup.twips(layout.page_number_distance)
        return (
            f'<w:sectPr><w:headerReference w:type="default" r:id="{shell_of(layout).header_id}"/>'
            f'<w:pgSz w:w="{markup.twips(size[0])}" w:h="{markup.twips(size[1])}"{turned}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
            f'w:header="{header}" w:footer="{header}" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
        )


def _row(
    columns: Sequence[Column], widths: Sequence[int], values: Sequence[str], *, index: int, count: int
) -> str:
    cells = []
    for column, width, value in zip(columns, widths, values, strict=True):
        merge = "" if count == 1 or not column.spans else "continue" if index else "restart"
        look = "<w:keepNext/>" if index + 1 < count else ""
        look += '<w:jc w:val="center"/>' if column.centred else ""
        text: Text = "" if merge == "continue" else [Words(value, bold=True)] if column.bold else value
        cells.append(markup.cell(markup.paragraph("table_text", text, look=look), width=width, merge=merge))
    return markup.row(cells)


def _posts(signature: Signature) -> str:
    """The lines above the name, with room to sign."""
    keep = "<w:keepNext/>"
    lines = [markup.paragraph("signature_post", line.upper(), look=keep) for line in signature.lines]
    if signature.hint:
        lines.append(markup.paragraph("signature_hint", signature.hint, look=keep))
    lines.extend(markup.paragraph("signature_post", look=keep) for _ in range(SIGNING_LINES))
    return "".join(lines)


def _core(properties: Properties) -> str:
    moment = f"{properties.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:creator>{escape(properties.author)}</dc:creator>"
        f"<dc:identifier>{escape(properties.mark)}</dc:identifier><dc:language>vi-VN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
