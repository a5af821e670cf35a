"""Lists as offices really type them: titles, headers of two rows, marks for men and women, totals, signatures."""

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook
from openpyxl.styles import Font

from phancong.common.spreadsheet_reader import open_pasted_sheet, open_workbook_sheet
from phancong.members.importing.columns import Key
from phancong.members.importing.header import find_header
from phancong.members.models import Member, Post
from phancong.organizations.models import AreaCoverage, Organization
from tests.members.legacy import to_tcvn3

TITLES = [
    "TT", "Họ và tên", "Giới tính", None, "Ngày tháng năm sinh", "Chi bộ", "Ngày vào Đảng", None,
    "Trình độ", None, None, "Chức vụ", "Ghi chú",
]  # fmt: skip
UNDER = [
    None,
    None,
    "Nam",
    "Nữ",
    None,
    None,
    "Dự bị",
    "Chính thức",
    "Học vấn",
    "Chuyên môn",
    "LLCT",
    None,
    None,
]
AN = [1, "Nguyễn Văn An", "x", None, "12/3/1975", "Thôn 1", "3/2/2000", "3/2/2001", "12/12", "Đại học Luật",
      "Trung cấp", "Bí thư chi bộ", None]  # fmt: skip
NGA = [2, "Rah Lan H'Nga", None, "x", date(1985, 5, 20), "Thôn 1", date(2010, 2, 3), date(2011, 2, 3), "12/12",
       "TC Kế toán", "Sơ cấp", "Đảng viên; Trưởng thôn", "gia đình chính sách"]  # fmt: skip
DUNG = [
    3,
    "KSOR DŨNG",
    "x",
    None,
    "1/1/90",
    "Buôn Phu Ma Nher",
    "3/2/2020",
    None,
    "9/12",
    None,
    None,
    None,
    None,
]
BIA = [4, "Siu H'Bia", None, "x", "30/2/1988", "Trường THCS Lê Lợi", "19/5/2012", "19/5/2013", "12/12", "ĐH Sư phạm",
       "TC", None, None]  # fmt: skip


def a_list(*rows: list[Any]) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["ĐẢNG ỦY PHƯỜNG AYUN PA"])
    sheet.append(["DANH SÁCH ĐẢNG VIÊN NĂM 2026"])
    sheet.merge_cells("A2:M2")
    sheet.append([])
    sheet.append(TITLES)
    sheet.append(UNDER)
    for merge in ("C4:D4", "G4:H4", "I4:K4", "A4:A5", "B4:B5", "E4:E5", "F4:F5"):
        sheet.merge_cells(merge)
    sheet.append([f"({number})" for number in range(1, 14)])
    for row in rows:
        sheet.append(row)
    sheet.append(["Tổng cộng", None, None, None, None, None, len(rows)])
    sheet.append([None] * 8 + ["TM. ĐẢNG ỦY"])
    sheet.append([None] * 8 + ["BÍ THƯ"])
    return book


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "ds.xlsx"
    book.save(path)
    return path


@pytest.mark.django_db
def test_a_list_founds_its_committee_cells_and_areas_in_an_empty_database(tmp_path: Path) -> None:
    call_command("import_roster", str(saved(a_list(AN, NGA, DUNG), tmp_path)), "--create-cells", "--yes")
    assert {(org.name, org.kind) for org in Organization.objects.all()} == {
        ("Đảng bộ phường Ayun Pa", "ward"),
        ("Chi bộ Thôn 1", "grassroots_area_cell"),
        ("Chi bộ Buôn Phu Ma Nher", "grassroots_area_cell"),
    }
    assert {(c.area.name, c.cell.name) for c in AreaCoverage.objects.all()} == {
        ("Thôn 1", "Chi bộ Thôn 1"),
        ("Buôn Phu Ma Nher", "Chi bộ Buôn Phu Ma Nher"),
    }
    people = {
        m.full_name: (m.sex, m.official_on, m.professional_field, m.occupation) for m in Member.objects.all()
    }
    assert people == {
        "Nguyễn Văn An": ("male", date(2001, 2, 3), "law", ""),
        "Rah Lan H'Nga": ("female", date(2011, 2, 3), "economics", "Trưởng thôn"),
        "Ksor Dũng": ("male", date(2021, 2, 3), "", ""),
    }
    assert [(post.member.full_name, post.position) for post in Post.objects.all()] == [
        ("Nguyễn Văn An", "secretary")
    ]


@pytest.mark.django_db
def test_a_list_with_a_mistake_leaves_nothing_but_the_marked_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(a_list(AN, BIA), tmp_path)
    with pytest.raises(CommandError, match="chưa ghi gì"):
        call_command("import_roster", str(path), "--create-cells", "--yes")
    assert "E8: Không có ngày 30/2/1988" in capsys.readouterr().out
    assert (Organization.objects.count(), Member.objects.count()) == (0, 0)
    assert (tmp_path / "ds - đã đánh dấu lỗi.xlsx").is_file()


@pytest.mark.django_db
def test_the_same_list_saved_by_libreoffice_changes_nothing(tmp_path: Path) -> None:
    path = saved(a_list(AN, NGA, DUNG), tmp_path)
    call_command("import_roster", str(path), "--create-cells", "--yes")
    before = list(Member.objects.order_by("pk").values())
    (tmp_path / "lo").mkdir()
    soffice = shutil.which("soffice") or "soffice"
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/user", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "lo"), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    call_command("import_roster", str(tmp_path / "lo" / "ds.xlsx"), "--yes")
    assert list(Member.objects.order_by("pk").values()) == before


def test_the_header_is_found_in_text_of_old_encodings() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([to_tcvn3(title) for title in ("Họ và tên", "Ngày sinh", "Ngày vào đảng", "Chi bộ")])
    for cell in sheet[1]:
        cell.font = Font(name=".VnTime")
    content = io.BytesIO()
    book.save(content)
    with open_workbook_sheet(content.getvalue()) as read:
        header = find_header(list(read.rows), read.merges, needs_cell=True)
    assert header.columns == {Key.NAME: 1, Key.BIRTH: 2, Key.ADMITTED: 3, Key.CELL: 4}


@pytest.mark.parametrize(
    ("top", "low", "wanted"),
    [
        (
            "Họ và tên\tNgày sinh\t\t\tKết nạp\tChi bộ",
            "\tNgày\tTháng\tNăm\t\t",
            {
                Key.NAME: 1,
                Key.BIRTH_DAY: 2,
                Key.BIRTH_MONTH: 3,
                Key.BIRTH_YEAR: 4,
                Key.ADMITTED: 5,
                Key.CELL: 6,
            },
        ),
        (
            "Họ và tên\tNgày sinh\t\tNgày vào Đảng\t\tChi bộ",
            "\tNam\tNữ\tDự bị\tChính thức\t",
            {
                Key.NAME: 1,
                Key.BIRTH_MALE: 2,
                Key.BIRTH_FEMALE: 3,
                Key.ADMITTED: 4,
                Key.OFFICIAL: 5,
                Key.CELL: 6,
            },
        ),
        (
            "Chi bộ\tNgày công nhận chính thức\tNgày kết nạp\tNăm sinh (dd/mm/yyyy)\tHọ, chữ đệm và tên",
            "thôn 1\t3/2/2001\t3/2/2000\t1/1/1980\tLê A",
            {Key.CELL: 1, Key.OFFICIAL: 2, Key.ADMITTED: 3, Key.BIRTH: 4, Key.NAME: 5},
        ),
    ],
)
def test_headers_of_one_and_two_rows_are_understood(top: str, low: str, wanted: dict[Key, int]) -> None:
    with open_pasted_sheet(f"{top}\n{low}\nLê A\t1\t1\t1\t1\t1") as sheet:
        assert find_header(list(sheet.rows), (), needs_cell=True).columns == wanted
