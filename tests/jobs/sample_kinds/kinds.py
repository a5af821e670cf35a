"""Adding numbers: `parameters` are `upto` (numbers 1 … upto), `size` of a chunk, and what shall go wrong.

`trouble` may be "refuse", "fail" or "slow"; `at` is the number at which it happens. What is written are areas'
counts' stand-ins: one `Job` row of kind "mark" for each number, by work or by finish according to the kind.
"""

import os
import time
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from phancong.common.refusal import Refused
from phancong.jobs.kinds import JobKind, JobOutcome, Kept, Progress, register
from phancong.jobs.models import Job


def split(parameters: dict[str, Any]) -> list[list[int]]:
    numbers = list(range(1, parameters["upto"] + 1))
    size = parameters.get("size", 1)
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def work(parameters: dict[str, Any], chunk: list[int], progress: Progress) -> dict[str, Any]:
    for number in chunk:
        if number == parameters.get("at"):
            meet_trouble(parameters)
        time.sleep(parameters.get("pause", 0))
        progress(1)
    return {"sum": sum(chunk), "process": os.getpid()}


def meet_trouble(parameters: dict[str, Any]) -> None:
    if parameters["trouble"] == "refuse":
        raise Refused("Số này không cộng được. Bỏ số này ra.")
    if parameters["trouble"] == "fail":
        raise ZeroDivisionError
    if parameters["trouble"] == "slow once":
        # Only the first worker that comes here is slow: the test kills it.
        try:
            Path(parameters["trace"]).open("x").close()
        except FileExistsError:
            return
        time.sleep(600)


def finish(parameters: dict[str, Any], results: list[dict[str, Any]]) -> JobOutcome:
    total = sum(result["sum"] for result in results)
    mark(total)
    processes = sorted({result["process"] for result in results})
    return JobOutcome(f"Tổng là {total}.", {"total": total, "processes": processes})


def mark(number: int) -> None:
    now = timezone.now()
    Job.objects.create(kind="mark", title=str(number), state=Job.State.DONE, created_at=now, beat_at=now)


def work_and_mark(parameters: dict[str, Any], chunk: list[int], progress: Progress) -> dict[str, Any]:
    with transaction.atomic():
        for number in chunk:
            mark(number)
        return work(parameters, chunk, progress)


def only_sum(parameters: dict[str, Any], results: list[dict[str, Any]]) -> JobOutcome:
    return JobOutcome("Đã cộng.", {"total": sum(result["sum"] for result in results)})


AT_END = JobKind("add_at_end", "Cộng", "số", split, work, finish)
BY_CHUNK = JobKind("add_by_chunk", "Cộng", "số", split, work_and_mark, only_sum, Kept.BY_CHUNK)
ALTOGETHER = JobKind("add_altogether", "Cộng", "số", split, work_and_mark, only_sum, Kept.ALTOGETHER)


def register_all() -> None:
    for kind in (AT_END, BY_CHUNK, ALTOGETHER):
        register(kind)
