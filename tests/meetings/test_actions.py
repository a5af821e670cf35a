"""A meeting from its call to its signature."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from phancong.access.actor import Actor
from phancong.audit.log import first_broken_line
from phancong.common.refusal import Refused
from phancong.followups.models import Progress
from phancong.meetings import actions
from phancong.meetings.actions.holding import Mark, Overtaken
from phancong.meetings.enums import Becomes, ItemKind, Presence, State
from phancong.meetings.models import (
    AgendaItem,
    Attendance,
    Conclusion,
    Meeting,
    NumberSeries,
    ReservedOpinion,
    SignedMinutes,
    TextDraft,
    Vote,
)
from phancong.members.enums import Status
from phancong.organizations.models import Organization
from phancong.planning.enums import PlanStage
from phancong.planning.models import Plan
from tests.factories import TODAY, make_actor
from tests.meetings.rooms import (
    CALL,
    another,
    begun,
    call_of,
    draft_with_work,
    finished,
    first_item,
    item_of,
    items,
    people_of,
    tally,
    writer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cell: Organization) -> Actor:
    return writer(cell)


def test_a_year_of_meetings_is_made_in_one_go_and_a_month_is_taken_once(
    cell: Organization, by: Actor
) -> None:
    actions.plan_meeting(cell, call=CALL, by=by)
    made = actions.plan_series(cell, year=2026, day=31, call=CALL, by=by)
    assert [one.held_on for one in made] == [date(2026, 12, 31)]
    coming = actions.plan_series(cell, year=2027, day=31, call=CALL, by=by)
    assert [one.held_on.day for one in coming] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    with pytest.raises(Refused, match="đều đã có kỳ sinh hoạt"):
        actions.plan_series(cell, year=2027, day=5, call=CALL, by=by)


def test_a_meeting_begins_with_the_agenda_of_its_kind(cell: Organization, by: Actor) -> None:
    meeting = actions.plan_meeting(cell, call=CALL, by=by)
    assert [item.kind for item in items(meeting)] == ["plain", "plain", "results", "plain", "resolution"]


def test_beginning_marks_everybody_as_usual(cell: Organization, by: Actor) -> None:
    people = people_of(cell)
    exempt = another(cell, status=Status.EXEMPT)
    suspended = another(cell, status=Status.SUSPENDED)
    meeting = begun(cell, people, by=by)
    marks = dict(Attendance.objects.values_list("member", "presence"))
    assert marks == {
        **{one.pk: Presence.PRESENT for one in people},
        exempt.pk: Presence.EXCUSED,
        suspended.pk: Presence.BARRED,
    }
    assert (meeting.state, meeting.number) == (State.HELD, 1)


def test_a_meeting_does_not_begin_before_its_day(cell: Organization, by: Actor) -> None:
    meeting = actions.plan_meeting(
        cell, call=call_of(people_of(cell), held_on=TODAY + timedelta(days=1)), by=by
    )
    with pytest.raises(Refused, match="chưa đến"):
        actions.hold(meeting, version=1, by=by)
    assert not NumberSeries.objects.exists()


def test_numbers_run_without_gaps_within_a_term(cell: Organization, by: Actor) -> None:
    people = people_of(cell)
    actions.begin_term(cell, began_on=date(2026, 11, 2), basis="Biên bản đại hội", by=by)
    days = [date(2026, 10, 3), date(2026, 10, 4), date(2026, 11, 3), TODAY]
    assert [begun(cell, people, by=by, held_on=day).number for day in days] == [1, 2, 1, 2]
    with pytest.raises(Refused, match="đã có biên bản được cấp số"):
        actions.begin_term(cell, began_on=date(2026, 11, 3), basis="Biên bản", by=by)


def test_a_cancelled_meeting_takes_no_number_and_a_held_one_is_not_cancelled(
    cell: Organization, by: Actor
) -> None:
    people = people_of(cell)
    first = actions.plan_meeting(cell, call=call_of(people), by=by)
    actions.cancel_meeting(first, reason="Mưa bão", version=1, by=by)
    second = begun(cell, people, by=by)
    assert (first.state, second.number) == (State.CANCELLED, 1)
    with pytest.raises(Refused, match="chưa hủy kỳ họp được"):
        actions.cancel_meeting(second, reason="Thôi", version=second.version, by=by)


def test_a_vote_is_counted_against_who_counts_and_follows_the_attendance(
    cell: Organization, by: Actor
) -> None:
    people = people_of(cell, 4)
    another(cell, status=Status.PROBATIONARY)
    meeting = begun(cell, people, by=by)
    item = item_of(meeting, ItemKind.RESOLUTION)
    vote = actions.record_vote(item, tally=tally(2, 1), version=meeting.version, by=by)
    assert (vote.eligible, vote.needed, vote.is_reached, len(vote.excluded)) == (4, 3, False, 1)
    meeting.refresh_from_db()
    marks = {people[3].pk: Mark(Presence.EXCUSED, "đi công tác")}
    actions.record_attendance(meeting, marks=marks, guests="", version=meeting.version, by=by)
    vote = Vote.objects.get()
    assert (vote.eligible, vote.needed, vote.is_reached, len(vote.excluded)) == (3, 2, True, 2)
    meeting.refresh_from_db()
    marks = {people[2].pk: Mark(Presence.EXCUSED)}
    with pytest.raises(Refused, match="nhiều hơn 2 đồng chí"):
        actions.record_attendance(meeting, marks=marks, guests="", version=meeting.version, by=by)


def test_more_votes_than_voters_present_are_refused(cell: Organization, by: Actor) -> None:
    meeting = begun(cell, people_of(cell), by=by)
    with pytest.raises(Refused, match="Tổng số phiếu là 4"):
        actions.record_vote(first_item(meeting), tally=tally(3, 1), version=meeting.version, by=by)
    assert not Vote.objects.exists()


def test_signing_adopts_the_plan_that_reached_its_vote_and_makes_work_of_conclusions(
    cell: Organization, by: Actor
) -> None:
    people = people_of(cell)
    plan = draft_with_work(cell, people)
    meeting = begun(cell, people, by=by)
    item = actions.add_item(meeting, title="Kế hoạch phân công", kind=ItemKind.PLAN, by=by)
    actions.record_vote(item, tally=tally(3), version=meeting.version, by=by)
    actions.conclude(
        item, text="Vận động hộ ông Ksor Tin", becomes=Becomes.DUTY, member_id=people[2].pk,
        due_on=date(2026, 12, 10), by=by,
    )  # fmt: skip
    done = finished(meeting, by=by)
    plan.refresh_from_db()
    conclusion = Conclusion.objects.select_related("assignment__duty").get()
    assert (plan.stage, plan.adoption.basis) == (
        PlanStage.ADOPTED,
        "Biên bản họp chi bộ số 01-BB/CB ngày 23/11/2026",
    )
    assert conclusion.assignment is not None
    assert (conclusion.assignment.duty.title, conclusion.assignment.member_id) == (
        "Vận động hộ ông Ksor Tin",
        people[2].pk,
    )
    assert Progress.objects.count() == 4
    assert done.state == State.SIGNED
    assert first_broken_line() is None


def test_a_plan_whose_vote_failed_stays_a_draft(cell: Organization, by: Actor) -> None:
    people = people_of(cell)
    plan = draft_with_work(cell, people)
    meeting = begun(cell, people, by=by)
    item = actions.add_item(meeting, title="Kế hoạch phân công", kind=ItemKind.PLAN, by=by)
    actions.record_vote(item, tally=tally(1, 2), version=meeting.version, by=by)
    finished(meeting, by=by)
    plan.refresh_from_db()
    assert plan.stage == PlanStage.DRAFT


def test_a_draft_changed_after_the_vote_is_not_adopted_and_nothing_is_signed(
    cell: Organization, by: Actor
) -> None:
    people = people_of(cell)
    plan = draft_with_work(cell, people)
    meeting = begun(cell, people, by=by)
    item = actions.add_item(meeting, title="Kế hoạch phân công", kind=ItemKind.PLAN, by=by)
    actions.record_vote(item, tally=tally(3), version=meeting.version, by=by)
    Plan.objects.filter(pk=plan.pk).update(version=9)
    with pytest.raises(Refused, match="đã sửa sau khi chi bộ biểu quyết"):
        finished(meeting, by=by)
    assert (SignedMinutes.objects.count(), Plan.objects.get().stage) == (0, PlanStage.DRAFT)


def test_a_conclusion_without_an_adopted_plan_undoes_the_whole_signing(cell: Organization, by: Actor) -> None:
    people = people_of(cell)
    meeting = begun(cell, people, by=by)
    resolution = item_of(meeting, ItemKind.RESOLUTION)
    actions.record_vote(resolution, tally=tally(3), version=meeting.version, by=by)
    actions.conclude(
        resolution, text="Nhắc thu đảng phí", becomes=Becomes.FOLLOW_UP, member_id=people[1].pk,
        due_on=date(2026, 12, 1), by=by,
    )  # fmt: skip
    with pytest.raises(Refused, match="chưa có kế hoạch năm 2026 được thông qua"):
        finished(meeting, by=by)
    numbers = dict(NumberSeries.objects.values_list("type_code", "next_number"))
    assert (numbers, Meeting.objects.get().state) == ({"minutes": 2}, State.READ_BACK)


def test_two_writers_of_one_item_lose_nothing(cell: Organization, by: Actor) -> None:
    meeting = begun(cell, people_of(cell), by=by)
    item, other = first_item(meeting), writer(cell)
    actions.keep_draft(item, discussion="Đ/c A: đồng ý", summary="", seen=1, by=by)
    actions.save_text(item, discussion="Đ/c B: cần bàn thêm", summary="", version=1, by=other)
    with pytest.raises(Overtaken) as overtaken:
        actions.save_text(item, discussion="Đ/c A: đồng ý", summary="", version=1, by=by)
    assert overtaken.value.theirs.discussion == "Đ/c B: cần bàn thêm"
    assert TextDraft.objects.get().discussion == "Đ/c A: đồng ý"


def test_paragraphs_of_the_discussion_stay(cell: Organization, by: Actor) -> None:
    meeting = begun(cell, people_of(cell), by=by)
    saved = actions.save_text(
        first_item(meeting), discussion="Một  câu\r\n\r\nHai câu", summary="", version=1, by=by
    )
    assert saved.discussion == "Một câu\n\nHai câu"


def test_minutes_that_were_read_back_are_opened_before_they_are_changed(
    cell: Organization, by: Actor
) -> None:
    meeting = begun(cell, people_of(cell), by=by)
    actions.read_back(meeting, ends_at=time(21, 0), version=meeting.version, by=by)
    with pytest.raises(Refused, match="Mở lại để sửa"):
        actions.save_text(first_item(meeting), discussion="x", summary="", version=1, by=by)
    actions.reopen(meeting, version=meeting.version, by=by)
    assert actions.save_text(first_item(meeting), discussion="x", summary="", version=1, by=by).version == 2


def test_what_was_not_seen_is_not_agreed_to(cell: Organization, by: Actor) -> None:
    meeting = begun(cell, people_of(cell), by=by)
    seen = meeting.version
    actions.save_text(first_item(meeting), discussion="thêm một câu", summary="", version=1, by=by)
    with pytest.raises(Refused, match="vừa được đồng chí khác sửa"):
        actions.read_back(meeting, ends_at=time(21, 0), version=seen, by=by)


def test_signed_minutes_are_only_added_to(cell: Organization, by: Actor) -> None:
    people = people_of(cell)
    meeting = begun(cell, people, by=by)
    item = item_of(meeting, ItemKind.RESOLUTION)
    actions.record_vote(item, tally=tally(3), version=meeting.version, by=by)
    actions.reserve_opinion(item, member_id=people[1].pk, text="Cần thêm kinh phí", by=by)
    actions.conclude(item, text="Thống nhất", becomes=Becomes.NOTHING, member_id=None, due_on=None, by=by)
    done = finished(meeting, by=by)
    with pytest.raises(Refused, match="Biên bản đã ký"):
        actions.save_text(item, discussion="x", summary="", version=1, by=by)
    added = actions.add_addendum(done, text="Sửa tên hộ", reason="Ghi nhầm", by=by)
    assert added.number == 1


@pytest.mark.parametrize(
    "rows", [Meeting, AgendaItem, Attendance, Vote, ReservedOpinion, Conclusion, SignedMinutes]
)
def test_the_database_refuses_to_touch_what_was_signed(
    cell: Organization, by: Actor, rows: type[Meeting]
) -> None:
    people = people_of(cell)
    meeting = begun(cell, people, by=by)
    item = item_of(meeting, ItemKind.RESOLUTION)
    actions.record_vote(item, tally=tally(3), version=meeting.version, by=by)
    actions.reserve_opinion(item, member_id=people[1].pk, text="Cần thêm kinh phí", by=by)
    actions.conclude(item, text="Thống nhất", becomes=Becomes.NOTHING, member_id=None, due_on=None, by=by)
    finished(meeting, by=by)
    row = rows.objects.first()
    assert row is not None
    for act in (row.save, lambda: rows.objects.filter(pk=row.pk)._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize("who", ["colleague", "stranger", "sister_secretary"])
def test_only_whoever_records_for_this_cell_writes(
    cell: Organization, by: Actor, who: str, request: pytest.FixtureRequest
) -> None:
    meeting = begun(cell, people_of(cell), by=by)
    actor = request.getfixturevalue(who)
    for act in (
        lambda: actions.plan_meeting(cell, call=CALL, by=actor),
        lambda: actions.save_text(first_item(meeting), discussion="x", summary="", version=1, by=actor),
        lambda: actions.read_back(meeting, ends_at=time(21, 0), version=meeting.version, by=actor),
        lambda: actions.keep_draft(first_item(meeting), discussion="x", summary="", seen=1, by=actor),
    ):
        with pytest.raises(Refused, match="chưa được giao ghi sinh hoạt"):
            act()


def test_the_office_may_record_too(cell: Organization) -> None:
    by = make_actor("office", cell.path, user_id=1)
    assert begun(cell, people_of(cell), by=by).state == State.HELD
