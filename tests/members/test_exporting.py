"""The exported list: the columns of the import, only whom one may export, noted in the log."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from phancong.audit.models import AuditEntry
from phancong.members import exporting
from tests.factories import (
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_secretary_user,
    make_user,
)

pytestmark = pytest.mark.django_db


def _names(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/dang-vien/xuat/{query}")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    header = next(row for row in rows if "Họ và tên" in row)
    names = [row[header.index("Họ và tên")] for row in rows[rows.index(header) + 1 :]]
    return [str(name) for name in names if name]


def test_a_secretary_exports_exactly_their_own_cell(client: Client) -> None:
    committee = make_committee()
    own = make_cell(parent=committee)
    make_member(make_cell(parent=committee))
    secretary = make_secretary_user(own)
    client.force_login(secretary)
    assert _names(client) == [str(secretary.member)]


def test_the_export_follows_the_filters_and_the_order_of_the_list(client: Client) -> None:
    cell = make_cell()
    for name in ("Lê Dũng", "Phạm Dung", "Trần An"):
        make_member(cell, full_name=name)
    client.force_login(make_office_user(cell))
    assert _names(client, "?tim=dung") == ["Phạm Dung", "Lê Dũng"]


def test_an_export_is_noted_with_its_count_and_without_names(client: Client) -> None:
    cell = make_cell()
    make_member(cell)
    client.force_login(make_office_user(cell))
    _names(client)
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last is not None
    assert (last.action, last.place, last.detail) == ("member_export", cell.path, {"count": 1})


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_others_find_no_export(client: Client, who: str) -> None:
    client.force_login(make_user(make_member()) if who == "member" else make_user())
    assert client.get("/dang-vien/xuat/").status_code == 404


def test_a_list_too_long_for_a_page_is_refused_with_a_way_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 0)
    cell = make_cell()
    make_member(cell)
    client.force_login(make_office_user(cell))
    page = client.get("/dang-vien/xuat/?tim=nguyen", follow=True)
    assert page.redirect_chain == [("/dang-vien/?tim=nguyen", 302)]
    assert "Danh sách quá dài để xuất một lần." in page.content.decode()
