"""Why this member, what else, why not her, what a lock costs: structured and in sentences."""

import pytest
from bench.instances import cells

from planner.counterfactual import Alternative, best_alternatives, why_not, without_lock
from planner.explain import (
    RULE_NAMES,
    tell_alternative,
    tell_conflict,
    tell_relaxation,
    tell_status,
    tell_unmet,
    tell_why_not,
    why_this,
)
from planner.fit import Term, fit_of, fit_terms
from planner.funnel import with_funnels
from planner.names import Names
from planner.problem import Weights
from planner.relax import PRICES
from planner.result import Conflict, Level, Relaxation, Rule, Unmet
from planner.solve import solve
from tests.planner.builders import JOINED, duty, member, problem

NAMES = Names(
    members={"a": "Rơ Chăm Hương", "b": "Nay Phin"},
    duties={"x": "Gia đình văn hóa"},
    competences={"jrai": "tiếng Jrai"},
    fields={"culture": "văn hóa"},
    areas={"north": "Bôn Hoanh"},
)


def test_terms_of_fit_sum_to_the_fit_of_the_pair() -> None:
    for cell in cells(5, seed=21, size=8):
        for who in cell.members:
            for what in cell.duties:
                terms = fit_terms(who, what, cell.weights)
                assert sum(one.points for one in terms) == fit_of(who, what, cell.weights)


def test_perfect_pair_has_all_points() -> None:
    culture = frozenset({"culture"})
    who = member(
        "a", field="culture", competences={"jrai": 3}, experience=culture, wishes=culture, area="north"
    )
    what = duty("x", field="culture", required={"jrai": 2}, desired={"jrai": 3}, area="north")
    assert fit_of(who, what, Weights()) == 100


@pytest.mark.parametrize(
    ("term", "points"),
    [
        (Term.FIELD, 0),
        (Term.COMPETENCE, 8),
        (Term.EXPERIENCE, 0),
        (Term.AREA, 0),
        (Term.WISH, 0),
        (Term.HEALTH, 5),
        (Term.EDUCATION, 2),
    ],
)
def test_poor_pair_gets_part_of_each_term(term: Term, points: int) -> None:
    who = member("a", field="security", competences={"jrai": 1}, health=1, education=5, area="south")
    what = duty("x", field="culture", desired={"jrai": 3}, health_min=1, area="north")
    assert {one.term: one.points for one in fit_terms(who, what, Weights())}[term] == points


def test_reasons_are_sentences_with_names_the_strongest_first() -> None:
    who = member("a", field="culture", competences={"jrai": 2}, area="north", wishes=frozenset({"culture"}))
    what = duty("x", field="culture", desired={"jrai": 2}, area="north")
    assert why_this(problem([who], [what]), ("a", "x"), NAMES) == (
        "Đúng chuyên môn văn hóa (25/25 điểm).",
        "Có tiếng Jrai mức 2 (25/25 điểm).",
        "Sống tại Bôn Hoanh (10/10 điểm).",
        "Có nguyện vọng làm việc về văn hóa (10/10 điểm).",
        "Sức khỏe bảo đảm (10/10 điểm).",
        "Trình độ tương xứng (5/5 điểm).",
    )


def test_alternative_costs_exactly_what_the_solver_says(backend: str) -> None:
    members = [member("a", field="culture"), member("b")]
    cell = problem(members, [duty("x", field="culture")])
    (first, second) = best_alternatives(cell, solve(cell), ("a", "x"), count=2, backend=backend)
    assert (first.added, first.removed) == ((("b", "x"),), (("a", "x"),))
    assert dict(first.costs)[Level.FIT] == 25
    assert dict(second.costs)[Level.NEED] == 20
    assert not first.is_as_good


def test_alternatives_of_a_locked_pair_release_it() -> None:
    cell = problem([member("a"), member("b")], [duty("x")], locks=frozenset({("a", "x")}))
    first = best_alternatives(cell, solve(cell), ("a", "x"), count=1)[0]
    assert first.added == (("b", "x"),)
    assert first.is_as_good


def test_alternatives_are_asked_only_of_a_pair_in_the_plan() -> None:
    cell = problem([member("a", health=1)], [duty("x", health_min=2)])
    with pytest.raises(ValueError, match="không có cặp"):
        best_alternatives(cell, solve(cell), ("a", "x"))


def test_why_not_names_every_rule_against() -> None:
    cell = problem([member("a", health=1, education=0)], [duty("x", health_min=2, education_min=1)])
    answer = why_not(cell, solve(cell), ("a", "x"))
    assert answer.rules == (Rule.HEALTH, Rule.EDUCATION)
    assert tell_why_not(answer, NAMES) == (
        "Rơ Chăm Hương không nhận được “Gia đình văn hóa” vì không đạt: đủ sức khỏe; đủ trình độ."
    )


def test_why_not_names_a_forbidden_pair() -> None:
    cell = problem([member("a")], [duty("x")], forbidden=frozenset({("a", "x")}))
    assert why_not(cell, solve(cell), ("a", "x")).rules == (Rule.FORBIDDEN,)


def test_why_not_tells_what_forcing_would_cost(backend: str) -> None:
    cell = problem([member("a", field="culture"), member("b")], [duty("x", field="culture")])
    answer = why_not(cell, solve(cell), ("b", "x"), backend=backend)
    assert tell_why_not(answer, NAMES) == (
        "Nếu giao “Gia đình văn hóa” cho Nay Phin: Thêm Nay Phin vào “Gia đình văn hóa”; "
        "bớt Rơ Chăm Hương vào “Gia đình văn hóa”. Khác biệt: mức phù hợp kém hơn 25 điểm."
    )


def test_why_not_is_refused_for_a_chosen_pair() -> None:
    cell = problem([member("a")], [duty("x")])
    with pytest.raises(ValueError, match="đã có cặp"):
        why_not(cell, solve(cell), ("a", "x"))


def test_releasing_a_lock_tells_what_changes(backend: str) -> None:
    cell = problem(
        [member("a"), member("b", field="culture")],
        [duty("x", field="culture")],
        locks=frozenset({("a", "x")}),
    )
    change = without_lock(cell, solve(cell), ("a", "x"), backend=backend)
    assert change.added == (("b", "x"),)
    assert dict(change.costs)[Level.FIT] == -25


def test_only_a_lock_can_be_released() -> None:
    cell = problem([member("a")], [duty("x")])
    with pytest.raises(ValueError, match="không bị khóa"):
        without_lock(cell, solve(cell), ("a", "x"))


def test_nothing_changed_is_said_so() -> None:
    nothing = Alternative(added=(), removed=(), costs=(), proved=True)
    assert tell_alternative(nothing, NAMES) == "Phương án không thay đổi."


def test_change_without_cost_is_said_so() -> None:
    free = Alternative(added=(("a", "x"),), removed=(), costs=((Level.FIT, 0),), proved=True)
    assert tell_alternative(free, NAMES) == (
        "Thêm Rơ Chăm Hương vào “Gia đình văn hóa”. Khác biệt: không kém hơn ở mức nào."
    )


def test_unmet_duty_is_told_with_its_funnel() -> None:
    members = [member("a"), member("b", health=1)]
    (unmet,) = solve(problem(members, [duty("x", health_min=2, required={"jrai": 1})])).unmet
    assert tell_unmet(unmet, NAMES) == (
        "Nhiệm vụ “Gia đình văn hóa” còn thiếu 1 người. Trong 2 người: còn 1 người đủ sức khỏe, "
        "còn 0 người sau yêu cầu “tiếng Jrai”."
    )


def test_unmet_member_is_told_with_his_funnel() -> None:
    who = member("a", category=JOINED.code, must_have_work=True, in_mass_organization=False)
    told = [tell_unmet(one, NAMES) for one in solve(problem([who], [duty("x", substantive=False)])).unmet]
    assert told == [
        (
            "Rơ Chăm Hương chưa có nhiệm vụ thực chất. Trong 1 nhiệm vụ: "
            "còn 0 nhiệm vụ sau quy tắc “nhiệm vụ thực chất”."
        ),
        (
            "Rơ Chăm Hương chưa tham gia đoàn thể nào và chưa phụ trách tổ, nhóm hộ nào. Trong 1 nhiệm vụ: "
            "còn 0 nhiệm vụ sau quy tắc “nhiệm vụ phụ trách tổ, nhóm hộ”."
        ),
    ]


def test_missing_lead_is_told() -> None:
    (unmet,) = solve(problem([member("a")], [duty("x", needs_lead=True)])).unmet
    assert tell_unmet(unmet, NAMES) == (
        "Nhiệm vụ “Gia đình văn hóa” chưa có người làm nhóm trưởng. Trong 1 người: "
        "còn 0 người làm được nhóm trưởng."
    )


def test_people_needed_more_elsewhere_are_told() -> None:
    members = [member("a"), member("b")]
    cell = problem(members, [duty("x", headcount_min=2, headcount_max=2)], apart=frozenset({("a", "b")}))
    (unmet,) = solve(cell).unmet
    assert tell_unmet(unmet, NAMES) == (
        "Nhiệm vụ “Gia đình văn hóa” còn thiếu 1 người. Trong 2 người không người nào bị quy tắc chặn. "
        "Những người còn lại đã ở trong nhiệm vụ này hoặc đang cần hơn ở việc khác."
    )


def test_duties_that_need_others_more_are_told() -> None:
    members = [member("a", must_have_work=True), member("b", must_have_work=True)]
    cell = problem(
        members, [duty("x"), duty("y")], apart=frozenset({("a", "b")}), locks=frozenset({("b", "x")})
    )
    blocked = Unmet(rule=Rule.WORK, missing=1, member="a", total=2)
    (told,) = with_funnels(cell, frozenset({("b", "x")}), (blocked,))
    assert tell_unmet(told, NAMES) == (
        "Rơ Chăm Hương chưa có nhiệm vụ thực chất. Trong 2 nhiệm vụ: còn 1 nhiệm vụ sau quy tắc "
        "“còn chỗ trong số người tối đa”. Các nhiệm vụ còn lại đang cần người khác hơn."
    )


def test_status_tells_the_gap_when_not_proved() -> None:
    cell = next(cells(1, seed=15, size=40))
    plan = solve(cell, limit_work=0.0, relax=False)
    assert tell_status(plan).startswith("Phương án hợp lệ nhưng chưa chứng minh được là tốt nhất (")
    assert tell_status(solve(problem([], []))) == "Phương án đã được chứng minh là tốt nhất ở mọi mức."


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_can_be_told(rule: Rule) -> None:
    conflict = Conflict(rule=rule, excess=2, duty="x", member="a", other_member="b")
    assert tell_conflict(conflict, NAMES).endswith(".")
    assert RULE_NAMES[rule]


@pytest.mark.parametrize("rule", list(PRICES))
def test_every_relaxation_can_be_told(rule: Rule) -> None:
    one = Relaxation(rule=rule, before=2, after=1, duty="x", member="a", other_member="b", code="jrai")
    assert "“Gia đình văn hóa”" in tell_relaxation(one, NAMES) or "Rơ Chăm Hương" in tell_relaxation(
        one, NAMES
    )
