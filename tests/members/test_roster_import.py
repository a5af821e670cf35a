"""An import writes what its preview said, once, all or nothing, and can be taken back."""

import io
import random
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members import actions as member_actions
from phancong.members.enums import LimitKind, Status
from phancong.members.importing.actions import (
    cancel_import,
    keep_upload,
    marked_file,
    prepare_import,
    undo_import,
    write_import,
)
from phancong.members.importing.queries import imports_for, same_file_written
from phancong.members.importing.snapshots import snapshots_of
from phancong.members.importing.template import write_roster, write_template
from phancong.members.models import Member, RosterImport, WorkLimitReason
from phancong.organizations.models import Organization
from tests.factories import (
    TODAY,
    make_actor,
    make_area,
    make_cell,
    make_committee,
    make_member,
    make_office,
    make_user,
)
from tests.members.rosters import right_roster

pytestmark = pytest.mark.django_db
BY = make_office()
HEADER = ["Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức", "Chi bộ", "Giới tính", "Nghề nghiệp"]
AN = ["Nguyễn Văn An", "12/3/1975", "3/2/2000", "3/2/2001", "Chi bộ thôn 1", "Nam", "Nông dân"]
NGA = ["Rah Lan H'Nga", date(1985, 5, 20), date(2025, 11, 3), None, "Thôn 01", "Nữ", None]


@pytest.fixture
def committee() -> Organization:
    committee = make_committee(name="Đảng bộ xã Thử")
    make_cell(parent=committee, name="Chi bộ thôn 1")
    make_cell(parent=committee, name="Chi bộ thôn 2")
    return committee


def book(*rows: list[Any], header: list[str] | None = None) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(header or HEADER)
    for row in rows:
        sheet.append(row)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def prepared(content: bytes, committee: Organization, **options: Any) -> RosterImport:
    kept = keep_upload(content, file_name="ds.xlsx", organization=committee, by=BY, **options)
    return prepare_import(kept.pk, by=BY)


def written(content: bytes, committee: Organization, **options: Any) -> RosterImport:
    return write_import(prepared(content, committee).pk, by=BY, **options)


def counts(roster_import: RosterImport) -> tuple[int, int, int, int]:
    found = roster_import.summary["counts"]
    return found["new"], found["changed"], found["unchanged"], found["error"]


def test_a_preview_writes_no_member(committee: Organization) -> None:
    assert counts(prepared(book(AN, NGA), committee)) == (2, 0, 0, 0)
    assert Member.objects.count() == 0


def test_new_members_are_written_with_cell_status_and_one_line_in_the_log(committee: Organization) -> None:
    written(book(AN, NGA), committee)
    found = {m.full_name: (m.cell.name if m.cell else "", m.status, m.category) for m in Member.objects.all()}
    assert found == {
        "Nguyễn Văn An": ("Chi bộ thôn 1", Status.OFFICIAL, "residential"),
        "Rah Lan H'Nga": ("Chi bộ thôn 1", Status.PROBATIONARY, "residential"),
    }
    assert AuditEntry.objects.filter(action="write_roster").count() == 1


def test_the_same_file_again_changes_nothing_and_says_when_it_was_written(committee: Organization) -> None:
    content = book(AN, NGA)
    first = written(content, committee)
    before = snapshots_of(Member.objects.values_list("pk", flat=True))
    second = prepared(content, committee)
    assert counts(second) == (0, 0, 2, 0)
    assert same_file_written(second) == first
    with pytest.raises(Refused, match="Không có gì để ghi"):
        write_import(second.pk, by=BY)
    assert snapshots_of(Member.objects.values_list("pk", flat=True)) == before


def test_shuffled_respaced_decomposed_rows_are_the_same_people(committee: Organization) -> None:
    written(book(AN, NGA), committee)
    spaced = [
        "  NGUYỄN  VĂN AN ",
        "12-03-1975",
        "03.02.2000",
        date(2001, 2, 3),
        "thôn 1",
        "nam",
        " Nông  dân",
    ]
    assert counts(prepared(book(NGA, spaced), committee)) == (0, 0, 2, 0)


def test_changes_are_shown_old_and_new_and_written(committee: Organization) -> None:
    written(book(AN, NGA), committee)
    moved = [*NGA[:3], date(2026, 11, 3), "Chi bộ thôn 2", "Nữ", "Giáo viên"]
    content = book(["01234567", *AN], header=["Số thẻ", *HEADER])
    assert counts(prepared(content, committee)) == (0, 1, 0, 0)
    write_import(RosterImport.objects.latest("pk").pk, by=BY)
    with_card = book(["", *AN], ["", *moved], header=["Số thẻ", *HEADER])
    # Without a card number another cell means another person, perhaps: it is told, not guessed.
    doubtful = prepared(with_card, committee)
    assert counts(doubtful) == (1, 0, 1, 0)
    assert [line["row"] for line in doubtful.summary["doubts"]] == [3]


def test_a_member_found_by_card_number_may_change_cell_status_and_work(committee: Organization) -> None:
    header = ["Số thẻ", *HEADER]
    written(book(["01234567", *NGA], header=header), committee)
    moved = ["01234567", *NGA[:3], date(2026, 11, 3), "Chi bộ thôn 2", "Nữ", "Giáo viên"]
    preview = prepared(book(moved, header=header), committee)
    [change] = preview.summary["changed"]
    assert {title: (old, new) for title, old, new in change["changes"]} == {
        "Ngày chính thức": ("", "03/11/2026"),
        "Chi bộ": ("Chi bộ thôn 1", "Chi bộ thôn 2"),
        "Nghề nghiệp, chức vụ công tác": ("", "Giáo viên"),
        "Trạng thái": ("Dự bị", "Chính thức"),
    }
    write_import(preview.pk, by=BY)
    member = Member.objects.get()
    assert (member.cell and member.cell.name, member.status) == ("Chi bộ thôn 2", Status.OFFICIAL)
    assert member.memberships.count() == 2


def test_nothing_is_written_while_a_row_has_an_error(committee: Organization) -> None:
    with pytest.raises(Refused, match="còn dòng lỗi"):
        written(book(AN, [*NGA[:1], "30/2/1985", *NGA[2:]]), committee)
    assert Member.objects.count() == 0


def test_only_the_right_rows_are_written_when_so_chosen(committee: Organization) -> None:
    written(book(AN, [*NGA[:1], "30/2/1985", *NGA[2:]]), committee, only_right_rows=True)
    assert Member.objects.get().full_name == "Nguyễn Văn An"


def test_an_import_is_taken_back_to_the_last_row(committee: Organization) -> None:
    header = ["Số thẻ", *HEADER, "Giới hạn công việc"]
    written(book(["01234567", *NGA, None], header=header), committee)
    pk = Member.objects.get().pk
    member_actions.set_work_limit(
        pk, kind=LimitKind.LIGHT_WORK, valid_from=date(2026, 1, 1), reason="mổ tim", by=BY
    )
    before = snapshots_of([pk])
    moved = [
        "01234567",
        *NGA[:3],
        date(2026, 11, 3),
        "Thôn 2",
        "Nữ",
        "Giáo viên",
        "việc nhẹ đến 30/6/2027; 10 giờ/tháng",
    ]
    second = written(book(moved, ["", *AN, ""], header=header), committee)
    assert snapshots_of([pk]) != before
    undo_import(second.pk, by=BY)
    assert snapshots_of(Member.objects.values_list("pk", flat=True)) == before
    assert WorkLimitReason.objects.get().text == "mổ tim"


def test_a_member_changed_since_stops_the_undo(committee: Organization) -> None:
    first = written(book(AN, NGA), committee)
    pk = Member.objects.get(full_name="Nguyễn Văn An").pk
    member_actions.update_member(pk, changes={"occupation": "Thợ mộc"}, by=BY)
    with pytest.raises(Refused, match="đã được sửa sau lần nhập"):
        undo_import(first.pk, by=BY)
    assert Member.objects.count() == 2


def test_a_member_who_signs_in_stops_the_undo(committee: Organization) -> None:
    first = written(book(AN), committee)
    make_user(Member.objects.get())
    with pytest.raises(Refused, match="không hoàn tác được"):
        undo_import(first.pk, by=BY)


def test_a_cancelled_import_cannot_be_written(committee: Organization) -> None:
    kept = prepared(book(AN), committee)
    cancel_import(kept.pk, by=BY)
    with pytest.raises(Refused, match="Đã hủy"):
        write_import(kept.pk, by=BY)


def test_the_marked_file_keeps_rows_and_says_what_is_wrong_where(committee: Organization) -> None:
    wrong = [*NGA[:1], "30/2/1985", *NGA[2:]]
    kept = prepared(book(AN, wrong), committee)
    sheet = load_workbook(io.BytesIO(marked_file(kept, by=BY))).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["Lỗi", "Họ và tên", "Ngày sinh"]
    assert sheet["A3"].value == "Ngày sinh: Không có ngày 30/2/1985. Xem lại ngày và tháng."
    assert (sheet["C3"].value, sheet["C3"].fill.start_color.rgb) == ("30/2/1985", "FFFFC7CE")
    assert sheet["C3"].comment.text.startswith("Không có ngày")
    assert sheet["A2"].value is None
    assert sheet.auto_filter.ref == "A1:H3"


def test_the_marked_file_once_put_right_is_imported(committee: Organization) -> None:
    kept = prepared(book(AN, [*NGA[:1], "30/2/1985", *NGA[2:]]), committee)
    workbook = load_workbook(io.BytesIO(marked_file(kept, by=BY)))
    workbook.worksheets[0]["C3"] = date(1985, 2, 28)
    saved = io.BytesIO()
    workbook.save(saved)
    assert counts(prepared(saved.getvalue(), committee)) == (2, 0, 0, 0)


def test_what_is_exported_and_imported_again_changes_nothing(committee: Organization) -> None:
    make_area(committee=committee, name="Thôn 1")
    cells = list(Organization.objects.filter(parent=committee))
    written(right_roster(60, cells).content(), committee)
    full = ["Số thẻ", *HEADER, "Chức vụ Đảng", "Nơi cư trú", "Kỹ năng", "Nguyện vọng", "Giới hạn công việc"]
    posts = "Bí thư; Đảng ủy viên"
    written(
        book(["07654321", *AN, posts, "thôn 1", "Tin học (giỏi), kế toán", "Xây dựng đoàn thể", "đi vắng đến 1/2/2027"],
             header=full),
        committee,
    )  # fmt: skip
    exported = io.BytesIO()
    ids = Member.objects.values_list("pk", flat=True)
    write_roster(exported, member_ids=ids, root=committee, today=TODAY)
    again = prepared(exported.getvalue(), committee)
    assert counts(again) == (0, 0, 61, 0)
    assert again.summary["errors"] + again.summary["repairs"] == []


def test_the_empty_template_has_lists_of_the_offices_own_cells(committee: Organization) -> None:
    saved = io.BytesIO()
    write_template(saved, root=committee, today=TODAY)
    workbook = load_workbook(saved)
    sheet = workbook["Danh sách"]
    cells = [cell.value for column in workbook["DanhMuc"].iter_cols() for cell in column]
    assert "Chi bộ thôn 2" in cells
    assert len(sheet.data_validations.dataValidation) >= 10
    assert sheet["E2"].number_format == "@"
    assert workbook.sheetnames == ["Danh sách", "Hướng dẫn", "DanhMuc"]


def test_a_pasted_table_is_read_like_a_file(committee: Organization) -> None:
    pasted = "\n".join("\t".join(str(value or "") for value in row) for row in (HEADER, AN))
    assert counts(prepared(pasted.encode(), committee, pasted=True)) == (1, 0, 0, 0)


def test_a_table_without_a_column_of_cells_takes_the_cell_chosen_for_it(committee: Organization) -> None:
    short = book(AN[:4], header=HEADER[:4])
    with pytest.raises(Refused, match="thiếu cột “Chi bộ”"):
        prepared(short, committee)
    cell = Organization.objects.get(name="Chi bộ thôn 2")
    kept = prepared(short, committee, cell=cell)
    assert kept.summary["new"][0]["cell"] == "Chi bộ thôn 2"


def test_headings_inside_a_table_name_the_cell_of_the_rows_below(committee: Organization) -> None:
    content = book(["Chi bộ thôn 2"], AN[:4], ["Chi bộ thôn 1"], NGA[:4], header=HEADER[:4])
    assert [row["cell"] for row in prepared(content, committee).summary["new"]] == [
        "Chi bộ thôn 2",
        "Chi bộ thôn 1",
    ]


def test_only_the_office_of_the_place_imports(committee: Organization) -> None:
    sister = make_committee()
    kept = prepared(book(AN), committee)
    people = {
        "office": make_actor("office", committee.path),
        "secretary": make_actor("secretary", committee.path),
        "office of the sister": make_actor("office", sister.path),
        "stranger": make_actor(),
    }
    sees = [name for name, actor in people.items() if imports_for(actor).filter(pk=kept.pk).exists()]
    refused = []
    for name, actor in people.items():
        try:
            prepare_import(kept.pk, by=actor)
        except Refused:
            refused.append(name)
    assert (sees, refused) == (["office"], ["secretary", "office of the sister", "stranger"])


def test_an_import_never_matches_by_name_alone(committee: Organization) -> None:
    cell = Organization.objects.get(name="Chi bộ thôn 1")
    make_member(cell, full_name="Nguyễn Văn An", birth_date=date(1975, 3, 13))
    assert counts(prepared(book(AN), committee)) == (1, 0, 0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_columns_may_stand_in_any_order(committee: Organization, seed: int) -> None:
    order = list(range(len(HEADER)))
    random.Random(seed).shuffle(order)
    content = book([AN[at] for at in order], header=[HEADER[at] for at in order])
    assert counts(prepared(content, committee)) == (1, 0, 0, 0)


def test_a_very_long_or_pasted_table_is_marked_anew_at_the_same_rows(committee: Organization) -> None:
    wrong = [*NGA[:1], "30/2/1985", *NGA[2:]]
    pasted = "\n".join("\t".join(str(value or "") for value in row) for row in ([], [], HEADER, AN, wrong))
    kept = prepared(pasted.encode(), committee, pasted=True)
    sheet = load_workbook(io.BytesIO(marked_file(kept, by=BY))).worksheets[0]
    assert sheet["A3"].value == "Lỗi"
    assert sheet["A5"].value == "Ngày sinh: Không có ngày 30/2/1985. Xem lại ngày và tháng."
    assert sheet["C5"].comment.text.startswith("Không có ngày")
