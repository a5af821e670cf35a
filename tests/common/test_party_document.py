"""The form of Party documents: sheet, head block, tables, page numbers, signatures."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from phancong.common.party_document import (
    Column,
    Head,
    Layout,
    Part,
    PartyDocument,
    Properties,
    Signature,
)

CODES = (
    *("title", "upper_body", "issuing_body", "star", "number", "place_date", "document_type", "abstract"),
    *("body", "heading", "subheading", "note", "draft_mark", "signature_post", "signature_hint"),
    *("signature_name", "recipients_title", "recipients", "table_head", "table_text", "page_number"),
)
SIZES = {code: 10 + index / 2 for index, code in enumerate(CODES)}
LAYOUT = Layout(
    paper_width=210,
    paper_height=297,
    margin_top=20,
    margin_bottom=25,
    margin_left=30,
    margin_right=15,
    page_number_distance=10,
    font="Times New Roman",
    first_line_indent=12.7,
    space_after=6,
    line_spacing=1.1,
    title="ĐẢNG CỘNG SẢN VIỆT NAM",
    star="*",
    on_behalf="T/M",
    recipients_title="Nơi nhận:",
    parts=tuple(
        Part(code=code, name=code, size=SIZES[code], bold=code == "title", italic=code == "place_date")
        for code in CODES
    ),
)
HEAD = Head(
    upper_body="Đảng bộ phường Ayun Pa",
    issuing_body="Chi bộ Tổ dân phố 3",
    number="Số ……-NQ/CB",
    place_and_date="Ayun Pa, ngày …… tháng …… năm 2026",
    draft_mark="DỰ THẢO",
)
COLUMNS = (Column(title="TT", share=1, spans=True), Column(title="Việc", share=3))


def new_document(*, landscape: bool = False) -> PartyDocument:
    properties = Properties(
        title="Nghị quyết",
        author="Chi bộ Tổ dân phố 3",
        mark="plan-1-2",
        made_at=datetime(2026, 1, 9, tzinfo=UTC),
    )
    return PartyDocument(LAYOUT, properties, landscape=landscape)


def opened(document: PartyDocument) -> Any:
    return docx.Document(BytesIO(document.to_bytes()))


def test_the_sheet_is_a4_with_the_margins_of_the_layout() -> None:
    section = opened(new_document()).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sides = (section.left_margin, section.right_margin, section.header_distance)
    assert [round(size.mm) for size in (*sizes, *sides)] == [210, 297, 20, 25, 30, 15, 10]


def test_a_flat_sheet_keeps_the_binding_edge_on_top() -> None:
    section = opened(new_document(landscape=True)).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes] == [297, 210, 30, 25]


def test_the_head_block_stands_in_the_order_of_party_documents() -> None:
    document = new_document()
    document.head(HEAD)
    left, right = opened(document).tables[0].rows[0].cells
    assert [line.text for line in left.paragraphs] == [
        "ĐẢNG BỘ PHƯỜNG AYUN PA",
        "CHI BỘ TỔ DÂN PHỐ 3",
        "*",
        "Số ……-NQ/CB",
        "DỰ THẢO",
    ]
    assert [line.text for line in right.paragraphs] == [
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Ayun Pa, ngày …… tháng …… năm 2026",
    ]


def test_the_rule_below_the_title_is_as_long_as_the_title() -> None:
    document = new_document()
    document.head(HEAD)
    title = opened(document).tables[0].rows[0].cells[1].paragraphs[0]
    cell_width = LAYOUT.text_width() * 0.515
    rule = cell_width - title.paragraph_format.left_indent.mm - title.paragraph_format.right_indent.mm
    assert rule == pytest.approx(13.78 * SIZES["title"] * 25.4 / 72, abs=0.2)


def test_an_attached_list_has_no_number_and_no_date() -> None:
    document = new_document()
    document.head(Head(upper_body="Đảng bộ xã", issuing_body="Chi bộ"))
    left, right = opened(document).tables[0].rows[0].cells
    assert [len(left.paragraphs), len(right.paragraphs)] == [3, 1]


def test_every_part_is_written_as_the_layout_says() -> None:
    styles = {style.style_id: style for style in opened(new_document()).styles}
    assert {code: styles[code].font.size.pt for code in CODES} == SIZES
    assert [code for code in CODES if styles[code].font.bold] == ["title"]
    assert [code for code in CODES if styles[code].font.italic] == ["place_date"]


def test_every_script_is_set_in_the_font_of_the_layout() -> None:
    scripts = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
    fonts = list(opened(new_document()).styles.element.iter(qn("w:rFonts")))
    assert {tuple(font.get(qn(script)) for script in scripts) for font in fonts} == {("Times New Roman",) * 4}


def test_the_page_number_stands_on_every_page_but_the_first() -> None:
    section = opened(new_document()).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.first_page_header.is_linked_to_previous


def test_the_header_row_repeats_and_no_row_is_split() -> None:
    document = new_document()
    document.table(COLUMNS, [[("1", "a")], [("2", "b")]])
    rows = opened(document).tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows] == [True, True, True]


def test_rows_of_a_group_share_one_cell_and_stay_together() -> None:
    document = new_document()
    document.table(COLUMNS, [[("1", "a"), ("1", "b"), ("1", "c")], [("2", "d")]])
    rows = opened(document).tables[0].rows[1:]
    merges = [row._tr.tc_lst[0].vMerge for row in rows]
    assert merges == ["restart", "continue", "continue", None]
    keeps = [row._tr.tc_lst[1].p_lst[0].pPr.find(qn("w:keepNext")) is not None for row in rows]
    assert keeps == [True, True, False, False]


def test_columns_take_their_shares_of_the_width() -> None:
    document = new_document()
    document.table(COLUMNS, [[("1", "a")]])
    table = opened(document).tables[0]
    assert [round(column.width.mm) for column in table.columns] == [41, 124]
    assert [round(cell.width.mm) for cell in table.rows[1].cells] == [41, 124]


def test_text_that_looks_like_markup_stays_text() -> None:
    document = new_document()
    document.paragraph("Rah Lan H'Bia <b>&amp;</b> \x0b\ud800 “tổ 3”")
    assert opened(document).paragraphs[0].text == "Rah Lan H'Bia <b>&amp;</b>  “tổ 3”"


def test_a_new_section_begins_again_with_a_first_page() -> None:
    document = new_document()
    document.paragraph("một")
    document.new_section()
    document.paragraph("hai")
    sections = opened(document).sections
    assert [section.different_first_page_header_footer for section in sections] == [True, True]
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in sections]
    assert starts == ["1", "1"]


def test_signatures_stand_side_by_side_with_the_names_on_one_line() -> None:
    document = new_document()
    document.signatures(
        Signature(lines=("Thư ký",), name="Siu Ửng"),
        Signature(lines=("T/M chi bộ", "Bí thư"), name="Ksor Dũng"),
    )
    rows = opened(document).tables[0].rows
    assert [cell.text.strip() for cell in rows[0].cells] == ["THƯ KÝ", "T/M CHI BỘ\nBÍ THƯ"]
    assert [cell.text for cell in rows[1].cells] == ["Siu Ửng", "Ksor Dũng"]


def test_recipients_end_with_a_full_stop() -> None:
    document = new_document()
    document.signature_with_recipients(
        Signature(lines=("Bí thư",)), ("Đảng ủy phường (để báo cáo)", "Lưu chi bộ.")
    )
    left = opened(document).tables[0].rows[0].cells[0]
    assert [line.text for line in left.paragraphs] == [
        "Nơi nhận:",
        "- Đảng ủy phường (để báo cáo),",
        "- Lưu chi bộ.",
    ]


def test_lines_for_the_hand_reach_the_right_margin() -> None:
    document = new_document()
    document.blank_lines(2, label="Thư ký:")
    lines = opened(document).paragraphs[:2]
    assert [line.text for line in lines] == ["Thư ký: \t", "\t"]
    assert [round(line.paragraph_format.tab_stops[0].position.mm) for line in lines] == [165, 165]


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = new_document(), new_document()
    assert first.to_bytes() == second.to_bytes()


def test_the_file_says_what_it_was_made_from() -> None:
    properties = opened(new_document()).core_properties
    found = (properties.title, properties.author, properties.identifier, properties.language)
    assert found == ("Nghị quyết", "Chi bộ Tổ dân phố 3", "plan-1-2", "vi-VN")


def test_every_part_of_the_package_is_declared_and_present() -> None:
    with zipfile.ZipFile(BytesIO(new_document().to_bytes())) as package:
        names = set(package.namelist())
        types = package.read("[Content_Types].xml").decode()
        links = package.read("word/_rels/document.xml.rels").decode()
    declared = {piece.split('"')[0].lstrip("/") for piece in types.split('PartName="')[1:]}
    linked = {"word/" + piece.split('"')[0] for piece in links.split('Target="')[1:]}
    assert declared <= names
    assert linked <= names


def with_pictures() -> PartyDocument:
    document = new_document()
    for number in (1, 2):
        target = BytesIO()
        Image.new("RGB", (660, 220 * number)).save(target, "PNG")
        document.picture(
            target.getvalue(), told=f'Tổ "số {number}" & 7 < 9', caption=f"Hình {number}. Thôn, tổ"
        )
    return document


def test_a_picture_is_as_wide_as_the_text_and_keeps_its_shape() -> None:
    shapes = opened(with_pictures()).inline_shapes
    assert [(round(shape.width.mm), round(shape.height.mm)) for shape in shapes] == [(165, 55), (165, 110)]


def test_a_picture_says_in_words_what_it_shows_and_has_its_caption_below() -> None:
    document = opened(with_pictures())
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == ['Tổ "số 1" & 7 < 9', 'Tổ "số 2" & 7 < 9']
    assert [one.text for one in document.paragraphs if one.text] == ["Hình 1. Thôn, tổ", "Hình 2. Thôn, tổ"]


def test_pictures_are_parts_of_the_package_that_are_declared_and_linked() -> None:
    document = opened(with_pictures())
    linked = [part.partname for part in document.part.package.iter_parts() if "media" in part.partname]
    assert sorted(linked) == ["/word/media/picture1.png", "/word/media/picture2.png"]
    assert {part.content_type for part in document.part.package.iter_parts() if "media" in part.partname} == {
        "image/png"
    }
