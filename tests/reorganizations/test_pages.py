"""Reorganisations over the pages: the workbook and its mistakes, the paper, who finds them, how much is asked."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl.worksheet.worksheet import Worksheet

from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.reorganizations.models import Reorganization
from phancong.reorganizations.workbook import LINES, MEMBERS, read_workbook, workbook_of
from tests.factories import make_committee, make_office_user, make_secretary_user
from tests.planning.test_two_writers import at_once
from tests.reorganizations.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def office(client: Client, town: Town) -> Client:
    client.force_login(town.staff)
    return client


def test_a_workbook_that_comes_back_as_it_went_says_the_same(town: Town) -> None:
    town.area("T1", cell="a1")
    mover = town.members["a1"][1]
    one = town.draft(
        ("merge", "a2", "a1"),
        ("founding", "D", "P", "Đảng bộ D", "grassroots_committee"),
        ("split", "a9", "a1", "Chi bộ a9", "", "T1"),
        placed={mover: "a9"},
    )
    with workbook_of(one, by=town.office) as file:
        steps, placed = read_workbook(file.read(), one)
    told = [(row.kind, row.code, row.target, row.name, row.organization_kind, row.areas) for row in steps]
    kept = one.steps.order_by("number").values_list(
        "kind", "code", "target", "name", "organization_kind", "areas"
    )
    assert (told, placed) == (list(kept), {mover.pk: "a9"})


def _changed(town: Town, change: Callable[[Worksheet, Worksheet], object]) -> tuple[Reorganization, bytes]:
    one = town.draft(("merge", "a2", "a1"))
    with workbook_of(one, by=town.office) as file:
        book = openpyxl.load_workbook(io.BytesIO(file.read()))
    change(book[LINES], book[MEMBERS])
    target = io.BytesIO()
    book.save(target)
    return one, target.getvalue()


def _first_row(sheet: Worksheet) -> int:
    """The row under the titles of the columns."""
    titles = ("Việc", "Số thẻ đảng viên", "Số thẻ")
    return next(row[0].row for row in sheet.iter_rows() if row[0].value in titles) + 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda lines, _: lines.cell(_first_row(lines), 1, "Ghép"),
            "dòng {}: “Ghép” không phải việc có trong danh sách",
        ),
        (
            lambda lines, _: lines.cell(_first_row(lines), 4, "Liên minh"),
            "không có loại hình “Liên minh”",
        ),
        (lambda lines, _: lines.delete_rows(_first_row(lines) - 1), "thiếu cột"),
        (
            lambda _, members: members.append(["", "Không Có Ai", "a1", "", "a2"]),
            "không tìm thấy một đồng chí “Không Có Ai”",
        ),
    ],
)
def test_a_mistake_in_the_workbook_is_told_and_nothing_is_written(
    office: Client, town: Town, change: Callable[[Worksheet, Worksheet], object], words: str
) -> None:
    one, content = _changed(town, change)
    answer = _sent(office, one, content)
    assert words.rsplit("{}", maxsplit=1)[-1] in answer
    assert list(one.steps.values_list("kind", "code")) == [("merge", "a2")]


@pytest.mark.parametrize("content", [b"khong phai xlsx", b""])
def test_what_is_no_workbook_is_refused_in_a_sentence(office: Client, town: Town, content: bytes) -> None:
    one = town.draft(("merge", "a2", "a1"))
    _sent(office, one, content)
    assert one.steps.count() == 1
    assert Reorganization.objects.get(pk=one.pk).version == one.version


def _sent(client: Client, one: Reorganization, content: bytes) -> str:
    answer = client.post(
        reverse("reorganizations:upload", args=[one.pk]),
        {"version": one.version, "file": SimpleUploadedFile("sap-xep.xlsx", content)},
        follow=True,
    )
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("founding", "D" * 21, "P", "Đảng bộ D", "grassroots_committee"), "mã tổ chức dài quá 20 chữ"),
        (("rename", "a1", "", "Chi bộ " * 40), "tên dài quá 200 chữ"),
        (("merge", "a1", "a1"), "hai mã giống nhau"),
        (("move", "a1", "a1"), "hai mã giống nhau"),
    ],
)
def test_a_line_that_can_never_be_carried_out_is_refused(
    town: Town, line: tuple[str, ...], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        town.draft(line)


def test_the_decision_tells_its_lines_and_who_goes_where_and_the_log_keeps_it(
    office: Client, town: Town
) -> None:
    town.area("T1", cell="a1")
    mover = town.members["a1"][1]
    one = town.draft(("split", "a9", "a1", "Chi bộ a9", "", "T1"), placed={mover: "a9"})
    answer = office.get(reverse("reorganizations:paper", args=[one.pk]))
    paper = Document(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "DỰ THẢO, chưa có quyết định." in text
    assert "Chi bộ a9" in text
    rows = [[cell.text for cell in row.cells] for row in paper.tables[-2].rows]
    assert rows[1] == ["1", mover.full_name, "Chi bộ a9"]
    assert AuditEntry.objects.filter(action="export_reorganization").count() == 1


def test_only_the_office_of_the_place_finds_it(client: Client, town: Town) -> None:
    one = town.draft(("merge", "a2", "a1"))
    addresses = [reverse(f"reorganizations:{name}", args=[one.pk]) for name in ("one", "preview", "paper")]
    sister = make_committee()
    found = {}
    for name, user in (
        ("office", town.staff),
        ("secretary", make_secretary_user(town.cells["a1"])),
        ("sister", make_office_user(sister)),
    ):
        client.force_login(user)
        found[name] = {client.get(address).status_code for address in addresses}
    assert found == {"office": {200}, "secretary": {404}, "sister": {404}}


def test_the_pages_ask_as_often_for_three_as_for_one(office: Client, town: Town) -> None:
    def asked(address: str) -> int:
        office.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert office.get(address).status_code == 200
        return len(queries)

    small = town.draft(("rename", "a1", "", "Chi bộ một"))
    one = reverse("reorganizations:one", args=[small.pk])
    before = asked(reverse("reorganizations:list")), asked(one)
    for _ in range(2):
        large = town.draft(
            ("rename", "a1", "", "Chi bộ một"), ("rename", "a2", "", "Chi bộ hai"), ("merge", "b1", "a1"),
            placed={town.members["a1"][1]: "a2", town.members["a1"][2]: "a2"},
        )  # fmt: skip
    few = town.draft(("rename", "a1", "", "Chi bộ một"), placed={town.members["a1"][1]: "a2"})
    assert asked(reverse("reorganizations:list")) == before[0]
    few_asked = asked(reverse("reorganizations:one", args=[few.pk]))
    assert asked(reverse("reorganizations:one", args=[large.pk])) == few_asked


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_on_one_draft_one_is_refused(town: Town) -> None:
    one = town.draft(("merge", "a2", "a1"))
    ends = at_once(lambda: town.decide(one), lambda: town.decide(one))
    assert sorted(ends) == ["done", "refused"]
    assert set(
        Member.objects.filter(pk__in=[row.pk for row in town.members["a2"]]).values_list("cell__code")
    ) == {("a1",)}
