"""Checks of a problem before planning: one function per rule, all faults reported at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.problem import Duty, Member, Problem

LARGEST = 10_000
"""No count or number of hours may be larger; keeps every sum far inside 64 bits."""


class ProblemError(ValueError):
    """The problem cannot be planned as given. `faults` are sentences in Vietnamese, one per fault."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep the sentences apart, and join them for whoever only prints the error."""
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def check_problem(problem: Problem) -> None:
    """Raise `ProblemError` with a sentence for every fault of `problem`."""
    faults = [fault for rule in _RULES for fault in rule(problem)]
    if faults:
        raise ProblemError(faults)


def _ids_are_unique(problem: Problem) -> Iterator[str]:
    groups = (
        ("đảng viên", [member.id for member in problem.members]),
        ("nhiệm vụ", [duty.id for duty in problem.duties]),
        ("diện đảng viên", [rule.code for rule in problem.categories]),
    )
    for noun, ids in groups:
        for repeated in sorted(one for one, count in Counter(ids).items() if count > 1):
            yield f"Mã {noun} “{repeated}” bị trùng."
        if "" in ids:
            yield f"Có {noun} chưa có mã."


def _categories_are_known(problem: Problem) -> Iterator[str]:
    known = {rule.code for rule in problem.categories}
    for member in problem.members:
        if member.category not in known:
            yield f"Đảng viên “{member.id}” thuộc diện “{member.category}” chưa được khai báo."
    for duty in problem.duties:
        for code in sorted(duty.categories - known):
            yield f"Nhiệm vụ “{duty.id}” dành cho diện “{code}” chưa được khai báo."


def _member_numbers_are_in_range(problem: Problem) -> Iterator[str]:
    for member in problem.members:
        yield from _member_faults(member)


def _member_faults(member: Member) -> Iterator[str]:
    who = f"Đảng viên “{member.id}”"
    if not 0 <= member.hours <= LARGEST:
        yield f"{who}: số giờ mỗi tháng phải từ 0 đến {LARGEST}, đang ghi {member.hours}."
    if not 0 <= member.max_duties <= LARGEST:
        yield f"{who}: số nhiệm vụ tối đa phải từ 0 đến {LARGEST}, đang ghi {member.max_duties}."
    if not 0 <= member.education <= 5:
        yield f"{who}: bậc trình độ phải từ 0 đến 5, đang ghi {member.education}."
    if not 0 <= member.health <= 2:
        yield f"{who}: mức sức khỏe phải từ 0 đến 2, đang ghi {member.health}."
    for code, level in sorted(member.competences.items()):
        if not 1 <= level <= 3:
            yield f"{who}: năng lực “{code}” phải có mức từ 1 đến 3, đang ghi {level}."


def _duty_numbers_are_in_range(problem: Problem) -> Iterator[str]:
    for duty in problem.duties:
        yield from _duty_faults(duty)


def _duty_faults(duty: Duty) -> Iterator[str]:
    which = f"Nhiệm vụ “{duty.id}”"
    if not 0 <= duty.headcount_min <= duty.headcount_max <= LARGEST:
        written = f"{duty.headcount_min}–{duty.headcount_max}"
        yield f"{which}: số người phải có dạng 0 ≤ ít nhất ≤ nhiều nhất, đang ghi {written}."
    if not 0 <= duty.hours <= LARGEST:
        yield f"{which}: số giờ mỗi tháng phải từ 0 đến {LARGEST}, đang ghi {duty.hours}."
    if not 1 <= duty.priority <= 3:
        yield f"{which}: mức ưu tiên phải từ 1 đến 3, đang ghi {duty.priority}."
    if not 0 <= duty.health_min <= 2:
        yield f"{which}: mức sức khỏe cần có phải từ 0 đến 2, đang ghi {duty.health_min}."
    if not 0 <= duty.education_min <= 5:
        yield f"{which}: bậc trình độ cần có phải từ 0 đến 5, đang ghi {duty.education_min}."
    for code, level in sorted([*duty.required.items(), *duty.desired.items()]):
        if not 1 <= level <= 3:
            yield f"{which}: năng lực “{code}” phải có mức từ 1 đến 3, đang ghi {level}."


def _pairs_are_known(problem: Problem) -> Iterator[str]:
    members = {member.id for member in problem.members}
    duties = {duty.id for duty in problem.duties}
    groups = (("khóa", problem.locks), ("loại trừ", problem.forbidden))
    for noun, pairs in groups:
        for member, duty in sorted(pairs):
            if member not in members:
                yield f"Cặp {noun} nhắc đến đảng viên “{member}” không có trong chi bộ."
            if duty not in duties:
                yield f"Cặp {noun} nhắc đến nhiệm vụ “{duty}” không có trong kế hoạch."
    for one, other in sorted(problem.apart):
        if one == other:
            yield f"Cặp không làm chung ghi hai lần cùng một đảng viên “{one}”."
        for member in (one, other):
            if member not in members:
                yield f"Cặp không làm chung nhắc đến đảng viên “{member}” không có trong chi bộ."


def _locks_are_not_forbidden(problem: Problem) -> Iterator[str]:
    for member, duty in sorted(problem.locks & problem.forbidden):
        yield f"Đảng viên “{member}” vừa bị khóa vào vừa bị loại khỏi nhiệm vụ “{duty}”."


def _weights_are_sound(problem: Problem) -> Iterator[str]:
    weights = problem.weights
    needs = (*weights.missing_person, weights.no_work, weights.no_group, weights.no_lead)
    terms = (
        weights.field,
        weights.competence,
        weights.experience,
        weights.area,
        weights.wish,
        weights.health,
        weights.education,
    )
    if any(not 1 <= need <= LARGEST for need in needs):
        yield f"Trọng số của nhu cầu phải là số nguyên từ 1 đến {LARGEST}, mỗi mức ưu tiên một số."
    if min(terms) < 0 or sum(terms) != 100:
        yield f"Trọng số của mức phù hợp phải không âm và có tổng bằng 100, đang có tổng {sum(terms)}."
    if not 0 <= weights.threshold <= 100:
        yield f"Ngưỡng phù hợp phải từ 0 đến 100, đang ghi {weights.threshold}."
    if any(not 0 <= step <= 1000 for step in weights.load_steps):
        yield "Các bậc tải phải từ 0 đến 1000 phần nghìn."
    if not (0 <= weights.fit_allowance <= 100 and 0 <= weights.change_allowance <= 100):
        yield "Tỷ lệ nhường mức phù hợp phải từ 0 đến 100 phần trăm."


_RULES = (
    _ids_are_unique,
    _categories_are_known,
    _member_numbers_are_in_range,
    _duty_numbers_are_in_range,
    _pairs_are_known,
    _locks_are_not_forbidden,
    _weights_are_sound,
)
