"""Each change of a draft can be taken back, one after the other, and the draft is exactly as it was."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase
from tests.factories import TODAY, make_actor, make_cell, make_office
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.organizations.models import Organization
from phancong.planning import actions
from phancong.planning.actions.stepping import STEPS_KEPT, state_of
from phancong.planning.models import Assignment, Duty, Exclusion, Plan, PlanStep

pytestmark = pytest.mark.django_db
OFFICE = make_office()


def plan_with(cell: Organization, *, members: int, duties: int) -> Plan:
    plan = make_plan(cell)
    for _ in range(members):
        belonging_member(cell)
    for _ in range(duties):
        make_duty(plan, headcount_max=2)
    return plan


def current(plan: Plan) -> Plan:
    return Plan.objects.select_related("cell").get(pk=plan.pk)


def test_the_last_change_is_taken_back_and_told_in_words(cell: Organization, secretary: Actor) -> None:
    plan = plan_with(cell, members=1, duties=1)
    before, member, duty = state_of(plan), cell.members.get(), plan.duties.get()
    actions.give_duty(duty, member=member, version=1, by=secretary)
    words = actions.undo(plan, version=2, by=secretary)
    assert words == f"Giao “Việc 1” cho đ/c {member.full_name}"
    assert state_of(current(plan))["assignments"] == before["assignments"] == []
    assert (current(plan).version, PlanStep.objects.count()) == (3, 0)


def test_after_taking_back_the_change_before_it_can_be_taken_back_too(
    cell: Organization, secretary: Actor
) -> None:
    plan = plan_with(cell, members=2, duties=2)
    for duty, member in zip(plan.duties.all(), cell.members.all(), strict=True):
        actions.give_duty(duty, member=member, version=current(plan).version, by=secretary)
    for _ in range(2):
        actions.undo(plan, version=current(plan).version, by=secretary)
    assert not Assignment.objects.exists()
    with pytest.raises(Refused, match="Chưa có lần sửa nào để hoàn tác"):
        actions.undo(plan, version=current(plan).version, by=secretary)


def test_what_somebody_else_changed_is_not_taken_back(cell: Organization, secretary: Actor) -> None:
    plan = plan_with(cell, members=1, duties=1)
    actions.give_duty(plan.duties.get(), member=cell.members.get(), version=1, by=secretary)
    deputy = make_actor("secretary", cell.path, name="Phó bí thư", user_id=77)
    with pytest.raises(Refused, match="sửa sau đồng chí: Giao “Việc 1”"):
        actions.undo(plan, version=2, by=deputy)
    assert Assignment.objects.count() == 1


def test_drafting_many_plans_at_once_leaves_nothing_to_take_back(cell: Organization, office: Actor) -> None:
    plan = plan_with(cell, members=1, duties=1)
    actions.give_duty(plan.duties.get(), member=cell.members.get(), version=1, by=office)
    sister = plan_with(make_cell(parent=cell.parent), members=1, duties=1)
    actions.draft_plans([cell, sister.cell], year=YEAR, by=office)
    with pytest.raises(Refused, match="Chưa có lần sửa nào"):
        actions.undo(plan, version=current(plan).version, by=office)


def test_drafting_one_plan_again_is_taken_back(cell: Organization, secretary: Actor) -> None:
    plan = plan_with(cell, members=2, duties=1)
    actions.give_duty(plan.duties.get(), member=cell.members.all()[0], version=1, by=secretary)
    before = state_of(current(plan))
    actions.solve_again(current(plan), version=2, by=secretary, anew=True)
    assert state_of(current(plan)) != before
    actions.undo(plan, version=3, by=secretary)
    assert state_of(current(plan)) == before


def test_asking_for_opinions_does_not_stand_in_the_way(cell: Organization, secretary: Actor) -> None:
    plan = plan_with(cell, members=1, duties=1)
    actions.give_duty(plan.duties.get(), member=cell.members.get(), version=1, by=secretary)
    actions.ask_opinions(plan, until=TODAY, version=2, by=secretary)
    actions.undo(plan, version=3, by=secretary)
    assert (Assignment.objects.count(), current(plan).opinions_until) == (0, TODAY)


def test_only_the_last_steps_are_kept(cell: Organization, secretary: Actor) -> None:
    plan = plan_with(cell, members=1, duties=1)
    actions.give_duty(plan.duties.get(), member=cell.members.get(), version=1, by=secretary)
    for turn in range(STEPS_KEPT + 4):
        given = Assignment.objects.select_related("duty__plan__cell", "member").get()
        actions.lock_assignment(given, locked=bool(turn % 2), version=current(plan).version, by=secretary)
    assert PlanStep.objects.count() == STEPS_KEPT


def test_only_those_who_change_the_plan_take_back(
    cell: Organization, colleague: Actor, stranger: Actor, sister_secretary: Actor
) -> None:
    plan = plan_with(cell, members=0, duties=1)
    for actor in (colleague, stranger, sister_secretary):
        with pytest.raises(Refused, match="chưa được giao sửa kế hoạch"):
            actions.undo(plan, version=1, by=actor)


# A change as a kind and two numbers that choose whom and what it is about.
CHANGES = some.lists(
    some.tuples(
        some.sampled_from(
            ["give", "take", "lock", "exclude", "include", "apart", "add", "change", "remove", "pass", "swap",
             "solve", "anew", "keep all"]
        ),
        some.integers(0, 9),
        some.integers(0, 9),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip
OWN_DUTY: dict[str, Any] = {
    "field": "production",
    "headcount_min": 1,
    "headcount_max": 2,
    "monthly_hours": 3,
    "due_on": TODAY,
}


class AnyEdits(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(changes=CHANGES)
    def test_any_edits_taken_back_restore_the_draft_exactly(
        self, changes: list[tuple[str, int, int]]
    ) -> None:
        plan = plan_with(make_cell(), members=3, duties=3)
        states = [state_of(current(plan))]
        for kind, first, second in changes:
            try:
                change_of(plan, kind, first, second)()
            except (Refused, IndexError):
                continue
            states.append(state_of(current(plan)))
        for state in reversed(states[:-1]):
            actions.undo(plan, version=current(plan).version, by=OFFICE)
            assert state_of(current(plan)) == state


def change_of(plan: Plan, kind: str, first: int, second: int) -> Callable[[], Any]:
    """One edit of the draft as it stands; IndexError where there is nothing to do it to."""
    members = list(plan.cell.members.order_by("pk"))
    duties = list(Duty.objects.filter(plan=plan).select_related("plan__cell", "area").order_by("pk"))
    given = list(
        Assignment.objects.filter(duty__plan=plan)
        .select_related("duty__plan__cell", "duty__area", "member")
        .order_by("pk")
    )
    ruled_out = list(
        Exclusion.objects.select_related("duty__plan__cell", "duty__area", "member").order_by("pk")
    )
    said: dict[str, Any] = {"version": current(plan).version, "by": OFFICE}
    one, other = members[first % 3], members[second % 3]
    return {
        "give": lambda: actions.give_duty(duties[first], member=other, despite="cần", **said),
        "take": lambda: actions.take_duty(given[first % len(given or [0])], **said),
        "lock": lambda: actions.lock_assignment(given[first], locked=bool(second % 2), **said),
        "exclude": lambda: actions.exclude(duties[first], member=other, reason="bận", **said),
        "include": lambda: actions.include_again(ruled_out[first % len(ruled_out or [0])], **said),
        "apart": lambda: actions.set_apart(plan, first=one, second=other, apart=second < 7, **said),
        "add": lambda: actions.add_duty(plan, title=f"Việc riêng {first}", **OWN_DUTY, **said),
        "change": lambda: actions.change_duty(duties[first], monthly_hours=second + 1, **said),
        "remove": lambda: actions.remove_duty(duties[first], **said),
        "pass": lambda: actions.pass_duty(given[first], member=other, despite="cần", **said),
        "swap": lambda: actions.swap_duties(given[first], given[second], despite="cần", **said),
        "solve": lambda: actions.solve_again(plan, **said),
        "anew": lambda: actions.solve_again(plan, anew=True, **said),
        "keep all": lambda: actions.keep_all(plan, **said),
    }[kind]
