"""The pages: what each shows to whom, by how many queries, and the papers they hand out."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phancong.accounts.models import User
from phancong.audit.models import AuditEntry
from phancong.personal_data.watching import looks_at
from phancong.yearbook import actions
from phancong.yearbook.actions import Given
from phancong.yearbook.models import Pledge, PledgeNote, Remark, ResidenceContact, StudyAttendance
from phancong.yearbook.queries.pages import PAGE, pledges_page
from tests.factories import TODAY, make_member, make_office_user, make_post, make_user
from tests.yearbook.places import YEAR, Places, agency_member, make_places, record

pytestmark = [pytest.mark.django_db]
TEXT = "Tham gia đủ các buổi lao động"


@pytest.fixture
def places() -> Places:
    found = make_places()
    for name in ("work", "home", "sister"):
        leader = make_member(getattr(found, name), full_name=f"Trần Thị Bí Thư {name.title()}")
        make_post(leader, getattr(found, name))
        found.users[name] = make_user(leader)
    found.users["member"] = make_user(found.member)
    assert found.work.parent is not None
    found.users["office"] = make_office_user(found.work.parent)
    return found


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def remark_of(places: Places) -> Remark:
    record(places)
    (remark,) = actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())
    actions.write_remark(
        remark,
        given=Given(text=TEXT, given_by="Chi ủy chi bộ thôn 1", given_on=TODAY),
        version=1,
        by=places.at_home(),
    )
    return remark


def address(name: str, *args: int) -> str:
    return reverse(f"yearbook:{name}", args=args)


def test_a_remark_is_read_on_both_sides_and_by_nobody_else(places: Places) -> None:
    remark = remark_of(places)
    seen = {
        name: browser(user).get(address("remark", remark.pk)).status_code
        for name, user in places.users.items()
    }
    assert seen == {"work": 200, "home": 200, "sister": 404, "member": 404, "office": 404}


def test_the_member_reads_it_on_the_own_page(places: Places) -> None:
    remark_of(places)
    page = browser(places.users["member"]).get(address("mine"))
    assert TEXT in page.content.decode()


def test_the_side_of_residence_opens_nothing_of_the_file(places: Places) -> None:
    record(places)
    client = browser(places.users["home"])
    page = client.get(address("incoming", places.home.pk, YEAR)).content.decode()
    assert "Siu H&#x27;Bia" in page
    assert not re.search(r"/dang-vien/\d", page)
    assert client.get(f"/dang-vien/{places.member.pk}/").status_code == 404


def test_letter_received_and_remark_written_over_the_pages(places: Places) -> None:
    contact = record(places)
    home = browser(places.users["home"])
    home.post(address("receive", contact.pk), {"received_on": f"{TODAY:%d/%m/%Y}", "version": "1"})
    browser(places.users["work"]).post(address("ask_all", places.work.pk, YEAR))
    remark = Remark.objects.get()
    home.post(
        address("remark", remark.pk),
        {"text": TEXT, "given_by": "Chi ủy", "given_on": f"{TODAY:%d/%m/%Y}", "version": "1"},
    )
    contact.refresh_from_db()
    remark.refresh_from_db()
    assert (contact.received_on, remark.text, remark.on_paper) == (TODAY, TEXT, False)


def test_a_member_notes_in_one_form_on_the_own_page(places: Places) -> None:
    client = browser(places.users["member"])
    page = client.get(address("mine")).content.decode()
    assert f'action="{address("add_note")}"' in page
    answer = client.post(address("add_note"), {"text": "Dọn đường thôn", "done_on": f"{TODAY:%d/%m/%Y}"})
    assert (answer.status_code, PledgeNote.objects.get().text) == (302, "Dọn đường thôn")


def test_a_refused_note_stays_on_the_page(places: Places) -> None:
    answer = browser(places.users["member"]).post(
        address("add_note"), {"text": "Dọn đường thôn", "done_on": "32/1/2026"}
    )
    assert (answer.status_code, "Dọn đường thôn" in answer.content.decode()) == (422, True)


def test_a_member_registers_over_the_own_page(places: Places) -> None:
    answer = browser(places.users["member"]).post(
        address("own_pledge", YEAR),
        {"content": "Đọc một tài liệu mỗi tuần", "registered_on": f"{TODAY:%d/%m/%Y}", "version": "0"},
    )
    assert (answer.status_code, Pledge.objects.get().on_paper) == (302, False)


def test_the_page_of_attendance_marks_the_whole_cell(places: Places) -> None:
    client = browser(places.users["work"])
    client.post(
        address("add_session", places.work.pk),
        {"kind": "theme", "title": "Chuyên đề năm", "documents": "", "held_on": f"{TODAY:%d/%m/%Y}"},
    )
    row = StudyAttendance.objects.get(member=places.member)
    page = address("attendance", row.session_id, places.work.pk)
    client.post(page, {"co-mat": str(places.member.pk), "version": "2"})
    states = set(StudyAttendance.objects.values_list("member__full_name", "state"))
    assert states == {("Siu H'Bia", "present"), ("Trần Thị Bí Thư Work", "absent")}


def test_the_list_of_pledges_reads_no_content(places: Places) -> None:
    Pledge.objects.create(member=places.member, year=YEAR, content="x", registered_on=TODAY)
    page = pledges_page(places.work, year=YEAR, today=TODAY, after=None)
    assert {name for row in page.rows if row.pledge for name in row.pledge.get_deferred_fields()} == {
        "content"
    }


def test_the_office_records_contacts_and_reads_no_texts(places: Places) -> None:
    client = browser(places.users["office"])
    found = {
        name: client.get(address(name, places.work.pk, YEAR, places.member.pk)).status_code
        for name in ("contact", "pledge")
    }
    assert found == {"contact": 200, "pledge": 404}


PAGES = ("overview", "residence", "incoming", "pledges", "study", "remarks")


def _people(places: Places, count: int) -> None:
    for _ in range(count):
        member = agency_member(places.work)
        Pledge.objects.create(member=member, year=YEAR, content="x", registered_on=TODAY)
        for here, away in ((places.work, places.home), (places.home, places.work)):
            one = member if here == places.work else agency_member(places.home)
            contact = ResidenceContact.objects.create(
                member=one, member_name=one.full_name, member_sort_key=one.sort_key, work_cell=here, year=YEAR,
                group="ordinary", residence_cell=away, letter_number="1", letter_on=TODAY,
            )  # fmt: skip
            Remark.objects.create(
                kind="residence",
                cell=here,
                member=one,
                contact=contact,
                year=YEAR,
                asked_of="x",
                asked_on=TODAY,
            )
        Remark.objects.create(
            kind="front", cell=places.work, member=member, year=YEAR, asked_of="x", asked_on=TODAY
        )
        actions.hold_session(
            places.work, kind="theme", title="x", documents="", held_on=TODAY, by=places.at_work()
        )


def _queries(client: Client, page: str) -> int:

    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_for_three_people_as_for_sixty(name: str, places: Places) -> None:
    client, page = browser(places.users["work"]), address(name, places.work.pk, YEAR)
    _people(places, 3)
    few = _queries(client, page)
    _people(places, 57)
    # A full page begins no earlier: the next one is only a key.
    assert _queries(client, page) == few
    assert few <= 22


def test_the_list_of_cells_and_the_own_page_ask_a_fixed_number_of_times(places: Places) -> None:
    office, member = browser(places.users["office"]), browser(places.users["member"])
    before = (_queries(office, address("list")), _queries(member, address("mine")))
    _people(places, 20)
    assert (_queries(office, address("list")), _queries(member, address("mine"))) == before


def test_pages_follow_each_other_without_gap_or_repeat(places: Places) -> None:
    people = {agency_member(places.work).pk for _ in range(PAGE + 5)}
    first = pledges_page(places.work, year=YEAR, today=TODAY, after=None)
    second = pledges_page(places.work, year=YEAR, today=TODAY, after=first.next_after)
    listed = [row.member.pk for row in (*first.rows, *second.rows)]
    assert (len(listed), set(listed) >= people, second.next_after) == (PAGE + 7, True, None)


def _text(content: bytes) -> str:
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", " ", xml)


def test_papers_open_and_name_what_they_are_for(places: Places) -> None:
    contact = record(places)
    actions.ask_yearly_remarks(places.work, year=YEAR, by=places.at_work())
    opinion = actions.ask_opinion(
        places.work, year=YEAR, kind="front", member=None, asked_of="Mặt trận thôn 1", by=places.at_work()
    )
    pledge = Pledge.objects.create(
        member=places.member, year=YEAR, content="Đọc tài liệu\nGiúp hộ nghèo", registered_on=TODAY
    )
    client = browser(places.users["work"])
    wanted = {
        address("introduction", contact.pk): ("Số 3-GT/CB", "Chi ủy Chi bộ thôn 1", "Siu H'Bia"),
        address("remark_letters", places.work.pk, YEAR): ("DANH SÁCH", "CÔNG VĂN", "Chi ủy Chi bộ thôn 1"),
        address("opinion_letter", opinion.pk): ("Mặt trận thôn 1", "Chi bộ Tổ Toán"),
        address("pledge_paper", pledge.pk): ("1. Đọc tài liệu", "2. Giúp hộ nghèo"),
    }
    for page, words in wanted.items():
        text = _text(client.get(page).content)
        assert [word for word in words if word not in text] == []
    assert AuditEntry.objects.filter(action="export_yearbook").count() == len(wanted)


def test_an_introduction_does_not_say_why_somebody_is_excused(places: Places) -> None:
    contact = record(places, group="excused", basis="Chữa bệnh xa nhà")
    paper = browser(places.users["work"]).get(address("introduction", contact.pk))
    assert "Chữa bệnh" not in _text(paper.content)


def test_years_that_have_no_pages_answer_as_everywhere(places: Places) -> None:
    client = browser(places.users["work"])
    found = [client.get(address("overview", places.work.pk, year)).status_code for year in (1999, YEAR + 5)]
    assert found == [404, 404]


def test_whoever_reads_a_pledge_or_a_remark_leaves_a_look_for_the_member(places: Places) -> None:
    remark = remark_of(places)
    actions.register_pledge(
        places.member, year=YEAR, content=TEXT, registered_on=TODAY, version=0, by=places.themself()
    )
    reader, own = browser(places.users["work"]), browser(places.users["member"])
    for page in (
        address("remark", remark.pk),
        address("pledge", places.work.pk, YEAR, places.member.pk),
    ):
        assert reader.get(page).status_code == 200
    for answer in own.get(reverse("personal_data:looks")), own.get(address("mine")):
        assert answer.status_code == 200
    looks = looks_at(places.member, today=TODAY).rows
    assert [(look.act, look.part, look.place) for look in looks] == [
        ("Đọc bài viết, nhận xét", "Bản cam kết, sổ tay trong năm", places.work.name),
        ("Đọc bài viết, nhận xét", "Nhận xét về đồng chí", places.work.name),
    ]


def test_a_page_without_words_of_the_member_leaves_no_look(places: Places) -> None:
    assert (
        browser(places.users["work"])
        .get(address("pledge", places.work.pk, YEAR, places.member.pk))
        .status_code
        == 200
    )
    assert looks_at(places.member, today=TODAY).rows == []
