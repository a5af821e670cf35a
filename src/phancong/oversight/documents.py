"""The register of a committee: its members, their posts and terms, and what each is in charge of."""

from datetime import datetime

from phancong.common.party_document import Column
from phancong.organizations.models import Organization
from phancong.oversight.queries import charge_lines, register_of
from phancong.yearbook.documents.papers import Paper, slug

NOBODY = "Chưa phân công"


def register_paper(committee: Organization, *, now: datetime) -> tuple[str, bytes]:
    """File name and content. Organisations without anybody stand at the end, so that none is forgotten."""
    day = now.date()
    sheet = Paper(committee, "Danh sách phân công nhiệm vụ cấp ủy viên", now=now)
    sheet.head(is_numbered=False)
    document = sheet.document
    document.heading_block("Danh sách", "phân công nhiệm vụ cấp ủy viên")
    document.paragraph(f"Tính đến ngày {day:%d/%m/%Y}.")
    lines = register_of(committee, day=day)
    document.table(
        (
            Column(title="TT", share=10, centred=True),
            Column(title="Họ và tên", share=42, bold=True),
            Column(title="Chức vụ", share=45),
            Column(title="Phụ trách", share=68),
        ),
        (
            [
                (
                    str(number),
                    line.name,
                    "; ".join(f"{name} (từ {since:%d/%m/%Y})" for name, since in line.posts),
                    "; ".join(line.organizations) or NOBODY,
                )
            ]
            for number, line in enumerate(lines, start=1)
        ),
    )
    without = [one.organization.name for one in charge_lines(committee, day=day) if one.charge is None]
    if without:
        document.paragraph(f"Tổ chức chưa có người phụ trách: {'; '.join(without)}.")
    sheet.sign("Các tổ chức trực thuộc", "Các đồng chí có tên trên")
    return f"phan-cong-cap-uy-vien-{slug(committee.name)}.docx", document.to_bytes()
