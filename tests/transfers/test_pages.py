"""The pages: who finds what, the preview before it is written, the papers, the notice on the first page."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from phancong.accounts.models import User
from phancong.audit.models import AuditEntry
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.models import Assignment, Duty, Plan
from phancong.transfers.documents import introduction_paper, list_paper
from phancong.transfers.effects import leaving
from phancong.transfers.models import Transfer
from phancong.transfers.places import named_cell
from phancong.transfers.queries import Wanted, expiring_for, figures_for, transfer_page
from tests.factories import (
    TODAY,
    make_cell,
    make_committee,
    make_member,
    make_office_user,
    make_post,
    make_secretary_user,
    make_user,
    moment,
)
from tests.transfers.roads import Roads, acting, ago, make_roads

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Roads:
    return make_roads()


@pytest.fixture
def sender(roads: Roads) -> User:
    return make_secretary_user(roads.home)


@pytest.fixture
def receiver(roads: Roads) -> User:
    return make_secretary_user(roads.host)


def _told(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _asked(roads: Roads, **told: str) -> dict[str, str]:
    today = timezone.localdate()
    plain = {
        "kind": "official",
        "cell": roads.host.name,
        "reason": "home",
        "decided_on": _told(today - timedelta(days=3)),
        "requested_on": _told(today),
    }
    return plain | told


def _give(member: Member, cell: Organization, title: str) -> None:
    plan = Plan.objects.create(cell=cell, year=TODAY.year, drafted_at=moment())
    duty = Duty.objects.create(
        plan=plan,
        number=1,
        title=title,
        field="mass_work",
        monthly_hours=4,
        due_on=TODAY + timedelta(days=20),
    )
    Assignment.objects.create(duty=duty, member=member, source="proposed")


def test_a_secretary_sees_what_changes_before_it_is_written(
    client: Client, roads: Roads, sender: User
) -> None:
    make_post(roads.member, roads.home, "deputy_secretary")
    _give(roads.member, roads.home, "Vận động hộ nghèo")
    client.force_login(sender)
    page = reverse("transfers:start", args=[roads.member.pk])
    shown = client.post(page, _asked(roads, viec="xem")).content.decode()
    assert not Transfer.objects.exists()
    assert "Vận động hộ nghèo" in shown
    assert "Đang giữ chức vụ" in shown
    answered = client.post(page, _asked(roads, viec="ghi"))
    assert answered.status_code == 302
    assert roads.row.cell == roads.host


def test_a_cell_that_falls_below_the_least_number_is_told_and_not_stopped() -> None:
    roads = make_roads(people=3)
    told = leaving(roads.member, roads.home, kind="official", today=TODAY)
    assert (told.keeps, told.least, told.falls_short) == (2, 3, True)
    assert not leaving(roads.member, roads.home, kind="temporary", today=TODAY).falls_short
    roads.request()


def test_both_sides_go_through_their_steps_on_the_page(
    client: Client, roads: Roads, sender: User, receiver: User
) -> None:
    roads.request()
    today = _told(timezone.localdate())
    page, step = (reverse(f"transfers:{name}", args=[roads.row.pk]) for name in ("one", "step"))
    given = {
        "viec": "gioi-thieu",
        "version": "1",
        "met_on": today,
        "introduced_on": today,
        "paper_number": "05-GT/CB",
        "is_complete": "on",
        "is_clear": "on",
    }
    client.force_login(receiver)
    assert "Ghi đã cấp giấy giới thiệu" not in client.get(page).content.decode()
    assert client.post(step, given).status_code == 404
    client.force_login(sender)
    assert "Ghi đã cấp giấy giới thiệu" in client.get(page).content.decode()
    assert client.post(step, given).status_code == 302
    taken = {"viec": "tiep-nhan", "version": "2", "on": today}
    assert "Ghi đã tiếp nhận" not in client.get(page).content.decode()
    assert client.post(step, taken).status_code == 404
    client.force_login(receiver)
    assert client.post(step, taken).status_code == 302
    assert Member.objects.get(pk=roads.member.pk).cell == roads.host
    assert client.get(page).status_code == 200


def test_others_find_no_such_page(client: Client, roads: Roads) -> None:
    roads.request()
    others = [make_secretary_user(make_cell(parent=roads.committee)), make_user(roads.member)]
    others.append(make_office_user(make_committee()))
    for user in others:
        client.force_login(user)
        for name in ("one", "paper"):
            assert client.get(reverse(f"transfers:{name}", args=[roads.row.pk])).status_code == 404
        assert client.post(reverse("transfers:step", args=[roads.row.pk])).status_code == 404


def test_a_step_that_is_refused_keeps_what_was_typed(client: Client, roads: Roads, sender: User) -> None:
    roads.request()
    client.force_login(sender)
    sent = {"viec": "gioi-thieu", "version": "1", "paper_number": "05-GT/CB"}
    today = _told(timezone.localdate())
    answered = client.post(
        reverse("transfers:step", args=[roads.row.pk]), {**sent, "met_on": today, "introduced_on": today}
    ).content.decode()
    assert "Hồ sơ chưa đủ" in answered
    assert "05-GT/CB" in answered


def test_an_unknown_step_says_so(client: Client, roads: Roads, sender: User) -> None:
    roads.request()
    client.force_login(sender)
    answered = client.post(reverse("transfers:step", args=[roads.row.pk]), {"viec": "x"}, follow=True)
    assert "Chưa chọn việc cần làm" in answered.content.decode()


def test_nobody_finds_the_form_for_the_own_transfer(client: Client, roads: Roads, sender: User) -> None:
    client.force_login(sender)
    assert sender.member is not None
    assert client.get(reverse("transfers:start", args=[sender.member.pk])).status_code == 404
    names = [one.full_name for one in client.get(reverse("transfers:choose")).context["members"]]
    assert roads.member.full_name in names
    assert sender.member.full_name not in names


def test_the_file_of_a_member_leads_to_the_transfer(client: Client, roads: Roads, sender: User) -> None:
    address = reverse("transfers:start", args=[roads.member.pk])
    client.force_login(sender)
    assert address in client.get(reverse("members:detail", args=[roads.member.pk])).content.decode()
    client.force_login(make_user(roads.member))
    assert address not in client.get(reverse("members:detail", args=[roads.member.pk])).content.decode()


def test_the_receiving_side_is_not_shown_the_work_and_the_file(
    client: Client, roads: Roads, receiver: User
) -> None:
    _give(roads.member, roads.home, "Vận động hộ nghèo")
    roads.request()
    roads.introduce()
    client.force_login(receiver)
    shown = client.get(reverse("transfers:one", args=[roads.row.pk])).content.decode()
    assert roads.member.full_name in shown
    assert "Vận động hộ nghèo" not in shown
    assert reverse("members:detail", args=[roads.member.pk]) not in shown


def test_the_list_puts_the_late_first_and_counts_each_side(roads: Roads) -> None:
    rows = [roads.request(member=make_member(roads.home)) for _ in range(3)]
    for row, days in zip(rows, (9, -2, 4), strict=True):
        Transfer.objects.filter(pk=row.pk).update(due_on=TODAY + timedelta(days=days))
    page = transfer_page(roads.sender, Wanted(), after=None)
    assert [line.row.pk for line in page.lines] == [rows[1].pk, rows[2].pk, rows[0].pk]
    assert page.lines[0].clock is not None
    assert page.lines[0].clock.words == "chậm 2 ngày"
    rest = transfer_page(roads.sender, Wanted(), after=rows[1].pk)
    assert [line.row.pk for line in rest.lines] == [rows[2].pk, rows[0].pk]
    figures = figures_for(roads.sender)
    assert (figures.under_way, figures.late, figures.staying) == (3, 1, 0)
    assert transfer_page(roads.sender, Wanted("den"), after=None).lines == []
    assert len(transfer_page(roads.receiver, Wanted("den"), after=None).lines) == 3


def test_the_list_asks_as_often_for_three_as_for_one(roads: Roads) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            for line in transfer_page(roads.sender, Wanted(), after=None).lines:
                assert line.row.from_name
                assert line.row.to_name
            figures_for(roads.sender)
        return len(queries)

    roads.request()
    before = asked()
    for _ in range(2):
        roads.request(member=make_member(roads.home))
    assert before == asked()


@pytest.mark.parametrize(
    "query", ["", "?chieu=di&xem=da-xong", "?chieu=x&xem=y&sau=z", "?xem=tam-thoi&sau=9"]
)
def test_the_list_opens_whatever_the_address_asks(
    client: Client, roads: Roads, sender: User, query: str
) -> None:
    roads.staying()
    client.force_login(sender)
    assert client.get(reverse("transfers:list") + query).status_code == 200


def test_the_first_page_tells_whoever_acts_of_papers_that_run_out(client: Client, roads: Roads) -> None:
    roads.request()
    roads.introduce()
    assert expiring_for(roads.sender) == (0, 0)
    Transfer.objects.update(due_on=TODAY + timedelta(days=3))
    assert expiring_for(roads.sender) == expiring_for(roads.receiver) == (0, 1)
    Transfer.objects.update(due_on=ago(1))
    assert expiring_for(roads.office) == (1, 0)
    with CaptureQueriesContext(connection) as queries:
        assert expiring_for(acting("member", roads.home)) == (0, 0)
    assert len(queries) == 0
    client.force_login(make_secretary_user(roads.home))
    assert "Giấy giới thiệu sinh hoạt đảng" in client.get("/").content.decode()


@pytest.mark.parametrize("kind", ["official", "temporary"])
def test_the_letter_names_the_member_both_sides_and_the_last_day(roads: Roads, kind: str) -> None:
    roads.request() if kind == "official" else roads.request_stay()
    row = roads.introduce()
    name, content = introduction_paper(row, roads.home, now=moment())
    text = "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
    assert roads.member.full_name in text
    assert f"sinh hoạt đảng {row.get_kind_display().lower()}" in text
    assert "Kính gửi: Chi bộ thôn Đông" in text
    assert f"chậm nhất ngày {_told(row.due_on or TODAY)}" in text
    assert ("Thời hạn: từ ngày" in text) == (kind == "temporary")
    assert name.endswith(".docx")


def test_the_list_paper_holds_everybody_and_is_written_in_the_log(
    client: Client, roads: Roads, sender: User
) -> None:
    client.force_login(sender)
    address = reverse("transfers:list_paper")
    assert "đang trống" in client.get(address, follow=True).content.decode()
    roads.request()
    answered = client.get(address)
    assert answered["Content-Type"].endswith("wordprocessingml.document")
    assert AuditEntry.objects.filter(action="export_transfers").count() == 1
    _, content = list_paper([roads.row], roads.home, now=moment())
    cells = [
        cell.text
        for table in Document(io.BytesIO(content)).tables
        for line in table.rows
        for cell in line.cells
    ]
    assert {roads.member.full_name, "Chi bộ thôn Đoài", "Chi bộ thôn Đông", "Chưa cấp"} <= set(cells)


def test_the_receiving_side_has_the_letter_only_once_the_member_is_theirs(
    client: Client, roads: Roads, sender: User, receiver: User
) -> None:
    roads.request()
    roads.introduce()
    address = reverse("transfers:paper", args=[roads.row.pk])
    client.force_login(receiver)
    before = client.get(address).status_code
    roads.receive()
    assert (before, client.get(address).status_code) == (404, 200)
    client.force_login(sender)
    assert client.get(address).status_code == 200


def test_a_cell_is_named_by_code_or_by_its_only_name(roads: Roads) -> None:
    assert named_cell(roads.host.code.lower())[0] == roads.host
    assert named_cell("chi bo thon dong")[0] == roads.host
    found, hint = named_cell("thôn Đô")
    assert found is None
    assert roads.host.code in hint
    twin = make_cell(name=roads.host.name)
    found, hint = named_cell(roads.host.name)
    assert found is None
    assert twin.code in hint


def test_the_office_enters_who_comes_from_outside(client: Client, roads: Roads) -> None:
    client.force_login(make_office_user(roads.committee))
    assert roads.host in client.get(reverse("transfers:arrivals")).context["cells"]
    page = reverse("transfers:arrive", args=[roads.host.pk])
    today = timezone.localdate()
    sent = {
        "full_name": "Lê Thị Đến",
        "birth_date": "01/01/1990",
        "sex": "female",
        "card_number": "12ab",
        "admitted_on": "03/02/2015",
        "official_on": "03/02/2016",
        "category": "residential",
        "outside": "Đảng ủy xã Ia Rsai",
        "reason": "home",
        "paper_number": "77-GT/ĐU",
        "introduced_on": _told(today - timedelta(days=5)),
        "received_on": _told(today),
    }
    assert "8 chữ số" in client.post(page, sent).content.decode()
    assert client.post(page, {**sent, "card_number": "12345678"}).status_code == 302
    assert Member.objects.get(card_number="12345678").cell == roads.host
    again = client.post(page, {**sent, "card_number": "12345678"})
    assert "đã có trong danh sách" in again.content.decode()
