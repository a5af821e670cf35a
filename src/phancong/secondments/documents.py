"""The decision on seconding: who goes from where to where, in which form, for how long, and what right sits where."""

from datetime import datetime, timedelta

from phancong.common.party_document import Column
from phancong.secondments.enums import Form
from phancong.secondments.models import Secondment, SecondmentPlan
from phancong.secondments.packs import secondment_rules
from phancong.yearbook.documents.papers import BLANK, Paper, slug

HOME, HOST = "chi bộ cũ", "chi bộ mới"


def decision_paper(plan: SecondmentPlan, *, now: datetime) -> tuple[str, bytes]:
    """File name and content; a draft says that it is one."""
    sheet = Paper(plan.committee, "Quyết định tăng cường đảng viên về thôn, tổ dân phố", now=now)
    number = plan.decision_number
    sheet.head(number=f"Số {number}" if number else "", is_numbered=True)
    document = sheet.document
    document.heading_block("Quyết định", "cử đảng viên tăng cường về sinh hoạt tại chi bộ thôn, tổ dân phố")
    if not plan.decided_on:
        document.paragraph("DỰ THẢO, chưa có quyết định.")
    rows = list(
        plan.secondments.select_related("member", "home", "cell", "area").order_by(
            "area__sort_key", "member__sort_key", "id"
        )
    )
    document.paragraph(
        f"Cử {len(rows)} đồng chí có tên dưới đây về sinh hoạt đảng tại các chi bộ thôn, tổ dân phố. "
        f"Hình thức: {Form(plan.form).label.lower() if plan.form else BLANK}. {_term(rows)}"
    )
    document.table(
        (
            Column(title="TT", share=10, centred=True),
            Column(title="Họ và tên", share=45, bold=True),
            Column(title="Đang sinh hoạt tại", share=55),
            Column(title="Tăng cường về", share=55),
        ),
        (
            [(str(number), row.member.full_name, row.home.name, _place(row))]
            for number, row in enumerate(rows, start=1)
        ),
    )
    if plan.form:
        document.subheading("Quyền, trách nhiệm trong thời gian tăng cường")
        for right in secondment_rules(now.date()).rights:
            seat = right.official if plan.form == Form.OFFICIAL else right.temporary
            document.paragraph(f"{right.name}: tại {HOST if seat == 'host' else HOME}.")
    document.paragraph(
        "Các chi bộ cử đi, chi bộ nhận và các đồng chí có tên trên chịu trách nhiệm thi hành quyết định này.",
        with_next=True,
    )
    sheet.sign("Các chi bộ có liên quan", "Các đồng chí có tên trên")
    return f"quyet-dinh-tang-cuong-{slug(plan.committee.name)}.docx", document.to_bytes()


def _place(row: Secondment) -> str:
    return row.cell.name if row.cell else f"{row.area.name} (lập chi bộ mới)"


def _term(rows: list[Secondment]) -> str:
    begun = next((row.valid_from for row in rows if row.valid_from), None)
    if begun is None:
        return f"Thời hạn: {BLANK}."
    until = rows[0].valid_until
    if until is None:
        return f"Từ ngày {begun:%d/%m/%Y} đến khi có quyết định khác."
    return f"Từ ngày {begun:%d/%m/%Y} đến hết ngày {until - timedelta(days=1):%d/%m/%Y}."
