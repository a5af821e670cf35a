"""Invitation with agenda, attendance sheet to sign by hand, resolution of the meeting."""

from phancong.common.party_document import Column, Head, Signature
from phancong.common.templatetags.ui import WEEKDAYS
from phancong.meetings.models import AgendaItem, Vote
from phancong.meetings.papers.facts import MeetingFacts
from phancong.meetings.papers.minutes import vote_sentences
from phancong.meetings.papers.naming import of_minutes
from phancong.meetings.papers.pages import Paper
from phancong.members.enums import Status
from phancong.planning.documents.facts import BLANK

SHEET = (
    Column(title="TT", share=11, centred=True),
    Column(title="Họ và tên", share=58, bold=True),
    Column(title="Diện", share=46),
    Column(title="Ký tên", share=30),
    Column(title="Vắng, lý do", share=30),
)
BALLOT = (
    Column(title="Nội dung biểu quyết", share=80),
    Column(title="Đồng ý", share=25, centred=True),
    Column(title="Không đồng ý", share=30, centred=True),
    Column(title="Ý kiến khác", share=30, centred=True),
)


def draw_agenda(paper: Paper, facts: MeetingFacts) -> None:
    meeting = facts.meeting
    paper.head(
        Head(
            upper_body=facts.upper_body,
            issuing_body=facts.cell,
            place_and_date=f"{facts.place}, ngày {BLANK} tháng {BLANK} năm {meeting.held_on.year}",
        )
    )
    paper.heading_block("Giấy mời", f"{facts.kind.name.lower()} tháng {meeting.held_on.month:02d}")
    weekday = WEEKDAYS[meeting.held_on.weekday()]
    paper.paragraph("Chi bộ trân trọng mời các đồng chí đảng viên dự sinh hoạt chi bộ.")
    paper.paragraph(f"Thời gian: {meeting.starts_at:%H:%M}, {weekday}, {facts.day_words}.")
    paper.paragraph(f"Địa điểm: {meeting.place}.")
    if meeting.documents:
        paper.paragraph(f"Tài liệu gửi trước: {meeting.documents}.")
    paper.subheading("Chương trình")
    for number, item in enumerate(facts.items, start=1):
        paper.paragraph(f"{number}. {item.title}.")
    paper.paragraph("Đồng chí nào không dự được, báo lý do với bí thư trước giờ họp./.", with_next=True)
    paper.signatures(None, _secretary(facts))


def draw_sheet(paper: Paper, facts: MeetingFacts) -> None:
    """To be signed by hand, with a table for tallies: typed in afterwards."""
    paper.head(Head(upper_body=facts.upper_body, issuing_body=facts.cell))
    paper.heading_block("Danh sách điểm danh", f"sinh hoạt chi bộ {facts.day_words}")
    rows = [(one.member.full_name, one.status) for one in facts.attendances or facts.roll]
    paper.table(
        SHEET,
        (
            [(str(number), name, _standing(status), "", "")]
            for number, (name, status) in enumerate(rows, start=1)
        ),
    )
    paper.subheading("Kết quả biểu quyết")
    paper.table(BALLOT, ([(item.title, "", "", "")] for item in facts.items))
    paper.signatures(None, Signature(lines=("Thư ký",), hint="(ký, ghi rõ họ và tên)"))


def _standing(status: str) -> str:
    """What decides the vote; that somebody is suspended is not printed on a sheet that goes from hand to hand."""
    return "" if status == Status.SUSPENDED else Status(status).label


def draw_resolution(paper: Paper, facts: MeetingFacts, item: AgendaItem) -> None:
    form = facts.form
    number = item.resolution_number
    paper.head(
        Head(
            upper_body=facts.upper_body,
            issuing_body=facts.cell,
            number=form.numbered("resolution", number) if number else form.number_line("resolution"),
            place_and_date=f"{facts.place}, {facts.day_words}",
            draft_mark="" if number else "DỰ THẢO",
        )
    )
    paper.heading_block("Nghị quyết", f"sinh hoạt chi bộ tháng {facts.meeting.held_on.month:02d}")
    paper.paragraph("Căn cứ Điều lệ Đảng và các quy định về thi hành Điều lệ Đảng;")
    paper.paragraph(f"Căn cứ biên bản họp chi bộ {of_minutes(facts.meeting)} {facts.day_words},")
    paper.paragraph(f"{facts.cell} quyết nghị:")
    for line in [*item.summary.splitlines(), *_work(facts)]:
        if line:
            paper.paragraph(line)
    vote: Vote | None = getattr(item, "vote", None)
    if vote is not None:
        paper.paragraph(vote_sentences(vote, facts)[0], with_next=True)
    paper.signatures(None, _secretary(facts))


def _work(facts: MeetingFacts) -> list[str]:
    found = [
        (one, one.member)
        for item in facts.items
        for one in item.conclusions.all()
        if one.due_on and one.member
    ]
    return [
        f"- {one.text}. Thực hiện: đồng chí {member.full_name}. Thời hạn: {one.due_on:%d/%m/%Y}."
        for one, member in found
    ]


def _secretary(facts: MeetingFacts) -> Signature:
    return Signature(lines=(f"{facts.form.layout.on_behalf} chi bộ", "Bí thư"), name=facts.leader)
