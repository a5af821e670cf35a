"""Which sheet of a file holds the roster: none is ever left out without a word."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from phancong.common.refusal import Refused
from phancong.common.spreadsheet_reader import Sheet, open_pasted_sheet, open_workbook_sheet
from phancong.members.importing.header import SEARCHED_ROWS, has_header


@contextmanager
def open_sheet(content: bytes, *, pasted: bool) -> Iterator[Sheet]:
    """The sheet with the roster. Raises Refused when several sheets hold one: which counts is not for us to guess."""
    if pasted:
        with open_pasted_sheet(content.decode("utf-8")) as sheet:
            yield sheet
    else:
        with open_workbook_sheet(content, sheet=_name_of_roster(content)) as sheet:
            yield sheet


def _name_of_roster(content: bytes) -> str:
    """Name of the only sheet with a header of a roster; empty (the first sheet) where there is none."""
    with open_workbook_sheet(content) as first:
        shown = first.shown
    if len(shown) < 2:
        return ""
    rosters = [name for name in shown if _is_roster(content, name)]
    if len(rosters) > 1:
        names = ", ".join(f"“{name}”" for name in rosters)
        raise Refused(
            f"Tệp có danh sách ở {len(rosters)} trang: {names}. Chép các danh sách vào một trang, hoặc lưu mỗi trang "
            "thành một tệp, rồi nhập lại. Chưa ghi gì."
        )
    return rosters[0] if rosters else ""


def _is_roster(content: bytes, name: str) -> bool:
    with open_workbook_sheet(content, sheet=name) as sheet:
        return has_header(list(islice(sheet.rows, SEARCHED_ROWS)), sheet.merges)
