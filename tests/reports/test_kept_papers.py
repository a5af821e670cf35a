"""Papers of organisations that ended, under their old names, where they are kept."""

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from phancong.accounts.models import User
from phancong.audit.models import AuditEntry
from phancong.meetings.models import Meeting, SignedMinutes
from phancong.organizations.actions import dissolve_organization, merge_organizations
from phancong.organizations.models import Organization
from phancong.planning.models import Plan
from tests import factories
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@dataclass(slots=True)
class Town:
    committee: Organization
    old: Organization
    heir: Organization
    plan: Plan
    draft: Plan
    minutes: Meeting


def _ended(old: Organization, heir: Organization, day: date = TODAY) -> None:
    merge_organizations(
        sources=[old],
        into=heir,
        by=factories.make_office(),
        effective_on=day,
        decision_number="5-QĐ/ĐU",
        decided_on=day,
    )


def _with_papers(cell: Organization) -> tuple[Plan, Plan, Meeting]:
    year, now = TODAY.year, timezone.now()
    plan = Plan.objects.create(cell=cell, year=year - 1, drafted_at=now, stage="adopted")
    draft = Plan.objects.create(cell=cell, year=year, drafted_at=now)
    meeting = Meeting.objects.create(
        cell=cell,
        kind="regular",
        held_on=TODAY - timedelta(days=40),
        starts_at=time(19),
        place="Nhà văn hóa",
        state="signed",
        number=1,
    )
    SignedMinutes.objects.create(
        meeting=meeting, docx=b"PK-as-signed", docx_digest="x", pdf=b"%PDF", pdf_digest="x", recorded_at=now
    )
    return plan, draft, meeting


@pytest.fixture
def town() -> Town:
    committee = factories.make_committee(name="Đảng ủy xã Đông")
    old = factories.make_cell(parent=committee, name="Chi bộ thôn Cũ")
    heir = factories.make_cell(parent=committee, name="Chi bộ thôn Mới")
    made = _with_papers(old)
    _ended(old, heir)
    return Town(committee, old, heir, *made)


def _secretary(cell: Organization) -> User:
    return factories.make_secretary_user(cell)


def _member(cell: Organization) -> User:
    return factories.make_user(factories.make_member(cell=cell))


def _addresses(town: Town) -> list[str]:
    return [
        reverse("organizations:kept", args=[town.heir.pk]),
        reverse("organizations:kept_plan", args=[town.plan.pk, "list"]),
        reverse("organizations:kept_minutes", args=[town.minutes.pk, "minutes"]),
    ]


def test_the_heir_s_secretary_and_office_read_what_an_ended_cell_left(client: Client, town: Town) -> None:
    for user in (_secretary(town.heir), factories.make_office_user(town.committee)):
        client.force_login(user)
        assert [client.get(address).status_code for address in _addresses(town)] == [200, 200, 200]


def test_members_and_the_same_office_elsewhere_do_not(client: Client, town: Town) -> None:
    elsewhere = factories.make_cell(parent=factories.make_committee())
    sister = factories.parent_of(elsewhere)
    for user in (_member(town.heir), _secretary(elsewhere), factories.make_office_user(sister)):
        client.force_login(user)
        assert [client.get(address).status_code for address in _addresses(town)] == [404, 404, 404]


def test_the_page_names_adopted_plans_and_signed_minutes_under_the_old_name(
    client: Client, town: Town
) -> None:
    client.force_login(_secretary(town.heir))
    page = client.get(_addresses(town)[0])
    (line,) = page.context["page"].lines
    assert (line.organization.name, line.plans, line.minutes) == (
        "Chi bộ thôn Cũ",
        [town.plan],
        [town.minutes],
    )
    assert client.get(reverse("organizations:kept_plan", args=[town.draft.pk, "list"])).status_code == 404


def test_minutes_come_as_they_were_signed_and_the_log_keeps_who_took_them(client: Client, town: Town) -> None:
    client.force_login(_secretary(town.heir))
    assert client.get(_addresses(town)[2]).content == b"PK-as-signed"
    (entry,) = AuditEntry.objects.filter(action="meeting_paper")
    assert (entry.subject, entry.place) == (f"meeting:{town.minutes.pk}", town.heir.path)


def test_papers_go_on_to_the_heir_of_the_heir(client: Client, town: Town) -> None:
    last = factories.make_cell(parent=town.committee, name="Chi bộ thôn Chung")
    _ended(town.heir, last)
    client.force_login(_secretary(last))
    lines = client.get(reverse("organizations:kept", args=[last.pk])).context["page"].lines
    assert {line.organization.name for line in lines} == {"Chi bộ thôn Cũ", "Chi bộ thôn Mới"}


def test_papers_of_a_dissolved_cell_stay_with_the_committee_above(client: Client, town: Town) -> None:
    dissolve_organization(
        organization=town.heir,
        by=factories.make_office(),
        effective_on=TODAY,
        decision_number="6-QĐ/ĐU",
        decided_on=TODAY,
    )
    client.force_login(factories.make_office_user(town.committee))
    lines = client.get(reverse("organizations:kept", args=[town.committee.pk])).context["page"].lines
    assert {line.organization.name for line in lines} == {"Chi bộ thôn Cũ", "Chi bộ thôn Mới"}


def test_the_page_of_the_heir_leads_there_and_only_whoever_may(client: Client, town: Town) -> None:
    page, link = reverse("organizations:detail", args=[town.heir.pk]), _addresses(town)[0]
    client.force_login(_secretary(town.heir))
    assert link in client.get(page).content.decode()
    client.force_login(_member(town.heir))
    assert link not in client.get(page).content.decode()


def test_the_number_of_queries_does_not_grow_with_what_is_kept(client: Client, town: Town) -> None:
    client.force_login(_secretary(town.heir))
    address = _addresses(town)[0]
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(2):
        more = factories.make_cell(parent=town.committee)
        _with_papers(more)
        _ended(more, town.heir)
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(address).context["page"].lines) == 3
    assert len(three) == len(one)
