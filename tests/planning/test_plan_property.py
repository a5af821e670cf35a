"""Whatever the cell, what is stored is the checked answer of the planner."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase
from tests.factories import TODAY, make_cell, make_member, make_office
from tests.planning.cells import YEAR, make_duty, make_plan, teach

from phancong.planning.actions import draft_plan
from phancong.planning.models import Assignment, Unmet
from phancong.planning.solving.reading import snapshot_for
from planner.score import unmet_needs
from planner.solve import solve
from planner.verify import check_plan

OFFICE = make_office()
MEMBERS = some.lists(
    some.tuples(
        some.sampled_from(["residential", "agency", "exempt"]),
        some.sampled_from(["official", "probationary", "suspended"]),
        some.sampled_from(["", "law", "jrai"]),
    ),
    min_size=1,
    max_size=4,
)
DUTIES = some.lists(
    some.fixed_dictionaries(
        {
            "categories": some.sampled_from([[], ["residential"], ["exempt"]]),
            "required": some.sampled_from([{}, {"law": 1}, {"jrai": 3}]),
            "headcount_min": some.integers(0, 2),
            "headcount_max": some.sampled_from([2, 3, None]),
            "health_need": some.integers(0, 2),
            "monthly_hours": some.integers(1, 12),
            "needs_lead": some.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)


class AnyCell(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(members=MEMBERS, duties=DUTIES)
    def test_stored_assignments_are_the_verified_solution(
        self, members: list[tuple[str, str, str]], duties: list[dict[str, object]]
    ) -> None:
        cell = make_cell()
        for category, status, skill in members:
            member = make_member(cell, category=category, status=status)  # type: ignore[arg-type]
            if skill:
                teach(member, skill)
        plan = make_plan(cell)
        for fields in duties:
            make_duty(plan, **fields)
        draft_plan(cell, year=YEAR, by=OFFICE)
        snapshot = snapshot_for(plan, today=TODAY)
        check_plan(snapshot.problem, snapshot.held)
        assert snapshot.held == solve(snapshot.problem).pairs
        assert Assignment.objects.filter(duty__plan=plan).count() == len(snapshot.held)
        assert Unmet.objects.filter(plan=plan).count() == len(unmet_needs(snapshot.problem, snapshot.held))
