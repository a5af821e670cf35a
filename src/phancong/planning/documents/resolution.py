"""Nghị quyết chuyên đề về quản lý, phân công công tác cho đảng viên, drawn up from the plan."""

from phancong.common.party_document import PartyDocument
from phancong.planning.documents.facts import BLANK, PlanFacts
from phancong.planning.documents.parts import (
    blank_date,
    head,
    new_document,
    recipients,
    secretary_signature,
    some_names,
)
from phancong.planning.models import Duty

MANAGEMENT = (
    (
        "Mỗi đảng viên thực hiện đúng việc được giao, hằng tháng báo cáo kết quả với chi bộ; gặp khó khăn thì báo ngay "
        "để chi bộ giúp đỡ hoặc điều chỉnh."
    ),
    (
        "Bí thư và các đồng chí được chi bộ cử theo dõi, kiểm tra việc thực hiện hằng tháng; khi công tác, điều kiện "
        "của đảng viên thay đổi thì đề nghị chi bộ điều chỉnh kịp thời, ghi vào biên bản."
    ),
    "Không giao việc sự vụ thay cho nhiệm vụ; không giao dồn cho một số đồng chí trong khi đồng chí khác chưa có việc.",
    (
        "Phối hợp với Mặt trận và các đoàn thể giám sát đảng viên thực hiện nhiệm vụ; mỗi đảng viên tham gia ít nhất "
        "một đoàn thể hoặc phụ trách một tổ, nhóm hộ theo quy định."
    ),
    (
        "Sơ kết sáu tháng, tổng kết cuối năm; kết quả thực hiện là căn cứ tự phê bình và phê bình, đánh giá, xếp loại "
        "chất lượng đảng viên, biểu dương đồng chí làm tốt, giúp đỡ đồng chí làm chưa tốt."
    ),
)


def resolution(facts: PlanFacts) -> PartyDocument:
    subject = f"quản lý, phân công công tác cho đảng viên năm {facts.year}"
    document = new_document(facts, f"Nghị quyết chuyên đề về {subject}")
    document.head(head(facts, type_code="resolution"))
    document.heading_block("Nghị quyết", f"chuyên đề về {subject}")
    document.paragraph("Căn cứ Điều lệ Đảng và các quy định về thi hành Điều lệ Đảng;")
    document.paragraph(f"Căn cứ biên bản họp chi bộ {blank_date(facts)},")
    document.paragraph(f"{facts.cell} quyết nghị:")
    _situation(document, facts)
    _aims(document)
    _work(document, facts)
    document.heading("IV. Quản lý đảng viên thực hiện nhiệm vụ")
    for number, sentence in enumerate(MANAGEMENT, start=1):
        document.paragraph(f"{number}. {sentence}")
    _carrying_out(document)
    document.signature_with_recipients(
        secretary_signature(facts), recipients(facts, "Các đảng viên trong chi bộ (để thực hiện)")
    )
    return document


def _situation(document: PartyDocument, facts: PlanFacts) -> None:
    document.heading("I. Tình hình")
    document.paragraph(
        f"Chi bộ có {len(facts.of_cell)} đảng viên, trong đó {facts.strength()}. Theo diện: "
        + "; ".join(f"{name.lower()} {count} đồng chí" for name, count in facts.categories())
        + "."
    )
    document.blank_lines(
        2, label=f"Kết quả quản lý, phân công đảng viên năm {facts.year - 1}; ưu điểm, hạn chế:"
    )


def _aims(document: PartyDocument) -> None:
    document.heading("II. Mục tiêu, yêu cầu")
    document.paragraph(
        "1. Mọi đảng viên đều có việc cụ thể, phù hợp với trình độ, năng lực, chuyên môn và điều kiện của mình; rõ "
        "người, rõ việc, rõ thời hạn, rõ trách nhiệm, rõ sản phẩm, rõ thẩm quyền."
    )
    document.paragraph(
        "2. Việc giao cho đảng viên gắn với nhiệm vụ chính trị của chi bộ, với nhân dân nơi công tác và nơi cư trú."
    )


def _work(document: PartyDocument, facts: PlanFacts) -> None:
    document.heading("III. Phân công công tác")
    document.paragraph(
        f"Chi bộ giao {len(facts.duties)} việc dưới đây; phần việc của từng đồng chí có danh sách kèm theo."
    )
    for number, (field, duties) in enumerate(facts.duties_by_field(), start=1):
        document.subheading(f"{number}. {field}")
        for duty in duties:
            document.paragraph(_sentence(duty))


def _sentence(duty: Duty) -> str:
    area = f" ({duty.area.name})" if duty.area and duty.area.name not in duty.title else ""
    product = f" Sản phẩm: {duty.product[0].lower()}{duty.product[1:].rstrip('.')}." if duty.product else ""
    return f"- {duty.title}{area}. {_who(duty)} Thời hạn: {duty.due_on:%d/%m/%Y}.{product}"


def _who(duty: Duty) -> str:
    given = list(duty.assignments.all())
    lead = [one.member.full_name for one in given if one.is_lead]
    rest = [one.member.full_name for one in given if not one.is_lead]
    if not given:
        return f"Thực hiện: {BLANK * 3} (chi bộ giao sau)."
    if not lead:
        return f"Thực hiện: {_names(rest)}."
    return f"Phụ trách: {_names(lead)}." + (f" Tham gia: {_names(rest)}." if rest else "")


def _names(names: list[str]) -> str:
    return f"đồng chí {names[0]}" if len(names) == 1 else f"các đồng chí {some_names(names)}"


def _carrying_out(document: PartyDocument) -> None:
    document.heading("V. Tổ chức thực hiện")
    document.paragraph("1. Bí thư chi bộ phổ biến nghị quyết, trao phiếu phân công đến từng đảng viên.")
    document.paragraph(
        f"2. Nghị quyết này được {BLANK}/{BLANK} đảng viên chính thức của chi bộ biểu quyết thông qua và có hiệu lực "
        "từ ngày ký./.",
        with_next=True,
    )
