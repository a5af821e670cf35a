"""What the planner found, in the words of a cell's meeting."""

from collections.abc import Mapping

from phancong.members.enums import Level
from planner.fit import Term, TermPoints, fit_terms
from planner.names import Names
from planner.problem import Duty, Member, Problem, Weights
from planner.result import Conflict, FunnelStep, Relaxation, Rule, Unmet

# "… trong 15 đồng chí, 13 <phrase>, còn 4 <phrase>, không còn ai <phrase>."
PEOPLE: Mapping[Rule, str] = {
    Rule.AVAILABLE: "có mặt tại địa bàn",
    Rule.CATEGORY: "đúng diện",
    Rule.LIGHT_ONLY: "nhận được việc nặng hơn việc nhẹ",
    Rule.HEALTH: "đủ sức khỏe cho việc này",
    Rule.NIGHT: "làm được việc ban đêm",
    Rule.EDUCATION: "đủ trình độ học vấn",
    Rule.SINGLE_HOURS: "đủ thời gian cho riêng việc này",
    Rule.FORBIDDEN: "chưa bị chi bộ loại khỏi việc này",
    Rule.LEAD: "đứng ra phụ trách được",
    Rule.HOURS: "còn đủ thời gian",
    Rule.MAX_DUTIES: "nhận thêm được việc",
    Rule.HEADCOUNT_MAX: "vào được, vì đã đủ số người nhiều nhất",
}
DUTIES: Mapping[Rule, str] = {
    Rule.AVAILABLE: "giao được vì đồng chí có mặt",
    Rule.WORK: "là nhiệm vụ, không phải việc sự vụ",
    Rule.GROUP: "là phụ trách tổ, nhóm hộ",
    Rule.CATEGORY: "đúng diện của đồng chí",
    Rule.LIGHT_ONLY: "là việc nhẹ",
    Rule.HEALTH: "hợp sức khỏe",
    Rule.NIGHT: "không phải làm đêm",
    Rule.EDUCATION: "hợp trình độ học vấn",
    Rule.SINGLE_HOURS: "vừa số giờ của đồng chí",
    Rule.FORBIDDEN: "chi bộ chưa loại trừ",
    Rule.HOURS: "vừa thời gian còn lại",
    Rule.MAX_DUTIES: "nhận thêm được",
    Rule.HEADCOUNT_MAX: "còn chỗ",
}
CONDITIONS: Mapping[Rule, str] = {
    Rule.AVAILABLE: "Có mặt tại địa bàn, đang sinh hoạt",
    Rule.CATEGORY: "Đúng diện đảng viên của việc",
    Rule.LIGHT_ONLY: "Chỉ giao việc nhẹ cho đồng chí được miễn hoặc xin việc nhẹ",
    Rule.HEALTH: "Đủ sức khỏe",
    Rule.NIGHT: "Làm được việc ban đêm (nếu việc có)",
    Rule.COMPETENCE: "Có kỹ năng, tiếng nói bắt buộc",
    Rule.EDUCATION: "Đủ trình độ học vấn",
    Rule.SINGLE_HOURS: "Việc không dài hơn thời gian của đồng chí",
}


def tell_unmet(problem: Problem, unmet: Unmet, names: Names) -> str:
    """What is unmet, and at which rule the candidates run out."""
    need = _need(problem, unmet, names)
    # Where no duty is being in charge of a group, counting duties tells nothing.
    first = unmet.funnel[0] if unmet.funnel else None
    if unmet.rule is Rule.GROUP and first and first.rule is Rule.GROUP and not first.left:
        return f"{need}."
    return f"{need}: {_funnel(unmet, names)}."


def _need(problem: Problem, unmet: Unmet, names: Names) -> str:
    if unmet.duty is not None:
        title = f"Việc “{names.duty(unmet.duty)}”"
        if unmet.rule is Rule.LEAD:
            return f"{title} chưa có người đứng ra phụ trách"
        least = next(duty.headcount_min for duty in problem.duties if duty.id == unmet.duty)
        return (
            f"{title} chưa có người"
            if unmet.missing == least
            else f"{title} còn thiếu {unmet.missing} người (cần {least})"
        )
    who = f"Đ/c {names.member(unmet.member or '')}"
    if unmet.rule is Rule.GROUP:
        return f"{who} chưa sinh hoạt đoàn thể nào, cũng chưa phụ trách tổ, nhóm hộ"
    return f"{who} chưa có nhiệm vụ"


def _funnel(unmet: Unmet, names: Names) -> str:
    of_people = unmet.duty is not None
    noun, phrases = ("đồng chí", PEOPLE) if of_people else ("việc", DUTIES)
    steps = [_step(step, phrases, names, of_people=of_people) for step in unmet.funnel]
    left = unmet.funnel[-1].left if unmet.funnel else unmet.total
    told = f"trong {unmet.total} {noun}, {', '.join(steps)}" if steps else f"xét cả {unmet.total} {noun}"
    if not left:
        return told
    return f"{told}; " + (
        "các đồng chí ấy đã ở trong việc này hoặc cần hơn ở việc khác"
        if of_people
        else "các việc ấy cần hơn người khác"
    )


def _step(step: FunnelStep, phrases: Mapping[Rule, str], names: Names, *, of_people: bool) -> str:
    if step.rule is Rule.COMPETENCE:
        name = names.competence(step.code or "")
        phrase = f"có “{name}” ở mức cần" if of_people else f"đồng chí đủ “{name}” để nhận"
    else:
        phrase = phrases[step.rule]
    if step.left:
        return f"còn {step.left} {phrase}"
    return f"không còn {'ai' if of_people else 'việc nào'} {phrase}"


def tell_relaxation(one: Relaxation, names: Names) -> str:
    """What would help, as an act that people can take."""
    who, duty = f"đ/c {names.member(one.member or '')}", f"“{names.duty(one.duty or '')}”"
    code = f"“{names.competence(one.code or '')}”"
    sentences: Mapping[Rule, str] = {
        Rule.HOURS: f"Bàn để {who} dành {one.after} giờ mỗi tháng thay vì {one.before}.",
        Rule.MAX_DUTIES: f"Để {who} nhận {one.after} việc thay vì nhiều nhất {one.before}.",
        Rule.HEADCOUNT_MAX: f"Nâng số người của việc {duty} từ {one.before} lên {one.after}.",
        Rule.HEADCOUNT_MIN: _fewer(one, duty),
        Rule.GROUP: f"Giới thiệu {who} vào một đoàn thể.",
        Rule.WORK: f"Lập thêm một việc vừa sức cho {who}, hoặc chấp nhận năm nay đồng chí chưa có nhiệm vụ.",
        Rule.LEAD: f"Chi ủy trực tiếp phụ trách việc {duty}.",
        Rule.COMPETENCE: f"Bồi dưỡng {code} cho {who} rồi giao việc {duty}, hoặc bớt yêu cầu này.",
        Rule.EDUCATION: f"Bớt yêu cầu trình độ của việc {duty} để giao {who}.",
        Rule.CATEGORY: f"Mở việc {duty} cho diện của {who}.",
        Rule.FORBIDDEN: f"Bỏ việc loại {who} khỏi {duty}.",
        Rule.APART: f"Để {who} và đ/c {names.member(one.other_member or '')} cùng làm việc {duty}.",
    }
    return sentences[one.rule]


def _fewer(one: Relaxation, duty: str) -> str:
    if one.after:
        return f"Giảm số người của việc {duty} từ {one.before} xuống {one.after}."
    return f"Bỏ việc {duty} khỏi kế hoạch năm nay, hoặc đề nghị cấp trên cử người giúp."


def tell_conflict(conflict: Conflict, names: Names) -> str:
    """What the draft asks beyond a limit."""
    who, duty = f"Đ/c {names.member(conflict.member or '')}", f"“{names.duty(conflict.duty or '')}”"
    if conflict.rule is Rule.HOURS:
        return f"{who}: các việc được giao vượt {conflict.excess} giờ mỗi tháng."
    if conflict.rule is Rule.MAX_DUTIES:
        return f"{who}: được giao quá {conflict.excess} việc so với mức nhiều nhất."
    if conflict.rule is Rule.HEADCOUNT_MAX:
        return f"Việc {duty}: đang có quá {conflict.excess} người."
    if conflict.rule is Rule.APART:
        return f"{who} và đ/c {names.member(conflict.other_member or '')} không nên cùng làm việc {duty}."
    if conflict.rule is Rule.FORBIDDEN:
        return f"{who} đang làm việc {duty} mà chi bộ đã có ý kiến không giao."
    condition = CONDITIONS[conflict.rule]
    return f"{who} đang làm việc {duty} dù chưa đạt: {condition[:1].lower()}{condition[1:]}."


def level_word(level: int) -> str:
    return str(Level(level).label)


def tell_term(member: Member, duty: Duty, points: TermPoints, names: Names) -> str:
    """One reason in words, without the person's name."""
    field = names.field_of_work(duty.field or "").lower()
    full = points.points == points.most
    phrases: Mapping[Term, str] = {
        Term.FIELD: f"được đào tạo gần với lĩnh vực {field}",
        Term.COMPETENCE: _competence(member, duty, names),
        Term.EXPERIENCE: f"đã làm việc thuộc lĩnh vực {field}",
        Term.AREA: f"cư trú tại {names.area(duty.area)}" if duty.area else "việc không gắn với một địa bàn",
        Term.WISH: f"có nguyện vọng làm lĩnh vực {field}",
        Term.HEALTH: "sức khỏe phù hợp" if full else "sức khỏe vừa đủ",
        Term.EDUCATION: "trình độ học vấn phù hợp" if full else "trình độ cao hơn mức việc cần",
    }
    return phrases[points.term]


def _competence(member: Member, duty: Duty, names: Names) -> str:
    asked = {**duty.required, **duty.desired}
    held = [
        f"{names.competence(code).lower()} ({level_word(member.competences[code])})"
        for code in asked
        if code in member.competences
    ]
    if held:
        return f"có {', '.join(held)}"
    return "việc không đòi hỏi kỹ năng riêng" if not asked else "chưa có kỹ năng nên có của việc"


def strongest_reasons(member: Member, duty: Duty, weights: Weights, names: Names) -> list[str]:
    """The reasons that set the member apart, the strongest first: not what everybody has."""
    telling = [
        points
        for points in fit_terms(member, duty, weights)
        if points.points and not (points.term in _COMMON or (points.term is Term.AREA and duty.area is None))
    ]
    telling.sort(key=lambda points: -points.points)
    asked = duty.required or duty.desired
    return [
        tell_term(member, duty, points, names)
        for points in telling
        if points.term is not Term.COMPETENCE or asked
    ]


_COMMON = frozenset({Term.HEALTH, Term.EDUCATION})
