"""What all documents of one layout share (styles, page number, settings): made once by python-docx, then reused."""

import re
import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from phancong.common.party_document.layout import Layout, Part

PREFIX = "Văn bản Đảng: "
CENTRED = (
    "title",
    "upper_body",
    "issuing_body",
    "star",
    "number",
    "place_date",
    "document_type",
    "abstract",
    "note",
)
CENTRED_BELOW = (
    "draft_mark",
    "signature_post",
    "signature_hint",
    "signature_name",
    "table_head",
    "page_number",
)
JUSTIFIED = ("body",)
OUTLINE = {"heading": 0, "subheading": 1}
# Styles of the base template that Word expects to find; the others (some 300 KB) would travel in every document.
KEPT_STYLES = frozenset({"Normal", "Header", "DefaultParagraphFont", "TableNormal", "NoList"})
# Parts of the base template that carry nothing of ours.
DROPPED = re.compile(
    r"thumbnail|customXml|stylesWithEffects|webSettings|theme|numbering|app\.xml|Extension=\"jpeg\""
)


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of the package that never change, the opening of the body, and the id of the header."""

    parts: tuple[tuple[str, bytes], ...]
    body_start: str
    header_id: str


@cache
def shell_of(layout: Layout) -> Shell:
    document = docx.Document()
    _set_defaults(document, layout)
    for part in layout.parts:
        _add_style(document, layout, part)
    _drop_foreign_styles(document)
    _add_page_number(document, layout)
    _set_compatibility(document)
    target = BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as package:
        parts = {name: package.read(name) for name in package.namelist() if not DROPPED.search(name)}
    body = parts.pop("word/document.xml").decode("utf-8")
    del parts["docProps/core.xml"]
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        parts[name] = _without_dropped(parts[name])
    header = re.search(r'<w:headerReference w:type="default" r:id="(\w+)"', body)
    if header is None:
        raise RuntimeError("the page-number header is missing from the base document")
    return Shell(tuple(parts.items()), body[: body.index("<w:body>") + len("<w:body>")], header.group(1))


def _without_dropped(listing: bytes) -> bytes:
    text = listing.decode("utf-8")
    for entry in re.findall(r"<(?:Override|Relationship|Default) [^<>]*/>", text):
        if DROPPED.search(entry):
            text = text.replace(entry, "")
    return text.encode()


def _set_defaults(document: Document, layout: Layout) -> None:
    """The font is named for every script, here and in place of the base template's theme fonts."""
    normal = document.styles["Normal"]
    normal.font.name = layout.font
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), layout.font)
    normal.font.size = Pt(layout.part("body").size)
    language = OxmlElement("w:lang")
    for script in ("w:val", "w:eastAsia"):
        language.set(qn(script), "vi-VN")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1


def _drop_foreign_styles(document: Document) -> None:
    styles = document.styles.element
    ours = {style.style_id for style in document.styles if style.name and style.name.startswith(PREFIX)}
    for style in list(styles.style_lst):
        if style.styleId not in ours | KEPT_STYLES:
            styles.remove(style)
    for unwanted in styles.findall(qn("w:latentStyles")):
        styles.remove(unwanted)


def _add_style(document: Document, layout: Layout, part: Part) -> None:
    style = document.styles.add_style(f"{PREFIX}{part.name}", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), part.code)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold, style.font.italic = Pt(part.size), part.bold, part.italic
    form = style.paragraph_format
    if part.code in CENTRED or part.code in CENTRED_BELOW:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if part.code in JUSTIFIED or part.code in OUTLINE:
        form.space_after, form.line_spacing = Pt(layout.space_after), layout.line_spacing
        form.first_line_indent = Mm(layout.first_line_indent)
        form.widow_control = True
    if part.code in JUSTIFIED:
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if part.code in OUTLINE:
        form.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(OUTLINE[part.code]))
        style.element.get_or_add_pPr().append(level)


def _add_page_number(document: Document, layout: Layout) -> None:
    """Centred at the top, from the second page on."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(layout.page_number_distance)
    line = section.header.paragraphs[0]
    line.style = next(style for style in document.styles if style.style_id == "page_number")
    run = line.add_run()
    for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)  # noqa: SLF001 -- fields have no public interface in python-docx


def _set_compatibility(document: Document) -> None:
    """Without this Word opens the file in its mode for files of 2010."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
