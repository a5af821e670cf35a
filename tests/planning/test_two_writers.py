"""Two people change one plan at the same moment: one wins, the other is told, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.factories import make_cell, make_office
from tests.planning.cells import YEAR, belonging_member, make_duty, make_plan

from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.planning import actions
from phancong.planning.models import Assignment, Plan

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
