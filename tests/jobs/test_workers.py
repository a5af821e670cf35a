"""The same jobs on real Celery workers, over RabbitMQ and over Redis."""

import pytest

from tests.jobs.outside import Site

pytestmark = [pytest.mark.slow, pytest.mark.broker]


def test_two_workers_share_the_chunks_and_the_job_ends_once(broker_site: Site) -> None:
    site = broker_site
    site.start_worker()
    site.start_worker()
    job = site.give("add_at_end", start=True, upto=12, size=1, pause=0.5)
    seen: set[int] = set()

    def is_over() -> bool:
        row = site.job(job)
        seen.add(row["rows_done"])
        return row["state"] not in ("waiting", "running")

    site.wait_for(is_over)
    row = site.job(job)
    assert (row["state"], row["message"], row["rows_done"]) == ("done", "Tổng là 78.", 12)
    assert len(row["result"]["processes"]) == 2
    assert site.marks() == ["78"]
    assert len(seen) > 2


def test_one_refused_chunk_fails_the_job_and_nothing_is_kept(broker_site: Site) -> None:
    broker_site.start_worker()
    job = broker_site.give("add_at_end", start=True, upto=6, size=1, trouble="refuse", at=3)
    row = broker_site.wait_until_over(job)
    assert (row["state"], row["message"]) == ("failed", "Số này không cộng được. Bỏ số này ra.")
    assert broker_site.marks() == []


@pytest.mark.parametrize(("kind", "written"), [("add_at_end", ["21"]), ("add_altogether", list("123456"))])
def test_what_a_killed_worker_had_is_done_by_another(
    broker_site: Site, kind: str, written: list[str]
) -> None:
    site = broker_site
    trace = site.folder / "trace"
    worker = site.start_worker()
    job = site.give(kind, start=True, upto=6, size=2, trouble="slow once", at=4, trace=str(trace))
    site.wait_for(trace.exists)
    site.kill(worker)
    assert site.marks() == []
    site.start_worker()
    row = site.wait_until_over(job, seconds=120)
    assert (row["state"], row["result"]["total"], site.marks()) == ("done", 21, written)
