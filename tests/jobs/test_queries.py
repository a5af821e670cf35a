"""Who sees which job, and what is shown of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.jobs import launching, signs
from phancong.jobs.actions import end_interrupted_jobs, prepare_job, start_job
from phancong.jobs.models import Job, JobChunk
from phancong.jobs.queries import jobs_for, status_of
from phancong.organizations.models import Organization
from tests.factories import make_actor, make_office, moment, parent_of

pytestmark = pytest.mark.django_db

NOW = moment()
LATE = NOW + signs.SILENT_AFTER + timedelta(seconds=1)


def make_job(*, by: Actor | None = None, place: str = "", kind: str = "add_at_end", **fields: Any) -> Job:
    job = prepare_job(kind, by=by or make_office(), parameters={}, title="Cộng", place=place)
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def test_each_sees_their_own_jobs_and_those_of_the_places_they_look_after(
    cell: Organization,
    sister_cell: Organization,
    secretary: Actor,
    colleague: Actor,
    stranger: Actor,
    sister_secretary: Actor,
    office: Actor,
) -> None:
    giver = make_actor(user_id=5)
    here, beside = make_job(by=giver, place=cell.path), make_job(place=sister_cell.path)
    above, nowhere = make_job(place=parent_of(cell).path), make_job()
    seen = [
        set(jobs_for(actor))
        for actor in (giver, secretary, colleague, stranger, sister_secretary, office, make_office())
    ]
    assert seen == [
        {here},
        {here},
        set(),
        set(),
        {beside},
        {here, beside, above},
        {here, beside, above, nowhere},
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_jobs_takes_one_query(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_job()
    with django_assert_num_queries(1):
        assert len([status_of(job, now=NOW) for job in jobs_for(make_office())]) == count


def test_a_silent_job_is_shown_and_then_recorded_as_interrupted() -> None:
    job = make_job(state=Job.State.RUNNING, beat_at=NOW)
    assert [status_of(job, now=now).state for now in (NOW, LATE)] == [
        Job.State.RUNNING,
        Job.State.INTERRUPTED,
    ]
    assert end_interrupted_jobs(now=NOW) == 0
    assert end_interrupted_jobs(now=LATE) == 1
    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.INTERRUPTED, "Bị ngắt, chưa ghi gì. Chạy lại khi cần.")


def test_an_interrupted_job_that_keeps_its_chunks_says_how_many() -> None:
    job = make_job(kind="add_by_chunk", state=Job.State.RUNNING)
    for number, state in enumerate(("done", "done", "running")):
        JobChunk.objects.create(job=job, number=number, payload=[], state=state)
    message = "Bị ngắt, đã ghi xong 2 trên 3 phần, các phần khác chưa ghi gì. Chạy lại khi cần."
    assert status_of(job, now=LATE).message == message


@pytest.mark.parametrize("state", ["done", "failed", "interrupted"])
def test_a_job_that_is_over_stays_as_it_ended(state: str) -> None:
    job = make_job(state=state, message="Xong.")
    assert end_interrupted_jobs(now=LATE) == 0
    status = status_of(job, now=LATE)
    assert (status.state, status.is_over, status.message) == (state, True, "Xong.")


def test_with_a_broker_a_job_may_wait_for_a_worker_as_long_as_it_takes(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    waiting, running = make_job(), make_job(state=Job.State.RUNNING, beat_at=NOW)
    days_later = NOW + timedelta(days=3)
    assert status_of(waiting, now=days_later).state == Job.State.WAITING
    assert [status_of(running, now=now).state for now in (LATE, days_later)] == [
        Job.State.RUNNING,
        Job.State.INTERRUPTED,
    ]


@pytest.mark.parametrize(("done", "total", "percent"), [(1, 3, 33), (5, 3, 100), (4, 0, None)])
def test_progress_in_percent_is_never_more_than_all(done: int, total: int, percent: int | None) -> None:
    job = make_job(state=Job.State.RUNNING, rows_done=done, rows_total=total, beat_at=NOW)
    assert status_of(job, now=NOW).percent == percent


def test_the_fresher_sign_of_life_counts() -> None:
    job = make_job(state=Job.State.RUNNING, rows_done=3, beat_at=datetime(2020, 1, 1, tzinfo=NOW.tzinfo))
    signs._write_file(job.pk, 8)
    assert signs.read_sign(job)[0] == 8
    job.beat_at = datetime(2999, 1, 1, tzinfo=NOW.tzinfo)
    assert signs.read_sign(job)[0] == 3


def test_giving_a_job_writes_one_audit_line_and_launches_it_once_kept(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    launched: list[int] = []
    monkeypatch.setattr(launching, "launch", launched.append)
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job("add_at_end", by=make_office(), parameters={}, title="Cộng", place="00000001")
        assert launched == []
    assert launched == [job.pk]
    line = AuditEntry.objects.get()
    assert (line.action, line.subject, line.place) == ("job_start", f"job:{job.pk}", "00000001")
