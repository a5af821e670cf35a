"""Everything held about one person, and nothing of anybody else."""

import json
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from phancong.accounts.models import CodeApp, OpenSession, Passkey, PrintedCode, User
from phancong.audit import log
from phancong.common.guards import add_guards, remove_guards
from phancong.common.privacy import Class, Held, Untraced
from phancong.followups.models import (
    CalendarLink,
    Entry,
    MailChoice,
    Matter,
    Photo,
    PlanReminder,
    Progress,
    ReportDraft,
)
from phancong.jobs.models import Job
from phancong.meetings.models import (
    Addendum,
    AgendaItem,
    Attendance,
    Conclusion,
    Meeting,
    ReservedOpinion,
    SignedMinutes,
    TextDraft,
)
from phancong.members.models import (
    Competence,
    Experience,
    MassOrganizationMembership,
    Member,
    RosterImport,
    RosterImportChange,
    Wish,
    WorkLimit,
    WorkLimitReason,
)
from phancong.organizations.models import Organization
from phancong.oversight.models import Charge, Note, Reply
from phancong.personal_data.copying import as_data
from phancong.personal_data.held import held_about
from phancong.personal_data.holdings import holdings, rooms, told
from phancong.personal_data.models import DataRequest
from phancong.planning.models import (
    Adjustment,
    Apartness,
    Assignment,
    Duty,
    Exclusion,
    Objection,
    Plan,
    Unmet,
)
from phancong.reorganizations.models import Placement, Reorganization
from phancong.reviews.models import CellReview, Line, Rating, Round, SelfReview, Tally
from phancong.secondments.models import Secondment, SecondmentPlan
from phancong.transfers.models import Transfer
from phancong.yearbook.models import (
    Correction,
    Pledge,
    PledgeNote,
    Remark,
    ResidenceContact,
    StudyAttendance,
    StudySession,
)
from planner.fit import Term
from tests.conftest import GUARDS
from tests.factories import (
    TODAY,
    cell_of,
    make_actor,
    make_appointment,
    make_area,
    make_cell,
    make_member,
    make_post,
    make_user,
    moment,
)

pytestmark = pytest.mark.django_db


def _personal_models() -> Iterator[tuple[str, str, dict[str, Class]]]:
    for room in rooms():
        fields, _ = told(room)
        for label, classes in fields.items():
            if set(classes.values()) - {Class.NEITHER}:
                yield room, label, classes


def test_every_room_says_of_every_model_with_personal_fields_how_it_leads_to_a_member() -> None:
    missing = [label for room, label, _ in _personal_models() if label not in told(room)[1]]
    assert missing == []


def test_models_that_lead_to_no_member_are_few_and_say_why() -> None:
    untraced = {
        label: way.reason
        for room in rooms()
        for label, way in told(room)[1].items()
        if isinstance(way, Untraced)
    }
    assert set(untraced) == {
        "accounts.Allowance",
        "figures.HandedIn",
        "jobs.JobChunk",
        "organizations.OrganizationEvent",
        "meetings.AgendaItem",
        "meetings.Vote",
        "planning.Adoption",
        "planning.Duty",
        "planning.PlanStep",
        "secondments.SecondmentPlan",
        "reorganizations.Reorganization",
        "reorganizations.Trace",
        "planning.Resolution",
        "planning.Target",
        "reviews.CellReview",
        "reviews.Closing",
        "reviews.RuleCorrection",
    }
    assert all(len(reason) > 40 for reason in untraced.values())


def test_fields_that_are_not_given_out_are_few() -> None:
    kept_back = {(holding.label, name) for holding in holdings() for name in holding.held.kept_back}
    assert kept_back == {
        ("accounts.User", "password"),
        ("followups.Photo", "content"),
        ("followups.ReportDraft", "photo"),
        ("meetings.Meeting", "guests"),
        ("meetings.SignedMinutes", "docx"),
        ("meetings.SignedMinutes", "pdf"),
        ("jobs.Job", "result"),
        ("members.RosterImport", "content"),
        ("members.RosterImport", "summary"),
        ("personal_data.DataRequest", "answered_by"),
    }


def test_every_way_to_a_member_exists_and_says_why_and_until_when() -> None:
    for holding in holdings():
        held = holding.held
        assert held.member or held.account or held.subject, holding.label
        assert all(text.endswith(".") and len(text) > 20 for text in (held.why, held.until)), holding.label
        assert set(held.kept_back) | set(held.words) | held.repeated | held.correctable <= {
            field.name for field in holding.model._meta.concrete_fields
        }


def test_every_field_that_is_shown_has_a_vietnamese_name() -> None:
    english = [
        f"{holding.label}.{field.name}"
        for holding in holdings()
        for field in holding.fields
        if field.name not in holding.held.labels
        and field.name not in holding.held.repeated | set(holding.held.kept_back)
        and str(field.verbose_name) == field.name.replace("_", " ")
    ]
    assert english == []


def _sow(member: Member, canary: str, *, number: int) -> None:
    """A row of every kind that leads to `member`, each of its text fields with a canary of its own."""
    user, cell = make_user(member), cell_of(member)
    other = make_member(cell)
    make_post(member, cell)
    make_appointment(user, cell, since=date(2026, 1, 1), until=date(2026, 6, 1))
    key = f"{canary}{number}"
    Passkey.objects.create(user=user, name="x", key_id=key, public=b"x", made_at=moment())
    CodeApp.objects.create(user=user, secret=key, made_at=moment())
    PrintedCode.objects.create(user=user, purpose="one_time", seal=key, made_at=moment())
    OpenSession.objects.create(
        user=user, session_key=key, device="x", address="10.0.0.1", since=moment(), seen_at=moment()
    )
    Competence.objects.create(member=member, kind="skill", code="it", level=1)
    Experience.objects.create(member=member, field="economy", description="x", from_year=2000)
    MassOrganizationMembership.objects.create(member=member, organization_code="farmers", valid_from=TODAY)
    limit = WorkLimit.objects.create(member=member, kind="light_work", valid_from=TODAY)
    WorkLimitReason.objects.create(limit=limit, text="x", health_grade=3)
    Wish.objects.create(member=member, year=2026, field="economy", note="x")
    imported = RosterImport.objects.create(
        file_name="x", digest=canary, content=b"x", organization=cell, created_at=moment(), created_by=user.pk
    )
    RosterImportChange.objects.create(
        roster_import=imported, member=member, row_number=1, before={"member": canary + "json"}, after={}
    )
    Job.objects.create(kind="x", created_at=moment(), beat_at=moment(), created_by=user.pk)
    plan = Plan.objects.create(cell=cell, year=2026 + number, drafted_at=moment())
    duty = Duty.objects.create(
        plan=plan, number=1, title="Việc", field="economy", monthly_hours=1, source="catalogue", due_on=TODAY
    )
    given = Assignment.objects.create(
        duty=duty, member=member, source="chosen", terms={"x": canary + "terms"}
    )
    Adjustment.objects.create(
        plan=plan,
        number=1,
        decided_on=TODAY,
        basis="x",
        reason="x",
        ended=given,
        recorded_at=moment(),
        recorded_by=user.pk,
    )
    Progress.objects.create(
        assignment=given, cell=cell, member=member, year=2026, first_due_on=TODAY, due_on=TODAY,
        begun_on=TODAY, news_on=TODAY,
    )  # fmt: skip
    PlanReminder.objects.create(
        cell=cell, year=2026 + number, on=TODAY, recorded_by=user.pk, recorded_by_name="x"
    )
    entry = Entry.objects.create(
        assignment=given, kind="ask", on=TODAY, text="x", recorded_at=moment(), recorded_by=user.pk
    )
    Charge.objects.create(
        committee=cell.parent or make_cell(), organization=cell, member=member, decision_number="x",
        decided_on=TODAY, valid_from=TODAY - timedelta(days=number), valid_until=TODAY - timedelta(days=number - 1),
    )  # fmt: skip
    sent = SecondmentPlan.objects.create(
        committee=cell.parent or make_cell(), state="decided", made_on=TODAY, form="official",
        decision_number="x", decided_on=TODAY,
    )  # fmt: skip
    Secondment.objects.create(
        plan=sent, member=member, area=make_area(committee=cell.parent or make_cell()), home=cell, cell=cell,
        state="serving", valid_from=TODAY, terms=["near"],
    )  # fmt: skip
    rebuilt = Reorganization.objects.create(
        committee=cell, keeper=cell, title="x", effective_on=TODAY, state="draft"
    )
    Placement.objects.create(reorganization=rebuilt, member=member, target=cell.code)
    Transfer.objects.create(
        member=member, member_name=member.full_name, kind="official", home=cell, outside="x", reason="home",
        note="x", decided_on=TODAY, requested_on=TODAY, due_on=TODAY,
    )  # fmt: skip
    note = Note.objects.create(
        organization=cell, origin=cell.parent or make_cell(), kind="praise", text="x", written_on=TODAY,
        recorded_at=moment(), recorded_by=user.pk,
    )  # fmt: skip
    Reply.objects.create(note=note, kind="answer", text="x", recorded_at=moment(), recorded_by=user.pk)
    MailChoice.objects.create(user=user, address="a@example.vn", asked_at=moment())
    CalendarLink.objects.create(user=user, seal=key, made_at=moment())
    Photo.objects.create(entry=entry, content=b"x", digest="x", width=1, height=1)
    Matter.objects.create(entry=entry, reason="other", wish="x", holder=cell, due_on=TODAY)
    ReportDraft.objects.create(
        assignment=given, user=user, kind="done", text="x", wish="x", saved_at=moment()
    )
    Exclusion.objects.create(duty=duty, member=member, reason="x")
    Objection.objects.create(plan=plan, member=member, duty=duty, text="x", at=moment(), answered_by=user.pk)
    Unmet.objects.create(plan=plan, member=member, rule="x", sentence="x", relaxation="x")
    Apartness.objects.create(plan=plan, first=min(member, other, key=_pk), second=max(member, other, key=_pk))
    contact = ResidenceContact.objects.create(
        member=member, member_name="x", work_cell=cell, year=2026, group="ordinary", place_name="x"
    )
    Remark.objects.create(
        kind="residence", cell=cell, member=member, contact=contact, year=2026, asked_of="x",
        asked_on=TODAY, text="x", given_on=TODAY,
    )  # fmt: skip
    Pledge.objects.create(member=member, year=2026, content="x", registered_on=TODAY)
    PledgeNote.objects.create(member=member, year=2026, done_on=TODAY, text="x")
    session = StudySession.objects.create(organizer=cell, kind="theme", title="x", held_on=TODAY, year=2026)
    StudyAttendance.objects.create(session=session, member=member, cell=cell)
    Correction.objects.create(
        kind="note",
        row_id=1,
        member=member,
        cell=cell,
        field="x",
        reason="x",
        by_role="x",
        recorded_at=moment(),
    )
    _sow_a_meeting(member, user)
    _sow_a_review(member, user, year=2025 + number)
    DataRequest.objects.create(
        member=member, kind="objection", address="x", about="x", wish="x", asked_at=moment(), due_on=TODAY
    )
    actor = make_actor(name=canary + "actor", user_id=user.pk)
    log.record(
        by=actor, action="x", subject=canary + "subject", place=canary, detail={"purpose": canary + "p"}
    )
    other_actor = make_actor(name="Người khác")
    log.record(by=other_actor, action="y", subject=f"member:{member.pk}", detail={"purpose": canary + "q"})


def _sow_a_meeting(member: Member, user: User) -> None:
    meeting = Meeting.objects.create(
        cell=cell_of(member), kind="regular", held_on=TODAY, starts_at=time(19), place="x", chair=member
    )
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="x")
    Attendance.objects.create(
        meeting=meeting, member=member, presence="excused", status="official", reason="x"
    )
    ReservedOpinion.objects.create(item=item, member=member, text="x")
    Conclusion.objects.create(item=item, text="x", member=member)
    written: dict[str, Any] = {
        "meeting": meeting, "recorded_at": moment(), "recorded_by": user.pk, "recorded_by_name": "x",
    }  # fmt: skip
    SignedMinutes.objects.create(docx=b"x", docx_digest="x", pdf=b"x", pdf_digest="x", **written)
    Addendum.objects.create(number=1, text="x", reason="x", **written)
    TextDraft.objects.create(user=user, item=item, discussion="x", seen=1, saved_at=moment())


def _sow_a_review(member: Member, user: User, *, year: int) -> None:
    cell = cell_of(member)
    committee = cell.parent or cell
    round_ = Round.objects.create(
        committee=committee, year=year, rules_on=TODAY, counted_on=TODAY, opened_on=TODAY, basis="x"
    )
    review = CellReview.objects.create(round=round_, cell=cell, grassroots=committee, sort_key="x")
    rating = Rating.objects.create(
        review=review, member=member, member_name="x", sort_key="x", group="x", evidence={"x": "x"}
    )
    SelfReview.objects.create(rating=rating, strengths="x")
    Tally.objects.create(rating=rating, method="secret", eligible=1, handed_out=1, votes={"x": 1})
    Line.objects.create(
        review=review, rating=rating, kind="word", recorded_at=moment(), recorded_by=user.pk, text="x"
    )
    CellReview.objects.filter(pk=review.pk).update(stage="decided", decided_on=TODAY)


def _pk(member: Member) -> int:
    return member.pk


def _mark(member: Member, canary: str) -> set[str]:
    """Put a canary into every personal text field of every row that leads to `member`; the canaries."""
    remove_guards(connection, GUARDS)
    user, planted = member.user, {canary + "json", canary + "terms"}
    for holding in holdings():
        if holding.label == "audit.AuditEntry":
            planted |= {canary + end for end in ("actor", "subject", "p", "q")}
            continue
        ways = [*holding.held.member, *holding.held.account]
        for field in holding.fields:
            if not _takes_text(field) or field.name in holding.held.kept_back:
                continue
            mark = f"{canary}{holding.label}{field.name}"[: field.max_length or 60].replace(".", "")
            if field.unique and (field.max_length or 99) < 20:
                continue
            if (holding.label, field.name) == ("reviews.Rating", "not_rated"):
                continue  # whoever has a grade has no reason for none
            for way in ways:
                value = user.pk if way in holding.held.account else member.pk
                rows = holding.model._default_manager.filter(**{way: value})
                if rows.update(**{field.name: mark}):
                    planted.add(mark)
    add_guards(connection, GUARDS)
    return planted


def _takes_text(field: "models.Field[Any, Any]") -> bool:
    limit = getattr(field, "max_length", None)
    return (
        isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and (limit is None or limit >= 30)
    )


def test_a_person_finds_every_text_about_themself_and_none_of_anybody_elses(cell: Organization) -> None:
    mine, theirs = make_member(cell), make_member(make_cell(), full_name="Trần Thị Khác")
    _sow(mine, "cm7", number=0)
    _sow(theirs, "ct9", number=1)
    planted, foreign = _mark(mine, "cm7"), _mark(theirs, "ct9")
    copy = json.dumps(as_data(Member.objects.get(pk=mine.pk), now=moment()), ensure_ascii=False)
    assert len(planted) > 40
    assert {canary for canary in planted if canary not in copy} == set()
    assert {canary for canary in foreign if canary in copy} == set()
    assert "ct9" not in copy


def test_every_kind_of_rows_is_sown_by_the_test_above(cell: Organization) -> None:
    member = make_member(cell)
    _sow(member, "cm7", number=0)
    assert {group.label for group in held_about(member, today=TODAY) if not group.rows} == set()


def test_the_page_shows_what_is_held_in_words(client: Client, cell: Organization) -> None:
    member = make_member(cell, full_name="Rah Lan H'Bia")
    limit = WorkLimit.objects.create(member=member, kind="light_work", valid_from=TODAY)
    WorkLimitReason.objects.create(limit=limit, text="vừa mổ tim", health_grade=4)
    client.force_login(make_user(member))
    page = client.get("/du-lieu-cua-toi/").content.decode()
    for words in ("Rah Lan H&#x27;Bia", "19/05/1980", "vừa mổ tim", "Loại IV", "Chỉ làm việc nhẹ", cell.name):
        assert words in page


@pytest.mark.parametrize("wishes", [1, 3])
def test_the_number_of_queries_does_not_grow_with_what_is_held(
    cell: Organization, wishes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = make_member(cell)
    _sow(member, "cm7", number=0)
    for year in range(wishes - 1):
        Wish.objects.create(member=member, year=2000 + year, field="economy")
    member = Member.objects.get(pk=member.pk)
    # One for the account, one for each kind, one for looks told later, two for the names of places.
    with django_assert_num_queries(4 + len(holdings())):
        held_about(member, today=TODAY)


def test_other_people_are_not_named(cell: Organization) -> None:
    first, second = make_member(cell, full_name="Siu Một"), make_member(cell, full_name="Ksor Hai")
    plan = Plan.objects.create(cell=cell, year=2026, drafted_at=moment())
    Apartness.objects.create(plan=plan, first=first, second=second)
    told_of = {
        line.value
        for group in held_about(first, today=TODAY)
        if group.label == "planning.Apartness"
        for row in group.rows
        for line in row.lines
    }
    assert told_of == {"2026", "đồng chí", "một đồng chí khác"}


def test_an_account_that_belongs_to_no_member_has_no_such_page(client: Client) -> None:
    client.force_login(make_user())
    assert client.get("/du-lieu-cua-toi/").status_code == 404


def test_all_ways_are_of_the_kinds_known(cell: Organization) -> None:
    ways = {type(way) for room in rooms() for way in told(room)[1].values()}
    assert ways == {Held, Untraced}
    assert apps.is_installed("phancong.personal_data")


def test_the_log_tells_what_was_done_to_ones_file_and_not_the_name_of_who_did_it(cell: Organization) -> None:
    member = make_member(cell)
    for name, user in (("Trần Bí Thư", None), ("Chính Mình", make_user(member))):
        actor = make_actor("secretary", cell.path, name=name, user_id=user.pk if user else 77)
        log.record(by=actor, action="update_member", subject=f"member:{member.pk}", place=cell.path)
    lines = {
        line.value
        for group in held_about(member, today=TODAY)
        if group.label == "audit.AuditEntry"
        for row in group.rows
        for line in row.lines
    }
    assert {"Sửa hồ sơ đảng viên", "hồ sơ của đồng chí", cell.name, "Chính Mình"} <= lines
    assert not {"Trần Bí Thư", "77"} & lines


def test_why_somebody_was_proposed_is_told_in_words(cell: Organization) -> None:
    member = make_member(cell)
    plan = Plan.objects.create(cell=cell, year=2026, drafted_at=moment())
    duty = Duty.objects.create(
        plan=plan, number=1, title="Việc", field="economy", monthly_hours=1, source="catalogue", due_on=TODAY
    )
    terms = {term.value: 3 for term in Term}
    Assignment.objects.create(duty=duty, member=member, source="proposed", terms=terms)
    group = next(one for one in held_about(member, today=TODAY) if one.label == "planning.Assignment")
    told_words = next(line.value for line in group.rows[0].lines if line.field == "terms")
    assert [term.value for term in Term if term.value in told_words] == []
    assert told_words.count(": 3 điểm") == len(Term)
