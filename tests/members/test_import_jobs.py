"""A big roster is read, written and taken back as long work, with the rights its giver has by then."""

from datetime import date

import pytest

from phancong.access.actor import Actor
from phancong.accounts.models import User
from phancong.accounts.queries import actor_of
from phancong.jobs.actions import prepare_job, run_here
from phancong.jobs.models import Job
from phancong.members.importing.actions import keep_upload
from phancong.members.jobs import READ, UNDO, WRITE
from phancong.members.models import Member, RosterImport
from tests.factories import make_cell, make_committee, make_member, make_office_user, moment
from tests.members.test_roster_import import AN, NGA, book

pytestmark = pytest.mark.django_db


def run(kind: str, kept: RosterImport, user_id: int) -> Job:
    job = prepare_job(
        kind,
        by=_office(user_id),
        parameters={"import": kept.pk, "user": user_id, "only_right_rows": False},
        title="Thử",
    )
    return run_here(job)


def _office(user_id: int) -> Actor:
    return actor_of(User.objects.get(pk=user_id), now=moment())


def test_a_roster_is_read_written_and_taken_back_as_jobs() -> None:
    committee = make_committee()
    make_cell(parent=committee, name="Chi bộ thôn 1")
    user = make_office_user(committee)
    kept = keep_upload(book(AN, NGA), file_name="ds.xlsx", organization=committee, by=_office(user.pk))
    assert run(READ, kept, user.pk).message == "Thêm mới 2, cập nhật 0, không đổi 0, lỗi 0. Chưa ghi gì."
    assert Member.objects.count() == 0
    job = run(WRITE, kept, user.pk)
    assert (job.state, Member.objects.count()) == (Job.State.DONE, 2)
    assert run(UNDO, kept, user.pk).state == Job.State.DONE
    assert Member.objects.count() == 0


def test_a_job_given_by_somebody_whose_right_has_ended_writes_nothing() -> None:
    committee = make_committee()
    make_cell(parent=committee, name="Chi bộ thôn 1")
    user = make_office_user(committee)
    kept = keep_upload(book(AN), file_name="ds.xlsx", organization=committee, by=_office(user.pk))
    run(READ, kept, user.pk)
    user.appointments.all().delete()
    job = run(WRITE, kept, user.pk)
    assert (job.state, Member.objects.count()) == (Job.State.FAILED, 0)


def test_a_file_that_cannot_be_read_in_a_job_is_noted_with_the_reason() -> None:
    committee = make_committee()
    user = make_office_user(committee)
    kept = keep_upload(book(header=["STT"]), file_name="ds.xlsx", organization=committee, by=_office(user.pk))
    job = run(READ, kept, user.pk)
    kept.refresh_from_db()
    assert (job.state, kept.state) == (Job.State.FAILED, RosterImport.State.UNREADABLE)
    assert kept.summary["reason"] == job.message


def test_a_job_does_not_write_a_preview_that_no_longer_holds() -> None:
    committee = make_committee()
    cell = make_cell(parent=committee, name="Chi bộ thôn 1")
    user = make_office_user(committee)
    kept = keep_upload(book(AN, NGA), file_name="ds.xlsx", organization=committee, by=_office(user.pk))
    run(READ, kept, user.pk)
    make_member(cell, full_name=AN[0], birth_date=date(1975, 3, 12))
    job = run(WRITE, kept, user.pk)
    assert (job.state, Member.objects.count()) == (Job.State.FAILED, 1)
    assert "“Đọc lại tệp”" in job.message
