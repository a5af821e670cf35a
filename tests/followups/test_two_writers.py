"""Two people write of one duty at the same moment: one line after the other, nothing lost, nothing twice."""

import uuid

import pytest
from django.db import connection

from phancong.audit.log import first_broken_line
from phancong.followups import actions
from phancong.followups.enums import EntryKind
from phancong.followups.models import Entry, Matter, PlanReminder, Progress
from phancong.planning.actions import Decision
from phancong.planning.models import Assignment
from tests.factories import TODAY, make_cell, make_office, make_secretary_user
from tests.followups.works import make_work, member_actor, plan_of, seen
from tests.planning.cells import belonging_member
from tests.planning.test_two_writers import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]
OFFICE = make_office()
DECISION = Decision(
    decided_on=TODAY, basis="Biên bản số 11-BB/CB", reason="Chuyển tổ", despite="Chi bộ đã bàn"
)


@pytest.fixture
def work() -> Assignment:
    return make_work(make_cell())


def done(work: Assignment, key: uuid.UUID | None = None) -> Entry:
    return actions.report(work, kind=EntryKind.DONE, text="Xong", by=member_actor(work.member), key=key)


def test_the_same_report_sent_twice_at_once_is_one_line(work: Assignment) -> None:
    key = uuid.uuid4()
    assert at_once(lambda: done(work, key), lambda: done(work, key)) == ["done", "done"]
    assert Entry.objects.count() == 1


def test_of_two_reports_at_once_one_is_told_that_it_waits(work: Assignment) -> None:
    assert sorted(at_once(lambda: done(work), lambda: done(work))) == ["done", "refused"]
    assert (Entry.objects.count(), Progress.objects.get().state) == (1, "awaiting")


def test_of_two_remarks_on_one_report_the_second_is_told_of_the_first(work: Assignment) -> None:
    done(work)
    last = seen(work)
    ends = at_once(
        lambda: actions.accept(work, seen=last, by=OFFICE),
        lambda: actions.send_back(work, seen=last, by=OFFICE, text="Còn ba hộ"),
    )
    assert sorted(ends) == ["done", "refused"]
    assert Entry.objects.count() == 2


def test_a_report_and_an_extension_at_once_do_not_pass_each_other_unseen(work: Assignment) -> None:
    due_on = Progress.objects.get().due_on
    ends = at_once(
        lambda: done(work),
        lambda: actions.extend(
            work, new_due=due_on.replace(day=31), reason="Lũ", basis="Chi ủy", seen=0, by=OFFICE
        ),
    )
    # The report may follow the extension; the extension never passes over a report its page did not show.
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    assert (ends[0], kinds) in [("done", ["done"]), ("done", ["extend", "done"])]


def test_of_two_answers_one_is_told_that_it_was_answered(work: Assignment) -> None:
    actions.report(work, kind=EntryKind.DIFFICULT, text="Thiếu loa", by=member_actor(work.member))
    matter = Matter.objects.get()
    ends = at_once(*[lambda: actions.answer(matter, text="Đã mượn", by=OFFICE)] * 2)
    assert sorted(ends) == ["done", "refused"]
    assert Entry.objects.filter(kind=EntryKind.ANSWER).count() == 1


def test_of_two_hand_overs_one_is_told_that_the_plan_changed(work: Assignment) -> None:
    cell, version = work.duty.plan.cell, plan_of(work).version
    people = [belonging_member(cell), belonging_member(cell)]
    ends = at_once(
        *(
            lambda to=to: actions.hand_over(work, to=to, decision=DECISION, version=version, by=OFFICE)
            for to in people
        )
    )
    assert sorted(ends) == ["done", "refused"]
    assert Assignment.objects.standing().count() == 1


def test_a_report_while_the_duty_is_handed_over_is_either_before_it_or_refused(work: Assignment) -> None:
    to, version = belonging_member(work.duty.plan.cell), plan_of(work).version
    ends = at_once(
        lambda: done(work),
        lambda: actions.hand_over(work, to=to, decision=DECISION, version=version, by=OFFICE),
    )
    kinds = list(Entry.objects.filter(assignment=work).order_by("id").values_list("kind", flat=True))
    assert (ends, kinds) in [(["done", "done"], ["done", "end"]), (["refused", "done"], ["end"])]
    assert first_broken_line() is None


def test_two_who_remind_the_same_cells_at_once_remind_them_once() -> None:
    make_secretary_user(make_cell())
    assert at_once(*[lambda: actions.remind_unplanned(year=TODAY.year, by=OFFICE)] * 2) == ["done", "done"]
    assert PlanReminder.objects.count() == 1
    assert first_broken_line() is None
