"""Several sheets in one file: the roster is found, and none is left out without a word."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from phancong.common.refusal import Refused
from phancong.members.importing.sheets import FoundSheet, SeveralRosters, open_sheet
from phancong.members.models import Member
from tests.factories import make_cell, make_committee

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Chi bộ"]


def book(**sheets: list[list[str]]) -> bytes:
    made = Workbook()
    made.remove(made["Sheet"])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


ROW = ["1", "Nguyễn Văn An", "12/3/1975", "3/2/2000", "Chi bộ thôn 1"]
TWO = book(CB1=[HEADER, ROW], CB2=[["Danh sách chi bộ 2"], HEADER, ROW, ["2", "Siu H'Bia", *ROW[2:]]])


def name_read(content: bytes) -> str:
    with open_sheet(content, pasted=False) as sheet:
        return sheet.name


def test_the_only_roster_is_read_wherever_it_stands() -> None:
    cover, totals = [["ĐẢNG BỘ PHƯỜNG"], ["Năm 2026"]], [["Chi bộ", "Số đảng viên"], ["Thôn 1", "12"]]
    assert name_read(book(Bia=cover, DS=[["Danh sách"], HEADER], TongHop=totals)) == "DS"


def test_two_rosters_are_refused_by_their_names() -> None:
    with pytest.raises(SeveralRosters) as several:
        name_read(TWO)
    assert several.value.sheets == (FoundSheet("CB1", 1), FoundSheet("CB2", 2))


def test_the_chosen_roster_is_read() -> None:
    with open_sheet(TWO, pasted=False, chosen="CB2") as sheet:
        assert sheet.name == "CB2"


def test_an_incomplete_second_roster_is_not_left_out_either() -> None:
    with pytest.raises(Refused, match=r"“CB1” .*, “CB2” "):
        name_read(book(CB1=[HEADER], CB2=[HEADER[:3]]))


def test_a_file_without_a_roster_is_read_from_its_first_sheet() -> None:
    assert name_read(book(Bia=[["Bìa"]], Khac=[["Khác"]])) == "Bia"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with (
        pytest.raises(Refused, match=r"không có trang “CB3”\. Các trang của tệp: “CB1”, “CB2”"),
        open_sheet(TWO, pasted=False, chosen="CB3"),
    ):
        pass


@pytest.mark.django_db
def test_the_command_names_the_sheets_and_reads_the_chosen_one(tmp_path: Path) -> None:
    make_cell(parent=make_committee(), name="Chi bộ thôn 1")
    file = tmp_path / "ds.xlsx"
    file.write_bytes(TWO)
    with pytest.raises(CommandError, match=r'--sheet "CB1" \(1 dòng\)\n  --sheet "CB2" \(2 dòng\)'):
        call_command("import_roster", str(file), "--yes")
    call_command("import_roster", str(file), "--yes", "--sheet", "CB2")
    assert Member.objects.count() == 2
