"""Problem 2: members sent to hamlets that are too small for a cell of their own.

A hamlet counts only when it gets all the people it lacks: half a cell is no cell. When everybody needed can be
found, a flow of least cost is the exact answer; when people are scarce it is not (it would spread them thin), and
a model with one yes-or-no column for each hamlet decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from planner.backends import load_backend
from planner.checks import LARGEST, ProblemError
from planner.form import UNBOUNDED, Form, RowName
from planner.levels import Step
from planner.lexicographic import settle_levels
from planner.matching import matched
from planner.model import tie_weight
from planner.problem import Pair
from planner.result import Level, Rule
from planner.verify import PlanError

MOST_IN_MODEL = 120_000
"""Pairs of a model that is solved in about half a minute; the flow carries millions."""
LOOKED_AT = 40
"""People of each hamlet who are looked at where no model carries the size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A cell that sends members; `spare` is how many it may send and still keep its own minimum."""

    id: str
    spare: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member of the cell `source` who may be sent."""

    id: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hamlet:
    """A hamlet that lacks `missing` members; `weight` is what covering it is worth."""

    id: str
    missing: int
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondmentProblem:
    """Who may go where at which cost. A pair (candidate, hamlet) that has no cost is not possible.

    Raises `ProblemError` with every fault found.
    """

    sources: tuple[Source, ...]
    candidates: tuple[Candidate, ...]
    hamlets: tuple[Hamlet, ...]
    costs: Mapping[Pair, int]
    locks: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        """Put everything in order of id and check."""
        for group in ("sources", "candidates", "hamlets"):
            object.__setattr__(self, group, tuple(sorted(getattr(self, group), key=lambda one: one.id)))
        faults = list(_faults(self))
        if faults:
            raise ProblemError(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortHamlet:
    """A hamlet that stays without a cell: of `candidates` possible people `free` are not needed elsewhere."""

    hamlet: str
    missing: int
    candidates: int
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondmentPlan:
    """Who goes where. `method` is "flow" when everybody needed was found, else "model", and "matching" where no model
    carries the size."""

    pairs: frozenset[Pair]
    covered: tuple[str, ...]
    short: tuple[ShortHamlet, ...]
    cost: int
    proved: bool
    method: str


def _faults(problem: SecondmentProblem) -> Iterator[str]:
    for noun, group in (
        ("chi bộ cử người", problem.sources),
        ("đảng viên", problem.candidates),
        ("thôn", problem.hamlets),
    ):
        for repeated in _repeated(one.id for one in group):
            yield f"Mã {noun} “{repeated}” bị trùng."
    sources = {one.id for one in problem.sources}
    for candidate in problem.candidates:
        if candidate.source not in sources:
            yield f"Đảng viên “{candidate.id}” thuộc chi bộ “{candidate.source}” không có trong danh sách."
    for source in problem.sources:
        if not 0 <= source.spare <= LARGEST:
            yield f"Chi bộ “{source.id}”: số người cử được phải từ 0 đến {LARGEST}."
    for hamlet in problem.hamlets:
        if not (0 <= hamlet.missing <= LARGEST and 1 <= hamlet.weight <= LARGEST):
            yield f"Thôn “{hamlet.id}”: số người thiếu phải từ 0, mức quan trọng phải từ 1, đến {LARGEST}."
    yield from _faults_of_pairs(problem)


def _faults_of_pairs(problem: SecondmentProblem) -> Iterator[str]:
    candidates = {one.id for one in problem.candidates}
    hamlets = {one.id for one in problem.hamlets}
    for (who, where), cost in sorted(problem.costs.items()):
        if who not in candidates or where not in hamlets:
            yield f"Chi phí nhắc đến cặp “{who}” – “{where}” không có trong danh sách."
        if not 0 <= cost <= LARGEST:
            yield f"Chi phí của cặp “{who}” – “{where}” phải từ 0 đến {LARGEST}."
    for who, where in sorted(problem.locks - set(problem.costs)):
        yield f"Cặp khóa “{who}” – “{where}” không nằm trong các cặp có thể."
    sent = [who for who, _ in problem.locks]
    for who in _repeated(sent):
        yield f"Đảng viên “{who}” bị khóa vào nhiều thôn."
    home = {one.id: one.source for one in problem.candidates}
    leave, come = Counter(home.get(who) for who in sent), Counter(where for _, where in problem.locks)
    for source in problem.sources:
        if leave[source.id] > source.spare:
            yield f"Chi bộ “{source.id}” bị khóa nhiều người hơn số cử được."
    for hamlet in problem.hamlets:
        if come[hamlet.id] > hamlet.missing:
            yield f"Thôn “{hamlet.id}” bị khóa nhiều người hơn số thiếu."


def _repeated(ids: Iterable[str]) -> list[str]:
    return sorted(one for one, times in Counter(ids).items() if times > 1)


def plan_secondments(
    problem: SecondmentProblem, *, backend: str = "highs", limit_work: float = 60.0, seed: int = 0
) -> SecondmentPlan:
    """Cover as much weight of hamlets as possible, with as few people, then at the least cost; the same problem, the
    same plan."""
    pairs = _flow(problem, problem.hamlets)
    if pairs is not None:
        return _checked(problem, pairs, proved=True, method="flow")
    # Which hamlets are covered is settled first; who goes there at the least cost is then a flow again.
    if len(problem.costs) > MOST_IN_MODEL:
        covered, proved, method = _one_by_one(problem), False, "matching"
    else:
        steps = [Step(level=level) for level in (Level.NEED, Level.FIT, Level.TIE)]
        found = settle_levels(_form(problem), steps, load_backend(backend), limit_work=limit_work, seed=seed)
        covered = [
            hamlet for hamlet, taken in zip(problem.hamlets, found.values or [], strict=False) if taken
        ]
        proved, method = found.proved, "model"
    pairs = _flow(problem, covered)
    return _checked(problem, pairs or problem.locks, proved=proved and pairs is not None, method=method)


def _one_by_one(problem: SecondmentProblem) -> list[Hamlet]:
    """Hamlets that get everybody, those first that are worth most for each person; of each the cheapest people are
    looked at."""
    leave, come = Counter[str](), Counter(where for _, where in problem.locks)
    homes = {one.id: one.source for one in problem.candidates}
    locked = {who for who, _ in problem.locks}
    for who in locked:
        leave[homes[who]] += 1
    of_hamlet: dict[str, list[tuple[int, int, Pair]]] = {hamlet.id: [] for hamlet in problem.hamlets}
    for pair, cost in problem.costs.items():
        if pair[0] not in locked:
            of_hamlet[pair[1]].append((cost, tie_weight(pair), pair))
    order = sorted(
        problem.hamlets,
        key=lambda one: ((one.missing - come[one.id]) / one.weight, len(of_hamlet[one.id]), one.id),
    )
    chosen = matched(
        [(one.id, one.missing - come[one.id]) for one in order],
        homes,
        {source.id: source.spare - leave[source.id] for source in problem.sources},
        [pair for found in of_hamlet.values() for *_, pair in nsmallest(LOOKED_AT, found)],
    )
    return [hamlet for hamlet in problem.hamlets if hamlet.id in chosen]


def _flow(problem: SecondmentProblem, hamlets: Sequence[Hamlet]) -> frozenset[Pair] | None:
    """The flow of least cost that gives these hamlets all they lack, or `None` when people are short."""
    from planner.backends.flow import least_cost_flow  # noqa: PLC0415 - loads the solver only when it is used

    locked = Counter(where for _, where in problem.locks)
    demands = {hamlet.id: locked[hamlet.id] for hamlet in problem.hamlets if locked[hamlet.id]}
    demands |= {hamlet.id: hamlet.missing for hamlet in hamlets}
    # One point of cost outweighs every tie-break of a whole plan.
    scale = sum(demands.values()) * (1 << 16) + 1
    return least_cost_flow(
        supplies={source.id: source.spare for source in problem.sources},
        homes={candidate.id: candidate.source for candidate in problem.candidates},
        arcs=[
            (*pair, cost * scale + tie_weight(pair))
            for pair, cost in sorted(problem.costs.items())
            if pair[1] in demands
        ],
        demands=demands,
        forced=problem.locks,
    )


def _form(problem: SecondmentProblem) -> Form:
    """One yes-or-no column for each hamlet, in their order, then one for each pair.

    When the hamlets are settled the rest is a flow, whose best corner is in whole numbers: only the hamlets' columns
    need to be asked for as such.
    """
    form = Form(costs={level: {} for level in Level}, constants=dict.fromkeys(Level, 0))
    form.least, form.spans = dict.fromkeys(Level, 0), dict.fromkeys(Level, 0)
    covered = {hamlet.id: form.add_column(0, 1) for hamlet in problem.hamlets}
    form.whole = len(covered)
    of_source: dict[str, list[int]] = {one.id: [] for one in problem.sources}
    of_candidate: dict[str, list[int]] = {one.id: [] for one in problem.candidates}
    of_hamlet: dict[str, list[int]] = {one.id: [] for one in problem.hamlets}
    homes = {one.id: one.source for one in problem.candidates}
    for pair, cost in sorted(problem.costs.items()):
        column = form.add_column(int(pair in problem.locks), 1)
        of_source[homes[pair[0]]].append(column)
        of_candidate[pair[0]].append(column)
        of_hamlet[pair[1]].append(column)
        form.costs[Level.FIT][column] = cost
    people = sum(hamlet.missing for hamlet in problem.hamlets) + 1
    locked = Counter(where for _, where in problem.locks)
    for hamlet in problem.hamlets:
        _cost_of_covering(form, covered[hamlet.id], hamlet, people, of_hamlet[hamlet.id])
        columns, lacking = of_hamlet[hamlet.id], hamlet.missing - locked[hamlet.id]
        name = RowName(Rule.HEADCOUNT_MIN, duty=hamlet.id)
        values = [*([1] * len(columns)), -lacking]
        form.add_row(name, [*columns, covered[hamlet.id]], values, locked[hamlet.id], locked[hamlet.id])
    for columns in of_candidate.values():
        if len(columns) > 1:
            form.add_row(RowName(Rule.MAX_DUTIES), columns, [1] * len(columns), -UNBOUNDED, 1)
    for source in problem.sources:
        sent = of_source[source.id]
        form.add_row(RowName(Rule.HEADCOUNT_MAX), sent, [1] * len(sent), -UNBOUNDED, source.spare)
    return form


def _cost_of_covering(form: Form, column: int, hamlet: Hamlet, people: int, pairs: Sequence[int]) -> None:
    """A hamlet more outweighs all the people of a plan; with the same hamlets' worth, fewer people are better."""
    worth = hamlet.missing - hamlet.weight * people
    form.costs[Level.NEED][column] = worth
    form.least[Level.NEED] += worth
    form.spans[Level.NEED] -= worth
    dearest = sorted((form.costs[Level.FIT][one] for one in pairs), reverse=True)[: hamlet.missing]
    form.spans[Level.FIT] += sum(dearest)
    form.costs[Level.TIE][column] = tie_weight((hamlet.id, hamlet.id))
    form.spans[Level.TIE] += 1 << 16


def _checked(
    problem: SecondmentProblem, pairs: frozenset[Pair], *, proved: bool, method: str
) -> SecondmentPlan:
    """The plan of `pairs`, after an independent check of every rule."""
    check_secondments(problem, pairs)
    sent = {who for who, _ in pairs}
    come = Counter(where for _, where in pairs)
    possible_of: dict[str, set[str]] = {hamlet.id: set() for hamlet in problem.hamlets}
    for who, where in problem.costs:
        possible_of[where].add(who)
    short = []
    for hamlet in problem.hamlets:
        if come[hamlet.id] < hamlet.missing:
            possible = possible_of[hamlet.id]
            lacking = hamlet.missing - come[hamlet.id]
            short.append(
                ShortHamlet(
                    hamlet=hamlet.id, missing=lacking, candidates=len(possible), free=len(possible - sent)
                )
            )
    left_out = {one.hamlet for one in short}
    return SecondmentPlan(
        pairs=pairs,
        covered=tuple(hamlet.id for hamlet in problem.hamlets if hamlet.id not in left_out),
        short=tuple(short),
        cost=sum(problem.costs[pair] for pair in pairs),
        proved=proved,
        method=method,
    )


def check_secondments(problem: SecondmentProblem, pairs: frozenset[Pair]) -> None:
    """Raise `PlanError` when `pairs` break a rule; written from the rules, not from the model."""
    homes = {one.id: one.source for one in problem.candidates}
    people = [who for who, _ in pairs]
    faults = [f"not possible: {pair}" for pair in sorted(pairs) if pair not in problem.costs]
    faults += [f"lock not kept: {pair}" for pair in sorted(problem.locks - pairs)]
    faults += [f"sent twice: {who}" for who in _repeated(people)]
    sent = Counter(homes[who] for who in people)
    come, locked = (Counter(where for _, where in some) for some in (pairs, problem.locks))
    for source in problem.sources:
        if sent[source.id] > source.spare:
            faults.append(f"too many sent by {source.id}")
    for hamlet in problem.hamlets:
        if come[hamlet.id] not in (locked[hamlet.id], hamlet.missing):
            faults.append(f"half covered: {hamlet.id}")
    if faults:
        raise PlanError("; ".join(faults))
