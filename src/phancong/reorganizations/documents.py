"""The decision on a reorganisation: its lines in words, and the members who change their cell one by one."""

from datetime import datetime

from phancong.common.party_document import Column
from phancong.organizations.models import Organization
from phancong.reorganizations.models import Reorganization
from phancong.reorganizations.words import sentences
from phancong.yearbook.documents.papers import Paper, slug


def decision_paper(one: Reorganization, *, now: datetime) -> tuple[str, bytes]:
    """File name and content; a draft says that it is one."""
    sheet = Paper(one.committee, "Quyết định sắp xếp tổ chức đảng", now=now)
    number = one.decision_number
    sheet.head(number=f"Số {number}" if number else "", is_numbered=True)
    document = sheet.document
    document.heading_block("Quyết định", one.title)
    if not one.decided_on:
        document.paragraph("DỰ THẢO, chưa có quyết định.")
    document.paragraph(f"Thực hiện từ ngày {one.effective_on:%d/%m/%Y} các việc sau:")
    for position, (_, sentence) in enumerate(sentences(one), start=1):
        document.paragraph(f"{position}. {sentence}")
    placed = list(
        one.placements.select_related("member__cell").order_by("target", "member__sort_key", "member_id")
    )
    if placed:
        document.subheading("Đảng viên chuyển chi bộ")
        names = dict(
            Organization.objects.filter(code__in={row.target for row in placed}).values_list("code", "name")
        )
        names |= {step.code: step.name for step in one.steps.all() if step.name}
        document.table(
            (
                Column(title="TT", share=10, centred=True),
                Column(title="Họ và tên", share=55, bold=True),
                Column(title="Về sinh hoạt tại", share=100),
            ),
            (
                [(str(position), row.member.full_name, names.get(row.target, row.target))]
                for position, row in enumerate(placed, start=1)
            ),
        )
    document.paragraph(
        "Các tổ chức đảng và đảng viên có liên quan chịu trách nhiệm thi hành quyết định này.", with_next=True
    )
    sheet.sign("Các tổ chức đảng có liên quan")
    return f"quyet-dinh-sap-xep-{slug(one.title)}.docx", document.to_bytes()
