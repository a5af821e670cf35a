"""A ward with two committees, their cells, hamlets and members, for the tests of this room."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.apps import apps
from django.core.serializers import serialize

from phancong.access.actor import Actor, Grant
from phancong.members.models import Member
from phancong.organizations.models import Area, Organization
from phancong.reorganizations import actions
from phancong.reorganizations.actions.deciding import Decided
from phancong.reorganizations.enums import StepKind
from phancong.reorganizations.models import Reorganization, Step
from tests.factories import (
    TODAY,
    make_area,
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_organization,
    make_post,
    make_user,
    moment,
)

# Rows that tell of the act itself and stay when it is undone.
OWN = ("reorganizations.", "audit.", "sessions.", "contenttypes.", "auth.")


def office_of(place: Organization, *, today: date = TODAY, role: str = "office") -> Actor:
    path = Organization.objects.get(pk=place.pk).path
    return Actor(None, None, "Văn phòng", moment(today), (Grant(role, path, date(1930, 2, 3)),))


class Town:
    """`ward` over committees A (cells a1, a2 with a hamlet each) and B (cell b1); each cell has a secretary."""

    def __init__(self, *, size: int = 4) -> None:
        self.ward = make_organization("ward", code="P", name="Đảng bộ phường")
        self.committees = {
            code: make_organization(
                "grassroots_committee", parent=self.ward, code=code, name=f"Đảng bộ {code}"
            )
            for code in "AB"
        }
        self.cells = {
            code: make_organization(
                "area_cell", parent=self.committees[code[0].upper()], code=code, name=f"Chi bộ {code}"
            )
            for code in ("a1", "a2", "b1")
        }
        self.members: dict[str, list[Member]] = {
            code: [make_member(cell, full_name=f"Nguyễn {code} {n}") for n in range(size)]
            for code, cell in self.cells.items()
        }
        self.posts = {code: make_post(people[0], self.cells[code]) for code, people in self.members.items()}
        self.users = {code: make_user(people[0]) for code, people in self.members.items()}
        self.staff = make_office_user(self.ward)
        self.office = office_of(self.ward)

    def area(self, code: str, *, cell: str) -> Area:
        from phancong.organizations.actions import cover_area

        area = make_area(committee=self.committees[cell[0].upper()])
        Area.objects.filter(pk=area.pk).update(code=code)
        area.code = code
        cover_area(by=office_of(self.ward), area=area, cell=self.cells[cell], valid_from=date(2025, 7, 1))
        return area

    def draft(
        self,
        *lines: tuple[str, ...] | Step,
        placed: dict[Member, str] | None = None,
        day: date = TODAY,
        committee: Organization | None = None,
        keeper: str = "",
        by: Actor | None = None,
    ) -> Reorganization:
        """Lines as (kind, code, target, name, kind of organisation, areas); what is left out is empty."""
        by = by or self.office
        one = actions.prepare(
            committee or self.ward, title="Sắp xếp", effective_on=day, keeper_code=keeper, by=by
        )
        steps = [line if isinstance(line, Step) else step(*line) for line in lines]
        people = {member.pk: code for member, code in (placed or {}).items()}
        actions.replace_lines(one, steps, people, seen=one.version, by=by)
        return Reorganization.objects.select_related("committee", "keeper").get(pk=one.pk)

    def decide(
        self, one: Reorganization, *, by: Actor | None = None, seen: int | None = None
    ) -> Reorganization:
        by = by or self.office
        decision = Decided(
            decision_number="12-QĐ/ĐU",
            decided_on=min(by.today, one.effective_on),
            seen=one.version if seen is None else seen,
        )
        return actions.decide(one, decision, by=by)

    def cell_codes(self, people: Iterable[Member]) -> list[str]:
        found = Member.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
        return [code or "" for code in found.values_list("cell__code", flat=True)]


def step(kind: str, code: str, target: str = "", name: str = "", of: str = "", areas: str = "") -> Step:
    return Step(
        number=1,
        kind=StepKind(kind),
        code=code,
        target=target,
        name=name,
        organization_kind=of,
        areas=areas.split(",") if areas else [],
    )


def whole_database() -> dict[str, str]:
    """Every row of every table but those that tell of the act itself."""
    return {
        model._meta.label: serialize("json", model._default_manager.order_by("pk"))
        for model in apps.get_models()
        if not model._meta.label.startswith(OWN)
    }


def day(months: int) -> date:
    return TODAY - timedelta(days=30 * months)


__all__ = [
    "OWN",
    "TODAY",
    "Town",
    "day",
    "make_cell",
    "make_committee",
    "office_of",
    "step",
    "whole_database",
]
