"""Papers of a meeting as bytes."""

from collections.abc import Callable

from django.utils import timezone

from phancong.common.party_document import DOCUMENT_TYPE, PartyDocument, Properties
from phancong.common.refusal import Refused
from phancong.meetings.enums import ItemKind
from phancong.meetings.models import Meeting
from phancong.meetings.papers.facts import MeetingFacts, facts_of
from phancong.meetings.papers.minutes import draw_minutes
from phancong.meetings.papers.others import draw_agenda, draw_resolution, draw_sheet
from phancong.meetings.papers.pages import Pages, Paper

PDF = "application/pdf"


def _resolution(paper: Paper, facts: MeetingFacts) -> None:
    items = [item for item in facts.items if item.kind == ItemKind.RESOLUTION and hasattr(item, "vote")]
    if not items or not items[0].vote.is_reached:
        raise Refused("Kỳ họp này chưa có nghị quyết được biểu quyết đạt. Ghi biểu quyết trước.")
    draw_resolution(paper, facts, items[0])


DRAWN: dict[str, tuple[str, str, Callable[[Paper, MeetingFacts], None]]] = {
    "agenda": ("giay-moi", "Giấy mời, chương trình sinh hoạt chi bộ", draw_agenda),
    "sheet": ("danh-sach-diem-danh", "Danh sách điểm danh", draw_sheet),
    "minutes": ("bien-ban-hop-chi-bo", "Biên bản họp chi bộ", draw_minutes),
    "resolution": ("nghi-quyet", "Nghị quyết của kỳ sinh hoạt", _resolution),
}


def docx_of(meeting: Meeting, kind: str) -> bytes:
    """`kind` is a key of `DRAWN`."""
    _, title, draw = DRAWN[kind]
    facts = facts_of(meeting)
    properties = Properties(
        title=title,
        author=facts.cell,
        mark=f"meeting-{meeting.pk}-{meeting.version}",
        made_at=timezone.localtime(),
    )
    paper = PartyDocument(facts.form.layout, properties)
    draw(paper, facts)
    return paper.to_bytes()


def minutes_docx(meeting: Meeting) -> bytes:
    return docx_of(meeting, "minutes")


def minutes_pdf(meeting: Meeting) -> bytes:
    facts = facts_of(meeting)
    pages = Pages(facts.form.layout, "Biên bản họp chi bộ")
    draw_minutes(pages, facts)
    return pages.to_pdf()


def named(meeting: Meeting, kind: str) -> tuple[str, str, bytes]:
    """File name, type and content of a paper to take away; signed minutes are those that were signed."""
    stem = f"{meeting.held_on:%Y-%m-%d}"
    signed = getattr(meeting, "signed", None)
    if kind == "minutes-pdf":
        content = bytes(signed.pdf) if signed else minutes_pdf(meeting)
        return f"{DRAWN['minutes'][0]}-{stem}.pdf", PDF, content
    content = bytes(signed.docx) if signed and kind == "minutes" else docx_of(meeting, kind)
    return f"{DRAWN[kind][0]}-{stem}.docx", DOCUMENT_TYPE, content
