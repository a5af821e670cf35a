"""Seconding at the size of a town and of a province: `python bench/secondments.py`.

Synthetic hamlets and candidates; a candidate can go to hamlets of the own commune and of the next one. Told are what is
covered, the cost as a ratio to the exact plan, and seconds of processor time, against greedy in the same run: hamlet
after hamlet, the one with the fewest people to choose from first, each taking the cheapest who are left.
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from planner.problem import Pair  # noqa: E402
from planner.secondment import (  # noqa: E402
    Candidate,
    Hamlet,
    SecondmentProblem,
    Source,
    plan_secondments,
)

CELL, LEAST = 15, 3
# What speaks against a pair, as the pack of planning weighs it: lives elsewhere, language, post, limit, much work.
COSTS = (4, 3, 6, 5, 2)
CHANCES = (0.9, 0.5, 0.25, 0.1, 0.3)


def instance(hamlets: int, candidates: int, communes: int, *, scarce: bool, seed: int) -> SecondmentProblem:
    """Hamlets lack one to three people; where people are scarce a cell may send one, else all above the minimum."""
    chance = random.Random(seed)
    cells = max(1, candidates // CELL)
    sources = tuple(Source(id=f"c{number}", spare=1 if scarce else CELL - LEAST) for number in range(cells))
    people = tuple(Candidate(id=f"m{number}", source=f"c{number % cells}") for number in range(candidates))
    places = tuple(Hamlet(id=f"h{number}", missing=chance.randint(1, 3)) for number in range(hamlets))
    of_commune: dict[int, list[Hamlet]] = {number: [] for number in range(communes)}
    for number, place in enumerate(places):
        of_commune[number % communes].append(place)
    costs: dict[Pair, int] = {}
    for number, one in enumerate(people):
        home = number % cells % communes
        own = sum(
            cost * (chance.random() < share) for cost, share in zip(COSTS[2:], CHANCES[2:], strict=True)
        )
        for place in (*of_commune[home], *of_commune[(home + 1) % communes]):
            there = sum(
                cost * (chance.random() < share) for cost, share in zip(COSTS[:2], CHANCES[:2], strict=True)
            )
            costs[one.id, place.id] = own + there
    return SecondmentProblem(sources=sources, candidates=people, hamlets=places, costs=costs)


def greedy(problem: SecondmentProblem) -> frozenset[Pair]:
    """What somebody with a list does; a hamlet that cannot get everybody gets nobody."""
    spare = {source.id: source.spare for source in problem.sources}
    home = {one.id: one.source for one in problem.candidates}
    asked: dict[str, list[tuple[int, str]]] = {place.id: [] for place in problem.hamlets}
    for (who, where), cost in problem.costs.items():
        asked[where].append((cost, who))
    taken: set[str] = set()
    pairs: set[Pair] = set()
    for place in sorted(problem.hamlets, key=lambda one: (len(asked[one.id]), one.id)):
        chosen: list[str] = []
        left = Counter[str]()
        for _, who in sorted(asked[place.id]):
            if len(chosen) < place.missing and who not in taken and left[home[who]] < spare[home[who]]:
                chosen.append(who)
                left[home[who]] += 1
        if len(chosen) == place.missing:
            taken.update(chosen)
            pairs.update((who, place.id) for who in chosen)
            for source, count in left.items():
                spare[source] -= count
    return frozenset(pairs)


def timed(act: Callable[[], object]) -> tuple[object, float]:
    began = time.process_time()
    found = act()
    return found, time.process_time() - began


def told(name: str, problem: SecondmentProblem, *, backends: tuple[str, ...]) -> None:
    greedy_pairs, greedy_seconds = timed(lambda: greedy(problem))
    assert isinstance(greedy_pairs, frozenset)
    rows = []
    for backend in backends:
        plan, seconds = timed(lambda backend=backend: plan_secondments(problem, backend=backend))  # type: ignore[misc]
        rows.append((plan, seconds))
        where = f"model, {backend}" if plan.method == "model" else plan.method  # type: ignore[attr-defined]
        print(
            f"| {name} | {where} | {len(plan.covered)} | {len(plan.pairs)} | {plan.cost} | "  # type: ignore[attr-defined]
            f"{'yes' if plan.proved else 'no'} | {seconds:.2f} |",  # type: ignore[attr-defined]
            flush=True,
        )
        if plan.method != "model":  # type: ignore[attr-defined]
            break
    cost = sum(problem.costs[pair] for pair in greedy_pairs)
    covered = len({where for _, where in greedy_pairs})
    print(
        f"| {name} | greedy | {covered} | {len(greedy_pairs)} | {cost} | no | {greedy_seconds:.2f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hamlets", type=int, default=3000)
    parser.add_argument("--candidates", type=int, default=25_000)
    parser.add_argument("--communes", type=int, default=135)
    options = parser.parse_args()
    print(
        "| size | method | hamlets covered | people | cost | proved | CPU s |\n|---|---|---|---|---|---|---|"
    )
    for scarce in (False, True):
        words = "scarce" if scarce else "enough"
        town = instance(55, 460, 8, scarce=scarce, seed=1)
        told(f"town, {words}", town, backends=("cpsat", "highs"))
        province = instance(options.hamlets, options.candidates, options.communes, scarce=scarce, seed=2)
        print(f"<!-- province: {len(province.costs)} pairs -->")
        told(f"province, {words}", province, backends=("highs",))
    print(f"\nMemory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB.")


if __name__ == "__main__":
    main()
