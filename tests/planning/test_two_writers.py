"""Two people change one plan at the same moment: one wins, the other is told, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection
from tests.factories import TODAY, make_cell, make_office
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.planning import actions
from phancong.planning.models import Assignment, Exclusion, Objection, Plan, PlanStep

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]
OFFICE = make_office()


def at_once(*changes: Callable[[], object]) -> list[str]:
    """Start all changes together; how each ended."""
    barrier = Barrier(len(changes))

    def run(change: Callable[[], object]) -> str:
        try:
            barrier.wait()
            change()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(changes)) as pool:
        return list(pool.map(run, changes))


def test_of_two_people_giving_from_the_same_page_one_is_refused() -> None:
    plan = make_plan(make_cell())
    duties = [make_duty(plan), make_duty(plan)]
    members = [belonging_member(plan.cell), belonging_member(plan.cell)]
    ends = at_once(
        *(
            lambda duty=duty, member=member: actions.give_duty(duty, member=member, version=1, by=OFFICE)
            for duty, member in zip(duties, members, strict=True)
        )
    )
    assert sorted(ends) == ["done", "refused"]
    assert (Assignment.objects.count(), Plan.objects.get().version) == (1, 2)
    assert first_broken_line() is None


def test_a_member_taken_off_while_another_solves_again_is_not_put_back_unseen() -> None:
    plan = make_plan(make_cell())
    make_duty(plan)
    belonging_member(plan.cell)
    actions.draft_plan(plan.cell, year=plan.year, by=OFFICE)
    current = Plan.objects.select_related("cell").get()
    given = Assignment.objects.select_related("duty__plan__cell").get()
    ends = at_once(
        lambda: actions.take_duty(given, version=current.version, by=OFFICE),
        lambda: actions.solve_again(current, version=current.version, by=OFFICE),
    )
    assert sorted(ends) == ["done", "refused"]
    assert Assignment.objects.count() == (0 if ends[0] == "done" else 1)


def test_of_two_people_drafting_a_first_plan_one_is_told_that_it_is_there() -> None:
    cell = make_cell()
    belonging_member(cell)
    ends = at_once(*[lambda: actions.draft_plan(cell, year=YEAR, by=OFFICE)] * 2)
    assert sorted(ends) in (["done", "done"], ["done", "refused"])
    assert Plan.objects.count() == 1


def test_of_two_people_copying_last_year_one_is_told_that_the_plan_is_there() -> None:
    cell = make_cell()
    member = belonging_member(cell)
    last = make_plan(cell, year=YEAR - 1)
    Assignment.objects.create(duty=make_duty(last), member=member, source="chosen")
    ends = at_once(*[lambda: actions.copy_last_year(cell, year=YEAR, by=OFFICE)] * 2)
    assert sorted(ends) == ["done", "refused"]
    assert (Plan.objects.filter(year=YEAR).count(), Assignment.objects.count()) == (1, 2)
    assert first_broken_line() is None


def drafted_pair() -> tuple[Plan, list[Assignment]]:
    """A plan with two members on two duties."""
    plan = make_plan(make_cell())
    given = [
        Assignment.objects.create(duty=make_duty(plan), member=belonging_member(plan.cell), source="proposed")
        for _ in range(2)
    ]
    return plan, given


def changes_of(plan: Plan, given: list[Assignment]) -> dict[str, Callable[[], object]]:
    """Every change of a draft, each from the page that showed version 1."""
    first, second = given
    third = belonging_member(plan.cell)
    spare = make_duty(plan)
    left_out = Exclusion.objects.create(duty=spare, member=first.member, reason="bận")
    return {
        "give": lambda: actions.give_duty(spare, member=third, version=1, by=OFFICE),
        "take": lambda: actions.take_duty(first, version=1, by=OFFICE),
        "pass": lambda: actions.pass_duty(first, member=third, version=1, by=OFFICE),
        "swap": lambda: actions.swap_duties(first, second, version=1, by=OFFICE),
        "keep all": lambda: actions.keep_all(plan, version=1, by=OFFICE),
        "lock": lambda: actions.lock_assignment(second, locked=True, version=1, by=OFFICE),
        "exclude": lambda: actions.exclude(spare, member=third, reason="bận", version=1, by=OFFICE),
        "include": lambda: actions.include_again(left_out, version=1, by=OFFICE),
        "apart": lambda: actions.set_apart(
            plan, first=first.member, second=third, apart=True, version=1, by=OFFICE
        ),
        "remove": lambda: actions.remove_duty(spare, version=1, by=OFFICE),
        "change": lambda: actions.change_duty(spare, monthly_hours=2, version=1, by=OFFICE),
        "add": lambda: actions.add_duty(
            plan, title="Việc riêng", field="production", monthly_hours=2, headcount_min=1, due_on=TODAY,
            version=1, by=OFFICE,
        ),
        "solve": lambda: actions.solve_again(plan, version=1, by=OFFICE),
        "ask": lambda: actions.ask_opinions(plan, until=TODAY, version=1, by=OFFICE),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [("give", "take"), ("pass", "swap"), ("keep all", "lock"), ("exclude", "apart"), ("remove", "change"),
     ("add", "solve"), ("include", "give"), ("include", "include"), ("ask", "keep all"),
     ("swap", "swap"), ("take", "pass")],
)  # fmt: skip
def test_of_two_changes_of_one_draft_one_is_refused_and_leaves_nothing(one: str, other: str) -> None:
    plan, given = drafted_pair()
    changes = changes_of(plan, given)
    assert sorted(at_once(changes[one], changes[other])) == ["done", "refused"]
    steps = PlanStep.objects.count()
    assert (Plan.objects.get().version, steps <= 1) == (2, True)
    assert first_broken_line() is None


def test_a_change_is_taken_back_once() -> None:
    plan, given = drafted_pair()
    actions.take_duty(given[0], version=1, by=OFFICE)
    ends = at_once(*[lambda: actions.undo(plan, version=2, by=OFFICE)] * 2)
    assert sorted(ends) == ["done", "refused"]
    assert (Assignment.objects.count(), Plan.objects.get().version) == (2, 3)


def test_a_member_in_two_windows_objects_once() -> None:
    plan, given = drafted_pair()
    Plan.objects.update(opinions_until=TODAY)
    own = replace(OFFICE, member_id=given[0].member_id)
    ends = at_once(*[lambda: actions.object_to(plan, duty=given[0].duty, text="Xa nhà", by=own)] * 2)
    assert (sorted(ends), Objection.objects.count()) == (["done", "refused"], 1)


def test_an_opinion_is_answered_or_withdrawn_and_not_both() -> None:
    plan, given = drafted_pair()
    Plan.objects.update(opinions_until=TODAY)
    own = replace(OFFICE, member_id=given[0].member_id)
    said = actions.object_to(plan, duty=None, text="Xin việc nhẹ", by=own)
    ends = at_once(
        lambda: actions.answer_objection(said, changed=False, answer="Đã cân nhắc", by=OFFICE),
        lambda: actions.withdraw_objection(said, by=own),
    )
    assert sorted(ends) == ["done", "refused"]
    assert Objection.objects.get().state in {"kept", "withdrawn"}
