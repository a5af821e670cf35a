"""Seconding: a draft is proposed and changed, decided as a whole, ended by a decision; nobody is half sent."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.jobs.actions import run_here
from phancong.jobs.models import Job
from phancong.members.enums import MembershipKind
from phancong.members.models import Member, Membership
from phancong.organizations.actions import cover_area
from phancong.organizations.models import AreaCoverage, Organization
from phancong.planning.models import Assignment, Duty, Plan
from phancong.planning.solving import secondment
from phancong.planning.solving.secondment import propose_secondments
from phancong.secondments import actions, jobs
from phancong.secondments.coverage import Standing, overview_for
from phancong.secondments.documents import decision_paper
from phancong.secondments.enums import PlanState, Side, State
from phancong.secondments.models import Secondment, SecondmentPlan
from phancong.secondments.over_years import over_years_for
from phancong.secondments.queries import plan_page, secondments_for
from phancong.secondments.views import plans
from tests.factories import (
    TODAY,
    cell_of,
    make_area,
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_organization,
    moment,
)
from tests.planning.test_two_writers import at_once
from tests.secondments.hills import Act, Hills, acting, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def hills() -> Hills:
    return Hills()


def counts(hills: Hills) -> dict[Standing, int]:
    return dict(overview_for(hills.office).counts)


def test_a_draft_finds_enough_people_and_leaves_enough_behind(hills: Hills) -> None:
    hills.solve()
    rows = hills.rows()
    assert {row.area_id for row in rows} == {hills.areas[0].pk}
    assert len(rows) == 3
    sent = [sum(row.home_id == cell.pk for row in rows) for cell in hills.agencies]
    assert all(6 - count >= 3 for count in sent)
    assert all(cell_of(row.member).pk == row.home_id for row in rows)


def test_a_decision_founds_the_cell_moves_everybody_and_covers_the_hamlet(hills: Hills) -> None:
    before = counts(hills)
    rows = hills.decided()
    cell = Organization.objects.get(name="Chi bộ thôn 1")
    assert (before, counts(hills)) == ({Standing.BARE: 1}, {Standing.ENOUGH: 1})
    assert {row.member.cell_id for row in rows} == {cell.pk}
    assert AreaCoverage.objects.on(TODAY).get(area=hills.areas[0]).cell == cell
    assert (hills.plan.state, {row.state for row in rows}) == (PlanState.DECIDED, {State.SERVING})
    assert AuditEntry.objects.filter(action="second_member").count() == 3


def test_everybody_is_in_exactly_one_official_cell_on_every_day_around_it(hills: Hills) -> None:
    hills.decided(day=TODAY - timedelta(days=5))
    for person in hills.staff:
        for ago in range(10):
            held = Membership.objects.on(TODAY - timedelta(days=ago)).filter(
                member=person, kind=MembershipKind.OFFICIAL
            )
            assert held.count() == 1


def test_whoever_is_kept_stays_and_whoever_stays_at_home_is_left_out_when_solved_again(hills: Hills) -> None:
    hills.solve()
    first, second, _ = hills.rows()
    actions.keep(first, kept=True, seen=hills.plan.version, by=hills.office)
    actions.bar(second, seen=hills.plan.version, by=hills.office)
    hills.solve()
    members = {row.member_id for row in hills.rows()}
    assert first.member_id in members
    assert second.member_id not in members
    assert len(members) == 3


def test_somebody_barred_can_be_asked_again(hills: Hills) -> None:
    hills.solve()
    row = hills.rows()[0]
    actions.bar(row, seen=hills.plan.version, by=hills.office)
    actions.unbar(hills.plan, member_id=row.member_id, seen=hills.plan.version, by=hills.office)
    assert hills.plan.barred == []


def test_without_the_word_of_both_sides_nothing_is_decided(hills: Hills) -> None:
    hills.solve()
    actions.agree(hills.plan, side=Side.SENDER, seen=hills.plan.version, by=hills.office)
    with pytest.raises(Refused, match="chưa ghi ý kiến đồng ý"):
        hills.decide()
    assert not Organization.objects.filter(name="Chi bộ thôn 1").exists()
    assert {cell_of(one) for one in Member.objects.all()} == set(hills.agencies)


def test_a_temporary_form_does_not_found_a_cell(hills: Hills) -> None:
    hills.solve()
    hills.agree()
    with pytest.raises(Refused, match="Chọn chuyển sinh hoạt chính thức"):
        hills.decide(form="temporary")
    assert hills.plan.state == PlanState.DRAFT


def test_a_temporary_secondment_leaves_the_member_on_the_books_at_home() -> None:
    hills = Hills()
    cell = make_cell(parent=hills.committee, name="Chi bộ thôn 1")
    make_member(cell)
    AreaCoverage.objects.create(area=hills.areas[0], cell=cell, valid_from=cell.founded_on)
    rows = hills.decided(form="temporary", last_day=later(300))
    assert len(rows) == 2
    assert {cell_of(row.member).pk for row in rows} == {row.home_id for row in rows}
    found = Membership.objects.filter(kind=MembershipKind.TEMPORARY)
    assert {(one.cell_id, one.valid_until) for one in found} == {(cell.pk, later(301))}


def test_a_sending_cell_that_has_become_too_small_stops_the_decision(hills: Hills) -> None:
    hills.solve()
    hills.agree()
    home = hills.rows()[0].home
    staying = Member.objects.filter(cell=home).exclude(pk__in=[row.member_id for row in hills.rows()])
    staying.update(status="probationary")
    with pytest.raises(Refused, match="thì còn dưới"):
        hills.decide()


def test_somebody_who_has_moved_since_stops_the_decision(hills: Hills) -> None:
    hills.solve()
    hills.agree()
    Member.objects.filter(pk=hills.rows()[0].member_id).update(cell=make_cell())
    with pytest.raises(Refused, match="không còn sinh hoạt"):
        hills.decide()


def test_a_term_longer_than_the_rule_allows_is_refused_and_one_within_it_is_kept(hills: Hills) -> None:
    hills.solve()
    hills.agree()
    with pytest.raises(Refused, match="Thời hạn dài quá"):
        hills.decide(last_day=later(365 * 4))
    hills.decide(last_day=later(365))
    assert {row.valid_until for row in hills.rows()} == {later(366)}


def test_handing_back_brings_the_member_home_on_the_day(hills: Hills) -> None:
    row = hills.decided(day=TODAY - timedelta(days=30))[0]
    actions.hand_back(row, on=TODAY, decision_number="15-QĐ/ĐU", seen=row.version, by=hills.office)
    member = Member.objects.get(pk=row.member_id)
    assert member.cell_id == row.home_id
    assert Membership.objects.on(TODAY - timedelta(days=1)).get(member=member).cell_id == row.cell_id
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.hand_back(row, on=TODAY, decision_number="16-QĐ/ĐU", seen=row.version, by=hills.office)


def test_it_runs_on_by_another_decision(hills: Hills) -> None:
    row = hills.decided(last_day=later(30))[0]
    actions.extend(row, last_day=later(200), decision_number="20-QĐ/ĐU", seen=row.version, by=hills.office)
    row.refresh_from_db()
    assert row.valid_until == later(201)


def test_going_home_is_proposed_once_those_who_live_there_suffice(hills: Hills) -> None:
    rows = hills.decided()
    cell = rows[0].cell
    before = [one.may_hand_back for group in overview_for(hills.office).groups for one in group.hamlets]
    for _ in range(3):
        make_member(cell)
    after = [one.may_hand_back for group in overview_for(hills.office).groups for one in group.hamlets]
    assert (before, after) == ([False], [True])


def _solve(hills: Hills, by: Actor) -> object:
    return actions.solve(hills.committee, by=by)


def _agree(hills: Hills, by: Actor) -> object:
    return actions.agree(hills.plan, side=Side.SENDER, seen=hills.plan.version, by=by)


def _decide(hills: Hills, by: Actor) -> object:
    return hills.decide(by=by)


def _bar(hills: Hills, by: Actor) -> object:
    return actions.bar(hills.rows()[0], seen=hills.plan.version, by=by)


@pytest.mark.parametrize("act", [_solve, _agree, _decide, _bar])
def test_only_the_office_of_the_committee_acts(hills: Hills, act: Act) -> None:
    hills.solve()
    hills.agree()
    sister = make_committee(parent=hills.committee.parent)
    refused = [
        acting("secretary", hills.committee),
        acting("committee", hills.committee),
        acting("secretary", hills.agencies[0]),
        acting("office", sister),
    ]
    before = (hills.plan.version, len(hills.rows()))
    for actor in refused:
        with pytest.raises(Refused):
            act(hills, actor)
    assert (hills.plan.version, len(hills.rows())) == before
    act(hills, hills.office)


def test_each_sees_the_secondments_of_their_own_places(hills: Hills) -> None:
    rows = hills.decided()
    homes = {row.home_id for row in rows}
    seen = {
        cell.pk: {row.pk for row in secondments_for(acting("secretary", cell))} for cell in hills.agencies
    }
    assert seen == {cell.pk: {row.pk for row in rows if row.home_id == cell.pk} for cell in hills.agencies}
    assert homes
    assert rows[0].cell is not None
    assert {row.pk for row in secondments_for(acting("secretary", rows[0].cell))} == {row.pk for row in rows}
    assert not secondments_for(acting("office", make_committee())).exists()


def test_a_page_somebody_else_has_overtaken_writes_nothing(hills: Hills) -> None:
    hills.solve()
    seen = hills.plan.version
    actions.bar(hills.rows()[0], seen=seen, by=hills.office)
    with pytest.raises(Refused, match="vừa được đồng chí khác sửa"):
        actions.bar(hills.rows()[0], seen=seen, by=hills.office)


def test_a_dropped_draft_forgets_its_people_and_makes_room_for_another(hills: Hills) -> None:
    hills.solve()
    actions.drop(hills.plan, seen=hills.plan.version, by=hills.office)
    assert not Secondment.objects.exists()
    hills.solve()
    assert SecondmentPlan.objects.filter(state=PlanState.DRAFT).count() == 1


def test_whoever_is_not_in_the_decision_waits_in_a_new_draft() -> None:
    hills = Hills(hamlets=2, staff=9)
    hills.solve()
    hills.agree()
    plan, rows = hills.plan, hills.rows()
    first = {row.pk for row in rows if row.area_id == hills.areas[0].pk}
    assert hills.decide(only=frozenset(first)) == 1
    assert set(plan.secondments.values_list("pk", "state")) == {(pk, State.SERVING) for pk in first}
    assert hills.plan != plan
    assert (hills.plan.state, {row.area_id for row in hills.rows()}) == (PlanState.DRAFT, {hills.areas[1].pk})
    hills.decide()
    assert set(counts(hills)) == {Standing.ENOUGH}


def test_a_decision_about_nobody_is_refused(hills: Hills) -> None:
    hills.solve()
    hills.agree()
    with pytest.raises(Refused, match="Đánh dấu ít nhất một đồng chí"):
        hills.decide(only=frozenset())


def test_half_a_cell_is_not_founded(hills: Hills) -> None:
    hills.solve()
    hills.agree()
    with pytest.raises(Refused, match="chưa đủ"):
        hills.decide(only=frozenset({hills.rows()[0].pk}))
    assert hills.plan.state == PlanState.DRAFT


def test_in_a_province_only_the_nearest_are_looked_at_and_nothing_is_claimed_to_be_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ward = make_organization("ward")
    for _ in range(2):
        committee = make_committee(parent=ward)
        make_area(committee=committee)
        cell = make_cell(kind="work_cell", parent=committee)
        for _ in range(6):
            make_member(cell, category="agency")
    whole = propose_secondments(ward.path, today=TODAY)
    monkeypatch.setattr(secondment, "MOST_PAIRS", 0)
    monkeypatch.setattr(secondment, "NEAREST", 0)
    near = propose_secondments(ward.path, today=TODAY)
    assert (len(whole.pairs), whole.is_proved, len(whole.terms)) == (6, True, 24)
    assert (len(near.pairs), near.is_proved, len(near.terms)) == (6, False, 12)


def test_the_draft_tells_what_work_the_senders_give_to_others(hills: Hills) -> None:
    hills.solve()
    row = hills.rows()[0]
    plan = Plan.objects.create(cell=row.home, year=TODAY.year, drafted_at=moment(), stage="adopted")
    duty = Duty.objects.create(
        plan=plan, number=1, title="Thu đảng phí", field="party", due_on=TODAY, headcount_max=1,
        monthly_hours=2, categories=["agency"],
    )  # fmt: skip
    Assignment.objects.create(duty=duty, member=row.member, is_lead=True, fit=40)
    page = plan_page(hills.plan, today=TODAY)
    assert {one.secondment.pk for place in page.places for one in place.rows if one.works} == {row.pk}
    assert {sender.name: sender.works for sender in page.senders}[row.home.name] == 1


def test_the_ends_of_years_tell_how_hamlets_got_their_organisations(hills: Hills) -> None:
    hills.decided()
    other = make_area(committee=hills.committee)
    cell = make_cell(parent=hills.committee)
    cover_area(by=hills.office, area=other, cell=cell, valid_from=other.valid_from)
    told = {one.day: (one.hamlets, one.covered) for one in over_years_for(hills.office)}
    assert told == {date(TODAY.year - 1, 12, 31): (2, 1), TODAY: (2, 2)}
    assert over_years_for(acting("office", make_committee())) == []


def test_the_pages_ask_as_often_for_three_hamlets_as_for_one() -> None:
    def asked(hamlets: int) -> tuple[int, int]:
        hills = Hills(hamlets=hamlets, staff=9)
        hills.solve()
        with CaptureQueriesContext(connection) as queries:
            plan_page(hills.plan, today=TODAY)
        with CaptureQueriesContext(connection) as others:
            overview_for(hills.office)
        return len(queries), len(others)

    assert asked(1) == asked(3)


def test_a_number_of_promising_people_is_kept_by_day_without_names(hills: Hills) -> None:
    area = hills.areas[0]
    for count in (4, 6):
        actions.count_promising(area, count=count, by=hills.office)
    assert [(one.counted_on, one.count) for one in area.promising_counts.all()] == [(TODAY, 6)]


def test_the_decision_is_printed_with_everybody_and_where_rights_sit(hills: Hills) -> None:
    rows = hills.decided()
    _, content = decision_paper(hills.plan, now=moment())
    paper = Document(io.BytesIO(content))
    names = {row.cells[1].text for table in paper.tables for row in table.rows if len(row.cells) == 4}
    assert {row.member.full_name for row in rows} <= names
    assert any("Kiểm điểm, xếp loại: tại chi bộ mới." in one.text for one in paper.paragraphs)


def test_a_decision_without_a_number_says_how_to_mend_it(client: Client, hills: Hills) -> None:
    hills.solve()
    client.force_login(make_office_user(hills.committee))
    answered = client.post(reverse("secondments:decide", args=[hills.plan.pk]), {"version": "1"})
    assert "Còn chỗ cần sửa" in answered.content.decode()
    assert hills.plan.state == PlanState.DRAFT


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hamlets=st.integers(1, 4), staff=st.integers(1, 7), barred=st.sets(st.integers(0, 5), max_size=4))
def test_whatever_is_asked_every_sender_keeps_enough_and_no_hamlet_is_half_covered(
    hamlets: int, staff: int, barred: set[int]
) -> None:
    hills = Hills(hamlets=hamlets, staff=staff)
    plan = SecondmentPlan.objects.create(
        committee=hills.committee,
        made_on=TODAY,
        barred=[hills.staff[number].pk for number in barred if number < len(hills.staff)],
    )
    hills.solve()
    rows = hills.rows()
    for cell in hills.agencies:
        sent = sum(row.home_id == cell.pk for row in rows)
        assert sent == 0 or staff - sent >= 3
    for area in hills.areas:
        assert sum(row.area_id == area.pk for row in rows) in (0, 3)
    assert not {row.member_id for row in rows} & set(plan.barred)
    if rows:
        hills.agree()
        founded = hills.decide()
        assert founded == len(rows) // 3
        assert overview_for(hills.office).counts[Standing.ENOUGH] == founded


def test_two_hamlets_with_the_same_name_get_cells_with_codes_of_their_own() -> None:
    hills = Hills(staff=9)
    make_area(committee=hills.committee, name="Thôn 1")
    hills.decided()
    codes = Organization.objects.filter(name="Chi bộ thôn 1").values_list("code", flat=True)
    assert len(set(codes)) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_of_two_decisions_on_one_draft_one_is_refused() -> None:
    hills = Hills()
    hills.solve()
    hills.agree()
    seen = hills.plan.version
    ends = at_once(lambda: hills.decide(seen=seen), lambda: hills.decide(seen=seen))
    assert sorted(ends) == ["done", "refused"]
    assert Organization.objects.filter(name="Chi bộ thôn 1").count() == 1


def test_in_a_large_committee_the_draft_is_made_behind_the_page(
    monkeypatch: pytest.MonkeyPatch, client: Client, hills: Hills
) -> None:
    """The page does not solve, one piece of work is given at a time, and it leads to the draft."""
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    address = reverse("secondments:committee", args=[hills.committee.pk])
    client.force_login(make_office_user(hills.committee))
    assert client.get(address).context["found"] is None
    given = client.post(address)
    job = Job.objects.get()
    assert (given["Location"], job.rows_total) == (reverse("jobs:detail", args=[job.pk]), 1)
    assert "Máy đang tính phương án" in client.post(address).content.decode()
    run_here(job)
    assert (job.state, job.rows_done, job.message) == (
        "done", 1, "Đã tính xong: cử 3 đồng chí. Xem, sửa rồi quyết định.",
    )  # fmt: skip
    assert job.result["links"][0]["url"] == hills.plan.get_absolute_url()
    assert hills.plan.secondments.count() == 3


def test_only_the_office_of_the_committee_gives_that_work(hills: Hills) -> None:
    for role in ("secretary", "member"):
        with pytest.raises(Refused, match="chưa được giao"):
            jobs.start_solving(hills.committee, places=1, by=acting(role, hills.committee))
    assert not Job.objects.exists()


def test_a_very_large_plan_shows_its_first_places_and_decides_about_all(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    """Whoever is shown and not ticked waits in a new draft; who is not shown is in the decision."""
    monkeypatch.setattr(plans, "MOST_PLACES", 1)
    hills = Hills(hamlets=3, staff=9)
    hills.solve()
    hills.agree()
    client.force_login(make_office_user(hills.committee))
    page = client.get(hills.plan.get_absolute_url())
    assert len(page.context["places"]) == 1
    assert "Trang hiện 1 nơi đầu trong 3 nơi." in " ".join(page.content.decode().split())
    unticked = {row.secondment.member_id for row in page.context["places"][0].rows}
    others = {row.member_id for row in hills.rows()} - unticked
    sent = {
        "version": str(hills.plan.version), "form": "official", "decision_number": "12-QĐ/ĐU",
        "decided_on": f"{TODAY:%d/%m/%Y}", "valid_from": f"{TODAY:%d/%m/%Y}",
    }  # fmt: skip
    plan = hills.plan
    assert client.post(reverse("secondments:decide", args=[plan.pk]), sent).status_code == 302
    assert {row.member_id for row in plan.secondments.all()} == others
    assert {row.member_id for row in hills.rows()} == unticked
