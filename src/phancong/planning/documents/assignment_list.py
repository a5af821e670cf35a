"""Danh sách phân công công tác: every member once, with each duty, product and day."""

from collections.abc import Iterator

from phancong.common.party_document import Column, PartyDocument
from phancong.planning.documents.facts import BLANK, Person, PlanFacts
from phancong.planning.documents.parts import (
    blank_date,
    day_text,
    duty_title,
    head,
    new_document,
    secretary_signature,
)

NO_WORK = "Chưa có việc; chi bộ bàn, giao việc"
# Shares are millimetres of a sheet with the margins in force since 2018.
COLUMNS = (
    Column(title="TT", share=11, centred=True, spans=True),
    Column(title="Họ và tên", share=40, bold=True, spans=True),
    Column(title="Diện", share=34, spans=True),
    Column(title="Nhiệm vụ", share=63),
    Column(title="Sản phẩm", share=44),
    Column(title="Thời hạn", share=25, centred=True),
    Column(title="Phụ trách, tham gia", share=21, centred=True),
    Column(title="Ghi chú", share=19, spans=True),
)
MINUTES_COLUMNS = (
    Column(title="TT", share=11, centred=True, spans=True),
    Column(title="Họ và tên", share=40, bold=True, spans=True),
    Column(title="Nhiệm vụ", share=67),
    Column(title="Phụ trách, tham gia", share=21, centred=True),
    Column(title="Thời hạn", share=26, centred=True),
)


def assignment_list(facts: PlanFacts) -> PartyDocument:
    """On a sheet lying flat: eight columns are not readable upright."""
    title = f"Danh sách phân công công tác cho đảng viên năm {facts.year}"
    document = new_document(facts, title, landscape=True)
    document.head(head(facts))
    resolution = facts.form.number_line("resolution")
    document.heading_block(
        "Danh sách",
        f"phân công công tác cho đảng viên năm {facts.year}",
        note=f"(Kèm theo Nghị quyết {resolution[0].lower()}{resolution[1:]}, {blank_date(facts)} của {facts.cell})",
    )
    document.table(COLUMNS, _rows(facts))
    times = sum(len(person.works) for person in facts.people)
    document.paragraph(
        f"Danh sách này có {len(facts.people)} đồng chí, {times} lượt phân công.",
        with_next=True,
    )
    document.signatures(None, secretary_signature(facts))
    return document


def named_table(document: PartyDocument, facts: PlanFacts) -> None:
    """The list as the minutes hold it, on an upright sheet."""
    document.table(
        MINUTES_COLUMNS,
        (
            [(str(number), person.name, duty_title(work), work.role, day_text(work)) for work in person.works]
            or [(str(number), person.name, NO_WORK, "", "")]
            for number, person in enumerate(facts.people, start=1)
        ),
    )


def _rows(facts: PlanFacts) -> Iterator[list[tuple[str, ...]]]:
    for number, person in enumerate(facts.people, start=1):
        who = (str(number), person.name, person.short_category)
        yield [
            (*who, duty_title(work), work.duty.product, day_text(work), work.role, _note(person))
            for work in person.works
        ] or [(*who, NO_WORK, "", BLANK, BLANK, _note(person))]


def _note(person: Person) -> str:
    return "Sinh hoạt tạm thời" if person.is_temporary else ""
