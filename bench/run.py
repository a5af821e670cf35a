"""Measure the planner: cell by cell, a town, many cells, and against three others. Writes bench/results/<date>.md.

    python -m bench.run [--quick] [--cells N] [--processes N]

Milliseconds are processor time, so that a shared machine disturbs them less; the plain model runs several
threads and its time is their sum. Only ratios taken in one run can be compared.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.instances import cells  # noqa: E402 - the path is set above
from bench.plain import plain_plan  # noqa: E402
from planner.backends import NAMES  # noqa: E402
from planner.explain import tell_relaxation, tell_unmet, why_this  # noqa: E402
from planner.greedy import greedy_plan  # noqa: E402
from planner.names import Names  # noqa: E402
from planner.problem import Pair, Problem, Weights  # noqa: E402
from planner.result import Level, Plan  # noqa: E402
from planner.score import evaluate  # noqa: E402
from planner.solve import solve  # noqa: E402

LEVELS = (Level.NEED, Level.FIT, Level.LOAD, Level.CONTINUITY)
STRICT = Weights(fit_allowance=0)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    sample: int
    plain_sample: int
    town: int
    many: int


QUICK = Size(sample=60, plain_sample=4, town=95, many=200)
FULL = Size(sample=100, plain_sample=15, town=95, many=10_000)


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of each cell, and how many were proved best."""

    milliseconds: tuple[float, ...]
    proved: int

    def row(self, name: str) -> str:
        """A row of the table."""
        ordered = sorted(self.milliseconds)
        p99 = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
        share = 100 * self.proved / len(ordered)
        mean, median = statistics.mean(ordered), statistics.median(ordered)
        return f"| {name} | {len(ordered)} | {mean:.1f} | {median:.1f} | {p99:.1f} | {share:.1f} % |"


def planned(problem: Problem, backend: str = "cpsat") -> Plan:
    """Everything a secretary gets: the plan, a reason for each pair, what is unmet and what would help."""
    plan = solve(problem, backend=backend)
    names = Names()
    for pair in plan.pairs:
        why_this(problem, pair, names)
    for unmet in plan.unmet:
        tell_unmet(unmet, names)
    for relaxation in plan.relaxations:
        tell_relaxation(relaxation, names)
    return plan


def timed(problems: list[Problem], plan: Callable[[Problem], bool]) -> Timing:
    """Plan each problem once; `plan` says whether it was proved."""
    taken, proved = [], 0
    for problem in problems:
        start = time.process_time()
        proved += plan(problem)
        taken.append(1000 * (time.process_time() - start))
    return Timing(tuple(taken), proved)


def single_cells(size: Size) -> Iterator[str]:
    """Mean, median, p99 and proof rate of one cell after another."""
    yield "| one cell, one process | cells | mean CPU ms | median | p99 | proved |"
    yield "|---|---|---|---|---|---|"
    sample = list(cells(size.sample, seed=1, size=15, weights=STRICT))
    fair = list(cells(size.sample, seed=1, size=15))
    mixed = list(cells(size.sample, seed=2, weights=STRICT))
    mixed_fair = list(cells(size.sample, seed=2))
    runs: tuple[tuple[str, list[Problem], Callable[[Problem], bool]], ...] = (
        ("15 members, plan only, no fit given up", sample, lambda one: solve(one, relax=False).proved),
        ("15 members, plan, reasons, relaxations, no fit given up", sample, lambda one: planned(one).proved),
        ("15 members, same, 2 % of fit for fairness", fair, lambda one: planned(one).proved),
        ("3-60 members, plan, reasons, relaxations, no fit given up", mixed, lambda one: planned(one).proved),
        ("3-60 members, same, 2 % of fit for fairness", mixed_fair, lambda one: planned(one).proved),
    )
    for name, problems, plan in runs:
        yield timed(problems, plan).row(name)


def rivals(size: Size) -> Iterator[str]:
    """The same cells by each method, in one run; right = as good as the proved best on need / need and fit."""
    problems = list(cells(size.sample, seed=3, size=15, weights=STRICT))
    few = problems[: size.plain_sample]
    best = [values_of(problem, solve(problem, relax=False).pairs) for problem in problems]
    methods: tuple[tuple[str, list[Problem], Callable[[Problem], tuple[frozenset[Pair], bool]]], ...] = (
        ("this planner, CP-SAT", problems, lambda one: by_planner(one, "cpsat")),
        ("this planner, HiGHS", problems, lambda one: by_planner(one, "highs")),
        ("greedy, a person with a spreadsheet", problems, lambda one: (greedy_plan(one), False)),
        ("plain CP-SAT model, default settings, 1 s a level", few, plain_plan),
    )
    yield "| method | cells | mean CPU ms | ratio | proved | right on need / need and fit / all levels |"
    yield "|---|---|---|---|---|---|"
    first = 0.0
    for name, sample, method in methods:
        start = time.process_time()
        answers = [method(problem) for problem in sample]
        mean = 1000 * (time.process_time() - start) / len(sample)
        first = first or mean
        yield f"| {name} | {len(sample)} | {mean:.1f} | {mean / first:.2f} | {quality(sample, answers, best)} |"


def by_planner(problem: Problem, backend: str) -> tuple[frozenset[Pair], bool]:
    """Pairs and proof of this planner."""
    plan = solve(problem, backend=backend, relax=False, alone=True)
    return plan.pairs, plan.proved


def values_of(problem: Problem, pairs: frozenset[Pair]) -> list[int]:
    """The values of all levels in order."""
    values = evaluate(problem, pairs)
    return [values[level] for level in LEVELS]


def quality(
    problems: list[Problem], answers: list[tuple[frozenset[Pair], bool]], best: list[list[int]]
) -> str:
    """Share proved, and share right on the first, the first two, and all levels."""
    reached = [values_of(problem, pairs) for problem, (pairs, _) in zip(problems, answers, strict=True)]
    shares = []
    for depth in (1, 2, len(LEVELS)):
        right = sum(mine[:depth] == theirs[:depth] for mine, theirs in zip(reached, best, strict=False))
        shares.append(f"{100 * right / len(problems):.0f}")
    proved = 100 * sum(is_proved for _, is_proved in answers) / len(answers)
    return f"{proved:.0f} % | {' / '.join(shares)} %"


def plan_number(job: tuple[int, int]) -> tuple[bool, int]:
    """Plan the cell of this seed and number in a worker: proved, and the memory of the process in MB."""
    seed, number = job
    problem = next(cells(1, seed=seed * 1_000_000 + number, weights=STRICT))
    proved = planned(problem).proved
    return proved, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def many_cells(count: int, processes: int, seed: int) -> str:
    """`count` mixed cells with reasons and relaxations on `processes` workers."""
    jobs = [(seed, number) for number in range(count)]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        answers = pool.map(plan_number, jobs, chunksize=16)
        pool.close()
        pool.join()
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    proved = sum(is_proved for is_proved, _ in answers)
    early = max(memory for _, memory in answers[: max(1, count // 10)])
    late = max(memory for _, memory in answers)
    return (
        f"| {count} | {processes} | {wall:.1f} | {1000 * cpu / count:.1f} | {100 * proved / count:.2f} % "
        f"| {early} / {late} |"
    )


def report(size: Size, processes: int) -> Iterator[str]:
    """The whole report, line by line."""
    yield f"# Planner, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    yield ""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    yield f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load when started {load}. Synthetic cells."
    yield ""
    yield from single_cells(size)
    yield ""
    yield from rivals(size)
    yield ""
    yield "Cells of 3-60 members with reasons and relaxations; memory of the largest worker after a tenth / at the end."
    yield ""
    yield "| cells | processes | wall s | CPU ms a cell | proved | MB |"
    yield "|---|---|---|---|---|---|"
    yield many_cells(size.town, processes, seed=4)
    yield many_cells(size.many, processes, seed=5)


def main() -> None:
    """Measure, print, and keep the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="a small size, about a minute")
    parser.add_argument("--cells", type=int, help="how many cells the large run has")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    if options.cells:
        size = Size(size.sample, size.plain_sample, size.town, options.cells)
    first = next(cells(1, seed=0))
    for name in NAMES:
        solve(first, backend=name)
    lines = []
    for line in report(size, options.processes):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        lines.append(line)
    name = f"{datetime.now(UTC):%Y-%m-%d}{'-quick' if options.quick else ''}.md"
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
