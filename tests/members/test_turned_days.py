"""What spreadsheets do to days and classes typed on a machine set to American dates."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import Workbook

from phancong.audit.models import AuditEntry
from phancong.members.importing.actions import answer_about_days, keep_upload, prepare_import, write_import
from phancong.members.models import Member, RosterImport
from phancong.organizations.models import Organization
from tests.factories import (
    make_cell,
    make_committee,
    make_member,
    make_office,
    make_office_user,
    make_secretary_user,
    make_user,
)

pytestmark = pytest.mark.django_db
BY = make_office()
HEADER = [
    "Họ và tên",
    "Ngày sinh",
    "Ngày vào Đảng",
    "Sinh hoạt tại",
    "Trình độ văn hóa",
    "Chuyên môn",
    "LLCT",
]
TURNED = ["Nguyễn Văn An", date(1965, 1, 3), date(1990, 3, 2), "Thôn 1", date(2026, 9, 12), "Bác sĩ", "TCCT"]
TEXT = [
    "Lê Hoàng Đức",
    "15/8/1958",
    date(1985, 1, 1),
    "Thôn 1",
    date(2026, 10, 10),
    "Kỹ sư nông nghiệp",
    None,
]


@pytest.fixture
def committee() -> Organization:
    committee = make_committee()
    make_cell(parent=committee, name="Chi bộ thôn 1")
    return committee


def book(*rows: list[Any], header: list[str] | None = None) -> bytes:
    workbook = Workbook()
    for row in (header or HEADER, *rows):
        workbook.worksheets[0].append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(committee: Organization, *rows: list[Any], header: list[str] | None = None) -> RosterImport:
    kept = keep_upload(book(*rows, header=header), file_name="ds.xlsx", organization=committee, by=BY)
    return prepare_import(kept.pk, by=BY)


def test_days_that_may_be_turned_round_stop_their_rows_until_the_office_answers(
    committee: Organization,
) -> None:
    summary = read(committee, TURNED, TEXT).summary
    assert [line["at"] for line in summary["errors"]] == ["B2", "C2"]
    assert (summary["doubtful_days"], summary["counts"]["error"], summary["counts"]["new"]) == (2, 1, 1)
    assert "có thể đã bị đảo từ 01/03/1965" in summary["errors"][0]["message"]


@pytest.mark.parametrize(
    ("turn_back", "born", "admitted"),
    [(True, date(1965, 3, 1), date(1990, 2, 3)), (False, date(1965, 1, 3), date(1990, 3, 2))],
)
def test_the_answer_decides_how_the_days_are_written(
    committee: Organization, turn_back: bool, born: date, admitted: date
) -> None:
    kept = read(committee, TURNED, TEXT)
    answer_about_days(kept.pk, turn_back=turn_back, by=BY)
    assert prepare_import(kept.pk, by=BY).summary["doubtful_days"] == 0
    write_import(kept.pk, by=BY)
    written = set(Member.objects.values_list("birth_date", "admitted_on"))
    assert written == {(born, admitted), (date(1958, 8, 15), date(1985, 1, 1))}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(["Lê Đức", date(1958, 8, 15), date(1985, 2, 20), "Thôn 1"], id="a day after the 12th"),
        pytest.param(
            ["Lê Đức", "5/8/1958", "3/2/1985", "Thôn 1"], id="a text that such a machine would have read"
        ),
        pytest.param(["Lê Đức", "15.8.1958", "20-2-1985", "Thôn 1"], id="signs that stay text everywhere"),
    ],
)
def test_nothing_is_asked_without_the_mark_of_such_a_machine(
    committee: Organization, other: list[Any]
) -> None:
    assert read(committee, TURNED[:4], other).summary["errors"] == []


def test_a_day_in_the_column_of_classes_is_read_back_in_either_order(committee: Organization) -> None:
    born = date(1965, 3, 3)
    rows = [
        [f"Nguyễn Văn {name}", born, date(1990, 2, 20), "Thôn 1", day]
        for name, day in (
            ("An", date(2026, 9, 12)),
            ("Bình", date(2026, 12, 9)),
            ("Cường", date(2026, 10, 10)),
            ("Dũng", date(2026, 10, 7)),
            ("Em", date(2026, 5, 20)),
        )
    ]
    kept = read(committee, *rows)
    assert [line["message"] for line in kept.summary["repairs"]] == [
        "Excel đã đổi 9/12 thành ngày; hiểu là 9/12.",
        "Excel đã đổi 9/12 thành ngày; hiểu là 9/12.",
        "Excel đã đổi 10/10 thành ngày; hiểu là 10/10.",
        "Excel đã đổi 7/10 thành ngày; hiểu là 7/10.",
        "Học vấn đang là ngày 20/05/2026 nên để trống. Ghi như: 12/12 hoặc THPT.",
    ]
    write_import(kept.pk, by=BY)
    found = list(Member.objects.order_by("pk").values_list("education", flat=True))
    assert found == ["lower_secondary", "lower_secondary", "upper_secondary", "lower_secondary", ""]


@pytest.mark.parametrize(
    ("said", "level", "field"),
    [
        ("Bác sĩ", "university", "medicine"),
        ("Dược sĩ trung cấp", "intermediate", "medicine"),
        ("Kỹ sư nông nghiệp", "university", "agriculture"),
        ("Cử nhân Luật", "university", "law"),
        ("ĐHSP Toán", "university", "education"),
        ("Đại học sư phạm", "university", "education"),
        ("Thạc sỹ Kinh tế", "master", "economics"),
        ("Tiến sỹ", "doctor", ""),
    ],
)
def test_schooling_is_understood_as_offices_write_it(
    committee: Organization, said: str, level: str, field: str
) -> None:
    kept = read(committee, ["Lê Văn An", "15/8/1958", "20/2/1985", "Thôn 1", "cấp III", said, "Cao cấp LLCT"])
    assert kept.summary["repairs"] == []
    write_import(kept.pk, by=BY)
    member = Member.objects.get()
    assert (member.education, member.professional_level, member.professional_field) == (
        "upper_secondary",
        level,
        field,
    )
    assert member.political_theory == "advanced"


def test_columns_of_origin_and_belief_are_told_and_not_kept(committee: Organization) -> None:
    header = ["Họ và tên", "Dân tộc", "Tôn giáo", "Ngày sinh", "Ngày vào Đảng", "Nơi sinh hoạt", "Nơi sinh"]
    row = ["Lê Văn An", "Jrai", "Không", "15/8/1958", "20/2/1985", "Thôn 1", "Gia Lai"]
    summary = read(committee, row, header=header).summary
    assert (
        "Cột “Dân tộc”, “Tôn giáo” không cần cho phân công: không đọc, không lưu vào hồ sơ."
        in summary["assumptions"]
    )
    assert (summary["unused_columns"], summary["counts"]["new"]) == (["Nơi sinh"], 1)
    assert "Jrai" not in str(summary)


def test_the_page_asks_and_reads_the_file_again_as_answered(client: Client, committee: Organization) -> None:
    kept = read(committee, TURNED, TEXT)
    client.force_login(make_office_user(committee))
    page = client.get(f"/dang-vien/nhap/{kept.pk}/").content.decode()
    assert "Đảo lại 2 ô" in page
    page = client.post(f"/dang-vien/nhap/{kept.pk}/ngay/", {"ngay": "dao"}, follow=True).content.decode()
    assert "Ghi 2 dòng" in page
    assert "01/03/1965" in page
    assert "Đảo lại 2 ô" not in page
    last = AuditEntry.objects.filter(action="answer_about_days").get()
    assert last.detail == {"turn_back": True}


def test_only_the_office_of_the_committee_answers(client: Client, committee: Organization) -> None:
    kept = read(committee, TURNED, TEXT)
    cell = Organization.objects.get(name="Chi bộ thôn 1")
    people = (
        make_secretary_user(cell), make_user(make_member(cell)), make_user(), make_office_user(make_committee())
    )  # fmt: skip
    for user in people:
        client.force_login(user)
        assert client.post(f"/dang-vien/nhap/{kept.pk}/ngay/", {"ngay": "dao"}).status_code == 404
    kept.refresh_from_db()
    assert kept.options["turn_days_back"] is None


def test_the_command_line_asks_and_takes_the_answer(
    committee: Organization, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ds.xlsx"
    path.write_bytes(book(TURNED, TEXT))
    with pytest.raises(CommandError, match="--only-right-rows"):
        call_command("import_roster", str(path), "--yes")
    assert "--swap-dates" in capsys.readouterr().out
    call_command("import_roster", str(path), "--yes", "--swap-dates")
    assert Member.objects.filter(birth_date=date(1965, 3, 1)).count() == 1
