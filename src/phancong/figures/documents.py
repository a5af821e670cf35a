"""Báo cáo sơ kết, tổng kết: a draft from the figures of an organisation, to be edited."""

from datetime import datetime

from phancong.common.party_document import Column
from phancong.figures.base import Base
from phancong.figures.counting import Table, key_of, table_of
from phancong.figures.sections import Sheet, sheet_called
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
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_BAR = 14
_LINES = 5


def year_paper(base: Base, organization: Organization, *, now: datetime) -> tuple[str, bytes]:
    """Every chapter as a table with bars; shortcomings and directions are left to be written."""
    is_whole_year = (base.day.month, base.day.day) == (12, 31) or base.day.year < now.year
    kind = "tổng kết" if is_whole_year else "sơ kết"
    sheet = Paper(organization, f"Báo cáo {kind} năm {base.year}", now=now)
    sheet.head(number=sheet.form.number_line("report"), is_numbered=organization.holds_members)
    document = sheet.document
    document.heading_block(
        "Báo cáo", f"{kind} công tác quản lý, phân công công tác cho đảng viên năm {base.year}"
    )
    document.paragraph(
        f"Số liệu của {base.name} đến hết ngày {base.day:%d/%m/%Y}, {base.tree.label.lower()}."
    )
    number = 0
    for number, (title, code) in enumerate(CHAPTERS):
        wanted = sheet_called(code)
        if wanted is not None:
            document.subheading(f"{_NUMERALS[number]}. {title}")
            _chapter(sheet, table_of(base, wanted), wanted)
    for offset, title in enumerate(("Hạn chế và nguyên nhân", "Phương hướng, nhiệm vụ"), start=1):
        document.subheading(f"{_NUMERALS[number + offset]}. {title}")
        document.blank_lines(_LINES)
    sheet.sign("Cấp ủy cấp trên")
    return f"bao-cao-{slug(kind)}-{base.year}-{slug(organization.name)}.docx", document.to_bytes()


def _chapter(sheet: Paper, table: Table, wanted: Sheet) -> None:
    """Each figure with a bar, longest where it is most; a fault is said and not hidden."""
    rows = [(column.words, table.total[key_of(section, column)] or 0) for section, column in table.columns]
    most = max((count for _, count in rows), default=0) or 1
    sheet.document.table(
        (
            Column(title="Nội dung", share=85),
            Column(title="Số lượng", share=25, centred=True),
            Column(title="Biểu đồ", share=55),
        ),
        (
            [(words, f"{count:,}".replace(",", "."), "█" * round(count * _BAR / most))]
            for words, count in rows
        ),
    )
    if wanted.note:
        sheet.document.paragraph(wanted.note)
    for fault in table.faults:
        sheet.document.paragraph(f"Tổng không khớp: {fault.words}.")
