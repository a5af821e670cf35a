"""Vietnamese sentences made from the structured answers of the planner; names come from the caller."""

from __future__ import annotations

from collections.abc import Mapping

from planner.counterfactual import Alternative, WhyNot
from planner.fit import Term, TermPoints, fit_terms
from planner.names import Names
from planner.problem import Duty, Member, Pair, Problem
from planner.result import Conflict, FunnelStep, Level, Plan, Relaxation, Rule, Unmet

RULE_NAMES: Mapping[Rule, str] = {
    Rule.AVAILABLE: "đang sinh hoạt, không vắng mặt dài ngày",
    Rule.CATEGORY: "đúng diện đảng viên của nhiệm vụ",
    Rule.LIGHT_ONLY: "được làm việc này (diện chỉ nhận việc nhẹ)",
    Rule.HEALTH: "đủ sức khỏe",
    Rule.NIGHT: "làm được ban đêm",
    Rule.COMPETENCE: "có năng lực bắt buộc",
    Rule.EDUCATION: "đủ trình độ",
    Rule.SINGLE_HOURS: "có đủ giờ cho riêng nhiệm vụ này",
    Rule.FORBIDDEN: "không bị loại trừ",
    Rule.LOCK: "giữ các cặp đã khóa",
    Rule.HOURS: "còn đủ giờ",
    Rule.MAX_DUTIES: "chưa đủ số nhiệm vụ tối đa",
    Rule.HEADCOUNT_MAX: "còn chỗ trong số người tối đa",
    Rule.APART: "không làm chung với người cần tách",
    Rule.HEADCOUNT_MIN: "đủ số người cần",
    Rule.WORK: "có nhiệm vụ thực chất",
    Rule.GROUP: "phụ trách tổ, nhóm hộ",
    Rule.LEAD: "làm được nhóm trưởng",
}
"""Each rule as it is read in a funnel: "còn 3 người ..."."""

LEVEL_NAMES: Mapping[Level, str] = {
    Level.NEED: "nhu cầu chưa đáp ứng",
    Level.FIT: "mức phù hợp",
    Level.LOAD: "cân bằng tải",
    Level.CONTINUITY: "tính ổn định",
}


def why_this(problem: Problem, pair: Pair, names: Names) -> tuple[str, ...]:
    """Why the member of `pair` fits the duty: one sentence for each term that gives points, the most first."""
    member = next(one for one in problem.members if one.id == pair[0])
    duty = next(one for one in problem.duties if one.id == pair[1])
    terms = [one for one in fit_terms(member, duty, problem.weights) if one.points]
    terms.sort(key=lambda one: -one.points)
    return tuple(f"{_term(member, duty, one, names)} ({one.points}/{one.most} điểm)." for one in terms)


def _term(member: Member, duty: Duty, points: TermPoints, names: Names) -> str:
    field = names.field_of_work(duty.field or "")
    sentences = {
        Term.FIELD: f"Đúng chuyên môn {field}",
        Term.COMPETENCE: _competence(member, duty, names),
        Term.EXPERIENCE: f"Đã từng làm việc về {field}",
        Term.AREA: f"Sống tại {names.area(duty.area)}" if duty.area else "Nhiệm vụ không gắn với một địa bàn",
        Term.WISH: f"Có nguyện vọng làm việc về {field}",
        Term.HEALTH: "Sức khỏe bảo đảm" if points.points == points.most else "Sức khỏe vừa đủ yêu cầu",
        Term.EDUCATION: "Trình độ tương xứng" if points.points == points.most else "Trình độ cao hơn mức cần",
    }
    return sentences[points.term]


def _competence(member: Member, duty: Duty, names: Names) -> str:
    asked = {**duty.required, **duty.desired}
    held = [
        f"{names.competence(code)} mức {member.competences[code]}"
        for code in asked
        if code in member.competences
    ]
    return f"Có {', '.join(held)}" if held else "Nhiệm vụ không đòi hỏi năng lực riêng"


def tell_unmet(unmet: Unmet, names: Names) -> str:
    """What is unmet, and how the candidates ran out."""
    return f"{_need(unmet, names)} {_funnel(unmet, names)}"


def _need(unmet: Unmet, names: Names) -> str:
    if unmet.duty is not None:
        duty = names.duty(unmet.duty)
        if unmet.rule is Rule.LEAD:
            return f"Nhiệm vụ “{duty}” chưa có người làm nhóm trưởng."
        return f"Nhiệm vụ “{duty}” còn thiếu {unmet.missing} người."
    member = names.member(str(unmet.member))
    if unmet.rule is Rule.GROUP:
        return f"{member} chưa tham gia đoàn thể nào và chưa phụ trách tổ, nhóm hộ nào."
    return f"{member} chưa có nhiệm vụ thực chất."


def _funnel(unmet: Unmet, names: Names) -> str:
    noun = "người" if unmet.duty is not None else "nhiệm vụ"
    start = f"Trong {unmet.total} {noun}"
    told = [_step(step, noun, names) for step in unmet.funnel]
    left = unmet.funnel[-1].left if unmet.funnel else unmet.total
    end = "" if left == 0 else f" {_end(unmet)}"
    return f"{start}: {', '.join(told)}.{end}" if told else f"{start} không {noun} nào bị quy tắc chặn.{end}"


def _step(step: FunnelStep, noun: str, names: Names) -> str:
    if step.code is not None:
        return f"còn {step.left} {noun} sau yêu cầu “{names.competence(step.code)}”"
    if noun == "người":
        return f"còn {step.left} người {RULE_NAMES[step.rule]}"
    return f"còn {step.left} nhiệm vụ sau quy tắc “{_of_duty(step.rule)}”"


def _of_duty(rule: Rule) -> str:
    special = {Rule.WORK: "nhiệm vụ thực chất", Rule.GROUP: "nhiệm vụ phụ trách tổ, nhóm hộ"}
    return special.get(rule, RULE_NAMES[rule])


def _end(unmet: Unmet) -> str:
    if unmet.duty is None:
        return "Các nhiệm vụ còn lại đang cần người khác hơn."
    return "Những người còn lại đã ở trong nhiệm vụ này hoặc đang cần hơn ở việc khác."


def tell_conflict(conflict: Conflict, names: Names) -> str:
    """Which rule the locks break by themselves."""
    who = names.member(conflict.member) if conflict.member else ""
    duty = f"“{names.duty(conflict.duty)}”" if conflict.duty else ""
    if conflict.rule is Rule.HOURS:
        return f"Các cặp đã khóa làm {who} vượt {conflict.excess} giờ mỗi tháng."
    if conflict.rule is Rule.MAX_DUTIES:
        return f"Các cặp đã khóa làm {who} vượt {conflict.excess} nhiệm vụ so với mức tối đa."
    if conflict.rule is Rule.HEADCOUNT_MAX:
        return f"Các cặp đã khóa làm nhiệm vụ {duty} vượt {conflict.excess} người so với mức tối đa."
    if conflict.rule is Rule.APART:
        other = names.member(conflict.other_member or "")
        return f"{who} và {other} cần tách nhau nhưng đều bị khóa vào nhiệm vụ {duty}."
    return f"{who} bị khóa vào nhiệm vụ {duty} nhưng không đạt quy tắc: {RULE_NAMES[conflict.rule]}."


def tell_relaxation(one: Relaxation, names: Names) -> str:
    """What to loosen, from what to what."""
    who = names.member(one.member) if one.member else ""
    duty = f"“{names.duty(one.duty)}”" if one.duty else ""
    code = f"“{names.competence(one.code)}”" if one.code else ""
    change = f"từ {one.before} lên {one.after}"
    sentences = {
        Rule.HOURS: f"Tăng giờ mỗi tháng của {who} {change}.",
        Rule.MAX_DUTIES: f"Tăng số nhiệm vụ tối đa của {who} {change}.",
        Rule.HEADCOUNT_MAX: f"Tăng số người tối đa của nhiệm vụ {duty} {change}.",
        Rule.HEADCOUNT_MIN: f"Giảm số người cần của nhiệm vụ {duty} từ {one.before} xuống {one.after}.",
        Rule.GROUP: f"Giới thiệu {who} vào một đoàn thể.",
        Rule.WORK: f"Chấp nhận để {who} chưa có nhiệm vụ thực chất trong năm nay.",
        Rule.LEAD: f"Chấp nhận nhiệm vụ {duty} chưa có nhóm trưởng.",
        Rule.COMPETENCE: (
            f"Cho {who} nhận nhiệm vụ {duty} với năng lực {code} mức {one.after} thay vì {one.before} "
            "(hoặc bồi dưỡng thêm)."
        ),
        Rule.EDUCATION: f"Cho {who} nhận nhiệm vụ {duty} với trình độ bậc {one.after} thay vì {one.before}.",
        Rule.CATEGORY: f"Cho {who} nhận nhiệm vụ {duty} dù không đúng diện đảng viên.",
        Rule.FORBIDDEN: f"Bỏ loại trừ {who} khỏi nhiệm vụ {duty}.",
        Rule.APART: f"Cho {who} và {names.member(one.other_member or '')} làm chung nhiệm vụ {duty}.",
    }
    return sentences[one.rule]


def tell_alternative(alternative: Alternative, names: Names) -> str:
    """Who comes, who goes, and what it costs."""
    if not alternative.added and not alternative.removed:
        return "Phương án không thay đổi."
    moves = [f"thêm {_pair(pair, names)}" for pair in alternative.added]
    moves += [f"bớt {_pair(pair, names)}" for pair in alternative.removed]
    costs = [_cost(level, cost) for level, cost in alternative.costs if cost]
    price = "; ".join(costs) if costs else "không kém hơn ở mức nào"
    return f"{_capital('; '.join(moves))}. Khác biệt: {price}."


def tell_why_not(why: WhyNot, names: Names) -> str:
    """Why a member was not chosen for a duty."""
    who, duty = names.member(why.pair[0]), names.duty(why.pair[1])
    if why.forced is None:
        reasons = "; ".join(RULE_NAMES[rule] for rule in why.rules)
        return f"{who} không nhận được “{duty}” vì không đạt: {reasons}."
    return f"Nếu giao “{duty}” cho {who}: {tell_alternative(why.forced, names)}"


def tell_status(plan: Plan) -> str:
    """Whether the plan is proved best, and how far from proved where it is not."""
    if plan.proved:
        return "Phương án đã được chứng minh là tốt nhất ở mọi mức."
    gaps = [
        f"{LEVEL_NAMES[one.level]} cách cận {one.value - one.bound}" for one in plan.levels if not one.proved
    ]
    return f"Phương án hợp lệ nhưng chưa chứng minh được là tốt nhất ({'; '.join(gaps)})."


def _pair(pair: Pair, names: Names) -> str:
    return f"{names.member(pair[0])} vào “{names.duty(pair[1])}”"


def _cost(level: Level, cost: int) -> str:
    return f"{LEVEL_NAMES[level]} {'kém' if cost > 0 else 'tốt'} hơn {abs(cost)} điểm"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
