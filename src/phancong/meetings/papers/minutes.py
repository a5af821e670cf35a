"""Biên bản họp chi bộ: who came, what was said of each item, votes with who is not counted, conclusions."""

from phancong.common.party_document import Column, Head, Signature, Words
from phancong.meetings.counting import result
from phancong.meetings.enums import Becomes, Method, Presence, Stay
from phancong.meetings.models import AgendaItem, Vote
from phancong.meetings.packs import vote_rules
from phancong.meetings.papers.facts import MeetingFacts
from phancong.meetings.papers.pages import Paper
from phancong.meetings.queries import is_written
from phancong.members.enums import Status
from phancong.planning.documents.assignment_list import MINUTES_COLUMNS, NO_WORK
from phancong.planning.documents.facts import BLANK, plan_facts
from phancong.planning.documents.parts import day_text, duty_title
from phancong.planning.models import Plan

WORK_COLUMNS = (
    Column(title="TT", share=11, centred=True),
    Column(title="Kết luận", share=84),
    Column(title="Đồng chí thực hiện", share=44),
    Column(title="Thời hạn", share=26, centred=True),
)


def draw_minutes(paper: Paper, facts: MeetingFacts) -> None:
    meeting = facts.meeting
    abstract = f"họp chi bộ tháng {meeting.held_on.month:02d} năm {meeting.held_on.year}"
    paper.head(
        Head(
            upper_body=facts.upper_body,
            issuing_body=facts.cell,
            number=facts.number,
            place_and_date=f"{facts.place}, {facts.day_words}",
            draft_mark="" if meeting.state in ("read_back", "signed") else "DỰ THẢO",
        )
    )
    paper.heading_block("Biên bản", abstract, note=f"({facts.kind.name.lower()})")
    paper.paragraph(
        f"Hồi {meeting.starts_at:%H} giờ {meeting.starts_at:%M} phút, {facts.day_words}, tại {meeting.place}, "
        f"{facts.cell} họp theo chương trình dưới đây."
    )
    _attendance(paper, facts)
    paper.heading("II. Nội dung")
    for number, item in enumerate(facts.items, start=1):
        _item(paper, item, number, facts)
    _closing(paper, facts)


def _attendance(paper: Paper, facts: MeetingFacts) -> None:
    paper.heading("I. Thành phần")
    total = len(facts.of_cell)
    paper.paragraph(f"1. Tổng số đảng viên của chi bộ: {total} đồng chí.")
    present, dues = facts.named(Presence.PRESENT), facts.named(Presence.PRESENT, status=Status.PROBATIONARY)
    paper.paragraph(
        f"2. Có mặt: {len(present)} đồng chí, trong đó chính thức {len(present) - len(dues)}, dự bị {len(dues)}."
    )
    _names(paper, "3. Vắng mặt có lý do", facts.named(Presence.EXCUSED))
    _names(paper, "Vắng mặt không có lý do", facts.named(Presence.ABSENT))
    _names(paper, "Được miễn sinh hoạt, có đến dự", facts.exempt_who_came)
    _names(paper, "Sinh hoạt tạm thời nơi khác", facts.staying(Stay.TEMPORARY_ELSEWHERE))
    _names(paper, "Sinh hoạt tạm thời tại chi bộ", facts.staying(Stay.TEMPORARY_HERE))
    paper.paragraph(f"4. Cấp ủy cấp trên và đại biểu dự họp: {facts.meeting.guests or 'không có'}.")
    paper.paragraph(f"5. Chủ trì: đồng chí {_name(facts.meeting.chair)}.")
    paper.paragraph(f"6. Thư ký: đồng chí {_name(facts.meeting.minutes_secretary)}.")


def _names(paper: Paper, label: str, names: list[str]) -> None:
    paper.paragraph(f"{label}: {len(names)} đồng chí{': ' + ', '.join(names) if names else ''}.")


def _name(member: object) -> str:
    return str(member) if member else BLANK * 3


def _item(paper: Paper, item: AgendaItem, number: int, facts: MeetingFacts) -> None:
    if not is_written(item):
        # As a heading it would be held together with whatever follows, and leave half a page empty.
        paper.paragraph([Words(f"{number}. {item.title}.", bold=True)])
        return
    paper.subheading(f"{number}. {item.title}")
    for line in item.discussion.splitlines():
        if line:
            paper.paragraph(line)
    vote: Vote | None = getattr(item, "vote", None)
    if vote is not None:
        if vote.plan is not None:
            _named_list(paper, vote.plan)
        _vote(paper, vote, facts)
    for opinion in item.reserved.all():
        paper.paragraph(f"Ý kiến bảo lưu của đồng chí {opinion.member.full_name}: {opinion.text}")
    if item.summary:
        paper.paragraph(f"Kết luận của chủ trì: {item.summary}")
    _conclusions(paper, item)


def _named_list(paper: Paper, plan: Plan) -> None:
    """The list as the seed of the practice asks: written in the minutes, each member with their work."""
    people = plan_facts(plan).people
    paper.paragraph(f"Danh sách phân công công tác năm {plan.year}:", with_next=True)
    paper.table(
        MINUTES_COLUMNS,
        (
            [(str(number), person.name, duty_title(work), work.role, day_text(work)) for work in person.works]
            or [(str(number), person.name, NO_WORK, "", "")]
            for number, person in enumerate(people, start=1)
        ),
    )


def vote_sentences(vote: Vote, facts: MeetingFacts) -> list[str]:
    """The tallies, the result, and who is not counted for which reason."""
    kind = vote_rules(facts.meeting.held_on).kind(vote.kind)
    found = result(kind, in_favour=vote.in_favour, eligible=vote.eligible)
    method = Method(vote.method).label
    tallies = f"đồng ý {vote.in_favour}, không đồng ý {vote.against}, ý kiến khác {vote.other}"
    said = [f"Biểu quyết ({kind.name.lower()}; {method.lower()}): {tallies}. {found.sentence}."]
    if vote.excluded:
        names = "; ".join(f"{one['name']} ({one['why']})" for one in vote.excluded)
        said.append(f"Không tính vào số đảng viên biểu quyết: {names}.")
    return said


def _vote(paper: Paper, vote: Vote, facts: MeetingFacts) -> None:
    for sentence in vote_sentences(vote, facts):
        paper.paragraph(sentence)


def _conclusions(paper: Paper, item: AgendaItem) -> None:
    found = sorted(item.conclusions.all(), key=lambda one: one.pk)
    for one in found:
        if one.becomes == Becomes.NOTHING:
            paper.paragraph(f"Kết luận: {one.text}")
    work = [one for one in found if one.becomes != Becomes.NOTHING]
    if work:
        paper.paragraph("Chi bộ giao:", with_next=True)
        paper.table(
            WORK_COLUMNS,
            (
                [(str(number), one.text, _name(one.member), f"{one.due_on:%d/%m/%Y}")]
                for number, one in enumerate(work, start=1)
            ),
        )


def _closing(paper: Paper, facts: MeetingFacts) -> None:
    ends_at = facts.meeting.ends_at
    hour, minute = (f"{ends_at:%H}", f"{ends_at:%M}") if ends_at else (BLANK, BLANK)
    paper.paragraph(
        f"Biên bản đã được đọc lại và chi bộ thông qua. Cuộc họp kết thúc hồi {hour} giờ {minute} phút cùng ngày./.",
        with_next=True,
    )
    hint = "(ký, ghi rõ họ và tên)"
    paper.signatures(
        Signature(lines=("Thư ký",), hint=hint, name=str(facts.meeting.minutes_secretary or "")),
        Signature(lines=("Chủ trì",), hint=hint, name=str(facts.meeting.chair or "")),
    )
    above = facts.upper_body.replace("Đảng bộ", "Đảng ủy", 1)
    sent = (f"{above} (để báo cáo)",) if above else ()
    paper.recipients((*sent, facts.form.text("file_recipient")))
