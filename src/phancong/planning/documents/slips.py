"""Phiếu phân công: what one member is to do, until when, with whom, answering for what and allowed to do what."""

from collections.abc import Iterable, Sequence

from phancong.common.party_document import Column, PartyDocument, Signature, Words
from phancong.planning.documents.facts import Person, PlanFacts, Work
from phancong.planning.documents.parts import (
    blank_date,
    day_text,
    duty_title,
    head,
    new_document,
    secretary_signature,
    some_names,
)

# A slip holds three duties on one sheet; the list names everybody.
MOST_BESIDE = 3


def slips(facts: PlanFacts, people: Sequence[Person] | None = None) -> PartyDocument:
    """One sheet for each of `people`, by default for everybody in the plan."""
    document = new_document(facts, f"Phiếu phân công công tác năm {facts.year}")
    for index, person in enumerate(facts.people if people is None else people):
        if index:
            document.new_section()
        _slip(document, facts, person)
    return document


def _slip(document: PartyDocument, facts: PlanFacts, person: Person) -> None:
    document.head(head(facts))
    document.heading_block("Phiếu phân công công tác", f"năm {facts.year}")
    resolution = facts.form.number_line("resolution")
    document.paragraph(
        f"Căn cứ Nghị quyết {resolution[0].lower()}{resolution[1:]}, {blank_date(facts)}, {facts.cell} phân công:"
    )
    document.paragraph(
        ["Đồng chí: ", Words(person.name, bold=True), f". Diện: {person.category_name.lower()}."]
    )
    for number, work in enumerate(person.works, start=1):
        columns = (
            Column(title=f"Việc {number}" if len(person.works) > 1 else "Việc", share=24, bold=True),
            Column(title=duty_title(work), share=76),
        )
        document.table(columns, [list(_lines(work))])
    if not person.works:
        document.subheading("Việc (chi bộ giao tại cuộc họp)")
        document.blank_lines(6)
    document.paragraph(
        "Đồng chí chủ động thực hiện, hằng tháng báo cáo kết quả với chi bộ; có khó khăn thì báo Bí thư chi bộ để được "
        "giúp đỡ, điều chỉnh kịp thời.",
        with_next=True,
    )
    received = Signature(lines=("Người nhận nhiệm vụ",), name=person.name, hint="(ký)")
    document.signatures(received, secretary_signature(facts))


def _lines(work: Work) -> Iterable[tuple[str, str]]:
    """With the duty in the head of the table, the six clear things; what is not said is left to the hand."""
    duty = work.duty
    role = f"{work.role}, hạn {day_text(work)}"
    if work.others:
        role += f"; cùng làm: {some_names(work.others, most=MOST_BESIDE)}"
    product = ". ".join(text.rstrip(".") for text in (duty.product, duty.measure) if text)
    yield "Vai trò, thời hạn", role
    yield "Trách nhiệm", duty.responsibility
    yield "Sản phẩm, cách đo", product
    yield "Thẩm quyền", duty.authority
