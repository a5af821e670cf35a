"""The pages of following up: who sees which, what each button does, in how many queries."""

import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from phancong.accounts.models import User
from phancong.followups import actions
from phancong.followups.enums import AskReason, EntryKind
from phancong.followups.models import Entry, Matter, Photo, Progress, ReportDraft
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Plan
from tests.factories import (
    TODAY,
    cell_of,
    make_actor,
    make_cell,
    make_member,
    make_office_user,
    make_post,
    make_user,
    parent_of,
)
from tests.followups import works as given
from tests.followups.works import member_actor, seen
from tests.planning.cells import belonging_member, make_duty, make_plan

pytestmark = pytest.mark.django_db

DUE = date(TODAY.year, 12, 15)
SAID = "Đã vận động được 12 hộ"
ADOPTED = date(TODAY.year - 1, 12, 20)


def make_works(cell: Organization, wanted: list[tuple[Member, str, date, bool]]) -> list[Assignment]:
    """Work of the year the pages show by themselves."""
    return given.make_works(cell, wanted, adopted_on=ADOPTED, year=TODAY.year)


def make_work(cell: Organization, *, member: Member, title: str = "") -> Assignment:
    return make_works(cell, [(member, title, DUE, True)])[0]


@pytest.fixture
def cell() -> Organization:
    return make_cell(name="Chi bộ Thôn 1")


@pytest.fixture
def member(cell: Organization) -> Member:
    return belonging_member(cell, full_name="Rah Lan H'Bia")


@pytest.fixture
def work(cell: Organization, member: Member) -> Assignment:
    return make_work(cell, member=member, title="Giữ rừng")


@pytest.fixture
def people(cell: Organization, member: Member) -> dict[str, User]:
    head = make_member(cell)
    make_post(head, cell)
    sister = make_cell(parent=cell.parent)
    sister_head = make_member(sister)
    make_post(sister_head, sister)
    return {
        "member": make_user(member),
        "secretary": make_user(head),
        "colleague": make_user(make_member(cell)),
        "stranger": make_user(),
        "sister_secretary": make_user(sister_head),
        "office": make_office_user(parent_of(cell)),
    }


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def say(work: Assignment, kind: EntryKind = EntryKind.DONE, **fields: object) -> Entry:
    member = member_actor(work.member, today=TODAY)
    return actions.report(work, kind=kind, text=SAID, by=member, **fields)  # type: ignore[arg-type]


def a_matter(work: Assignment) -> Matter:
    return say(work, EntryKind.DIFFICULT).matter


def jpeg(**saving: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", (400, 300), "green").save(target, "JPEG", **saving)
    return target.getvalue()


def test_each_page_opens_to_who_may_see_it_and_does_not_exist_for_others(
    cell: Organization, work: Assignment, people: dict[str, User]
) -> None:
    addresses = {
        "work": reverse("followups:work", args=[work.pk]),
        "report": reverse("followups:report", args=[work.pk]),
        "ask": reverse("followups:ask", args=[work.pk]),
        "extend": reverse("followups:extend", args=[work.pk]),
        "write_down": reverse("followups:write_down", args=[work.pk]),
        "end": reverse("followups:end", args=[work.pk]),
        "hand_over": reverse("followups:hand_over", args=[work.pk]),
        "slip": reverse("followups:slip", args=[work.member_id]),
        "cells": reverse("directing:list"),
        "cell": reverse("directing:cell", args=[cell.pk]),
        "matters": reverse("directing:matters"),
    }
    opened = {
        name: {page for page, address in addresses.items() if signed_in(user).get(address).status_code == 200}
        for name, user in people.items()
    }
    directing = {"work", "extend", "write_down", "end", "hand_over", "slip", "cells", "cell", "matters"}
    assert opened == {
        "member": {"work", "report", "ask", "slip"},
        "secretary": directing,
        "colleague": set(),
        "stranger": set(),
        "sister_secretary": {"cells", "matters"},
        "office": directing,
    }


def test_what_is_sent_by_others_is_sent_nowhere(work: Assignment, people: dict[str, User]) -> None:
    matter = a_matter(work)
    addresses = [
        reverse(f"followups:{name}", args=[work.pk])
        for name in ("report", "ask", "judge", "note", "remind", "extend", "write_down", "end", "hand_over")
    ] + [
        reverse("followups:answer", args=[matter.pk]),
        reverse("directing:remind", args=[work.duty.plan.cell_id]),
    ]
    before = Entry.objects.count()
    answers = {
        (name, address): signed_in(people[name]).post(address, {"text": "x", "lam": "chuyen"}).status_code
        for name in ("colleague", "stranger", "sister_secretary")
        for address in addresses
    }
    assert set(answers.values()) == {404}
    assert Entry.objects.count() == before


def test_nobody_directs_their_own_work(cell: Organization, people: dict[str, User]) -> None:
    head = people["secretary"].member
    assert head is not None
    own = make_work(cell, member=head)
    client = signed_in(people["secretary"])
    pages = [reverse(f"followups:{name}", args=[own.pk]) for name in ("extend", "end", "write_down")]
    assert [client.get(page).status_code for page in pages] == [404] * 3
    assert client.get(reverse("followups:report", args=[own.pk])).status_code == 200


def test_a_draft_is_not_followed(cell: Organization, people: dict[str, User], work: Assignment) -> None:
    Progress.objects.all().delete()
    assert signed_in(people["member"]).get(reverse("followups:work", args=[work.pk])).status_code == 404


def walk(client: Client, work: Assignment, kind: str = "done", text: str = SAID) -> str:
    """Answer the questions of a report; the key of what waits to be sent."""
    address = reverse("followups:report", args=[work.pk])
    client.post(address, {"chon": kind})
    client.post(f"{address}?buoc=loi", {"text": text})
    return str(ReportDraft.objects.get().key)


def test_a_report_is_sent_once_however_often_the_button_is_pressed(
    work: Assignment, people: dict[str, User]
) -> None:
    client = signed_in(people["member"])
    key = walk(client, work)
    address = reverse("followups:report", args=[work.pk]) + "?buoc=xem-lai"
    answers = [client.post(address, {"khoa": key}) for _ in range(3)]
    assert [answer["Location"] for answer in answers] == [reverse("followups:work", args=[work.pk])] * 3
    assert (Entry.objects.get().text, ReportDraft.objects.count()) == (SAID, 0)


def test_each_answer_is_kept_before_the_next_question(work: Assignment, people: dict[str, User]) -> None:
    client = signed_in(people["member"])
    walk(client, work, kind="going", text="Đã gặp năm hộ")
    draft = ReportDraft.objects.get()
    assert (draft.kind, draft.text, Entry.objects.count()) == ("going", "Đã gặp năm hộ", 0)
    page = client.get(reverse("followups:report", args=[work.pk]) + "?buoc=xem-lai").content.decode()
    assert ("Đang làm" in page, "Đã gặp năm hộ" in page) == (True, True)


def test_an_empty_sentence_is_asked_for_again(work: Assignment, people: dict[str, User]) -> None:
    client = signed_in(people["member"])
    address = reverse("followups:report", args=[work.pk])
    client.post(address, {"chon": "done"})
    page = client.post(f"{address}?buoc=loi", {"text": " "}).content.decode()
    assert "còn trống. Ghi một câu rồi bấm tiếp." in page


def test_an_answer_that_is_none_of_the_choices_is_refused(work: Assignment, people: dict[str, User]) -> None:
    page = signed_in(people["member"]).post(reverse("followups:report", args=[work.pk]), {"chon": "end"})
    assert "Chọn một trong các câu trả lời" in page.content.decode()
    assert ReportDraft.objects.count() == 0


def test_a_page_opened_in_the_middle_begins_at_the_first_question(
    work: Assignment, people: dict[str, User]
) -> None:
    address = reverse("followups:ask", args=[work.pk])
    answer = signed_in(people["member"]).get(f"{address}?buoc=mong-muon")
    assert answer["Location"] == address


def test_a_change_is_asked_for_with_its_reason_and_wish(work: Assignment, people: dict[str, User]) -> None:
    client, address = signed_in(people["member"]), reverse("followups:ask", args=[work.pk])
    client.post(address, {"chon": "health"})
    client.post(f"{address}?buoc=loi", {"text": "Vừa mổ mắt"})
    client.post(f"{address}?buoc=mong-muon", {"text": "Việc nhẹ"})
    client.post(f"{address}?buoc=xem-lai", {"khoa": str(ReportDraft.objects.get().key)})
    matter = Matter.objects.get()
    assert (matter.reason, matter.wish, matter.entry.text) == (AskReason.HEALTH, "Việc nhẹ", "Vừa mổ mắt")


def test_a_photograph_loses_where_it_was_taken_and_is_seen_by_those_of_the_work_alone(
    work: Assignment, people: dict[str, User]
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (13.0, 24.0, 12.5)
    exif[0x010F] = "MAYCHUP"
    sent = jpeg(exif=exif)
    assert dict(Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)) != {}
    client, address = signed_in(people["member"]), reverse("followups:report", args=[work.pk])
    key = walk(client, work)
    client.post(f"{address}?buoc=anh", {"photo": SimpleUploadedFile("a.jpg", sent, "image/jpeg")})
    client.post(f"{address}?buoc=xem-lai", {"khoa": key})
    photo = Photo.objects.get()
    kept = Image.open(BytesIO(bytes(photo.content)))
    assert (dict(kept.getexif()), b"MAYCHUP" in bytes(photo.content), kept.size) == ({}, False, (400, 300))
    shown = {
        name: signed_in(user).get(reverse("followups:photo", args=[photo.entry_id]))
        for name, user in people.items()
    }
    assert {name for name, answer in shown.items() if answer.status_code == 200} == {
        "member",
        "secretary",
        "office",
    }
    answer = shown["secretary"]
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("image/jpeg", True)


def test_what_is_no_photograph_is_refused_in_words(work: Assignment, people: dict[str, User]) -> None:
    client, address = signed_in(people["member"]), reverse("followups:report", args=[work.pk])
    walk(client, work)
    page = client.post(f"{address}?buoc=anh", {"photo": SimpleUploadedFile("a.jpg", b"khong phai anh")})
    assert "không phải ảnh" in page.content.decode()


def test_the_secretary_accepts_a_report_in_one_press(work: Assignment, people: dict[str, User]) -> None:
    say(work)
    client = signed_in(people["secretary"])
    client.post(reverse("followups:judge", args=[work.pk]), {"da-xem": seen(work)})
    assert Progress.objects.get().state == "done"


def test_a_remark_on_a_page_that_is_behind_keeps_what_was_typed(
    work: Assignment, people: dict[str, User]
) -> None:
    say(work)
    client = signed_in(people["secretary"])
    page = client.post(
        reverse("followups:judge", args=[work.pk]), {"da-xem": 0, "text": "Làm rất tốt"}
    ).content.decode()
    assert ("Vừa có dòng mới" in page, "Làm rất tốt" in page, Progress.objects.get().state) == (
        True,
        True,
        "awaiting",
    )


def test_an_extension_on_a_page_that_is_behind_keeps_what_was_typed_and_shows_the_new_line(
    work: Assignment, people: dict[str, User]
) -> None:
    say(work, EntryKind.GOING)
    sent = {"da-xem": 0, "new_due": f"31/12/{TODAY.year}", "reason": "Lũ về muộn", "basis": "Ý kiến chi ủy"}
    page = signed_in(people["secretary"]).post(reverse("followups:extend", args=[work.pk]), sent)
    text = page.content.decode()
    assert ("Vừa có dòng mới" in text, "Lũ về muộn" in text, SAID in text) == (True, True, True)


def test_an_extension_shows_both_days(work: Assignment, people: dict[str, User]) -> None:
    client = signed_in(people["secretary"])
    sent = {"da-xem": 0, "new_due": f"31/12/{TODAY.year}", "reason": "Lũ về muộn", "basis": "Ý kiến chi ủy"}
    client.post(reverse("followups:extend", args=[work.pk]), sent)
    page = client.get(reverse("followups:work", args=[work.pk])).content.decode()
    assert (f"Hạn ban đầu 15/12/{TODAY.year}" in page, f"31/12/{TODAY.year}" in page) == (True, True)


def test_what_a_member_told_is_written_down_once_with_its_day(
    work: Assignment, people: dict[str, User]
) -> None:
    client = signed_in(people["secretary"])
    told = TODAY - timedelta(days=2)
    sent = {"khoa": str(uuid.uuid4()), "kind": "done", "on": f"{told:%d/%m/%Y}", "text": SAID, "reason": ""}
    for _ in range(2):
        client.post(reverse("followups:write_down", args=[work.pk]), sent)
    entry = Entry.objects.get()
    assert (entry.is_on_behalf, entry.on, entry.kind) == (True, told, "done")


def test_handing_over_links_the_two_and_closes_the_first(
    work: Assignment, cell: Organization, people: dict[str, User]
) -> None:
    successor = belonging_member(cell, full_name="Siu Y Thương")
    client, address = signed_in(people["secretary"]), reverse("followups:hand_over", args=[work.pk])
    page = client.get(address)
    assert successor.pk in {one.member.pk for one in page.context["candidates"]}
    assert work.member_id not in {one.member.pk for one in page.context["candidates"]}
    sent = {
        "version": Plan.objects.get().version,
        "ai": successor.pk,
        "decided_on": f"{TODAY:%d/%m/%Y}",
        "basis": "Biên bản số 04-BB/CB",
        "reason": "Chuyển tổ",
        "despite": "Chi bộ đã bàn",
    }
    client.post(address, sent)
    new = Assignment.objects.get(member=successor)
    before = client.get(reverse("followups:work", args=[work.pk])).content.decode()
    after = client.get(reverse("followups:work", args=[new.pk])).content.decode()
    assert reverse("followups:work", args=[new.pk]) in before
    assert reverse("followups:work", args=[work.pk]) in after


def test_what_speaks_against_a_successor_is_told_and_asks_for_a_reason(
    cell: Organization, member: Member, people: dict[str, User]
) -> None:
    plan = make_plan(cell, year=TODAY.year)
    duty = make_duty(plan, required={"jrai": 3}, headcount_max=1, due_on=DUE)
    work = Assignment.objects.create(duty=duty, member=member, source="chosen")
    actions.adopt(
        plan,
        version=plan.version,
        adopted_on=ADOPTED,
        basis="Biên bản số 01-BB/CB",
        by=make_actor("secretary", cell.path, TODAY),
    )
    successor = belonging_member(cell)
    sent = {
        "version": Plan.objects.get().version,
        "ai": successor.pk,
        "decided_on": f"{TODAY:%d/%m/%Y}",
        "basis": "Biên bản số 04-BB/CB",
        "reason": "Chuyển tổ",
    }
    page = signed_in(people["secretary"]).post(reverse("followups:hand_over", args=[work.pk]), sent)
    text = page.content.decode()
    assert ("Cần cân nhắc" in text, "Chuyển tổ" in text, Assignment.objects.count()) == (True, True, 1)


def test_ending_is_a_decision_with_its_basis(work: Assignment, people: dict[str, User]) -> None:
    client, address = signed_in(people["secretary"]), reverse("followups:end", args=[work.pk])
    sent = {"version": Plan.objects.get().version, "decided_on": f"{TODAY:%d/%m/%Y}", "reason": "Thôi"}
    assert "“Căn cứ” còn trống" in client.post(address, sent).content.decode()
    client.post(address, {**sent, "basis": "Biên bản số 04-BB/CB"})
    assert Progress.objects.get().state == "ended"


def test_a_difficulty_waits_at_the_cell_then_above(work: Assignment, people: dict[str, User]) -> None:
    matter = a_matter(work)
    held = {
        name: [
            row.pk for row in signed_in(people[name]).get(reverse("directing:matters")).context["page"].rows
        ]
        for name in ("secretary", "office", "sister_secretary")
    }
    assert held == {"secretary": [matter.pk], "office": [], "sister_secretary": []}
    sent = {f"m{matter.pk}-text": "Chi bộ không có loa", "lam": "chuyen"}
    signed_in(people["secretary"]).post(reverse("followups:answer", args=[matter.pk]), sent)
    rows = signed_in(people["office"]).get(reverse("directing:matters")).context["page"].rows
    assert [row.pk for row in rows] == [matter.pk]
    answer = {f"m{matter.pk}-text": "Đã mua loa"}
    assert (
        signed_in(people["secretary"]).post(reverse("followups:answer", args=[matter.pk]), answer).status_code
        == 404
    )
    signed_in(people["office"]).post(reverse("followups:answer", args=[matter.pk]), answer)
    assert Matter.objects.get().answered_on == TODAY


def test_all_that_a_filter_shows_is_reminded_of_once(cell: Organization, people: dict[str, User]) -> None:
    late = TODAY - timedelta(days=3)
    make_works(
        cell, [(belonging_member(cell), "", day, True) for day in (late, late, TODAY + timedelta(days=60))]
    )
    client = signed_in(people["secretary"])
    for _ in range(2):
        client.post(
            reverse("directing:remind", args=[cell.pk]),
            {"nam": TODAY.year, "loc": "qua-han", "text": "Đồng chí báo giúp"},
        )
    assert sorted(Progress.objects.values_list("reminders", flat=True)) == [0, 1, 1]


def test_the_member_sees_a_reminder_until_they_answer(work: Assignment, people: dict[str, User]) -> None:
    secretary = make_actor("secretary", work.duty.plan.cell.path, TODAY)
    actions.remind([work], by=secretary, text="Sắp đến hạn rồi")
    client = signed_in(people["member"])
    assert "Sắp đến hạn rồi" in client.get("/").content.decode()
    say(work, EntryKind.GOING)
    assert "Sắp đến hạn rồi" not in client.get("/").content.decode()


def test_a_slip_carries_a_code_for_each_open_duty(work: Assignment, people: dict[str, User]) -> None:
    page = signed_in(people["secretary"]).get(reverse("followups:slip", args=[work.member_id]))
    text = page.content.decode()
    assert (text.count("slip__code"), "Giữ rừng" in text, "style=" in text) == (1, True, False)


def queries_of(client: Client, *addresses: str) -> list[int]:
    found = []
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found.append(len(asked))
    return found


@pytest.mark.parametrize("rows", [3, 60])
def test_pages_ask_the_database_as_often_for_sixty_pieces_of_work_as_for_three(
    people: dict[str, User], cell: Organization, member: Member, rows: int
) -> None:
    works = make_works(
        cell, [(member if number % 2 else belonging_member(cell), "", DUE, True) for number in range(rows)]
    )
    for work in works:
        a_matter(work)
    a_day = f"{TODAY - timedelta(days=10):%d/%m/%Y}"
    list_, one, matters = (
        reverse("directing:list"),
        reverse("directing:cell", args=[cell.pk]),
        reverse("directing:matters"),
    )
    assert queries_of(signed_in(people["secretary"]), one, f"{one}?ngay={a_day}", matters) == [9, 9, 6]
    assert queries_of(signed_in(people["office"]), list_, f"{list_}?ngay={a_day}") == [8, 8]
    own = reverse("followups:work", args=[works[1].pk])
    assert queries_of(signed_in(people["member"]), reverse("followups:mine"), own) == [7, 10]


def test_the_home_of_a_secretary_asks_as_often_for_sixty_pieces_of_work_as_for_three(
    people: dict[str, User], cell: Organization
) -> None:
    sister = people["sister_secretary"].member
    assert sister is not None
    for home, rows in ((cell, 3), (cell_of(sister), 60)):
        for work in make_works(home, [(belonging_member(home), "", DUE, True) for _ in range(rows)]):
            a_matter(work)
    few, many = (queries_of(signed_in(people[name]), "/") for name in ("secretary", "sister_secretary"))
    assert few == many


def test_each_row_of_the_home_page_leads_to_a_list_as_long_as_it_says(
    cell: Organization, people: dict[str, User]
) -> None:
    soon, late, far = (TODAY + timedelta(days=days) for days in (3, -3, 60))
    works = make_works(
        cell, [(belonging_member(cell), "", day, True) for day in (soon, soon, late, far, far)]
    )
    say(works[3])
    client = signed_in(people["secretary"])
    [led] = client.get("/").context["led_cells"]
    said = {"sap-han": led.counts.soon, "qua-han": led.counts.late, "cho-nhan-xet": led.counts.awaiting}
    shown = {
        kind: sum(len(lines) for _, lines in client.get(f"{led.following_url}&loc={kind}").context["groups"])
        for kind in said
    }
    assert said == shown
    assert (said["qua-han"], said["cho-nhan-xet"]) == (1, 1)
