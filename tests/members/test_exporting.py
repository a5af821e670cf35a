"""The exported list: the columns of the import, only whom one may export, noted in the log."""

import io
import os
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from phancong.accounts.models import User
from phancong.audit.models import AuditEntry
from phancong.jobs.actions import run_here
from phancong.jobs.models import Job
from phancong.members import exporting
from phancong.members.queries import ListFilter
from phancong.organizations.models import Organization
from tests.factories import (
    make_appointment,
    make_cell,
    make_committee,
    make_member,
    make_office,
    make_office_user,
    make_secretary_user,
    make_user,
)

pytestmark = pytest.mark.django_db
QUERIES = 11


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


def _long_list(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Organization:
    monkeypatch.setattr(exporting, "MOST_ROWS", 0)
    settings.DATA_DIR = tmp_path
    cell = make_cell()
    make_member(cell, full_name="Lê Dũng")
    make_member(cell, full_name="Trần An")
    return cell


def _given(client: Client, user: User, query: str = "") -> Job:
    """The job that `user` gives at the page, done."""
    client.force_login(user)
    client.post(f"/dang-vien/xuat/{query}")
    return run_here(Job.objects.latest("pk"))


def test_a_long_list_asks_before_it_becomes_a_job(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    cell = _long_list(monkeypatch, settings, tmp_path)
    client.force_login(make_office_user(cell))
    page = client.get("/dang-vien/xuat/").content.decode()
    assert "có thể rời trang" in page
    assert Job.objects.count() == 0


def test_the_giver_of_the_job_downloads_the_list_as_filtered(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    cell = _long_list(monkeypatch, settings, tmp_path)
    job = _given(client, make_office_user(cell), "?tim=dung")
    assert (job.state, job.result["count"], job.rows_done) == (Job.State.DONE, 1, 1)
    url = job.result["links"][0]["url"]
    book = load_workbook(io.BytesIO(b"".join(client.get(url).streaming_content)))  # type: ignore[attr-defined]
    assert [row[1] for row in book.worksheets[0].iter_rows(values_only=True)] == ["Họ và tên", "Lê Dũng"]
    assert AuditEntry.objects.filter(action="member_export", detail={"count": 1}).count() == 1


def test_only_the_giver_who_may_still_export_opens_the_file(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    cell = _long_list(monkeypatch, settings, tmp_path)
    office = make_office_user(cell)
    url = _given(client, office).result["links"][0]["url"]
    elsewhere = make_cell()
    sister = make_secretary_user(elsewhere)
    others = [
        make_secretary_user(cell),
        make_office_user(cell),
        sister,
        make_user(make_member(cell)),
        make_user(),
    ]
    for user in others:
        client.force_login(user)
        assert client.get(url).status_code == 404
    client.force_login(office)
    assert b"".join(client.get(url).streaming_content)  # type: ignore[attr-defined]
    assert client.get("/dang-vien/xuat/khac/").status_code == 404
    office.appointments.all().delete()
    make_appointment(office, elsewhere)
    assert client.get(url).status_code == 404


def test_a_job_whose_giver_lost_the_right_writes_no_file(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    office = make_office_user(_long_list(monkeypatch, settings, tmp_path))
    client.force_login(office)
    client.post("/dang-vien/xuat/")
    office.appointments.all().delete()
    assert run_here(Job.objects.latest("pk")).state == Job.State.FAILED
    assert list((tmp_path / "exports").iterdir()) == []


def test_lists_kept_long_enough_go_when_the_next_is_asked_for(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "exports"
    folder.mkdir()
    by = make_office()
    for name, days in (
        ("old.xlsx", settings.EXPORT_KEPT_DAYS + 1),
        ("new.xlsx", settings.EXPORT_KEPT_DAYS - 1),
    ):
        (folder / name).write_bytes(b"x")
        moment = (by.now - timedelta(days=days)).timestamp()
        os.utime(folder / name, (moment, moment))
    exporting.sweep_exports(by=by)
    assert [path.name for path in folder.iterdir()] == ["new.xlsx"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_is_written_with_as_many_queries_however_long(
    count: int, settings: Any, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    settings.DATA_DIR = tmp_path
    cell = make_cell()
    for _ in range(count):
        make_member(cell)
    parameters = {"filter": asdict(ListFilter()), "year": 2026, "ticket": "thu"}
    with django_assert_num_queries(QUERIES):
        exporting.write_export(parameters, by=make_office(), progress=lambda _rows: None)


def test_paper_gets_the_columns_up_to_the_category(client: Client) -> None:
    cell = make_cell()
    make_member(cell)
    client.force_login(make_office_user(cell))
    content = b"".join(client.get("/dang-vien/xuat/").streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert (sheet.print_area, sheet["I1"].value) == ("'Danh sách'!$A$1:$I$2", "Diện")
    assert sheet.page_setup.orientation == "landscape"
