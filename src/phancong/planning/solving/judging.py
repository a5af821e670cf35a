"""What speaks against giving a duty to a member.

Barriers nobody overrides; warnings ask for a reason. Warnings are phrases that follow the member's name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from phancong.planning.solving.snapshot import Snapshot, duty_id
from phancong.planning.solving.wording import strongest_reasons
from planner.eligibility import rules_against
from planner.fit import fit_of, fit_terms
from planner.problem import Duty, Member, Pair
from planner.result import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`barrier` is a sentence (empty: none); `warnings` are phrases after "Đ/c …"."""

    barrier: str
    warnings: tuple[str, ...]


def judge(snapshot: Snapshot, *, member: int, duty_number: int) -> Judgement:
    """What speaks against giving the duty to the member, as the plan stands."""
    pair = (str(member), duty_id(duty_number))
    barrier = _barrier(snapshot, pair)
    return Judgement(barrier=barrier, warnings=() if barrier else tuple(_warnings(snapshot, pair)))


def _barrier(snapshot: Snapshot, pair: Pair) -> str:
    person = snapshot.people.get(pair[0])
    if person is None:
        return "Đồng chí này không còn sinh hoạt ở chi bộ, nên không giao việc được. Tải lại trang."
    if person.absence:
        return f"Đ/c {person.member.full_name} {person.absence}, nên không giao việc được."
    if pair in snapshot.held:
        return f"Đ/c {person.member.full_name} đã được giao việc này rồi."
    duty = snapshot.duties[pair[1]]
    taken = sum(1 for _, which in snapshot.held if which == pair[1])
    if duty.headcount_max is not None and taken >= duty.headcount_max:
        return f"Việc này đã đủ {taken} người. Bỏ một người ra, hoặc nâng số người của việc, rồi giao."
    return ""


def _warnings(snapshot: Snapshot, pair: Pair) -> Iterator[str]:
    member, duty = facts(snapshot, pair)
    category = next(one for one in snapshot.problem.categories if one.code == member.category)
    for rule in rules_against(member, duty, category, frozenset()):
        yield _AGAINST[rule]
    held = [one for one in snapshot.problem.duties if (member.id, one.id) in snapshot.held]
    hours = sum(one.hours for one in held) + duty.hours
    if duty.hours <= member.hours < hours:
        yield f"sẽ có {hours} giờ việc mỗi tháng, quá mức {member.hours} giờ"
    if len(held) + 1 > member.max_duties:
        yield f"đã có {len(held)} việc, nhiều nhất là {member.max_duties}"
    if pair in snapshot.problem.forbidden:
        yield "đã được chi bộ cho ý kiến không giao việc này"


def limits_against(snapshot: Snapshot, *, member: int, duty_number: int) -> tuple[str, ...]:
    """Codes of the limits of one member that one duty passes over, whatever else the member does."""
    pair = (str(member), duty_id(duty_number))
    if pair[0] not in snapshot.people:
        return (Rule.AVAILABLE.value,)
    who, duty = facts(snapshot, pair)
    category = next(one for one in snapshot.problem.categories if one.code == who.category)
    found = [rule.value for rule in rules_against(who, duty, category, frozenset())]
    if duty.needs_lead and not who.can_lead:
        found.append(Rule.LEAD.value)
    return tuple(found)


def told_limits(codes: Iterable[str]) -> list[str]:
    """Limits by code as phrases that follow the member's name."""
    known = [Rule(code) for code in codes]
    # Who may only do light work is also below the health of heavier work: said once.
    return [_AGAINST[rule] for rule in known if rule != Rule.HEALTH or Rule.LIGHT_ONLY not in known]


_AGAINST = {
    Rule.AVAILABLE: "không có mặt tại địa bàn",
    Rule.CATEGORY: "không thuộc diện mà việc này dành cho",
    Rule.LIGHT_ONLY: "chỉ nhận việc nhẹ",
    Rule.HEALTH: "có giới hạn công việc, chưa hợp với sức khỏe mà việc này cần",
    Rule.NIGHT: "không làm việc ban đêm",
    Rule.COMPETENCE: "chưa có kỹ năng, tiếng nói mà việc này bắt buộc",
    Rule.EDUCATION: "chưa đạt trình độ học vấn mà việc này cần",
    Rule.SINGLE_HOURS: "không đủ thời gian cho riêng việc này",
    Rule.LEAD: "không còn điều kiện đứng ra phụ trách",
}


def facts(snapshot: Snapshot, pair: Pair) -> tuple[Member, Duty]:
    """The member and the duty of a pair, as the planner sees them."""
    member = snapshot.people[pair[0]].facts
    return member, next(one for one in snapshot.problem.duties if one.id == pair[1])


def fit_and_terms(snapshot: Snapshot, *, member: int, duty_number: int) -> tuple[int, dict[str, int]]:
    """How well the pair fits, and the points of each reason."""
    who, duty = facts(snapshot, (str(member), duty_id(duty_number)))
    weights = snapshot.problem.weights
    return fit_of(who, duty, weights), {
        points.term.value: points.points for points in fit_terms(who, duty, weights)
    }


def candidates(snapshot: Snapshot, *, duty_number: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Members who may be given the duty, the most suitable first: (member, fit, warnings)."""
    found = []
    for key, person in snapshot.people.items():
        judgement = judge(snapshot, member=person.member.pk, duty_number=duty_number)
        if not judgement.barrier:
            member, duty = facts(snapshot, (key, duty_id(duty_number)))
            fit = fit_of(member, duty, snapshot.problem.weights)
            found.append((person.member.pk, fit, judgement.warnings))
    return sorted(found, key=lambda one: (bool(one[2]), -one[1]))


def shown_reasons(snapshot: Snapshot, *, member: int, duty_number: int) -> tuple[str, ...]:
    """What speaks for the member, the strongest first; three are enough beside a name."""
    who, duty = facts(snapshot, (str(member), duty_id(duty_number)))
    return tuple(strongest_reasons(who, duty, snapshot.problem.weights, snapshot.names)[:3])


def mean_fit(snapshot: Snapshot) -> int | None:
    """How well people fit what they hold, of 100, over the whole draft; None while nobody holds anything."""
    held = [fit_of(*facts(snapshot, pair), snapshot.problem.weights) for pair in snapshot.held]
    return round(sum(held) / len(held)) if held else None


def without(snapshot: Snapshot, *pairs: Pair) -> Snapshot:
    """The draft as it would stand without these pairs; what was kept in it is let go."""
    return replace(
        snapshot,
        held=snapshot.held - set(pairs),
        problem=replace(snapshot.problem, locks=snapshot.problem.locks - set(pairs)),
    )


def fit_between(snapshot: Snapshot, *, member: int, duty_number: int) -> int:
    """How well one member fits one duty, of 100."""
    return fit_of(*facts(snapshot, (str(member), duty_id(duty_number))), snapshot.problem.weights)
