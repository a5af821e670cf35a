"""Plans as one workbook: who does what, every member's load, what is open, and the totals of each cell.

Plans are read in handfuls. The first sheet is written while they are read; rows of the later sheets wait in temporary
files, so memory does not grow with the number of cells. As in the documents, no health reason is read here.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from phancong.common.files import whole_file
from phancong.common.spreadsheet import SheetColumn, SheetContent, Value, write_workbook
from phancong.planning.documents.facts import Person, PlanFacts, facts_of
from phancong.planning.models import Plan, Unmet

HANDFUL = 50
Row = tuple[Value, ...]

CELL = (SheetColumn(title="Mã chi bộ", width=12, as_text=True), SheetColumn(title="Chi bộ", width=28))
WHO = (
    SheetColumn(title="Họ và tên", width=25),
    SheetColumn(title="Số thẻ đảng viên", width=12, as_text=True),
    SheetColumn(title="Diện", width=28),
)
# The first columns are those of the named list, and the ones that are printed.
ASSIGNMENTS = (
    *CELL,
    SheetColumn(title="Họ và tên", width=25),
    SheetColumn(title="Diện", width=28),
    SheetColumn(title="Nhiệm vụ", width=48),
    SheetColumn(title="Phụ trách, tham gia", width=12),
    SheetColumn(title="Thời hạn", width=13),
    SheetColumn(title="Sản phẩm", width=36),
    SheetColumn(title="Năm", width=8),
    SheetColumn(title="Số thẻ đảng viên", width=12, as_text=True),
    SheetColumn(title="Lĩnh vực", width=28),
    SheetColumn(title="Thôn, tổ dân phố", width=22),
    SheetColumn(title="Số giờ mỗi tháng", width=10),
    SheetColumn(title="Loại việc", width=13),
    SheetColumn(title="Cách đo", width=30),
    SheetColumn(title="Trách nhiệm", width=36),
    SheetColumn(title="Thẩm quyền", width=36),
    SheetColumn(title="Ai chọn", width=14),
    SheetColumn(title="Giữ nguyên khi tính lại", width=12),
    SheetColumn(title="Mức hợp (0–100)", width=11),
)
PRINTED = 8
MEMBERS = (
    *CELL,
    *WHO,
    SheetColumn(title="Trạng thái", width=28),
    SheetColumn(title="Số việc", width=9),
    SheetColumn(title="Số giờ mỗi tháng", width=10),
    SheetColumn(title="Số giờ của diện", width=10),
    SheetColumn(title="Các việc được giao", width=90),
)
OPEN_DUTIES = (
    *CELL,
    SheetColumn(title="Nhiệm vụ", width=48),
    SheetColumn(title="Lĩnh vực", width=28),
    SheetColumn(title="Mức cần", width=13),
    SheetColumn(title="Cần ít nhất", width=10),
    SheetColumn(title="Đã có", width=9),
    SheetColumn(title="Còn thiếu", width=10),
    SheetColumn(title="Cách gỡ", width=70),
)
IDLE_MEMBERS = (
    *CELL,
    *WHO,
    SheetColumn(title="Trạng thái", width=28),
    SheetColumn(title="Cách gỡ", width=70),
)
TOTALS = (
    *CELL,
    SheetColumn(title="Năm", width=8),
    SheetColumn(title="Trạng thái", width=16),
    SheetColumn(title="Số đảng viên", width=10),
    SheetColumn(title="Có việc", width=10),
    SheetColumn(title="Có nhiệm vụ (không chỉ sự vụ)", width=14),
    SheetColumn(title="Chưa có việc", width=10),
    SheetColumn(title="Số việc", width=9),
    SheetColumn(title="Việc chưa đủ người", width=11),
    SheetColumn(title="Lượt phân công", width=11),
    SheetColumn(title="Số giờ mỗi tháng, bình quân", width=14),
    SheetColumn(title="Đã chứng minh là tốt nhất", width=14),
)


def write_plan_workbook(
    plans: Iterable[Plan], path: Path, *, progress: Callable[[int], None] | None = None
) -> None:
    """Write the workbook of `plans` to `path`; `progress` hears how many plans are done."""
    with whole_file(path) as target:
        write_plan_sheets(plans, target, progress=progress)


def write_plan_sheets(
    plans: Iterable[Plan], target: IO[bytes], *, progress: Callable[[int], None] | None = None
) -> None:
    keys = [plan.pk for plan in plans]
    with _Waiting() as members, _Waiting() as duties, _Waiting() as idle, _Waiting() as totals:

        def first_sheet() -> Iterator[Row]:
            for done, (facts, unmet) in enumerate(_read(keys), start=1):
                yield from _assignment_rows(facts)
                members.extend(_member_row(facts, person) for person in facts.people)
                duties.extend(_duty_rows(facts, unmet))
                idle.extend(_idle_row(facts, person, unmet) for person in facts.without_work)
                totals.extend([_totals(facts)])
                if progress:
                    progress(done)

        write_workbook(
            target,
            [
                SheetContent(name="Phân công", columns=ASSIGNMENTS, rows=first_sheet(), printed=PRINTED),
                SheetContent(name="Đảng viên", columns=MEMBERS, rows=members),
                SheetContent(name="Việc chưa có người", columns=OPEN_DUTIES, rows=duties),
                SheetContent(name="Đảng viên chưa có việc", columns=IDLE_MEMBERS, rows=idle),
                SheetContent(name="Tổng hợp theo chi bộ", columns=TOTALS, rows=totals),
            ],
        )


class _Waiting:
    """Rows of a later sheet, kept on disk until their sheet is written."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by __exit__
        self.count = 0

    def __enter__(self) -> "_Waiting":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def extend(self, rows: Iterable[Row]) -> None:
        for row in rows:
            pickle.dump(row, self.file)
            self.count += 1

    def __iter__(self) -> Iterator[Row]:
        self.file.seek(0)
        for _ in range(self.count):
            yield pickle.load(self.file)  # noqa: S301 -- our own rows, from a file without a name


def _read(keys: list[int]) -> Iterator[tuple[PlanFacts, list[Unmet]]]:
    for start in range(0, len(keys), HANDFUL):
        handful = keys[start : start + HANDFUL]
        plans = Plan.objects.select_related("cell").prefetch_related("unmet").in_bulk(handful)
        for facts in facts_of([plans[key] for key in handful]):
            yield facts, list(facts.plan.unmet.all())


def _cell(facts: PlanFacts) -> Row:
    return facts.plan.cell.code, facts.cell


def _who(person: Person) -> Row:
    return person.name, person.member.card_number or "", person.category_name


def _assignment_rows(facts: PlanFacts) -> Iterator[Row]:
    for person in facts.people:
        for work in person.works:
            duty, given = work.duty, work.assignment
            yield (
                *_cell(facts),
                person.name,
                person.category_name,
                duty.title,
                work.role,
                duty.due_on,
                duty.product,
                facts.year,
                person.member.card_number or "",
                facts.field_name(duty),
                duty.area.name if duty.area else "",
                duty.monthly_hours,
                "Nhiệm vụ" if duty.is_substantive else "Việc sự vụ",
                duty.measure,
                duty.responsibility,
                duty.authority,
                given.get_source_display(),
                "Có" if given.is_locked else "",
                given.fit,
            )


def _hours(person: Person) -> int:
    return sum(work.duty.monthly_hours for work in person.works)


def _member_row(facts: PlanFacts, person: Person) -> Row:
    return (
        *_cell(facts),
        *_who(person),
        person.status.label,
        len(person.works),
        _hours(person),
        person.category.monthly_hours if person.category else None,
        "; ".join(work.duty.title for work in person.works),
    )


def _duty_rows(facts: PlanFacts, unmet: list[Unmet]) -> Iterator[Row]:
    ways = {need.duty_id: need.relaxation for need in unmet if need.duty_id}
    for duty, missing in facts.short_of_people:
        yield (
            *_cell(facts),
            duty.title,
            facts.field_name(duty),
            duty.get_priority_display(),
            duty.headcount_min,
            duty.headcount_min - missing,
            missing,
            ways.get(duty.pk, ""),
        )


def _idle_row(facts: PlanFacts, person: Person, unmet: list[Unmet]) -> Row:
    ways = {need.member_id: need.relaxation for need in unmet if need.member_id}
    return (*_cell(facts), *_who(person), person.status.label, ways.get(person.member.pk, ""))


def _totals(facts: PlanFacts) -> Row:
    people = facts.people
    with_duty = sum(any(work.duty.is_substantive for work in person.works) for person in people)
    hours = sum(_hours(person) for person in people)
    return (
        *_cell(facts),
        facts.year,
        facts.plan.get_stage_display(),
        len(people),
        len(people) - len(facts.without_work),
        with_duty,
        len(facts.without_work),
        len(facts.duties),
        len(facts.short_of_people),
        sum(len(person.works) for person in people),
        round(hours / len(people), 1) if people else 0,
        "Có" if facts.plan.is_proved else "Chưa",
    )
