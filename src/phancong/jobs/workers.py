"""Working on chunks in several processes of this machine."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing.connection import wait as wait_for
from multiprocessing.queues import Queue
from threading import Thread

import django

from phancong.audit.net.scope import see_everything_in_this_process
from phancong.jobs.kinds import Json, Progress, kind_of

Task = tuple[int, Json]
# Chunks handed out ahead of each process: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 2
_rows: "Queue[int | None] | None" = None


def work(
    kind_code: str, parameters: dict[str, Json], tasks: Sequence[Task], *, processes: int, progress: Progress
) -> Iterator[tuple[int, Json]]:
    """Results as they come, each with the id of its task. The first failure stops the rest and is raised."""
    context = multiprocessing.get_context("spawn")
    rows: Queue[int | None] = context.Queue()
    listener = Thread(target=_listen, args=(rows, progress), daemon=True)
    listener.start()
    count = min(processes, len(tasks))
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_get_ready, initargs=(rows,))
    try:
        yield from _results(executor, kind_code, parameters, iter(tasks), count * _AHEAD)
    finally:
        executor.shutdown(cancel_futures=True)
        rows.put(None)
        listener.join()
        rows.close()
        rows.join_thread()


def _results(
    executor: ProcessPoolExecutor,
    kind_code: str,
    parameters: dict[str, Json],
    tasks: Iterator[Task],
    ahead: int,
) -> Iterator[tuple[int, Json]]:
    running: dict[Future[Json], int] = {}
    while True:
        for pk, payload in islice(tasks, ahead - len(running)):
            running[executor.submit(_work_one, kind_code, parameters, payload)] = pk
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), future.result()


def _listen(rows: "Queue[int | None]", progress: Progress) -> None:
    while (count := rows.get()) is not None:
        progress(count)


def _get_ready(rows: "Queue[int | None]") -> None:
    """In the worker: load the product, and end with the parent instead of staying behind."""
    global _rows  # noqa: PLW0603 -- a process has one parent to report to
    _rows = rows
    Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    see_everything_in_this_process()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work_one(kind_code: str, parameters: dict[str, Json], payload: Json) -> Json:
    return kind_of(kind_code).work(parameters, payload, _report)


def _report(rows: int) -> None:
    if _rows is not None:
        _rows.put(rows)
