"""Cells with people and duties, for the tests of planning."""

from typing import Any

from tests.factories import FOUNDED, TODAY, make_area, make_cell, make_member, make_office, moment

from phancong.members.enums import CompetenceKind
from phancong.members.models import Competence, MassOrganizationMembership, Member
from phancong.organizations.actions import cover_area
from phancong.organizations.models import Area, Organization
from phancong.planning.enums import DutySource
from phancong.planning.models import CatalogueDuty, Duty, Plan

YEAR = TODAY.year


def hamlet_cell(*, languages: tuple[str, ...] = ()) -> tuple[Organization, Area]:
    """A cell that covers one hamlet."""
    cell = make_cell()
    assert cell.parent is not None
    area = make_area(committee=cell.parent)
    area.languages = list(languages)
    area.save()
    cover_area(by=make_office(), area=area, cell=cell, valid_from=FOUNDED)
    return cell, area


def belonging_member(cell: Organization, **fields: Any) -> Member:
    """A member who is in a mass organisation, so that nothing but work is missing."""
    member = make_member(cell, **fields)
    MassOrganizationMembership.objects.create(member=member, organization_code="farmers", valid_from=FOUNDED)
    return member


def teach(member: Member, code: str, level: int = 2) -> None:
    kind = CompetenceKind.LANGUAGE if code in {"jrai", "bahnar"} else CompetenceKind.SKILL
    Competence.objects.create(member=member, kind=kind, code=code, level=level)


def make_plan(cell: Organization, *, year: int = YEAR) -> Plan:
    return Plan.objects.create(cell=cell, year=year, drafted_at=moment())


def make_duty(plan: Plan, **fields: Any) -> Duty:
    number = plan.duties.count() + 1
    values = {
        "title": f"Việc {number}",
        "field": "production",
        "categories": [],
        "monthly_hours": 4,
        "headcount_max": 1,
        "source": DutySource.RESOLUTION,
        "due_on": TODAY,
    }
    return Duty.objects.create(plan=plan, number=number, **(values | fields))


def make_entry(code: str, **fields: Any) -> CatalogueDuty:
    values = {
        "title": f"Việc {code}",
        "field": "production",
        "categories": ["residential"],
        "monthly_hours": 4,
        "headcount_max": 1,
        "in_work_cells": False,
    }
    return CatalogueDuty.objects.create(code=code, **(values | fields))
