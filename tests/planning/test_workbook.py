"""The workbook of plans: five sheets that agree with each other, print well and hold no formula."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from tests.planning.papers import PRIVATE_REASON, plan_of, ward_cell

from phancong.planning.models import Assignment, Duty, Plan
from phancong.planning.workbook import write_plan_workbook

pytestmark = pytest.mark.django_db

SHEETS = ["Phân công", "Đảng viên", "Việc chưa có người", "Đảng viên chưa có việc", "Tổng hợp theo chi bộ"]


def written(folder: Path) -> Any:
    write_plan_workbook(Plan.objects.order_by("pk"), folder / "ke-hoach.xlsx")
    return load_workbook(folder / "ke-hoach.xlsx")


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_two_readers_find_the_same_five_sheets(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=3)
    book = written(tmp_path)
    other = CalamineWorkbook.from_path(tmp_path / "ke-hoach.xlsx")
    assert [book.sheetnames, other.sheet_names] == [SHEETS, SHEETS]
    first = other.get_sheet_by_name("Phân công").to_python()
    assert [row[2] for row in first[1:]] == [row["Họ và tên"] for row in rows_of(book["Phân công"])]


@pytest.mark.parametrize("members", [3, 60])
def test_there_is_one_row_for_each_assignment_and_for_each_member(tmp_path: Path, members: int) -> None:
    plan_of(ward_cell(), members=members)
    book = written(tmp_path)
    assert len(rows_of(book["Phân công"])) == Assignment.objects.count()
    assert len(rows_of(book["Đảng viên"])) == members


def test_an_assignment_is_written_with_all_it_asks_for(tmp_path: Path) -> None:
    plan = plan_of(ward_cell(), members=3)
    row = rows_of(written(tmp_path)["Phân công"])[0]
    assert {**row, "Thời hạn": row["Thời hạn"].date()} == {
        "Mã chi bộ": plan.cell.code,
        "Chi bộ": "Chi bộ Tổ dân phố 3",
        "Năm": 2026,
        "Họ và tên": "Rah Lan Dũng",
        "Số thẻ đảng viên": None,
        "Diện": "Đang công tác ở cơ quan, đơn vị",
        "Nhiệm vụ": "Vận động nhân dân giữ gìn trật tự, an toàn khu dân cư",
        "Lĩnh vực": "Trật tự, an toàn xã hội",
        "Thôn, tổ dân phố": "Tổ dân phố 3",
        "Phụ trách, tham gia": "Phụ trách",
        "Thời hạn": date(2026, 12, 15),
        "Số giờ mỗi tháng": 6,
        "Loại việc": "Nhiệm vụ",
        "Sản phẩm": "Tổ tự quản hoạt động hằng tuần",
        "Cách đo": "Chi bộ kiểm tra hằng quý",
        "Trách nhiệm": "Chịu trách nhiệm trước chi bộ về kết quả",
        "Thẩm quyền": "Được mời các hộ họp",
        "Ai chọn": "Gợi ý",
        "Giữ nguyên khi tính lại": None,
        "Mức hợp (0–100)": 80,
    }


def test_totals_agree_with_the_other_sheets(tmp_path: Path) -> None:
    for members in (14, 5):
        plan_of(ward_cell(), members=members, workless=2)
    book = written(tmp_path)
    totals = rows_of(book["Tổng hợp theo chi bộ"])
    assert [row["Số đảng viên"] for row in totals] == [14, 5]
    assert sum(row["Số đảng viên"] for row in totals) == len(rows_of(book["Đảng viên"]))
    assert sum(row["Chưa có việc"] for row in totals) == len(rows_of(book["Đảng viên chưa có việc"])) == 4
    assert sum(row["Việc chưa đủ người"] for row in totals) == len(rows_of(book["Việc chưa có người"]))
    assert sum(row["Lượt phân công"] for row in totals) == len(rows_of(book["Phân công"]))


def test_an_open_duty_stands_with_the_way_out(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=3)
    rows = rows_of(written(tmp_path)["Việc chưa có người"])
    ways = {
        row["Nhiệm vụ"]: (row["Cần ít nhất"], row["Đã có"], row["Còn thiếu"], row["Cách gỡ"]) for row in rows
    }
    assert ways["Giữ mối liên hệ với cấp ủy nơi cư trú"] == (1, 0, 1, "Giảm số người.")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=3)
    Duty.objects.filter(number=1).update(title='=HYPERLINK("http://xau")')
    sheet = written(tmp_path)["Phân công"]
    found = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert {(cell.value, cell.data_type, cell.quotePrefix) for cell in found} == {
        ('=HYPERLINK("http://xau")', "s", True)
    }


def test_no_sheet_says_anything_of_health(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=14, workless=2)
    book = written(tmp_path)
    text = " ".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )
    assert [word for word in (PRIVATE_REASON, "sức khỏe", "việc nhẹ") if word in text.lower()] == []


def test_every_sheet_prints_on_a4_with_its_header_on_each_page(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=3)
    found = {
        (sheet.page_setup.paperSize, sheet.print_title_rows, sheet.freeze_panes, sheet.auto_filter.ref[:2])
        for sheet in written(tmp_path)
    }
    assert found == {(9, "$1:$1", "A2", "A1")}


def test_a_wide_sheet_prints_only_the_columns_of_the_named_list(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=3)
    sheet = written(tmp_path)["Phân công"]
    assert sheet.print_area == "'Phân công'!$A$1:$H$5"
    assert [cell.value for cell in sheet[1]][7] == "Sản phẩm"


def test_long_texts_have_room_for_all_their_lines(tmp_path: Path) -> None:
    plan_of(ward_cell(), members=3)
    Duty.objects.filter(number=1).update(title="Vận động nhân dân " * 12)
    sheet = written(tmp_path)["Phân công"]
    heights = {
        sheet.row_dimensions[cell.row].height
        for cell in sheet["E"]
        if str(cell.value).startswith("Vận động nhân dân V")
    }
    assert heights == {4 * 15.75}


def test_progress_counts_the_plans(tmp_path: Path) -> None:
    for _ in range(3):
        plan_of(ward_cell(), members=3)
    heard: list[int] = []
    write_plan_workbook(Plan.objects.all(), tmp_path / "a.xlsx", progress=heard.append)
    assert heard == [1, 2, 3]


def test_more_cells_do_not_ask_for_more_statements(tmp_path: Path) -> None:
    counts = []
    for _ in range(2):
        plan_of(ward_cell(), members=3)
        plan_of(ward_cell(), members=5)
        with CaptureQueriesContext(connection) as statements:
            write_plan_workbook(Plan.objects.all(), tmp_path / "a.xlsx")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_year_without_plans_gives_a_workbook_with_headers_only(tmp_path: Path) -> None:
    book = written(tmp_path)
    assert {sheet.title: sheet.max_row for sheet in book} == dict.fromkeys(SHEETS, 1)
