"""Problem 2: members sent to hamlets that are too small for a cell of their own.

A hamlet counts only when it gets all the people it lacks: half a cell is no cell. When everybody needed can be
found, a flow of least cost is the exact answer; when people are scarce it is not (it would spread them thin), and
a model with one yes-or-no column for each hamlet decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.backends import load_backend
from planner.checks import LARGEST, ProblemError
from planner.form import UNBOUNDED, Form, RowName
from planner.levels import Step
from planner.lexicographic import settle_levels
from planner.model import tie_weight
from planner.problem import Pair
from planner.result import Level, Rule
from planner.verify import PlanError


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
    """Who goes where. `method` is "flow" when everybody needed was found, else "model"."""

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
        ids = [one.id for one in group]
        for repeated in sorted({one for one in ids if ids.count(one) > 1}):
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
    for who in sorted({one for one in sent if sent.count(one) > 1}):
        yield f"Đảng viên “{who}” bị khóa vào nhiều thôn."
    home = {one.id: one.source for one in problem.candidates}
    for source in problem.sources:
        if sum(home.get(who) == source.id for who in sent) > source.spare:
            yield f"Chi bộ “{source.id}” bị khóa nhiều người hơn số cử được."
    for hamlet in problem.hamlets:
        if sum(where == hamlet.id for _, where in problem.locks) > hamlet.missing:
            yield f"Thôn “{hamlet.id}” bị khóa nhiều người hơn số thiếu."


def plan_secondments(
    problem: SecondmentProblem, *, backend: str = "cpsat", limit_work: float = 60.0, seed: int = 0
) -> SecondmentPlan:
    """Cover as much weight of hamlets as possible, then at the least cost; the same problem, the same plan."""
    pairs = _flow(problem)
    if pairs is not None:
        return _checked(problem, pairs, proved=True, method="flow")
    form = _form(problem)
    steps = [Step(level=level) for level in (Level.NEED, Level.FIT, Level.TIE)]
    found = settle_levels(form, steps, load_backend(backend), limit_work=limit_work, seed=seed)
    chosen = [pair for pair, taken in zip(form.pairs, found.values or [], strict=False) if taken]
    return _checked(problem, frozenset(chosen) | problem.locks, proved=found.proved, method="model")


def _flow(problem: SecondmentProblem) -> frozenset[Pair] | None:
    """The flow of least cost that meets the whole demand, or `None` when people are short."""
    from planner.backends.flow import least_cost_flow  # noqa: PLC0415 - loads the solver only when it is used

    demand = sum(hamlet.missing for hamlet in problem.hamlets)
    # One point of cost outweighs every tie-break of a whole plan.
    scale = demand * (1 << 16) + 1
    locked = {who for who, _ in problem.locks}
    arcs = [(*pair, cost * scale + tie_weight(pair)) for pair, cost in sorted(problem.costs.items())]
    return least_cost_flow(
        supplies={source.id: source.spare for source in problem.sources},
        homes={candidate.id: candidate.source for candidate in problem.candidates},
        arcs=[arc for arc in arcs if arc[0] not in locked or arc[:2] in problem.locks],
        demands={hamlet.id: hamlet.missing for hamlet in problem.hamlets},
        forced=problem.locks,
    )


def _form(problem: SecondmentProblem) -> Form:
    form = Form(costs={level: {} for level in Level}, constants=dict.fromkeys(Level, 0))
    form.least, form.spans = dict.fromkeys(Level, 0), dict.fromkeys(Level, 0)
    of_candidate: dict[str, list[int]] = {one.id: [] for one in problem.candidates}
    of_hamlet: dict[str, list[int]] = {one.id: [] for one in problem.hamlets}
    for pair, cost in sorted(problem.costs.items()):
        column = form.add_column(int(pair in problem.locks), 1)
        form.pairs.append(pair)
        of_candidate[pair[0]].append(column)
        of_hamlet[pair[1]].append(column)
        form.costs[Level.FIT][column] = cost
        form.costs[Level.TIE][column] = tie_weight(pair)
    for hamlet in problem.hamlets:
        _hamlet_row(form, hamlet, of_hamlet[hamlet.id])
    form.whole = len(form.lower)
    for columns in of_candidate.values():
        if len(columns) > 1:
            form.add_row(RowName(Rule.MAX_DUTIES), columns, [1] * len(columns), -UNBOUNDED, 1)
    for source in problem.sources:
        sent = [
            column for one in problem.candidates if one.source == source.id for column in of_candidate[one.id]
        ]
        form.add_row(RowName(Rule.HEADCOUNT_MAX), sent, [1] * len(sent), -UNBOUNDED, source.spare)
    return form


def _hamlet_row(form: Form, hamlet: Hamlet, columns: list[int]) -> None:
    """All the people a hamlet lacks, or nobody beyond the locks."""
    locked = sum(form.lower[column] for column in columns)
    covered = form.add_column(0, 1)
    form.costs[Level.NEED][covered] = -hamlet.weight
    form.least[Level.NEED] -= hamlet.weight
    form.spans[Level.NEED] += hamlet.weight
    dearest = sorted((form.costs[Level.FIT][column] for column in columns), reverse=True)[: hamlet.missing]
    form.spans[Level.FIT] += sum(dearest)
    form.spans[Level.TIE] += hamlet.missing * (1 << 16)
    name = RowName(Rule.HEADCOUNT_MIN, duty=hamlet.id)
    values = [*([1] * len(columns)), locked - hamlet.missing]
    form.add_row(name, [*columns, covered], values, locked, locked)


def _checked(
    problem: SecondmentProblem, pairs: frozenset[Pair], *, proved: bool, method: str
) -> SecondmentPlan:
    """The plan of `pairs`, after an independent check of every rule."""
    check_secondments(problem, pairs)
    sent = {who for who, _ in pairs}
    come = {hamlet.id: sum(where == hamlet.id for _, where in pairs) for hamlet in problem.hamlets}
    short = []
    for hamlet in problem.hamlets:
        if come[hamlet.id] < hamlet.missing:
            possible = {who for who, where in problem.costs if where == hamlet.id}
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
    faults += [f"sent twice: {who}" for who in sorted(set(people)) if people.count(who) > 1]
    for source in problem.sources:
        if sum(homes[who] == source.id for who in people) > source.spare:
            faults.append(f"too many sent by {source.id}")
    for hamlet in problem.hamlets:
        come = sum(where == hamlet.id for _, where in pairs)
        locked = sum(where == hamlet.id for _, where in problem.locks)
        if come not in (locked, hamlet.missing):
            faults.append(f"half covered: {hamlet.id}")
    if faults:
        raise PlanError("; ".join(faults))
