"""Problem 3: committee members put in charge of organisations, balanced by weight and not by count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

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
class CommitteeMember:
    """A committee member who may be in charge of at most `most` organisations."""

    id: str
    most: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An organisation someone must be in charge of; `weight` is the work it takes."""

    id: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class InChargeProblem:
    """Everybody may take everything except `forbidden`; `costs` says how badly a pair fits (absent = 0).

    `locks` are kept always, `previous` pairs where balance allows. Weights are balanced when nobody carries more
    than an even share and `tolerance` per cent of it, and nobody less than half a share; beyond, every further such
    step counts, for each member and once more for the heaviest: one organisation that is too large for anybody does
    not excuse an uneven rest. To ask for the last gram would be a packing puzzle, and would undo last year's choices
    for nothing. Raises `ProblemError`.
    """

    members: tuple[CommitteeMember, ...]
    organizations: tuple[Organization, ...]
    costs: Mapping[Pair, int] = field(default_factory=dict)
    locks: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    previous: frozenset[Pair] = frozenset()
    tolerance: int = 5

    def __post_init__(self) -> None:
        """Put everything in order of id and check."""
        for group in ("members", "organizations"):
            object.__setattr__(self, group, tuple(sorted(getattr(self, group), key=lambda one: one.id)))
        faults = list(_faults(self))
        if faults:
            raise ProblemError(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class InChargePlan:
    """Who is in charge of what. `heaviest` is the largest weight of one member, `uneven` how many steps of tolerance
    there are beyond balance (see `unevenness`), and `bound` what that number cannot go below.

    `open_organizations` have nobody: every member able to take them is full.
    """

    pairs: frozenset[Pair]
    weights: tuple[tuple[str, int], ...]
    heaviest: int
    uneven: int
    bound: int
    open_organizations: tuple[str, ...]
    lost: int
    cost: int
    proved: bool


def _faults(problem: InChargeProblem) -> Iterator[str]:
    for noun, group in (("ủy viên", problem.members), ("tổ chức", problem.organizations)):
        ids = [one.id for one in group]
        for repeated in sorted({one for one in ids if ids.count(one) > 1}):
            yield f"Mã {noun} “{repeated}” bị trùng."
    for member in problem.members:
        if not 0 <= member.most <= LARGEST:
            yield f"Ủy viên “{member.id}”: số tổ chức tối đa phải từ 0 đến {LARGEST}."
        if sum(who == member.id for who, _ in problem.locks) > member.most:
            yield f"Ủy viên “{member.id}” bị khóa vào nhiều tổ chức hơn mức tối đa."
    for organization in problem.organizations:
        if not 0 <= organization.weight <= LARGEST:
            yield f"Tổ chức “{organization.id}”: khối lượng phải từ 0 đến {LARGEST}."
        if sum(what == organization.id for _, what in problem.locks) > 1:
            yield f"Tổ chức “{organization.id}” bị khóa cho nhiều ủy viên."
    yield from _faults_of_pairs(problem)


def _faults_of_pairs(problem: InChargeProblem) -> Iterator[str]:
    known = {(one.id, other.id) for one in problem.members for other in problem.organizations}
    for pair in sorted((problem.locks | problem.forbidden | set(problem.costs)) - known):
        yield f"Cặp “{pair[0]}” – “{pair[1]}” không có trong danh sách."
    for who, what in sorted(problem.locks & problem.forbidden):
        yield f"Ủy viên “{who}” vừa bị khóa vừa bị loại khỏi tổ chức “{what}”."
    if not 1 <= problem.tolerance <= 100:
        yield "Mức chênh lệch cho phép phải từ 1 đến 100 phần trăm."
    if any(not 0 <= cost <= LARGEST for cost in problem.costs.values()):
        yield f"Chi phí của mỗi cặp phải từ 0 đến {LARGEST}."


def plan_in_charge(
    problem: InChargeProblem, *, backend: str = "cpsat", limit_work: float = 20.0, seed: int = 0
) -> InChargePlan:
    """Nothing open, the heaviest member as light as can be, few changes, good fit; the same problem, the same plan."""
    form = _form(problem)
    levels = (Level.NEED, Level.LOAD, Level.CONTINUITY, Level.FIT, Level.TIE)
    steps = [Step(level=level) for level in levels]
    found = settle_levels(form, steps, load_backend(backend), limit_work=limit_work, seed=seed)
    chosen = [pair for pair, taken in zip(form.pairs, found.values or [], strict=False) if taken]
    pairs = frozenset(chosen) | problem.locks
    check_in_charge(problem, pairs)
    weights = weights_of_members(problem, pairs)
    cared_for = {what for _, what in pairs}
    return InChargePlan(
        pairs=pairs,
        weights=tuple(weights.items()),
        heaviest=max(weights.values(), default=0),
        uneven=unevenness(problem, weights.values()),
        bound=found.bounds[Level.LOAD],
        open_organizations=tuple(one.id for one in problem.organizations if one.id not in cared_for),
        lost=len(problem.previous - pairs),
        cost=sum(problem.costs.get(pair, 0) for pair in pairs),
        proved=found.proved,
    )


@dataclass(frozen=True, slots=True)
class Balance:
    """From `least` up to `most` a member counts as balanced; what is beyond is counted in steps."""

    least: int
    most: int
    step: int

    def steps_over(self, weight: int) -> int:
        return max(0, -((self.most - weight) // self.step))

    def steps_under(self, weight: int) -> int:
        return max(0, -((weight - self.least) // self.step))


def balance_of(problem: InChargeProblem) -> Balance:
    total = sum(organization.weight for organization in problem.organizations)
    share = -(-total // max(1, len(problem.members)))
    step = max(1, share * problem.tolerance // 100)
    return Balance(least=share // 2, most=share + step, step=step)


def unevenness(problem: InChargeProblem, weights: Iterable[int]) -> int:
    """Steps beyond balance of all members together, those of the heaviest counted twice."""
    balance, weights = balance_of(problem), list(weights)
    steps = sum(balance.steps_over(weight) + balance.steps_under(weight) for weight in weights)
    return steps + balance.steps_over(max(weights, default=0))


def _form(problem: InChargeProblem) -> Form:
    form = Form(costs={level: {} for level in Level}, constants=dict.fromkeys(Level, 0))
    form.least, form.spans = dict.fromkeys(Level, 0), dict.fromkeys(Level, 0)
    of_member: dict[str, list[int]] = {one.id: [] for one in problem.members}
    for organization in problem.organizations:
        columns = []
        for member in problem.members:
            pair = (member.id, organization.id)
            if pair not in problem.forbidden:
                columns.append(_add_pair(form, problem, pair))
                of_member[member.id].append(columns[-1])
        _spans_of(form, columns)
    _needs(form, problem)
    _balance(form, problem, of_member)
    for member in problem.members:
        columns = of_member[member.id]
        name = RowName(Rule.MAX_DUTIES, member.id)
        form.add_row(name, columns, [1] * len(columns), -UNBOUNDED, member.most)
    form.constants[Level.CONTINUITY] = len(problem.previous)
    return form


def _balance(form: Form, problem: InChargeProblem, of_member: Mapping[str, list[int]]) -> None:
    """Three kinds of columns: how far each member is over, how far under, and how far the heaviest is over."""
    balance = balance_of(problem)
    weight = {organization.id: organization.weight for organization in problem.organizations}
    most_over, most_under = balance.steps_over(sum(weight.values())), balance.steps_under(0)
    heaviest = _steps(form, most_over)
    over = {member.id: _steps(form, most_over) for member in problem.members}
    under = {member.id: _steps(form, most_under) for member in problem.members}
    form.whole = len(form.lower)
    for member in problem.members:
        name, columns = RowName(Level.LOAD, member.id), of_member[member.id]
        weights = [weight[form.pairs[column][1]] for column in columns]
        form.add_row(name, [*columns, over[member.id]], [*weights, -balance.step], -UNBOUNDED, balance.most)
        form.add_row(name, [*columns, under[member.id]], [*weights, balance.step], balance.least, UNBOUNDED)
        form.add_row(name, [over[member.id], heaviest], [1, -1], -UNBOUNDED, 0)


def _steps(form: Form, most: int) -> int:
    """A column that counts steps beyond balance."""
    column = form.add_column(0, most)
    form.costs[Level.LOAD][column] = 1
    form.spans[Level.LOAD] += most
    return column


def _add_pair(form: Form, problem: InChargeProblem, pair: Pair) -> int:
    column = form.add_column(int(pair in problem.locks), 1)
    form.pairs.append(pair)
    form.costs[Level.FIT][column] = problem.costs.get(pair, 0)
    form.costs[Level.CONTINUITY][column] = -1 if pair in problem.previous else 0
    form.costs[Level.TIE][column] = tie_weight(pair)
    return column


def _spans_of(form: Form, columns: list[int]) -> None:
    """One member at most for an organisation: a level varies by what its dearest and cheapest pair differ."""
    for level in (Level.FIT, Level.CONTINUITY, Level.TIE):
        costs = [0, *(form.costs[level][column] for column in columns)]
        form.least[level] += min(costs)
        form.spans[level] += max(costs) - min(costs)


def _needs(form: Form, problem: InChargeProblem) -> None:
    for organization in problem.organizations:
        columns = [column for column, pair in enumerate(form.pairs) if pair[1] == organization.id]
        nobody = form.add_column(0, 1)
        form.costs[Level.NEED][nobody] = 1
        form.spans[Level.NEED] += 1
        name = RowName(Rule.HEADCOUNT_MIN, duty=organization.id)
        form.add_row(name, [*columns, nobody], [1] * (len(columns) + 1), 1, 1)


def weights_of_members(problem: InChargeProblem, pairs: frozenset[Pair]) -> Mapping[str, int]:
    """The weight each member carries, people with nothing included."""
    carried = {member.id: 0 for member in problem.members}
    weight = {organization.id: organization.weight for organization in problem.organizations}
    for who, what in pairs:
        carried[who] += weight[what]
    return carried


def check_in_charge(problem: InChargeProblem, pairs: frozenset[Pair]) -> None:
    """Raise `PlanError` when `pairs` break a rule; written from the rules, not from the model."""
    cared_for = [what for _, what in pairs]
    faults = [f"lock not kept: {pair}" for pair in sorted(problem.locks - pairs)]
    faults += [f"forbidden: {pair}" for pair in sorted(problem.forbidden & pairs)]
    faults += [f"two in charge: {what}" for what in sorted(set(cared_for)) if cared_for.count(what) > 1]
    for member in problem.members:
        if sum(who == member.id for who, _ in pairs) > member.most:
            faults.append(f"too many for {member.id}")
    if faults:
        raise PlanError("; ".join(faults))
