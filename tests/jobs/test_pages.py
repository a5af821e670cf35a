"""Pages of long work: one's own, and that of the places one looks after."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from phancong.jobs.models import Job
from tests.factories import make_cell, make_committee, make_office_user, make_secretary_user, make_user

pytestmark = pytest.mark.django_db


def make_job(place: str = "", created_by: int | None = None, **fields: Any) -> Job:
    now = timezone.now()
    plain = {
        "kind": "draft_plans",
        "title": "Lập kế hoạch",
        "state": "running",
        "created_at": now,
        "beat_at": now,
    }
    return Job.objects.create(**{**plain, **fields}, place=place, created_by=created_by)


def test_the_secretary_sees_the_work_of_their_cell(client: Client) -> None:
    cell = make_cell()
    job = make_job(cell.path)
    client.force_login(make_secretary_user(cell))
    assert [row[0] for row in client.get("/viec-chay-nen/").context["rows"]] == [job]


def test_the_office_sees_the_work_of_its_committee_alone(client: Client) -> None:
    committee = make_committee()
    job = make_job(committee.path)
    make_job(make_committee().path)
    client.force_login(make_office_user(committee))
    assert [row[0] for row in client.get("/viec-chay-nen/").context["rows"]] == [job]


def test_whoever_gave_the_work_sees_it_wherever_it_runs(client: Client) -> None:
    user = make_user()
    job = make_job(created_by=user.pk)
    client.force_login(user)
    assert client.get(f"/viec-chay-nen/{job.pk}/").context["job"] == job


@pytest.mark.parametrize("who", ["sister", "stranger"])
def test_for_others_the_work_does_not_exist(client: Client, who: str) -> None:
    committee = make_committee()
    job = make_job(make_cell(parent=committee).path)
    sister = make_secretary_user(make_cell(parent=committee))
    client.force_login(sister if who == "sister" else make_user())
    assert client.get(f"/viec-chay-nen/{job.pk}/").status_code == 404


@pytest.mark.parametrize("state", ["running", "failed"])
@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("draft_plans", "640/1.378 chi bộ"),
        ("export_members", "640/1.378 đồng chí"),
        ("read_roster", "640/1.378 dòng"),
        ("no_longer_known", "640/1.378 dòng"),
    ],
)
def test_pages_tell_progress_in_what_the_work_counts(
    client: Client, state: str, kind: str, shown: str
) -> None:
    cell = make_cell()
    job = make_job(cell.path, rows_done=640, rows_total=1378, kind=kind, state=state)
    client.force_login(make_secretary_user(cell))
    assert shown in client.get("/viec-chay-nen/").content.decode()
    page = client.get(f"/viec-chay-nen/{job.pk}/").content.decode()
    assert (shown if state == "running" else shown.replace("/", " trong ")) in page


@pytest.mark.parametrize(
    ("state", "message", "shown"),
    [
        ("done", "Đã lập 95 kế hoạch.", "Đã lập 95 kế hoạch."),
        ("failed", "Tệp thiếu cột “Chi bộ”.", "Tệp thiếu cột “Chi bộ”."),
        ("interrupted", "", "Bị ngắt"),
    ],
)
def test_the_end_is_told_in_words(client: Client, state: str, message: str, shown: str) -> None:
    cell = make_cell()
    job = make_job(cell.path, state=state, message=message, result={"links": [{"label": "Xem", "url": "/"}]})
    client.force_login(make_secretary_user(cell))
    page = client.get(f"/viec-chay-nen/{job.pk}/").content.decode()
    assert shown in page
    assert "htmx" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    cell = make_cell()
    for _ in range(rows):
        make_job(cell.path)
    client.force_login(make_secretary_user(cell))
    with django_assert_num_queries(6):
        client.get("/viec-chay-nen/")
