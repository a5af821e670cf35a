"""Báo cáo sơ kết, tổng kết: a draft from the figures of an organisation, to be edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from phancong.common.bars import Chart, Picture, draw
from phancong.common.party_document import Column
from phancong.figures.base import Base
from phancong.figures.counting import Table, key_of, table_of
from phancong.figures.sections import Section, Sheet, sheet_called
from phancong.figures.years import days_of, first_day, pictures_of, years_for
from phancong.organizations.models import Organization
from phancong.yearbook.documents.papers import Paper, slug

# What a report goes through, in this order.
CHAPTERS = (
    ("Tình hình tổ chức, đảng viên", "tong-hop"),
    ("Lập, thông qua kế hoạch phân công", "ke-hoach"),
    ("Phân công công tác cho đảng viên", "phan-cong"),
    ("Kết quả thực hiện nhiệm vụ", "viec"),
    ("Sinh hoạt, học tập, cam kết, nhận xét", "trong-nam"),
    ("Đánh giá, xếp loại đảng viên", "xep-loai"),
)
# Left to be written by people.
OPEN_CHAPTERS = ("Hạn chế và nguyên nhân", "Phương hướng, nhiệm vụ")
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_LINES = 5


@dataclass(frozen=True, slots=True)
class _Chapter:
    """`pictures`: each with its caption; none where there is nothing to draw."""

    title: str
    sheet: Sheet
    table: Table
    pictures: list[tuple[str, Picture]]


def year_paper(base: Base, organization: Organization, *, now: datetime) -> tuple[str, bytes]:
    """Every chapter as a table with a picture; shortcomings and directions are left to be written."""
    is_whole_year = (base.day.month, base.day.day) == (12, 31) or base.day.year < now.year
    kind = "tổng kết" if is_whole_year else "sơ kết"
    paper = Paper(organization, f"Báo cáo {kind} năm {base.year}", now=now)
    paper.head(number=paper.form.number_line("report"), is_numbered=organization.holds_members)
    document = paper.document
    document.heading_block(
        "Báo cáo", f"{kind} công tác quản lý, phân công công tác cho đảng viên năm {base.year}"
    )
    document.paragraph(
        f"Số liệu của {base.name} đến hết ngày {base.day:%d/%m/%Y}, {base.tree.label.lower()}."
    )
    _write_chapters(paper, _chapters(base))
    for number, title in enumerate(OPEN_CHAPTERS, start=len(CHAPTERS)):
        document.subheading(f"{_NUMERALS[number]}. {title}")
        document.blank_lines(_LINES, with_next=title == OPEN_CHAPTERS[-1])
    paper.sign("Cấp ủy cấp trên")
    return f"bao-cao-{slug(kind)}-{base.year}-{slug(organization.name)}.docx", document.to_bytes()


def _chapters(base: Base) -> list[_Chapter]:
    found = []
    for title, code in CHAPTERS:
        sheet = sheet_called(code)
        if sheet is not None:
            table = table_of(base, sheet)
            found.append(_Chapter(title, sheet, table, _pictures(table)))
    found[0].pictures.extend(_story(base))
    return found


def _pictures(table: Table) -> list[tuple[str, Picture]]:
    charts = [chart for section in table.sheet.sections if (chart := _chart(table, section)).bars]
    return [(table.sheet.title, Picture(charts=charts))] if charts else []


def _chart(table: Table, section: Section) -> Chart:
    """The parts of a section beside each other; where they are parts of a whole, the full width is the whole."""
    counted = [
        (column.words, table.total[key_of(section, column)] or 0) for section_, column in table.columns
        if section_ is section and column != section.total
    ]  # fmt: skip
    whole = table.total[key_of(section, section.total)] or 0 if section.total else 0
    title = f"{section.total.words}: {_grouped(whole)}" if section.total else ""
    return Chart(
        title=title or f"Đơn vị tính: {section.source.unit}",
        bars=[(words, count) for words, count in counted if count],
        whole=whole,
    )


def _story(base: Base) -> list[tuple[str, Picture]]:
    """The same few figures at the end of each year, where there is more than one year to tell of."""
    first = first_day()
    days = days_of(first, base.day, until=base.year) if first else []
    rows = years_for(base.actor, root_id=base.root_id, days=days)
    if len(rows) < 2:
        return []
    charts = [
        Chart(title=one.title, bars=[(str(year), count) for year, count in one.bars])
        for one in pictures_of(rows)
        if any(count for _, count in one.bars)
    ]
    caption = f"{base.name} từ năm {rows[0].day.year} đến năm {rows[-1].day.year}"
    return [(caption, Picture(charts=charts, columns=2))]


def _write_chapters(paper: Paper, chapters: Sequence[_Chapter]) -> None:
    """All pictures are drawn at once, and numbered through the paper."""
    document = paper.document
    pictures = [picture for chapter in chapters for _, picture in chapter.pictures]
    drawn = enumerate(draw(pictures, width=document.width), start=1)
    for numeral, chapter in zip(_NUMERALS, chapters, strict=False):
        document.subheading(f"{numeral}. {chapter.title}")
        _write_table(paper, chapter)
        for caption, picture in chapter.pictures:
            number, png = next(drawn)
            document.picture(png, told=picture.words, caption=f"Hình {number}. {caption}")


def _write_table(paper: Paper, chapter: _Chapter) -> None:
    """Every figure; a fault is said and not hidden."""
    table = chapter.table
    paper.document.table(
        (Column(title="Nội dung", share=130), Column(title="Số lượng", share=35, centred=True)),
        (
            [(column.words, _grouped(table.total[key_of(section, column)] or 0))]
            for section, column in table.columns
        ),
    )
    if chapter.sheet.note:
        paper.document.paragraph(chapter.sheet.note)
    for fault in table.faults:
        paper.document.paragraph(f"Tổng không khớp: {fault.words}.")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
