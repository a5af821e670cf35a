"""Reviews led in the browser from opening to the report that is handed in, by the rules of their own years."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from phancong.accounts.models import User
from phancong.figures.models import HandedIn
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.reviews.models import Rating
from tests import factories
from tests.browser.conftest import VisitorMaker

LAST_YEAR = factories.TODAY.year - 1
# The grade that everybody gets, as the rule of the year names it.
THEN, NOW = "Đủ tư cách, hoàn thành tốt nhiệm vụ", "Hoàn thành tốt nhiệm vụ"


@dataclass(frozen=True, slots=True)
class Committee:
    committee: Organization
    cell: Organization
    people: list[Member]
    office: User
    secretary: User
    deputy: User
    member: User


def make_people(since: date) -> Committee:
    """A committee that stands since then, with one cell of four."""
    top = factories.make_organization("ward" if since.year == LAST_YEAR else "town", founded_on=since)
    committee = factories.make_organization("grassroots_committee", parent=top, founded_on=since)
    cell = factories.make_organization("area_cell", parent=committee, name="Chi bộ thôn 1", founded_on=since)
    people = [factories.make_member(cell, since=since) for _ in range(4)]
    factories.make_post(people[0], cell, since=since)
    factories.make_post(people[1], cell, "deputy_secretary", since=since)
    secretary, deputy, member = (factories.make_user(person) for person in people[:3])
    return Committee(
        committee, cell, people, factories.make_office_user(committee), secretary, deputy, member
    )


def _send(page: Page, button: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=button).click()


def _open_round(page: Page, year: int) -> None:
    page.get_by_role("link", name="Mở đợt kiểm điểm").click()
    page.get_by_label("Năm kiểm điểm").fill(str(year))
    page.get_by_label("Theo quy định đang có hiệu lực ngày").fill(f"31/12/{year}")
    page.get_by_label("Danh sách đảng viên tính đến ngày").fill(f"31/12/{year}")
    page.get_by_label("Văn bản mở đợt").fill("Kế hoạch số 12-KH/ĐU")
    _send(page, "Mở đợt")
    expect(page.get_by_text("Đã mở đợt kiểm điểm")).to_be_visible()


def _write_self_review(page: Page, grade: str) -> None:
    page.locator("a.task").first.click()
    page.get_by_role("link", name="Viết bản tự kiểm điểm").click()
    page.get_by_label("Ưu điểm, kết quả đạt được").fill("Hoàn thành hai việc được giao")
    for points in page.get_by_label(re.compile("Điểm tự chấm")).all():
        points.fill("25")
    page.get_by_label("Tự nhận mức").select_option(label=grade)
    _send(page, "Gửi chi bộ")
    expect(page.get_by_text("Đã gửi bản tự kiểm điểm.")).to_be_visible()


def _fill_ballots(page: Page, people: list[Member]) -> None:
    """Four votes for the second grade of each of these, which is then proposed."""
    page.get_by_role("link", name=re.compile("Ghi phiếu cả chi bộ")).click()
    for person in people:
        row = page.get_by_role("row").filter(has_text=person.full_name)
        row.get_by_role("textbox").nth(1).fill("4")
        row.get_by_label(re.compile("Mức đề nghị")).select_option(index=2)
    _send(page, "Ghi phiếu cả chi bộ")
    expect(page.get_by_text(f"mức đề nghị của {len(people)} đồng chí")).to_be_visible()


@pytest.mark.parametrize(("year", "grade"), [(2012, THEN), (LAST_YEAR, NOW)])
def test_a_review_is_led_from_opening_to_the_report_that_is_handed_in(
    year: int, grade: str, visit: VisitorMaker
) -> None:
    known = make_people(date(2007, 3, 30) if year == 2012 else date(year, 7, 1))
    office = visit(known.office, width=1366)
    page = office.open("/kiem-diem/")
    _open_round(page, year)

    own = visit(known.member).open("/kiem-diem/cua-toi/")
    _write_self_review(own, grade)

    secretary = visit(known.secretary, width=1366).open("/kiem-diem/")
    secretary.get_by_role("link", name="Mở phần của chi bộ").click()
    secretary.get_by_role("link", name=re.compile("Ghi ngày họp")).click()
    secretary.get_by_label("Số đồng chí có quyền bỏ phiếu").fill("4")
    _send(secretary, "Ghi")
    _fill_ballots(secretary, known.people[1:])
    deputy = visit(known.deputy, width=1366, scripts=False).open("/kiem-diem/")
    deputy.get_by_role("link", name="Mở phần của chi bộ").click()
    _fill_ballots(deputy, known.people[:1])
    secretary.reload()
    _send(secretary, "Gửi đề nghị của chi bộ lên cấp trên")
    expect(secretary.get_by_text("Đã gửi đề nghị lên cấp trên.")).to_be_visible()

    page = office.open("/kiem-diem/")
    page.get_by_role("link", name=re.compile(f"Năm {year}")).first.click()
    page.get_by_role("link", name=known.cell.name).first.click()
    _send(page, "Thẩm định xong cả chi bộ")
    page.get_by_role("link", name=re.compile(f"Kiểm điểm năm {year}")).first.click()
    page.get_by_role("link", name="Ghi quyết định xếp loại").click()
    page.get_by_label("Số quyết định").fill("45-QĐ/ĐU")
    _send(page, "Ghi quyết định")
    _send(page, "Chốt số liệu của đợt")
    expect(page.get_by_text("Đã chốt số liệu của đợt.")).to_be_visible()

    own.reload()
    expect(own.get_by_text(re.compile(grade)).first).to_be_visible()

    page = office.open(f"/so-lieu/nop/{known.committee.pk}/?bao-cao=year&nam={year}")
    _send(page, "Chốt và nộp")
    expect(page.get_by_text(f"Đã nộp báo cáo số liệu năm {year}.")).to_be_visible()
    handed = HandedIn.objects.get(organization=known.committee, year=year)
    grades = {row["words"]: row["count"] for row in handed.content["xep-loai"] if row["count"]}
    assert grades == {"Trong danh sách kiểm điểm": 4, grade: 4}
    assert Rating.objects.exclude(decided_grade="").count() == 4
