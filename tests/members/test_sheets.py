"""Several sheets in one file: the roster is found, and none is left out without a word."""

import io

import pytest
from openpyxl import Workbook

from phancong.common.refusal import Refused
from phancong.members.importing.sheets import open_sheet

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


def name_read(content: bytes) -> str:
    with open_sheet(content, pasted=False) as sheet:
        return sheet.name


def test_the_only_roster_is_read_wherever_it_stands() -> None:
    cover, totals = [["ĐẢNG BỘ PHƯỜNG"], ["Năm 2026"]], [["Chi bộ", "Số đảng viên"], ["Thôn 1", "12"]]
    assert name_read(book(Bia=cover, DS=[["Danh sách"], HEADER], TongHop=totals)) == "DS"


def test_two_rosters_are_refused_by_their_names() -> None:
    with pytest.raises(Refused, match="“CB1”, “CB2”"):
        name_read(book(CB1=[HEADER], CB2=[["Danh sách chi bộ 2"], HEADER]))


def test_an_incomplete_second_roster_is_not_left_out_either() -> None:
    with pytest.raises(Refused, match="“CB1”, “CB2”"):
        name_read(book(CB1=[HEADER], CB2=[HEADER[:3]]))


def test_a_file_without_a_roster_is_read_from_its_first_sheet() -> None:
    assert name_read(book(Bia=[["Bìa"]], Khac=[["Khác"]])) == "Bia"
