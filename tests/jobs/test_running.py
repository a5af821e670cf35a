"""A job run here: what it leaves, and how it says that it ended."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from phancong.common.refusal import Refused
from phancong.jobs.actions import prepare_job, run_here
from phancong.jobs.models import Job
from tests.factories import make_office

pytestmark = pytest.mark.django_db


def run(kind: str, **parameters: Any) -> Job:
    job = prepare_job(
        kind, by=make_office(), parameters={"upto": 6, "size": 2, **parameters}, title="Cộng", rows_total=6
    )
    return run_here(job)


def marks() -> list[str]:
    return list(Job.objects.filter(kind="mark").order_by("pk").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("add_at_end", ["21"]),
        ("add_by_chunk", ["1", "2", "3", "4", "5", "6"]),
        ("add_altogether", ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_a_job_ends_with_its_outcome_and_what_it_wrote(kind: str, written: list[str]) -> None:
    job = run(kind)
    assert (job.state, job.result["total"], job.rows_done, marks()) == (Job.State.DONE, 21, 6, written)
    assert job.ended_at is not None


@pytest.mark.parametrize(
    ("kind", "written"), [("add_at_end", []), ("add_by_chunk", ["1", "2"]), ("add_altogether", [])]
)
def test_a_refusal_ends_the_job_with_its_own_sentence(kind: str, written: list[str]) -> None:
    job = run(kind, trouble="refuse", at=4)
    assert (job.state, job.message) == (Job.State.FAILED, "Số này không cộng được. Bỏ số này ra.")
    assert marks() == written


@pytest.mark.parametrize(
    ("kind", "stays"),
    [
        ("add_at_end", "chưa ghi gì"),
        ("add_by_chunk", "đã ghi xong 1 trên 3 phần, các phần khác chưa ghi gì"),
        ("add_altogether", "chưa ghi gì"),
    ],
)
def test_an_error_is_logged_and_the_job_says_what_stays(
    kind: str, stays: str, silenced: Callable[[str], list[logging.LogRecord]]
) -> None:
    logged = silenced("phancong.jobs.running")
    job = run(kind, trouble="fail", at=4)
    assert (job.state, job.message) == (
        Job.State.FAILED,
        f"Có lỗi trong khi chạy, {stays}. Hãy báo quản trị kỹ thuật.",
    )
    assert [record.exc_info[0] for record in logged if record.exc_info] == [ZeroDivisionError]


def test_a_job_without_chunks_ends_well() -> None:
    assert run("add_at_end", upto=0).message == "Tổng là 0."


def test_a_job_runs_once() -> None:
    job = run("add_at_end")
    run_here(job)
    assert marks() == ["21"]


def test_an_unknown_kind_is_refused_before_anything_is_written() -> None:
    with pytest.raises(Refused, match="không biết việc"):
        run("no_such_work")
    assert Job.objects.count() == 0


def test_a_job_ended_by_somebody_else_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from phancong.jobs.kinds import register
    from tests.jobs.sample_kinds import kinds

    def end_it_meanwhile(parameters: dict[str, Any], results: list[Any]) -> Any:
        Job.objects.exclude(kind="mark").update(state=Job.State.INTERRUPTED)
        return kinds.finish(parameters, results)

    register(replace(kinds.AT_END, finish=end_it_meanwhile))
    job = run("add_at_end")
    assert marks() == []
    assert job.state == Job.State.RUNNING  # the change above was part of what was undone


def test_progress_is_heard_in_rows() -> None:
    heard: list[int] = []
    job = prepare_job(
        "add_at_end", by=make_office(), parameters={"upto": 3, "pause": 0.3}, title="Cộng", rows_total=3
    )
    run_here(job, heard.append)
    assert heard[-1] == 3
    assert heard == sorted(set(heard))
    assert len(heard) <= 4
