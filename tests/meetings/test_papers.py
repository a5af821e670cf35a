"""The papers of a meeting, opened again."""

from datetime import time
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from phancong.meetings import actions
from phancong.meetings.actions.holding import Mark
from phancong.meetings.enums import Becomes, ItemKind, Presence
from phancong.meetings.models import Meeting
from phancong.meetings.papers.writing import docx_of, minutes_pdf, named
from phancong.members.enums import Status
from phancong.organizations.models import Organization
from tests.factories import TODAY
from tests.meetings.rooms import (
    another,
    begun,
    draft_with_work,
    finished,
    first_item,
    item_of,
    people_of,
    tally,
    writer,
)

pytestmark = pytest.mark.django_db
PRIVATE = "đi điều trị bệnh gan"


def words_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    return "\n".join(
        "".join(run.text or "" for run in line.iter() if run.tag.endswith("}t"))
        for line in document.element.body.iter()
        if line.tag.endswith("}p")
    )


def words_of_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.fixture
def meeting(cell: Organization) -> Meeting:
    """A plan adopted, a member excused, a resolution, a conclusion with a person and a day."""
    by, people = writer(cell), people_of(cell, 4)
    another(cell, full_name="Rah Lan H'Dự Bị", status=Status.PROBATIONARY)
    draft_with_work(cell, people)
    begun_one = begun(cell, people, by=by)
    marks = {people[3].pk: Mark(Presence.EXCUSED, PRIVATE)}
    actions.record_attendance(begun_one, marks=marks, guests="Đ/c Ksor Nay", version=begun_one.version, by=by)
    item = actions.add_item(begun_one, title="Kế hoạch phân công năm", kind=ItemKind.PLAN, by=by)
    actions.save_text(
        first_item(begun_one),
        discussion="Đ/c Hoa: nhất trí.",
        summary="Mỗi kỳ kể một chuyện.",
        version=1,
        by=by,
    )
    actions.record_vote(item, tally=tally(2, 1), version=begun_one.version + 1, by=by)
    resolution = item_of(begun_one, ItemKind.RESOLUTION)
    actions.conclude(
        resolution, text="Trồng cây đầu năm", becomes=Becomes.DUTY, member_id=people[1].pk,
        due_on=TODAY.replace(month=12, day=20), by=by,
    )  # fmt: skip
    begun_one.refresh_from_db()
    actions.record_vote(resolution, tally=tally(3), version=begun_one.version, by=by)
    return finished(begun_one, by=by)


def test_the_minutes_say_who_came_what_was_voted_and_the_named_list(meeting: Meeting) -> None:
    said = words_of(bytes(meeting.signed.docx))
    for words in (
        "Số 01-BB/CB",
        "họp chi bộ tháng 11 năm 2026",
        "1. Tổng số đảng viên của chi bộ: 5 đồng chí.",
        "2. Có mặt: 4 đồng chí, trong đó chính thức 3, dự bị 1.",
        "3. Vắng mặt có lý do: 1 đồng chí",
        "Đ/c Ksor Nay",
        "Đ/c Hoa: nhất trí.",
        "Đạt: 2/3 = 66,6 %, cần hơn một nửa của 3, tức là 2.",
        "Rah Lan H'Dự Bị (đảng viên dự bị, không biểu quyết)",
        "Danh sách phân công công tác năm 2026:",
        "Trồng cây đầu năm",
        "20/12/2026",
        "Cuộc họp kết thúc hồi 21 giờ 15 phút cùng ngày./.",
    ):
        assert words in said
    assert "DỰ THẢO" not in said
    assert PRIVATE not in said


def test_the_named_list_in_the_minutes_names_every_member_once(meeting: Meeting) -> None:
    document = docx.Document(BytesIO(bytes(meeting.signed.docx)))
    tables = [table for table in document.tables if table.rows[0].cells[1].text == "Họ và tên"]
    names = [row.cells[1].text for row in tables[0].rows[1:]]
    assert len(set(names)) == 5


def test_the_pdf_says_the_same(meeting: Meeting) -> None:
    said = words_of_pdf(bytes(meeting.signed.pdf))
    for words in ("BIÊN BẢN", "Số 01-BB/CB", "Trồng cây đầu năm", "cần hơn một nửa của 3"):
        assert words in said
    assert PRIVATE not in said


def test_signed_papers_are_handed_out_as_they_were_signed(meeting: Meeting) -> None:
    assert named(meeting, "minutes")[2] == bytes(meeting.signed.docx)
    assert named(meeting, "minutes-pdf")[2] == bytes(meeting.signed.pdf)


def test_the_resolution_has_a_number_and_names_who_does_what(meeting: Meeting) -> None:
    said = words_of(docx_of(meeting, "resolution"))
    for words in ("Số 01-NQ/CB", "số 01-BB/CB", "Trồng cây đầu năm", "Thời hạn: 20/12/2026"):
        assert words in said


def test_invitation_and_sheet_are_there_before_the_meeting(cell: Organization) -> None:
    by, people = writer(cell), people_of(cell)
    another(cell, full_name="Ksor Tin", status=Status.SUSPENDED)
    call = actions.Call(kind="regular", held_on=TODAY, starts_at=time(19, 30), place="Nhà Rông")
    planned = actions.plan_meeting(cell, call=call, by=by)
    invitation, sheet = words_of(docx_of(planned, "agenda")), words_of(docx_of(planned, "sheet"))
    assert "Thời gian: 19:30, Thứ Hai, ngày 23 tháng 11 năm 2026." in invitation
    assert all(one.full_name in sheet for one in people)
    assert "Đình chỉ" not in sheet


def test_minutes_not_yet_read_back_are_marked_as_a_draft(cell: Organization) -> None:
    by, people = writer(cell), people_of(cell)
    meeting = begun(cell, people, by=by)
    assert "DỰ THẢO" in words_of(docx_of(meeting, "minutes"))
    assert "DỰ THẢO" in words_of_pdf(minutes_pdf(meeting))
