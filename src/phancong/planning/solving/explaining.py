"""Why this member, why not another, what else could be done: asked of the planner on demand, told in sentences."""

from dataclasses import dataclass

from phancong.planning.solving.judging import facts
from phancong.planning.solving.snapshot import Snapshot, duty_id
from phancong.planning.solving.wording import CONDITIONS, strongest_reasons, tell_term
from planner.counterfactual import Alternative, best_alternatives, why_not, without_lock
from planner.eligibility import PAIR_RULES
from planner.fit import fit_of, fit_terms
from planner.problem import Pair
from planner.result import Assignment, Level, Plan, Rule, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A must-have condition and whether it is met."""

    name: str
    is_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A nice-to-have: what is true, and how much it speaks for the member."""

    words: str
    points: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything known about one member on one duty without asking the planner again."""

    sentence: str
    fit: int
    conditions: tuple[Condition, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Another way: what moves and what it changes, in sentences."""

    moves: tuple[str, ...]
    effect: str


def why(snapshot: Snapshot, *, member: int, duty_number: int, others: int) -> Why:
    """Why the member suits the duty; `others` is how many other duties the member has."""
    pair = (str(member), duty_id(duty_number))
    who, duty = facts(snapshot, pair)
    names, weights = snapshot.names, snapshot.problem.weights
    category = next(one for one in snapshot.problem.categories if one.code == who.category)
    told = strongest_reasons(who, duty, weights, names) or ["đủ các điều kiện bắt buộc, còn thời gian"]
    told.append(_other_duties(others))
    if pair in snapshot.problem.previous:
        told.append("năm trước đã làm việc này")
    return Why(
        sentence=f"Đề xuất đ/c {names.member(pair[0])} làm “{names.duty(pair[1])}” vì: {'; '.join(told)}.",
        fit=fit_of(who, duty, weights),
        conditions=tuple(
            Condition(name=_condition(rule, snapshot, pair), is_met=holds(who, duty, category))
            for rule, holds in PAIR_RULES.items()
        ),
        reasons=tuple(
            Reason(words=_capital(tell_term(who, duty, one, names)), points=one.points, most=one.most)
            if one.points
            else Reason(words=_capital(_absent(one.term.value)), points=0, most=one.most)
            for one in fit_terms(who, duty, weights)
        ),
    )


def _other_duties(count: int) -> str:
    if not count:
        return "chưa giữ việc nào khác"
    return "mới giữ 1 việc khác" if count == 1 else f"đang giữ {count} việc khác"


def _condition(rule: Rule, snapshot: Snapshot, pair: Pair) -> str:
    _, duty = facts(snapshot, pair)
    if rule is Rule.COMPETENCE:
        asked = ", ".join(snapshot.names.competence(code) for code in sorted(duty.required))
        return f"Có kỹ năng, tiếng nói bắt buộc: {asked}" if asked else "Việc không bắt buộc kỹ năng riêng"
    return CONDITIONS[rule]


def _absent(term: str) -> str:
    return {
        "field": "chưa được đào tạo đúng lĩnh vực của việc",
        "competence": "chưa có kỹ năng nên có của việc",
        "experience": "chưa từng làm lĩnh vực này",
        "area": "không cư trú tại địa bàn của việc",
        "wish": "không đăng ký nguyện vọng về lĩnh vực này",
        "health": "sức khỏe ở dưới mức việc cần",
        "education": "trình độ chưa xét",
    }[term]


def other_choices(snapshot: Snapshot, *, member: int, duty_number: int) -> tuple[Choice, ...]:
    """Up to three best plans without this member on this duty."""
    pair = (str(member), duty_id(duty_number))
    found = best_alternatives(snapshot.problem, _as_plan(snapshot), pair, limit_work=snapshot.limit_work)
    return tuple(_choice(snapshot, one) for one in found if one.added or one.removed)


def why_not_this(snapshot: Snapshot, *, member: int, duty_number: int) -> tuple[str, Choice | None]:
    """Why the member is not on the duty: the rules against it, or what it would change."""
    pair = (str(member), duty_id(duty_number))
    name, duty = snapshot.names.member(pair[0]), snapshot.names.duty(pair[1])
    answer = why_not(snapshot.problem, _as_plan(snapshot), pair, limit_work=snapshot.limit_work)
    if answer.forced is None:
        rules = "; ".join(_against(rule) for rule in answer.rules)
        return f"Không đề xuất đ/c {name} làm “{duty}”, vì chưa đạt: {rules}.", None
    choice = _choice(snapshot, answer.forced)
    return f"Đ/c {name} làm “{duty}” được. Nếu giao:", choice


def without_this_lock(snapshot: Snapshot, *, member: int, duty_number: int) -> Choice | None:
    """What changes when the pair is no longer kept; None when it is not kept."""
    pair = (str(member), duty_id(duty_number))
    if pair not in snapshot.problem.locks:
        return None
    found = without_lock(snapshot.problem, _as_plan(snapshot), pair, limit_work=snapshot.limit_work)
    return _choice(snapshot, found)


def _against(rule: Rule) -> str:
    if rule is Rule.FORBIDDEN:
        return "chi bộ đã có ý kiến không giao"
    return CONDITIONS[rule][:1].lower() + CONDITIONS[rule][1:]


def _as_plan(snapshot: Snapshot) -> Plan:
    """The draft as it stands, in the planner's form; only its pairs are looked at."""
    return Plan(
        assignments=tuple(
            Assignment(member=who, duty=which, fit=0, load=0) for who, which in sorted(snapshot.held)
        ),
        levels=(),
        loads=(),
        unmet=(),
        conflicts=(),
        relaxations=(),
        status=Status.OPTIMAL,
        best_fit=0,
        backend="",
        work=0,
    )


def _choice(snapshot: Snapshot, alternative: Alternative) -> Choice:
    moves = [
        *(_pair(snapshot, pair, "nhận") for pair in alternative.added),
        *(_pair(snapshot, pair, "thôi") for pair in alternative.removed),
    ]
    return Choice(
        moves=tuple(moves),
        effect=_effect(dict(alternative.costs)),
    )


def _pair(snapshot: Snapshot, pair: Pair, verb: str) -> str:
    return f"Đ/c {snapshot.names.member(pair[0])} {verb} “{snapshot.names.duty(pair[1])}”"


_WORDS = {
    Level.NEED: (
        "có thêm việc thiếu người hoặc người chưa có việc",
        "bớt việc thiếu người, người chưa có việc",
    ),
    Level.FIT: ("kém hợp hơn về kỹ năng, chuyên môn", "hợp hơn về kỹ năng, chuyên môn"),
    Level.LOAD: ("chia việc kém đều hơn", "chia việc đều hơn"),
    Level.CONTINUITY: ("đổi thêm người so với bản đang có", "đổi ít người hơn"),
}


def _effect(costs: dict[Level, int]) -> str:
    told = [
        f"{_WORDS[level][cost < 0]} ({abs(cost)} điểm)"
        for level, cost in costs.items()
        if cost and level in _WORDS and level is not Level.CONTINUITY
    ]
    return f"{_capital('; '.join(told))}." if told else "Không kém hơn ở điểm nào."


def tell_move(snapshot: Snapshot, pair: Pair, *, comes: bool) -> str:
    """One change of a plan that was solved again, with why."""
    sentence = _pair(snapshot, pair, "nhận" if comes else "thôi")
    if not comes or pair[0] not in snapshot.people:
        return f"{sentence}."
    who, duty = facts(snapshot, pair)
    reasons = strongest_reasons(who, duty, snapshot.problem.weights, snapshot.names)
    return f"{sentence}: {'; '.join(reasons[:2])}." if reasons else f"{sentence}: để việc có người."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
