"""A committee with a hamlet that has no cell and agencies that can send people, for the tests of this room."""

from collections.abc import Callable
from datetime import date, timedelta

from phancong.access.actor import Actor, Grant
from phancong.members.models import Member
from phancong.organizations.models import Area, Organization
from phancong.secondments import actions
from phancong.secondments.actions import Decided
from phancong.secondments.enums import Side
from phancong.secondments.models import Secondment, SecondmentPlan
from tests.factories import TODAY, make_area, make_cell, make_committee, make_member, moment


class Hills:
    """`hamlets` bare hamlets; two agency cells of `staff` members each."""

    def __init__(self, *, hamlets: int = 1, staff: int = 6) -> None:
        self.committee: Organization = make_committee()
        self.areas: list[Area] = [
            make_area(committee=self.committee, name=f"Thôn {number}") for number in range(1, hamlets + 1)
        ]
        self.agencies = [
            make_cell(kind="work_cell", parent=self.committee, name=f"Chi bộ cơ quan {number}")
            for number in (1, 2)
        ]
        self.staff: list[Member] = [
            make_member(cell, category="agency") for cell in self.agencies for _ in range(staff)
        ]
        self.office = acting("office", self.committee)

    @property
    def plan(self) -> SecondmentPlan:
        return SecondmentPlan.objects.select_related("committee").order_by("-pk")[0]

    def rows(self) -> list[Secondment]:
        related = ("member", "plan__committee", "home", "cell", "area")
        return list(self.plan.secondments.select_related(*related).order_by("pk"))

    def solve(self) -> SecondmentPlan:
        return actions.solve(self.committee, by=self.office)

    def agree(self) -> None:
        for side in Side:
            actions.agree(self.plan, side=side, seen=self.plan.version, by=self.office)

    def decide(
        self,
        *,
        form: str = "official",
        day: date = TODAY,
        last_day: date | None = None,
        by: Actor | None = None,
        seen: int | None = None,
        only: frozenset[int] | None = None,
    ) -> int:
        decision = Decided(
            form=form,
            decision_number="12-QĐ/ĐU",
            decided_on=min(day, TODAY),
            valid_from=day,
            last_day=last_day,
            seen=self.plan.version if seen is None else seen,
            only=only,
        )
        return actions.decide(self.plan, decision, by=by or self.office)

    def decided(self, **told: object) -> list[Secondment]:
        self.solve()
        self.agree()
        self.decide(**told)  # type: ignore[arg-type]
        return self.rows()


def acting(role: str, place: Organization, *, user_id: int = 201) -> Actor:
    return Actor(user_id, None, role, moment(), (Grant(role, place.path, date(1930, 2, 3)),))


def later(days: int) -> date:
    return TODAY + timedelta(days=days)


Act = Callable[[Hills, Actor], object]
