"""Biên bản họp chi bộ về phân công công tác: what is known is filled in, what the meeting decides is left blank."""

from phancong.common.party_document import PartyDocument, Signature
from phancong.planning.documents.assignment_list import named_table
from phancong.planning.documents.facts import BLANK, PlanFacts
from phancong.planning.documents.parts import (
    LONG_BLANK,
    blank_date,
    head,
    new_document,
    recipients,
    short_of_people_table,
)


def minutes(facts: PlanFacts) -> PartyDocument:
    document = new_document(
        facts, f"Biên bản họp chi bộ về phân công công tác cho đảng viên năm {facts.year}"
    )
    document.head(head(facts, type_code="minutes"))
    document.heading_block("Biên bản", f"họp chi bộ về phân công công tác cho đảng viên năm {facts.year}")
    document.paragraph(
        f"Hồi {BLANK} giờ {BLANK} phút, {blank_date(facts)}, {facts.cell} họp để phân công công tác cho đảng viên "
        f"năm {facts.year}."
    )
    document.blank_lines(1, label="Địa điểm:")
    _attendance(document, facts)
    _proposal(document, facts)
    _discussion_and_vote(document, facts)
    _conclusion(document, facts)
    document.signatures(
        Signature(lines=("Thư ký",), hint="(ký, ghi rõ họ và tên)"),
        Signature(lines=("Chủ trì",), hint="(ký, ghi rõ họ và tên)", name=facts.secretary),
    )
    document.recipients(recipients(facts))
    return document


def _attendance(document: PartyDocument, facts: PlanFacts) -> None:
    total = len(facts.of_cell)
    document.heading("I. Thành phần")
    document.paragraph(
        f"1. Tổng số đảng viên của chi bộ: {total} đồng chí, trong đó {facts.strength()}. "
        f"Đảng viên sinh hoạt tạm thời: {len(facts.people) - total}."
    )
    document.paragraph(
        f"2. Có mặt: {BLANK} đồng chí, trong đó chính thức {BLANK} đồng chí, dự bị {BLANK} đồng chí."
    )
    document.blank_lines(1, label=f"3. Vắng mặt có lý do: {BLANK} đồng chí, gồm:")
    document.blank_lines(1, label=f"Vắng mặt không có lý do: {BLANK} đồng chí, gồm:")
    document.blank_lines(1, label="4. Cấp ủy cấp trên và đại biểu dự họp:")
    secretary = f"đồng chí {facts.secretary}, Bí thư chi bộ" if facts.secretary else f"đồng chí {LONG_BLANK}"
    document.paragraph(f"5. Chủ trì: {secretary}.")
    document.blank_lines(1, label="6. Thư ký: đồng chí")


def _proposal(document: PartyDocument, facts: PlanFacts) -> None:
    document.heading("II. Nội dung")
    document.subheading(f"1. Dự kiến phân công công tác cho đảng viên năm {facts.year}")
    working = len(facts.people) - len(facts.without_work)
    given = len({work.duty.pk for person in facts.people for work in person.works})
    short = f", còn {len(facts.short_of_people)} việc chưa đủ người" if facts.short_of_people else ""
    document.paragraph(
        f"Đồng chí {LONG_BLANK} trình bày dự kiến phân công: {given} việc giao cho {working} đồng chí{short}, "
        "căn cứ nhiệm vụ của chi bộ, trình độ, năng lực, chuyên môn và điều kiện của từng đồng chí."
    )
    if facts.without_work:
        names = "; ".join(person.name for person in facts.without_work)
        document.paragraph(
            f"Còn {len(facts.without_work)} đồng chí chưa có việc, đề nghị chi bộ bàn: {names}."
        )
    document.subheading("2. Danh sách phân công cụ thể")
    named_table(document, facts)
    short_of_people_table(document, facts)


def _discussion_and_vote(document: PartyDocument, facts: PlanFacts) -> None:
    document.subheading("3. Ý kiến thảo luận (ghi rõ ai phát biểu, nói gì)")
    document.blank_lines(5)
    document.subheading("4. Điều chỉnh so với dự kiến (nếu có)")
    document.blank_lines(3)
    document.subheading(f"5. Biểu quyết việc phân công công tác cho đảng viên năm {facts.year}")
    document.paragraph(
        f"Số đảng viên chính thức có quyền biểu quyết: {BLANK} đồng chí. Đồng ý: {BLANK} đồng chí, đạt {BLANK} %. "
        f"Không đồng ý: {BLANK} đồng chí. Ý kiến khác: {BLANK} đồng chí."
    )


def _conclusion(document: PartyDocument, facts: PlanFacts) -> None:
    document.heading("III. Kết luận")
    document.paragraph(
        f"Chi bộ thống nhất phân công công tác cho đảng viên năm {facts.year} theo danh sách tại mục II và các điều "
        "chỉnh đã ghi trên. Việc phân công là căn cứ để ra nghị quyết chuyên đề, theo dõi, kiểm tra trong năm, tự phê "
        "bình và phê bình, đánh giá, xếp loại chất lượng đảng viên cuối năm."
    )
    document.blank_lines(2, label="Kết luận khác:")
    document.paragraph(
        f"Biên bản đã được đọc lại và chi bộ thông qua. Cuộc họp kết thúc hồi {BLANK} giờ {BLANK} phút cùng ngày./.",
        with_next=True,
    )
