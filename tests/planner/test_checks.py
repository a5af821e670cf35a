"""A problem checks itself and tells every fault at once."""

from typing import Any

import pytest

from planner.checks import ProblemError
from planner.problem import CategoryRule, Problem, Weights
from tests.planner.builders import duty, member, problem

MEMBER_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"hours": -1}, "Đảng viên “a”: số giờ mỗi tháng phải từ 0 đến 10000, đang ghi -1."),
    ({"max_duties": -1}, "Đảng viên “a”: số nhiệm vụ tối đa phải từ 0 đến 10000, đang ghi -1."),
    ({"education": 6}, "Đảng viên “a”: bậc trình độ phải từ 0 đến 5, đang ghi 6."),
    ({"health": 3}, "Đảng viên “a”: mức sức khỏe phải từ 0 đến 2, đang ghi 3."),
    ({"competences": {"jrai": 4}}, "Đảng viên “a”: năng lực “jrai” phải có mức từ 1 đến 3, đang ghi 4."),
    ({"category": "none"}, "Đảng viên “a” thuộc diện “none” chưa được khai báo."),
]
DUTY_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"headcount_min": 2}, "Nhiệm vụ “x”: số người phải có dạng 0 ≤ ít nhất ≤ nhiều nhất, đang ghi 2–1."),
    ({"hours": -1}, "Nhiệm vụ “x”: số giờ mỗi tháng phải từ 0 đến 10000, đang ghi -1."),
    ({"priority": 4}, "Nhiệm vụ “x”: mức ưu tiên phải từ 1 đến 3, đang ghi 4."),
    ({"health_min": 3}, "Nhiệm vụ “x”: mức sức khỏe cần có phải từ 0 đến 2, đang ghi 3."),
    ({"education_min": 6}, "Nhiệm vụ “x”: bậc trình độ cần có phải từ 0 đến 5, đang ghi 6."),
    ({"required": {"jrai": 0}}, "Nhiệm vụ “x”: năng lực “jrai” phải có mức từ 1 đến 3, đang ghi 0."),
    ({"categories": frozenset({"none"})}, "Nhiệm vụ “x” dành cho diện “none” chưa được khai báo."),
]
PROBLEM_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"locks": {("b", "x")}}, "Cặp khóa nhắc đến đảng viên “b” không có trong chi bộ."),
    ({"locks": {("a", "y")}}, "Cặp khóa nhắc đến nhiệm vụ “y” không có trong kế hoạch."),
    ({"apart": {("a", "a")}}, "Cặp không làm chung ghi hai lần cùng một đảng viên “a”."),
    ({"apart": {("a", "b")}}, "Cặp không làm chung nhắc đến đảng viên “b” không có trong chi bộ."),
    (
        {"locks": {("a", "x")}, "forbidden": {("a", "x")}},
        "Đảng viên “a” vừa bị khóa vào vừa bị loại khỏi nhiệm vụ “x”.",
    ),
    (
        {"weights": Weights(field=26)},
        "Trọng số của mức phù hợp phải không âm và có tổng bằng 100, đang có tổng 101.",
    ),
    ({"weights": Weights(threshold=101)}, "Ngưỡng phù hợp phải từ 0 đến 100, đang ghi 101."),
    ({"weights": Weights(load_steps=(1001,))}, "Các bậc tải phải từ 0 đến 1000 phần nghìn."),
    ({"weights": Weights(fit_allowance=101)}, "Tỷ lệ nhường mức phù hợp phải từ 0 đến 100 phần trăm."),
    (
        {"weights": Weights(no_work=0)},
        "Trọng số của nhu cầu phải là số nguyên từ 1 đến 10000, mỗi mức ưu tiên một số.",
    ),
]


def faults_of(*arguments: Any, **rest: Any) -> tuple[str, ...]:
    with pytest.raises(ProblemError) as caught:
        problem(*arguments, **rest)
    return caught.value.faults


@pytest.mark.parametrize(("traits", "fault"), MEMBER_FAULTS)
def test_fault_of_a_member_is_told(traits: dict[str, Any], fault: str) -> None:
    assert faults_of([member("a", **traits)], []) == (fault,)


@pytest.mark.parametrize(("demands", "fault"), DUTY_FAULTS)
def test_fault_of_a_duty_is_told(demands: dict[str, Any], fault: str) -> None:
    assert faults_of([], [duty("x", **demands)]) == (fault,)


@pytest.mark.parametrize(("rest", "fault"), PROBLEM_FAULTS)
def test_fault_of_a_problem_is_told(rest: dict[str, Any], fault: str) -> None:
    traits = {name: frozenset(value) if isinstance(value, set) else value for name, value in rest.items()}
    assert faults_of([member("a")], [duty("x")], **traits) == (fault,)


def test_all_faults_are_told_at_once() -> None:
    assert len(faults_of([member("a", hours=-1), member("a", health=9)], [duty("", priority=0)])) == 5


def test_repeated_category_is_told() -> None:
    with pytest.raises(ProblemError, match="Mã diện đảng viên “c” bị trùng"):
        Problem(members=(), duties=(), categories=(CategoryRule(code="c"), CategoryRule(code="c")))
