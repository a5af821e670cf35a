"""Parts that several documents of a plan share."""

from collections.abc import Sequence

from phancong.common.party_document import Column, Head, PartyDocument, Properties, Signature
from phancong.planning.documents.facts import BLANK, PlanFacts, Work
from phancong.planning.models import Plan

LONG_BLANK = BLANK * 5
MOST_NAMES = 6


def plan_mark(plan: Plan) -> str:
    """Names the state of a plan; it changes with every edit and every new draft."""
    return f"plan-{plan.pk}-{plan.version}-{plan.stage}-{int(plan.drafted_at.timestamp())}"


def new_document(facts: PlanFacts, title: str, *, landscape: bool = False) -> PartyDocument:
    properties = Properties(
        title=title, author=facts.cell, mark=plan_mark(facts.plan), made_at=facts.plan.drafted_at
    )
    return PartyDocument(facts.form.layout, properties, landscape=landscape)


def head(facts: PlanFacts, *, type_code: str = "") -> Head:
    """With a type the document has its own number and date; a list or a slip goes with another document."""
    return Head(
        upper_body=facts.upper_body,
        issuing_body=facts.cell,
        number=facts.form.number_line(type_code) if type_code else "",
        place_and_date=f"{facts.place}, {blank_date(facts)}" if type_code else "",
        draft_mark="DỰ THẢO" if facts.is_draft else "",
    )


def blank_date(facts: PlanFacts) -> str:
    """The day is written by hand; the year is known only when the plan was drafted within it."""
    year = str(facts.year) if facts.day.year == facts.year else "20…"
    return f"ngày {BLANK} tháng {BLANK} năm {year}"


def secretary_signature(facts: PlanFacts) -> Signature:
    return Signature(lines=(f"{facts.form.layout.on_behalf} chi bộ", "Bí thư"), name=facts.secretary)


def recipients(facts: PlanFacts, *others: str) -> tuple[str, ...]:
    """The committee of the organisation above receives what the cell sends up."""
    above = facts.upper_body.replace("Đảng bộ", "Đảng ủy", 1)
    reported = (f"{above} (để báo cáo)",) if above else ()
    return (*reported, *others, facts.form.text("file_recipient"))


def some_names(names: Sequence[str], *, most: int = MOST_NAMES) -> str:
    """As many names as a sentence can hold; all of them stand in the list."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} và {len(names) - most} đồng chí khác"


def day_text(work: Work) -> str:
    return f"{work.duty.due_on:%d/%m/%Y}"


def duty_title(work: Work) -> str:
    area = work.duty.area
    return (
        f"{work.duty.title} ({area.name})" if area and area.name not in work.duty.title else work.duty.title
    )


def short_of_people_table(document: PartyDocument, facts: PlanFacts) -> None:
    """Open duties, without the reasons: those stay on the screen of whoever plans."""
    if not facts.short_of_people:
        return
    columns = (
        Column(title="TT", share=11, centred=True),
        Column(title="Việc chưa đủ người", share=66),
        Column(title="Cần ít nhất", share=20, centred=True),
        Column(title="Còn thiếu", share=18, centred=True),
        Column(title="Chi bộ giao thêm cho đồng chí", share=50),
    )
    document.table(
        columns,
        (
            [(str(number), duty.title, str(duty.headcount_min), str(missing), "")]
            for number, (duty, missing) in enumerate(facts.short_of_people, start=1)
        ),
    )
