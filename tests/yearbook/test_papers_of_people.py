"""Pledges, notes, study and remarks: who writes, who reads, what stays when something is put right."""

from datetime import timedelta

import pytest

from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.members.enums import Status
from phancong.yearbook import actions, policies
from phancong.yearbook.actions import Given, Mark
from phancong.yearbook.actions.study import mark_attendance
from phancong.yearbook.models import Correction, Pledge, PledgeNote, Remark, StudyAttendance, StudySession
from phancong.yearbook.queries import doors
from phancong.yearbook.queries.figures import figures_of
from phancong.yearbook.queries.pages import sessions_page, study_cells_page
from tests.factories import TODAY, make_actor, make_member, parent_of
from tests.yearbook.places import YEAR, Places, agency_member, make_places, record

pytestmark = pytest.mark.django_db
WORDS = "Mỗi tuần đọc một tài liệu"


@pytest.fixture
def places() -> Places:
    return make_places()


def pledge(places: Places, *, by: Actor | None = None, version: int = 0, **changes: str) -> Pledge:
    told = {"content": WORDS, **changes}
    return actions.register_pledge(
        places.member,
        year=YEAR,
        registered_on=TODAY,
        version=version,
        by=by or places.themself(),
        **told,
    )


def test_a_member_registers_and_the_secretary_receives(places: Places) -> None:
    made = pledge(places)
    actions.receive_pledge(made, version=1, by=places.at_work())
    made.refresh_from_db()
    assert (made.content, made.on_paper, made.received_on) == (WORDS, False, TODAY)


def test_the_secretary_types_a_paper_in(places: Places) -> None:
    assert pledge(places, by=places.at_work()).on_paper is True


def test_who_writes_whose_pledge(places: Places) -> None:
    office = make_actor("office", places.work.path[:8], name="Văn phòng")
    others = (places.at_home(), places.at_sister(), office, make_actor("member", places.work.path))
    for actor in others:
        with pytest.raises(Refused):
            pledge(places, by=actor)
    assert Pledge.objects.count() == 0


def test_nobody_receives_their_own_pledge(places: Places) -> None:
    made, themself = pledge(places), places.themself()
    with pytest.raises(Refused, match="chính mình"):
        actions.receive_pledge(made, version=1, by=themself)


def test_what_people_wrote_is_read_by_their_secretary_and_an_inspector() -> None:
    places = make_places()
    ward = places.work.path[:8]
    readers = {
        "secretary": places.at_work(),
        "committee": make_actor("committee", ward),
        "secretary of the ward": make_actor("secretary", ward),
        "office": make_actor("office", ward),
        "inspector": make_actor("inspector", ward),
        "sister": places.at_sister(),
        "colleague": make_actor("member", places.work.path),
    }
    assert {name for name, actor in readers.items() if policies.may_read_texts(actor, places.work)} == {
        "secretary",
        "inspector",
    }


def test_a_received_pledge_changes_with_a_reason_and_is_received_anew(places: Places) -> None:
    made = pledge(places)
    actions.receive_pledge(made, version=1, by=places.at_work())
    with pytest.raises(Refused, match="Ghi lý do sửa"):
        pledge(places, version=2, content="Khác")
    pledge(places, version=2, content="Khác", reason="Bổ sung")
    kept = set(Correction.objects.values_list("field", "before", "reason", "by_role"))
    assert kept == {
        ("nội dung cam kết", WORDS, "Bổ sung", "chính đồng chí ấy"),
        ("bí thư nhận ngày", f"{TODAY:%d/%m/%Y}", "Bổ sung", "chính đồng chí ấy"),
    }
    assert Pledge.objects.get().received_on is None


def test_before_it_is_received_a_change_still_leaves_a_trace(places: Places) -> None:
    pledge(places)
    pledge(places, version=1, content="Khác")
    assert list(Correction.objects.values_list("before", flat=True)) == [WORDS]


def test_the_figures_count_who_has_not_registered(places: Places) -> None:
    agency_member(places.work)
    make_member(places.work, status=Status.EXEMPT)
    pledge(places)
    found = figures_of([places.work.pk], year=YEAR, today=TODAY)[places.work.pk]
    assert (found.without_pledge, found.pledge_to_receive) == (1, 1)


def test_a_note_is_ones_own(places: Places) -> None:
    actions.add_note(places.member, text="Giúp hộ nghèo sửa nhà", done_on=TODAY, by=places.themself())
    with pytest.raises(Refused, match="không ghi thay"):
        actions.add_note(places.member, text="x", done_on=TODAY, by=places.at_work())
    assert PledgeNote.objects.count() == 1


def test_a_note_put_right_keeps_what_it_said(places: Places) -> None:
    note = actions.add_note(places.member, text="Giúp một hộ", done_on=TODAY, by=places.themself())
    actions.mend_note(note, text="Giúp hai hộ", done_on=TODAY, version=1, by=places.themself())
    assert PledgeNote.objects.get().text == "Giúp hai hộ"
    assert Correction.objects.get().before == "Giúp một hộ"


def test_a_day_to_come_is_not_noted(places: Places) -> None:
    with pytest.raises(Refused, match="chưa đến"):
        actions.add_note(places.member, text="x", done_on=TODAY + timedelta(days=1), by=places.themself())


def session_of(places: Places, *, by: Actor | None = None) -> StudySession:
    return actions.hold_session(
        places.work, kind="theme", title="Chuyên đề năm", documents="", held_on=TODAY,
        by=by or places.at_work(),
    )  # fmt: skip


def mark(
    places: Places, session: StudySession, marks: dict[int, Mark], *, version: int, reason: str = ""
) -> int:
    return mark_attendance(
        session, places.work, marks=marks, version=version, reason=reason, by=places.at_work()
    )


def test_everybody_of_the_place_is_expected_but_the_exempt(places: Places) -> None:
    make_member(places.work, status=Status.EXEMPT)
    make_member(places.home)
    probationary = make_member(places.work, status=Status.PROBATIONARY, official_on=None)
    session_of(places)
    assert set(StudyAttendance.objects.values_list("member", flat=True)) == {
        places.member.pk,
        probationary.pk,
    }


def test_a_committee_holds_a_session_for_all_its_cells(places: Places) -> None:
    committee = parent_of(places.work)
    office = make_actor("office", committee.path)
    actions.hold_session(
        committee, kind="resolution", title="Nghị quyết", documents="", held_on=TODAY, by=office
    )
    with pytest.raises(Refused, match="chưa được giao"):
        actions.hold_session(
            committee, kind="theme", title="x", documents="", held_on=TODAY, by=places.at_work()
        )
    assert [row.expected for row in sessions_page(places.work, year=YEAR, after=None).rows] == [1]


def test_attendance_is_one_page_and_catching_up_needs_no_reason(places: Places) -> None:
    other = agency_member(places.work)
    session = session_of(places)
    mark(places, session, {places.member.pk: Mark(is_present=True)}, version=2)
    (row,) = sessions_page(places.work, year=YEAR, after=None).rows
    assert (row.expected, row.studied, row.to_catch_up, row.unmarked) == (2, 1, 1, 0)
    marks = {places.member.pk: Mark(is_present=True), other.pk: Mark(is_present=False, caught_up_on=TODAY)}
    mark(places, session, marks, version=4)
    (cell,) = study_cells_page(places.at_work(), session, after=None).rows
    assert (cell.expected, cell.studied, cell.to_catch_up) == (2, 2, 0)
    assert Correction.objects.count() == 0


def test_who_was_marked_wrongly_is_put_right_with_a_reason(places: Places) -> None:
    session = session_of(places)
    mark(places, session, {}, version=1)
    present = {places.member.pk: Mark(is_present=True)}
    with pytest.raises(Refused, match="Ghi lý do sửa"):
        mark(places, session, present, version=2)
    mark(places, session, present, version=2, reason="Đến muộn")
    assert list(Correction.objects.values_list("before", "after", "reason")) == [
        ("Vắng", "Có mặt", "Đến muộn")
    ]


def test_an_old_attendance_page_changes_nothing(places: Places) -> None:
    session = session_of(places)
    mark(places, session, {}, version=1)
    with pytest.raises(Refused, match="vừa được sửa"):
        mark(places, session, {places.member.pk: Mark(is_present=True)}, version=1, reason="x")


def test_catching_up_comes_after_the_session(places: Places) -> None:
    session = session_of(places)
    early = {places.member.pk: Mark(is_present=False, caught_up_on=TODAY - timedelta(days=1))}
    with pytest.raises(Refused, match="trước ngày học"):
        mark(places, session, early, version=1)


def test_a_sister_cell_finds_neither_session_nor_pledge(places: Places) -> None:
    session, made = session_of(places), pledge(places)
    sister = places.at_sister()
    assert (doors.session_for(sister, session.pk), doors.pledge_for(sister, made.pk)) == (None, None)


GIVEN = Given(text="Tham gia đủ các buổi lao động", given_by="Chi ủy chi bộ thôn 1", given_on=TODAY)


def residence_remark(places: Places) -> Remark:
    record(places)
    (remark,) = actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())
    return remark


def test_either_side_writes_the_remark_down(places: Places) -> None:
    remark = residence_remark(places)
    for actor in (places.at_home(), places.at_work()):
        found = doors.remark_for(actor, remark.pk)
        assert found is not None
        found.text, found.version = "", 1
        Remark.objects.update(text="", given_on=None, version=1)
        actions.write_remark(found, given=GIVEN, version=1, by=actor)
        assert Remark.objects.get().text == GIVEN.text


def test_neither_a_sister_nor_the_member_writes_it(places: Places) -> None:
    remark = residence_remark(places)
    for actor in (places.at_sister(), places.themself(), make_actor("office", places.work.path[:8])):
        with pytest.raises(Refused):
            actions.write_remark(remark, given=GIVEN, version=1, by=actor)
    assert Remark.objects.get().text == ""


def test_a_remark_put_right_by_the_other_side_keeps_both(places: Places) -> None:
    remark = residence_remark(places)
    actions.write_remark(remark, given=GIVEN, version=1, by=places.at_home())
    other = Given(text="Tham gia chưa đều", given_by=GIVEN.given_by, given_on=TODAY)
    with pytest.raises(Refused, match="Ghi lý do sửa"):
        actions.write_remark(remark, given=other, version=2, by=places.at_work())
    actions.write_remark(remark, given=other, version=2, reason="Theo bản giấy", by=places.at_work())
    assert list(Correction.objects.values_list("before", "after")) == [(GIVEN.text, other.text)]


def test_the_front_is_asked_about_one_member_or_the_cell(places: Places) -> None:
    for member in (places.member, None):
        actions.ask_opinion(
            places.work, year=YEAR, kind="front", member=member, asked_of="Mặt trận thôn 1",
            by=places.at_work(),
        )  # fmt: skip
    assert set(Remark.objects.values_list("member", "kind")) == {(places.member.pk, "front"), (None, "front")}


def test_an_opinion_is_asked_about_ones_own_people_only(places: Places) -> None:
    with pytest.raises(Refused, match="của chi bộ này"):
        actions.ask_opinion(
            places.work, year=YEAR, kind="mass", member=make_member(places.home), asked_of="Hội",
            by=places.at_work(),
        )  # fmt: skip
