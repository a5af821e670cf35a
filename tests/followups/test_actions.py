"""What is said of a duty, by whom, when; nothing said is ever lost or changed."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from phancong.access.actor import Actor
from phancong.audit.models import AuditEntry
from phancong.common.refusal import Refused
from phancong.followups import actions
from phancong.followups.enums import AskReason, EntryKind, State
from phancong.followups.models import Entry, Matter, Progress
from phancong.followups.standing import fold, start
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.actions import Decision
from phancong.planning.models import Assignment
from tests.factories import TODAY, make_actor, make_cell
from tests.followups.works import ADOPTED, DUE, make_work, make_works, member_actor, plan_of, seen
from tests.planning.cells import belonging_member

DECISION = Decision(decided_on=TODAY, basis="Biên bản số 11-BB/CB", reason="Chuyển sang tổ khác")


@pytest.fixture
def member(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Rah Lan H'Bia")


@pytest.fixture
def work(cell: Organization, member: Member) -> Assignment:
    return make_work(cell, member=member)


@pytest.fixture
def herself(member: Member) -> Actor:
    return member_actor(member)


def progress(work: Assignment) -> Progress:
    return Progress.objects.get(assignment=work)


def say_done(work: Assignment, by: Actor) -> Entry:
    return actions.report(work, kind=EntryKind.DONE, text="Đã vận động được 12 hộ", by=by)


def accept(work: Assignment, by: Actor) -> Entry:
    return actions.accept(work, seen=seen(work), by=by)


def test_from_adoption_on_every_assignment_is_followed(work: Assignment, cell: Organization) -> None:
    found = progress(work)
    assert (found.state, found.cell, found.first_due_on, found.due_on, found.begun_on) == (
        State.RUNNING,
        cell,
        DUE,
        DUE,
        ADOPTED,
    )


def test_a_report_of_being_done_waits_for_a_remark_and_then_is_done(
    work: Assignment, herself: Actor, secretary: Actor
) -> None:
    say_done(work, herself)
    assert progress(work).state == State.AWAITING
    accept(work, secretary)
    found = progress(work)
    assert (found.state, found.done_on, found.exceeded) == (State.DONE, TODAY, False)


def test_what_is_sent_back_runs_on(work: Assignment, herself: Actor, secretary: Actor) -> None:
    say_done(work, herself)
    actions.send_back(work, seen=seen(work), by=secretary, text="Còn 3 hộ chưa ký cam kết")
    found = progress(work)
    assert (found.state, found.said_done_on) == (State.RUNNING, None)


def test_going_beyond_what_was_asked_is_said_with_words(
    work: Assignment, herself: Actor, secretary: Actor
) -> None:
    say_done(work, herself)
    with pytest.raises(Refused, match="Ghi nhận xét"):
        actions.accept(work, seen=seen(work), by=secretary, exceeded=True)
    actions.accept(work, seen=seen(work), by=secretary, exceeded=True, text="Vượt 4 hộ so với giao")
    assert progress(work).exceeded


@pytest.mark.parametrize("kind", [EntryKind.GOING, EntryKind.DIFFICULT])
def test_news_moves_only_the_day_of_the_last_news(work: Assignment, herself: Actor, kind: EntryKind) -> None:
    actions.report(work, kind=kind, text="Mưa lũ, chưa đi được", by=herself)
    found = progress(work)
    assert (found.state, found.news_on) == (State.RUNNING, TODAY)


def test_a_difficulty_waits_for_the_cells_answer(
    work: Assignment, herself: Actor, secretary: Actor, cell: Organization
) -> None:
    actions.report(work, kind=EntryKind.DIFFICULT, text="Thiếu loa", by=herself)
    matter = Matter.objects.get()
    assert (matter.holder, matter.due_on, matter.answered_on) == (cell, TODAY + timedelta(days=10), None)
    actions.answer(matter, text="Đã mượn loa của thôn", by=secretary)
    matter.refresh_from_db()
    assert (matter.answered_on, matter.answer.text if matter.answer else "") == (
        TODAY,
        "Đã mượn loa của thôn",
    )


def test_a_matter_is_answered_once(work: Assignment, herself: Actor, secretary: Actor) -> None:
    actions.report(work, kind=EntryKind.DIFFICULT, text="Thiếu loa", by=herself)
    matter = Matter.objects.get()
    actions.answer(matter, text="Đã mượn", by=secretary)
    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer(matter, text="Đã mua", by=secretary)


def test_a_matter_passed_up_waits_above(
    work: Assignment, herself: Actor, secretary: Actor, office: Actor, cell: Organization
) -> None:
    actions.ask_change(work, reason=AskReason.HEALTH, text="Vừa mổ", wish="Việc nhẹ", by=herself)
    matter = Matter.objects.get()
    actions.pass_up(matter, text="Chi bộ không còn ai thay", by=secretary)
    matter.refresh_from_db()
    assert (matter.holder, matter.raised, matter.due_on) == (cell.parent, 1, TODAY + timedelta(days=15))
    with pytest.raises(Refused, match="đang chờ"):
        actions.answer(matter, text="Tự giải quyết", by=secretary)
    actions.answer(matter, text="Cử đồng chí ở chi bộ bên giúp", by=office)
    assert not Matter.objects.filter(answered_on__isnull=True).exists()


def test_what_is_not_answered_in_time_goes_one_level_up(
    work: Assignment, herself: Actor, office: Actor, cell: Organization
) -> None:
    actions.report(work, kind=EntryKind.DIFFICULT, text="Thiếu loa", by=herself)
    assert actions.raise_overdue(by=office) == 0
    later = make_actor("office", "", TODAY + timedelta(days=11))
    assert actions.raise_overdue(by=later) == 1
    matter = Matter.objects.get()
    assert (matter.holder, matter.raised) == (cell.parent, 1)
    assert actions.raise_overdue(by=later) == 0


def test_an_extension_keeps_the_first_deadline(work: Assignment, secretary: Actor) -> None:
    new = date(2026, 12, 31)
    actions.extend(work, new_due=new, reason="Lũ về muộn", basis="Ý kiến chi ủy", seen=0, by=secretary)
    found = progress(work)
    assert (found.first_due_on, found.due_on, found.extensions) == (DUE, new, 1)


@pytest.mark.parametrize(
    ("new_due", "reason", "basis", "says"),
    [
        (DUE, "Lũ", "Chi ủy", "phải sau hạn đang có"),
        (date(2028, 1, 1), "Lũ", "Chi ủy", "quá xa"),
        (date(2026, 12, 31), " ", "Chi ủy", "Ghi lý do"),
        (date(2026, 12, 31), "Lũ", " ", "Ghi căn cứ"),
    ],
)
def test_an_extension_is_a_decision_with_its_reason(
    work: Assignment, secretary: Actor, new_due: date, reason: str, basis: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        actions.extend(work, new_due=new_due, reason=reason, basis=basis, seen=0, by=secretary)
    assert Entry.objects.count() == 0


def test_of_a_page_that_is_behind_nothing_is_written(
    work: Assignment, herself: Actor, secretary: Actor
) -> None:
    say_done(work, herself)
    with pytest.raises(Refused, match="Vừa có dòng mới"):
        actions.accept(work, seen=0, by=secretary)


def test_sent_twice_it_is_written_once(work: Assignment, herself: Actor) -> None:
    key = uuid.uuid4()
    first, again = (
        actions.report(work, kind=EntryKind.DIFFICULT, text="Thiếu loa", by=herself, key=key)
        for _ in range(2)
    )
    assert first == again
    assert (Entry.objects.count(), Matter.objects.count()) == (1, 1)


def test_the_secretary_writes_down_for_a_member_without_a_phone(work: Assignment, secretary: Actor) -> None:
    day = date(2026, 11, 20)
    entry = actions.report(
        work, kind=EntryKind.DONE, text="Đồng chí báo trực tiếp", by=secretary, on=day, is_on_behalf=True
    )
    assert (entry.is_on_behalf, entry.on, progress(work).said_done_on) == (True, day, day)


@pytest.mark.parametrize(
    ("on", "says"), [(TODAY + timedelta(days=1), "chưa đến"), (ADOPTED - timedelta(days=1), "trước lần ghi")]
)
def test_what_is_written_down_later_keeps_its_order(
    work: Assignment, secretary: Actor, on: date, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        actions.report(work, kind=EntryKind.GOING, text="Báo miệng", by=secretary, on=on, is_on_behalf=True)


Act = Callable[[Assignment, Actor], object]
DIRECTING: dict[str, Act] = {
    "accept": accept,
    "note": lambda work, by: actions.note(work, by=by, text="Làm tốt"),
    "extend": lambda work, by: actions.extend(
        work, new_due=date(2026, 12, 31), reason="Lũ", basis="Chi ủy", seen=seen(work), by=by
    ),
    "write down": lambda work, by: actions.report(
        work, kind=EntryKind.GOING, text="Báo miệng", by=by, is_on_behalf=True
    ),
    "end": lambda work, by: actions.end(work, decision=DECISION, version=plan_of(work).version, by=by),
}


@pytest.mark.parametrize("act", DIRECTING.values(), ids=DIRECTING)
@pytest.mark.parametrize("who", ["colleague", "stranger", "sister_secretary"])
def test_only_who_directs_the_cells_work_does_so(
    work: Assignment, act: Act, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="chưa được giao"):
        act(work, request.getfixturevalue(who))


@pytest.mark.parametrize("act", [DIRECTING[name] for name in ("note", "extend", "end")])
def test_nobody_judges_their_own_work(work: Assignment, member: Member, secretary: Actor, act: Act) -> None:
    both = Actor(None, member.pk, member.full_name, secretary.now, secretary.grants)
    with pytest.raises(Refused, match="của chính mình"):
        act(work, both)


@pytest.mark.parametrize("who", ["secretary", "colleague", "stranger", "sister_secretary", "office"])
def test_only_the_member_reports_in_the_first_person(
    work: Assignment, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="của đồng chí khác"):
        say_done(work, request.getfixturevalue(who))


def test_what_is_done_is_not_reported_again(work: Assignment, herself: Actor, secretary: Actor) -> None:
    say_done(work, herself)
    with pytest.raises(Refused, match="đang chờ nhận xét"):
        say_done(work, herself)
    accept(work, secretary)
    with pytest.raises(Refused, match="ghi nhận hoàn thành"):
        say_done(work, herself)


def test_handing_over_closes_the_one_and_follows_the_other(
    work: Assignment, cell: Organization, secretary: Actor
) -> None:
    successor = belonging_member(cell)
    actions.extend(work, new_due=date(2026, 12, 31), reason="Lũ", basis="Chi ủy", seen=0, by=secretary)
    done = actions.hand_over(
        work, to=successor, decision=DECISION, version=plan_of(work).version, by=secretary
    )
    assert progress(work).state == State.ENDED
    assert done.given is not None
    new = progress(done.given)
    assert (new.member, new.state, new.begun_on, new.first_due_on) == (
        successor,
        State.RUNNING,
        TODAY,
        date(2026, 12, 31),
    )


def test_a_meetings_conclusion_is_followed_too(
    work: Assignment, cell: Organization, secretary: Actor
) -> None:
    given = actions.conclude(
        plan_of(work),
        title="Dọn tuyến mương",
        member=belonging_member(cell),
        due_on=DUE,
        basis="Biên bản số 11-BB/CB",
        reason="Kết luận cuộc họp",
        is_substantive=False,
        decided_on=TODAY,
        by=secretary,
    )
    assert progress(given).state == State.RUNNING


def test_reminders_are_written_once_a_day_for_each_duty(cell: Organization, secretary: Actor) -> None:
    works = make_works(cell, [(belonging_member(cell), "", DUE, True) for _ in range(3)])
    assert actions.remind(works, by=secretary, text="Sắp đến hạn") == 3
    assert actions.remind(works, by=secretary) == 0
    assert sorted(Progress.objects.values_list("reminders", flat=True)) == [1, 1, 1]


def test_the_log_names_the_act_but_not_the_words(work: Assignment, herself: Actor) -> None:
    actions.ask_change(work, reason=AskReason.HEALTH, text="Vừa mổ tim", wish="", by=herself)
    line = AuditEntry.objects.get(action="work_ask")
    assert (line.subject, "mổ" in str(line.detail)) == (f"assignment:{work.pk}", False)


@pytest.mark.parametrize(
    "change", [lambda: Entry.objects.update(text="khác"), lambda: Entry.objects.all().delete()]
)
def test_the_database_refuses_to_change_the_register(
    work: Assignment, herself: Actor, change: Callable[[], object]
) -> None:
    actions.report(work, kind=EntryKind.GOING, text="Đang làm", by=herself)
    with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
        change()


def test_what_is_kept_for_lists_is_the_fold_of_the_register(
    work: Assignment, herself: Actor, secretary: Actor
) -> None:
    actions.report(work, kind=EntryKind.GOING, text="Đang làm", by=herself)
    actions.extend(
        work, new_due=date(2026, 12, 31), reason="Lũ", basis="Chi ủy", seen=seen(work), by=secretary
    )
    say_done(work, herself)
    accept(work, secretary)
    folded = fold(start(first_due_on=DUE, begun_on=ADOPTED), work.entries.order_by("id"))
    kept = progress(work)
    assert all(getattr(kept, name) == getattr(folded, name) for name in folded.__dataclass_fields__)


def test_a_sister_cell_with_the_same_people_is_not_touched(work: Assignment, herself: Actor) -> None:
    other = make_work(make_cell())
    say_done(work, herself)
    assert progress(other).state == State.RUNNING
