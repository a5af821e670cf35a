"""What is taken away of people who left, and what stays."""

import io
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from phancong.audit.models import AuditEntry
from phancong.common.dates import months_before
from phancong.common.refusal import Refused
from phancong.jobs.models import Job, JobChunk
from phancong.members.enums import Status
from phancong.members.models import (
    Competence,
    Experience,
    Member,
    RosterImport,
    RosterImportChange,
    StatusPeriod,
    Wish,
    WorkLimit,
    WorkLimitReason,
)
from phancong.organizations.models import Organization
from phancong.personal_data.minimising import minimise_members
from phancong.personal_data.models import DataRequest
from phancong.personal_data.packs import data_rules
from phancong.planning.models import (
    Apartness,
    Assignment,
    Duty,
    Exclusion,
    Objection,
    Plan,
    PlanStep,
    Unmet,
)
from phancong.yearbook.models import PledgeNote
from tests.factories import TODAY, make_area, make_member, make_office, moment, parent_of

pytestmark = pytest.mark.django_db
CANARY = "chim9vàng"


def _leave(member: Member, day: date) -> None:
    member.status_periods.update(valid_until=day)
    member.memberships.update(valid_until=day)
    StatusPeriod.objects.create(member=member, status=Status.TRANSFERRED, valid_from=day)
    Member.objects.filter(pk=member.pk).update(status=Status.TRANSFERRED, cell=None)


def _full(cell: Organization, name: str, *, year: int = 2024) -> Member:
    """A member with a canary in everything that is not for the archives."""
    member = make_member(cell, full_name=name, since=date(2025, 7, 1))
    Member.objects.filter(pk=member.pk).update(
        occupation=CANARY,
        workplace=CANARY,
        household_group=CANARY,
        residence=make_area(committee=parent_of(cell)),
    )
    limit = WorkLimit.objects.create(member=member, kind="light_work", valid_from=TODAY)
    WorkLimitReason.objects.create(limit=limit, text=CANARY, health_grade=4)
    Wish.objects.create(member=member, year=2026, field="economy", note=CANARY)
    Competence.objects.create(member=member, kind="skill", code="it", level=1)
    Experience.objects.create(member=member, field="economy", description=CANARY, from_year=2000)
    plan = Plan.objects.create(cell=cell, year=year, drafted_at=moment())
    duty = Duty.objects.create(
        plan=plan, number=1, title="Việc", field="economy", monthly_hours=1, source="catalogue", due_on=TODAY
    )
    Assignment.objects.create(duty=duty, member=member, source="chosen", terms={"x": CANARY}, despite=CANARY)
    Exclusion.objects.create(duty=duty, member=member, reason=CANARY)
    Unmet.objects.create(plan=plan, member=member, rule="x", sentence=CANARY)
    other = make_member(cell)
    Apartness.objects.create(plan=plan, first=member, second=other)
    imported = RosterImport.objects.create(
        file_name="x", digest="x", content=b"", organization=cell, created_at=moment(), state="written"
    )
    RosterImportChange.objects.create(
        roster_import=imported, member=member, row_number=1, before={"x": CANARY}, after={}
    )
    DataRequest.objects.create(
        member=member, kind="objection", address="members.Wish", about="Nguyện vọng", wish=CANARY,
        value_then=CANARY, answer=CANARY, extension_reason=CANARY,
        state="refused", answered_at=moment(), asked_at=moment(), due_on=TODAY,
    )  # fmt: skip
    Objection.objects.create(plan=plan, member=member, duty=duty, text=CANARY, answer=CANARY, at=moment())
    PledgeNote.objects.create(member=member, year=2025, done_on=date(2025, 7, 1), text=CANARY)
    return member


def _canaries() -> dict[str, int]:
    """Rows of every table of the product in which the canary stands, in a text or in a JSON value."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("phancong."):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                values = model._default_manager.values_list(field.name, flat=True)
                if count := sum(CANARY in str(value) for value in values):
                    found[f"{model._meta.label}.{field.name}"] = count
    return found


def test_nothing_private_of_somebody_who_left_long_ago_remains_in_any_table(cell: Organization) -> None:
    member = _full(cell, "Đã Đi Lâu")
    _leave(member, date(2025, 8, 1))
    assert len(_canaries()) > 10
    done = minimise_members(by=make_office(), write=True)
    assert _canaries() == {}
    assert done.people == 1


def test_what_the_archives_keep_stays(cell: Organization) -> None:
    member = _full(cell, "Đã Đi Lâu")
    _leave(member, date(2025, 8, 1))
    minimise_members(by=make_office(), write=True)
    kept = Member.objects.get(pk=member.pk)
    assert (kept.full_name, kept.birth_date, kept.admitted_on) == (
        "Đã Đi Lâu",
        date(1980, 5, 19),
        date(2005, 2, 3),
    )
    assert kept.memberships.count() == 1
    assert kept.status_periods.count() == 2
    assert kept.assignments.count() == 1
    assert kept.data_requests.get().state == "refused"


def test_without_the_word_nothing_is_written(cell: Organization) -> None:
    member = _full(cell, "Đã Đi Lâu")
    _leave(member, date(2025, 8, 1))
    before, lines = _canaries(), AuditEntry.objects.count()
    counted = minimise_members(by=make_office())
    assert (_canaries(), AuditEntry.objects.count()) == (before, lines)
    assert counted.rows == minimise_members(by=make_office(), write=True).rows


def test_members_on_the_roll_and_those_who_left_lately_keep_everything(cell: Organization) -> None:
    _full(cell, "Còn Sinh Hoạt")
    left = _full(cell, "Vừa Đi", year=2023)
    _leave(left, TODAY)
    before = _canaries()
    assert minimise_members(by=make_office(), write=True).rows == {}
    assert _canaries() == before


def test_each_kind_goes_on_the_day_its_own_months_have_passed(cell: Organization) -> None:
    member = _full(cell, "Đã Đi")
    shortest = min(rule.months for rule in data_rules(TODAY).retention)
    _leave(member, months_before(TODAY, shortest))
    minimise_members(by=make_office(), write=True)
    assert WorkLimitReason.objects.count() == WorkLimit.objects.count() == Wish.objects.count() == 0
    assert Experience.objects.count() == 1


@pytest.mark.parametrize("who", ["secretary", "colleague", "stranger", "office"])
def test_only_who_acts_everywhere_takes_anything_away(
    cell: Organization, who: str, request: pytest.FixtureRequest
) -> None:
    _leave(_full(cell, "Đã Đi Lâu"), date(2025, 8, 1))
    before = _canaries()
    with pytest.raises(Refused):
        minimise_members(by=request.getfixturevalue(who), write=True)
    assert _canaries() == before


def test_a_second_run_finds_nothing(cell: Organization) -> None:
    member = _full(cell, "Đã Đi Lâu")
    _leave(member, date(2025, 8, 1))
    minimise_members(by=make_office(), write=True)
    lines = AuditEntry.objects.count()
    assert minimise_members(by=make_office(), write=True).rows == {}
    assert AuditEntry.objects.count() == lines


def test_the_log_says_of_whom_how_many_rows_went_and_nothing_of_what_they_said(cell: Organization) -> None:
    member = _full(cell, "Đã Đi Lâu")
    _leave(member, date(2025, 8, 1))
    minimise_members(by=make_office(), write=True)
    entry = AuditEntry.objects.get(action="minimise_member")
    assert entry.subject == f"member:{member.pk}"
    assert entry.detail["members.WorkLimitReason"] == 1
    assert set(entry.detail) == {rule.model for rule in data_rules(TODAY).retention}


def test_lists_that_were_never_written_and_parts_of_old_work_go(cell: Organization) -> None:
    old = moment(date(2026, 1, 5))
    RosterImport.objects.create(
        file_name="x",
        digest="x",
        content=CANARY.encode(),
        organization=cell,
        created_at=old,
        summary={"x": CANARY},
    )
    job = Job.objects.create(kind="x", created_at=old, beat_at=old, state=Job.State.DONE)
    JobChunk.objects.create(job=job, number=0, payload={"x": CANARY}, result={"x": CANARY})
    running = Job.objects.create(kind="x", created_at=old, beat_at=old, state=Job.State.RUNNING)
    JobChunk.objects.create(job=running, number=0, payload={"x": "đang làm"})
    plan = Plan.objects.create(cell=cell, year=2026, drafted_at=old)
    for number, at in enumerate((old, moment()), start=1):
        PlanStep.objects.create(
            plan=plan, since=number, version=number + 1, words="Giao", at=at, by_name="x",
            before={"x": CANARY if at == old else "mới"},
        )  # fmt: skip
    minimise_members(by=make_office(), write=True)
    assert _canaries() == {}
    assert [step.at for step in PlanStep.objects.all()] == [moment()]
    assert bytes(RosterImport.objects.get().content) == b""
    assert running.chunks.get().payload == {"x": "đang làm"}


def test_the_command_counts_first_and_writes_when_told(cell: Organization) -> None:
    member = _full(cell, "Đã Đi Lâu")
    _leave(member, date(2025, 8, 1))
    counted, written = io.StringIO(), io.StringIO()
    call_command("minimise_members", stdout=counted)
    assert "Chưa xóa gì. Xóa thật: thêm --write." in counted.getvalue()
    assert _canaries() != {}
    call_command("minimise_members", "--write", stdout=written)
    assert "Nguyện vọng: 1 dòng đã xóa" in written.getvalue()
    assert _canaries() == {}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 23), 1, date(2026, 10, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 25, date(2023, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected
