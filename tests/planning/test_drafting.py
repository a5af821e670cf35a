"""Drafting plans: what is stored is the checked answer, again and again the same."""

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories import TODAY, make_actor, make_cell, make_committee, make_member, make_office
from tests.planning.cells import YEAR, belonging_member, hamlet_cell, make_duty, make_entry, make_plan, teach

from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.planning.actions import draft_plan, draft_plans, exclude, give_duty, load_catalogue, open_plan
from phancong.planning.enums import PlanStage
from phancong.planning.models import Assignment, Duty, Plan, Unmet
from phancong.planning.solving.reading import snapshot_for
from planner.verify import broken_rules

pytestmark = pytest.mark.django_db
OFFICE = make_office()


def pairs(plan: Plan) -> set[tuple[int, int]]:
    return set(Assignment.objects.filter(duty__plan=plan).values_list("member", "duty__number"))


def test_a_stored_plan_breaks_no_rule_and_leaves_nobody_out() -> None:
    load_catalogue(by=OFFICE)
    cell, _ = hamlet_cell()
    for _ in range(5):
        teach(belonging_member(cell), "writing")
    plan = draft_plan(cell, year=YEAR, by=OFFICE)
    snapshot = snapshot_for(plan, today=TODAY)
    assert broken_rules(snapshot.problem, snapshot.held) == ()
    assert {member for member, _ in pairs(plan)} == set(cell.members.values_list("pk", flat=True))
    assert (plan.is_proved, plan.stage, set(plan.levels)) == (
        True,
        PlanStage.DRAFT,
        {"need", "fit", "load", "continuity"},
    )


def test_a_first_draft_is_the_first_version_and_the_next_the_second() -> None:
    cell, _ = hamlet_cell()
    belonging_member(cell)
    versions = [draft_plan(cell, year=YEAR, by=OFFICE).version for _ in range(2)]
    assert versions == [1, 2]
    assert Plan.objects.get().version == 2


def test_drafting_twice_gives_the_same_plan() -> None:
    load_catalogue(by=OFFICE)
    cell, _ = hamlet_cell()
    for _ in range(4):
        belonging_member(cell)
    first = pairs(draft_plan(cell, year=YEAR, by=OFFICE))
    assert pairs(draft_plan(cell, year=YEAR, by=OFFICE)) == first
    assert Plan.objects.count() == 1


def test_what_the_cell_chose_survives_and_what_was_proposed_is_replaced() -> None:
    cell = make_cell()
    suited, chosen = belonging_member(cell), belonging_member(cell)
    plan = make_plan(cell)
    duty = make_duty(plan, desired={"law": 2})
    teach(suited, "law")
    give_duty(duty, member=chosen, version=plan.version, by=OFFICE)
    draft_plan(cell, year=YEAR, by=OFFICE)
    (kept,) = Assignment.objects.filter(duty=duty)
    assert (kept.member, kept.is_locked, kept.source) == (chosen, True, "chosen")


def test_each_proposal_carries_its_fit_and_the_points_of_each_reason() -> None:
    cell = make_cell()
    teach(belonging_member(cell), "law")
    make_duty(make_plan(cell), desired={"law": 2})
    draft_plan(cell, year=YEAR, by=OFFICE)
    (given,) = Assignment.objects.all()
    assert given.fit == sum(given.terms.values())
    assert given.terms["competence"] == 25


@pytest.mark.parametrize(
    ("asks", "rule", "words"),
    [
        ({"required": {"law": 1}}, "competence", "Hiểu biết pháp luật, hòa giải"),
        ({"categories": ["agency"]}, "category", "không còn ai đúng diện"),
        ({"education_min": 5}, "education", "không còn ai đủ trình độ học vấn"),
    ],
)
def test_an_open_duty_names_the_rule_in_the_way_and_what_would_help(
    asks: dict[str, object], rule: str, words: str
) -> None:
    cell = make_cell()
    belonging_member(cell)
    plan = make_plan(cell)
    make_duty(plan, title="Hòa giải", **asks)
    make_duty(plan)
    draft_plan(cell, year=YEAR, by=OFFICE)
    (need,) = Unmet.objects.all()
    assert (need.rule, words in need.sentence, "Hòa giải" in need.relaxation) == (rule, True, True)
    assert need.sentence.startswith("Việc “Hòa giải” chưa có người: trong 1 đồng chí")


def test_a_member_without_work_is_told_with_the_reason() -> None:
    cell = make_cell()
    member = belonging_member(cell)
    make_duty(make_plan(cell), required={"law": 1}, headcount_min=0)
    draft_plan(cell, year=YEAR, by=OFFICE)
    (need,) = Unmet.objects.all()
    assert (need.member, need.rule) == (member, "competence")
    assert need.sentence.startswith(f"Đ/c {member.full_name} chưa có nhiệm vụ: trong 1 việc")


def test_last_years_own_duties_are_taken_again() -> None:
    cell, _ = hamlet_cell()
    belonging_member(cell)
    make_entry("common")
    make_duty(make_plan(cell, year=YEAR - 1), title="Việc riêng của chi bộ")
    plan = open_plan(cell, year=YEAR, by=OFFICE)
    assert list(plan.duties.order_by("number").values_list("number", "source", "title")) == [
        (1, "catalogue", "Việc common"),
        (2, "last_year", "Việc riêng của chi bộ"),
    ]


def test_an_opened_plan_has_duties_and_nobody_on_them() -> None:
    cell, _ = hamlet_cell()
    belonging_member(cell)
    make_entry("common")
    plan = open_plan(cell, year=YEAR, by=OFFICE)
    assert (plan.duties.count(), Assignment.objects.count()) == (1, 0)
    with pytest.raises(Refused, match="đã có kế hoạch"):
        open_plan(cell, year=YEAR, by=OFFICE)


def test_an_adopted_plan_is_not_drafted_again() -> None:
    plan = make_plan(make_cell())
    Plan.objects.update(stage=PlanStage.ADOPTED)
    with pytest.raises(Refused, match="đã được chi bộ thông qua"):
        draft_plan(plan.cell, year=YEAR, by=OFFICE)


def test_an_organisation_without_members_has_no_plan() -> None:
    with pytest.raises(Refused, match="không có đảng viên sinh hoạt"):
        draft_plan(make_committee(), year=YEAR, by=OFFICE)


def _cells(count: int) -> list[Organization]:
    parent = make_committee()
    cells = [make_cell(parent=parent) for _ in range(count)]
    for cell in cells:
        make_member(cell)
    return cells


@pytest.mark.parametrize("count", [1, 3])
def test_many_cells_are_drafted_with_the_same_queries_as_one(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_entry("common")
    cells = _cells(count)
    with django_assert_max_num_queries(29):
        draft_plans(cells, year=YEAR, by=OFFICE)
    assert Plan.objects.count() == count


def test_many_cells_leave_one_audit_line_with_counts() -> None:
    make_entry("common")
    draft_plans(_cells(3), year=YEAR, by=OFFICE)
    (line,) = AuditEntry.objects.filter(action__in=["draft_plan", "draft_plans"])
    assert (line.action, line.detail["cells"], line.detail["assignments"]) == ("draft_plans", 3, 3)


def test_a_refusal_for_one_cell_writes_nothing_for_any() -> None:
    cells = _cells(2)
    secretary = make_actor("secretary", cells[0].path, TODAY)
    with pytest.raises(Refused):
        draft_plans(cells, year=YEAR, by=secretary)
    assert not Plan.objects.exists()


def test_somebody_ruled_out_is_not_proposed() -> None:
    cell = make_cell()
    best, other = belonging_member(cell), belonging_member(cell)
    teach(best, "law")
    plan = make_plan(cell)
    duty = make_duty(plan, desired={"law": 2})
    exclude(duty, member=best, reason="Đang làm việc khác ở xã", version=plan.version, by=OFFICE)
    draft_plan(cell, year=YEAR, by=OFFICE)
    assert list(Assignment.objects.values_list("member", flat=True)) == [other.pk]


def test_the_area_of_a_duty_counts_for_who_lives_there() -> None:
    cell, area = hamlet_cell()
    belonging_member(cell)
    neighbour = belonging_member(cell)
    neighbour.residence = area
    neighbour.save()
    duty: Duty = make_duty(make_plan(cell), area=area)
    draft_plan(cell, year=YEAR, by=OFFICE)
    assert list(duty.assignments.values_list("member", flat=True)) == [neighbour.pk]
