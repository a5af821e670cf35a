"""Jobs in processes of their own, over a database file as an installation has it."""

import os
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from phancong.jobs.models import Job
from phancong.jobs.queries import status_of
from phancong.jobs.signs import SILENT_AFTER
from tests.jobs.outside import Site

pytestmark = [pytest.mark.slow, pytest.mark.own_clock]


def test_chunks_run_in_two_processes_and_the_job_ends_once(site: Site) -> None:
    job = site.give("add_at_end", upto=8, size=1, pause=0.3)
    site.run_job(job)
    row = site.job(job)
    assert (row["state"], row["message"], row["rows_done"]) == ("done", "Tổng là 36.", 8)
    assert len(row["result"]["processes"]) == 2
    assert site.marks() == ["36"]


def test_a_chunk_that_fails_in_another_process_ends_the_job_with_its_sentence(site: Site) -> None:
    job = site.give("add_at_end", upto=8, size=1, trouble="refuse", at=5)
    site.run_job(job)
    row = site.job(job)
    assert (row["state"], row["message"]) == ("failed", "Số này không cộng được. Bỏ số này ra.")
    assert site.marks() == []


def test_a_job_given_on_a_page_starts_by_itself_and_outlives_the_giver(site: Site) -> None:
    job = site.give("add_by_chunk", start=True, upto=4, size=2)
    assert site.wait_until_over(job)["state"] == "done"
    assert site.marks() == ["1", "2", "3", "4"]


@pytest.mark.parametrize("kind", ["add_at_end", "add_altogether"])
def test_a_killed_job_wrote_nothing_and_is_shown_as_interrupted(
    site: Site, kind: str, settings: Settings
) -> None:
    settings.DATA_DIR = site.folder
    job = site.give(kind, upto=100, size=100, pause=0.1)
    process = site.start("manage.py", "run_job", str(job))
    site.wait_for(lambda: site.rows_shown(job) > 0)
    site.kill(process)
    now = datetime.now(UTC)
    row = Job(pk=job, kind=kind, state=site.job(job)["state"], beat_at=site.beat(job), rows_total=100)
    row.rows_done = site.job(job)["rows_done"]
    assert status_of(row, now=now).state == Job.State.RUNNING
    shown = status_of(row, now=now + SILENT_AFTER)
    assert (shown.state, shown.message) == (Job.State.INTERRUPTED, "Bị ngắt, chưa ghi gì. Chạy lại khi cần.")
    assert 0 < shown.rows_done < 100
    assert site.marks() == []


def test_workers_end_with_the_process_that_leads_them(site: Site) -> None:
    job = site.give("add_at_end", upto=200, size=1, pause=0.5)
    process = site.start("manage.py", "run_job", str(job))
    site.wait_for(lambda: site.chunks_done(job) > 0)
    process.kill()
    process.wait()

    def nobody_left() -> bool:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    site.wait_for(nobody_left, seconds=15)


def test_a_broker_that_does_not_answer_ends_the_job_with_a_sentence(site: Site) -> None:
    site.broker = "amqp://guest:guest@127.0.0.1:1//"
    job = site.give("add_at_end", start=True, upto=3)
    row = site.job(job)
    assert row["state"] == "failed"
    assert row["message"].startswith("Không giao được việc: máy chủ hàng việc không trả lời.")
