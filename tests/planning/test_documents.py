"""The papers of a plan: names and form of their day, everybody once, nothing of anybody's health."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_cell, make_member
from tests.planning.papers import PRIVATE_REASON, plan_of, town_cell, ward_cell

from phancong.common.refusal import Refused
from phancong.members.models import Membership
from phancong.planning.documents import (
    KINDS,
    are_up_to_date,
    member_slip,
    plan_document,
    write_cell_documents,
)
from phancong.planning.documents.facts import plan_facts
from phancong.planning.enums import PlanStage
from phancong.planning.models import Assignment, Duty, Plan
from phancong.rules.document_form import form_on

pytestmark = pytest.mark.django_db


def opened(plan: Plan, kind: str) -> Any:
    return docx.Document(BytesIO(plan_document(plan, kind)[1]))


def whole_text(document: Any) -> str:
    return "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))


def head_lines(document: Any) -> list[str]:
    return [line.text for cell in document.tables[0].rows[0].cells for line in cell.paragraphs]


def list_rows(plan: Plan) -> list[list[str]]:
    """Rows of the named list; a merged cell reads as empty below its first row."""
    return [
        [
            "".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t"))
            for cell in row._tr.tc_lst
        ]
        for row in opened(plan, "list").tables[1].rows
    ]


@pytest.mark.parametrize("members", [3, 60])
def test_the_list_names_every_member_exactly_once(members: int) -> None:
    plan = plan_of(ward_cell(), members=members)
    names = [row[1] for row in list_rows(plan)[1:] if row[1]]
    assert sorted(names) == sorted(person.name for person in plan_facts(plan).people)
    assert len(names) == members


@pytest.mark.parametrize("members", [3, 60])
def test_the_list_holds_every_assignment(members: int) -> None:
    plan = plan_of(ward_cell(), members=members)
    assert len(list_rows(plan)) - 1 == Assignment.objects.filter(duty__plan=plan).count()


def test_the_list_says_what_until_when_and_in_which_part() -> None:
    rows = list_rows(plan_of(ward_cell(), members=3))
    assert rows[1] == [
        *("1", "Rah Lan Dũng", "Cơ quan, đơn vị"),
        "Vận động nhân dân giữ gìn trật tự, an toàn khu dân cư (Tổ dân phố 3)",
        *("Tổ tự quản hoạt động hằng tuần", "15/12/2026", "Phụ trách", ""),
    ]


def test_people_are_listed_by_given_name() -> None:
    plan = plan_of(ward_cell(), members=3)
    assert [row[1] for row in list_rows(plan)[1:] if row[1]] == [
        "Rah Lan Dũng",
        "Nguyễn H'Bia",
        "Ksor Thị Hòa",
    ]


def test_a_member_without_work_stands_in_the_list_with_a_word() -> None:
    rows = list_rows(plan_of(ward_cell(), members=3, workless=1))
    assert [row[3] for row in rows if row[1] == "Ksor Thị Hòa"] == ["Chưa có việc; chi bộ bàn, giao việc"]


def test_a_temporary_member_is_listed_as_such_and_not_counted() -> None:
    plan = plan_of(ward_cell(), members=3)
    guest = make_member(make_cell(), full_name="Siu Ỷ Lan")
    Membership.objects.create(member=guest, cell=plan.cell, kind="temporary", valid_from=date(2026, 2, 1))
    notes = {row[1]: row[-1] for row in list_rows(plan)[1:] if row[1]}
    assert notes["Siu Ỷ Lan"] == "Sinh hoạt tạm thời"
    assert "Tổng số đảng viên của chi bộ: 3 đồng chí" in whole_text(opened(plan, "minutes"))


def test_documents_of_today_bear_the_names_of_the_ward() -> None:
    plan = plan_of(ward_cell(), members=3)
    assert head_lines(opened(plan, "resolution")) == [
        *("ĐẢNG BỘ KHU DÂN CƯ HÒA BÌNH", "CHI BỘ TỔ DÂN PHỐ 3", "*", "Số ……-NQ/CB", "DỰ THẢO"),
        *("ĐẢNG CỘNG SẢN VIỆT NAM", "Ayun Pa, ngày …… tháng …… năm 2026"),
    ]


def test_documents_of_2013_bear_the_names_of_the_town() -> None:
    plan = plan_of(town_cell(), members=3, year=2013)
    lines = head_lines(opened(plan, "minutes"))
    assert [lines[0], lines[1], lines[-1]] == [
        "ĐẢNG BỘ XÃ IA SAO",
        "CHI BỘ THÔN QUYẾT THẮNG",
        "Ia Sao, ngày …… tháng …… năm 2013",
    ]


def test_a_past_plan_drafted_today_follows_the_end_of_its_own_year() -> None:
    plan = plan_of(town_cell(), members=3, year=2013)
    Plan.objects.update(drafted_at=datetime(2026, 11, 3, tzinfo=UTC))
    assert plan_facts(Plan.objects.get(pk=plan.pk)).day == date(2013, 12, 31)


def test_the_form_changes_on_the_day_a_guidance_comes_into_force() -> None:
    days = (date(2013, 5, 1), date(2018, 4, 3), date(2026, 1, 8), date(2026, 1, 9))
    assert [form_on(day).basis.split(" ")[0] for day in days] == [
        "31-QĐ/TW",
        "66-QĐ/TW",
        "66-QĐ/TW",
        "399-QĐ/TW",
    ]
    assert [form_on(day).layout.margin_left for day in days] == [35, 30, 30, 30]


def test_every_value_of_the_form_names_its_source() -> None:
    for day in (date(2013, 5, 1), date(2020, 5, 1), date(2026, 5, 1)):
        form = form_on(day)
        entries: list[Any] = [*form.values, *form.parts, *form.types, *form.place_units]
        assert [entry.code for entry in entries if not entry.source] == []
        assert {value.code: value.confirmed for value in form.values}["cell_symbol"] is False


def test_an_adopted_plan_loses_the_draft_mark() -> None:
    plan = plan_of(ward_cell(), members=3)
    plan.stage = PlanStage.ADOPTED
    assert [kind for kind in KINDS if "DỰ THẢO" in whole_text(opened(plan, kind))] == []


def test_no_document_says_anything_of_health() -> None:
    plan = plan_of(ward_cell(), members=14, workless=2)
    text = "".join(whole_text(opened(plan, kind)) for kind in KINDS).lower()
    assert [word for word in (PRIVATE_REASON, "sức khỏe", "việc nhẹ", "bệnh") if word in text] == []


def test_the_minutes_leave_to_the_hand_what_only_the_meeting_knows() -> None:
    text = whole_text(opened(plan_of(ward_cell(), members=5), "minutes"))
    assert (
        "1. Tổng số đảng viên của chi bộ: 5 đồng chí, trong đó chính thức 4 (kể cả 1 đồng chí được miễn công tác "
        "và sinh hoạt đảng), dự bị 1. Đảng viên sinh hoạt tạm thời: 0." in text
    )
    assert "2. Có mặt: …… đồng chí, trong đó chính thức …… đồng chí, dự bị …… đồng chí." in text
    assert "Đồng ý: …… đồng chí, đạt …… %. Không đồng ý: …… đồng chí." in text


def test_the_exempt_are_named_only_where_there_are_some() -> None:
    text = whole_text(opened(plan_of(ward_cell(), members=3), "minutes"))
    assert "3 đồng chí, trong đó chính thức 3, dự bị 0." in text


def test_the_minutes_say_how_many_duties_are_still_open() -> None:
    plan = plan_of(ward_cell(), members=3)
    count = len(plan_facts(plan).short_of_people)
    assert f"giao cho 3 đồng chí, còn {count} việc chưa đủ người, căn cứ" in whole_text(
        opened(plan, "minutes")
    )
    Duty.objects.update(headcount_min=0)
    assert "giao cho 3 đồng chí, căn cứ" in whole_text(opened(plan, "minutes"))


def test_the_minutes_hold_the_named_list_and_the_open_duties() -> None:
    plan = plan_of(ward_cell(), members=3)
    tables = opened(plan, "minutes").tables
    assert [cell.text for cell in tables[1].rows[0].cells] == [
        *("TT", "Họ và tên", "Nhiệm vụ", "Phụ trách, tham gia", "Thời hạn")
    ]
    assert [row.cells[1].text for row in tables[2].rows[1:]] == [
        duty.title for duty, _ in plan_facts(plan).short_of_people
    ]


def test_the_resolution_names_every_duty_once() -> None:
    plan = plan_of(ward_cell(), members=14)
    lines = [line.text for line in opened(plan, "resolution").paragraphs if line.text.startswith("- ")]
    assert sorted(line[2:].split(". ")[0].split(" (")[0] for line in lines) == sorted(
        duty.title for duty in plan.duties.all()
    )


def test_a_long_row_of_names_is_cut_where_a_sentence_ends() -> None:
    duty = plan_of(ward_cell(), members=60).duties.get(field="admission")
    people = duty.assignments.count()
    line = next(one.text for one in opened(duty.plan, "resolution").paragraphs if duty.title in one.text)
    assert line.split(". ")[1].endswith(f" và {people - 6} đồng chí khác")


def test_there_is_one_slip_for_each_member() -> None:
    plan = plan_of(ward_cell(), members=14, workless=2)
    document = opened(plan, "slips")
    names = [line.text for line in document.paragraphs if line.text.startswith("Đồng chí: ")]
    assert [name.removeprefix("Đồng chí: ").split(". Diện")[0] for name in names] == [
        person.name for person in plan_facts(plan).people
    ]
    assert len(document.sections) == 14


def test_a_slip_says_the_six_things() -> None:
    plan = plan_of(ward_cell(), members=3)
    name, content = member_slip(plan, plan_facts(plan).people[1].member.pk)
    rows = [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(content)).tables[1].rows]
    assert name == "phieu-phan-cong-2026-nguyen-h-bia.docx"
    assert rows == [
        ["Việc", "Phụ trách tổ liên gia số 1"],
        ["Vai trò, thời hạn", "Phụ trách, hạn 15/12/2026"],
        ["Trách nhiệm", "Chịu trách nhiệm trước chi bộ về kết quả"],
        ["Sản phẩm, cách đo", "Sổ theo dõi hộ; hai lần họp tổ mỗi quý. Chi bộ kiểm tra hằng quý"],
        ["Thẩm quyền", "Được mời các hộ họp"],
    ]


def test_a_slip_for_somebody_of_another_cell_is_refused() -> None:
    plan = plan_of(ward_cell(), members=3)
    stranger = make_member(make_cell())
    with pytest.raises(Refused, match="không có trong kế hoạch"):
        member_slip(plan, stranger.pk)


def test_an_unknown_kind_of_document_is_refused() -> None:
    plan = plan_of(ward_cell(), members=3)
    with pytest.raises(Refused, match="Chọn biên bản, danh sách, nghị quyết hoặc phiếu"):
        plan_document(plan, "poem")


def test_a_download_is_named_without_marks() -> None:
    plan = plan_of(ward_cell(), members=3)
    assert plan_document(plan, "list")[0] == "danh-sach-phan-cong-2026-chi-bo-to-dan-pho-3.docx"


def test_the_size_of_the_cell_does_not_change_the_number_of_statements() -> None:
    counts = []
    for members in (3, 30):
        plan = Plan.objects.select_related("cell").get(pk=plan_of(ward_cell(), members=members).pk)
        with CaptureQueriesContext(connection) as statements:
            plan_facts(plan)
        counts.append(len(statements))
    assert counts == [7, 7]


def test_writing_puts_four_files_into_the_folder_of_the_cell(tmp_path: Path) -> None:
    plan = plan_of(ward_cell(), members=3)
    paths = write_cell_documents(plan, tmp_path)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {path.name for path in paths}
    assert [path.name for path in paths] == [
        "bien-ban-hop-chi-bo-2026.docx",
        "danh-sach-phan-cong-2026.docx",
        "nghi-quyet-chuyen-de-2026.docx",
        "phieu-phan-cong-2026.docx",
    ]
    assert paths[0].parent.name == f"{plan.cell.code.lower()}-chi-bo-to-dan-pho-3"


def test_files_are_old_as_soon_as_the_plan_changes(tmp_path: Path) -> None:
    plan = plan_of(ward_cell(), members=3)
    before = are_up_to_date(plan, tmp_path)
    paths = write_cell_documents(plan, tmp_path)
    written = are_up_to_date(plan, tmp_path)
    plan.version += 1
    assert [before, written, are_up_to_date(plan, tmp_path)] == [False, True, False]
    paths[0].write_bytes(b"half a file")
    plan.version -= 1
    assert not are_up_to_date(plan, tmp_path)
