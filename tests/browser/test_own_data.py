"""What a member does with their own data, on a phone without scripts: taps are counted."""

from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from phancong.audit.log import record
from phancong.personal_data.models import DataRequest
from tests.browser.conftest import VisitorMaker
from tests.browser.measures import axe_violations, scrolls_sideways
from tests.browser.seed import Seed
from tests.factories import make_actor


class Taps:
    """A finger that counts."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, place: Locator) -> None:
        place.click()
        self.count += 1


def test_a_member_finds_out_who_looked_at_their_file_in_two_taps(seed: Seed, visit: VisitorMaker) -> None:
    actor = make_actor("secretary", seed.cell.path, name="Không nêu tên", user_id=seed.secretary.pk)
    with transaction.atomic():
        record(
            by=actor,
            action="read",
            subject=f"member:{seed.person.pk}",
            place=seed.cell.path,
            detail={"group": "ky-luat"},
            purpose="Xét giao việc năm nay",
        )
    page, taps = visit(seed.member, scripts=False).open("/"), Taps()
    taps.on(page.locator("main").get_by_role("link", name="Ai đã xem hồ sơ của tôi"))
    row = page.locator("tbody tr")
    expect(row).to_contain_text("Xét giao việc năm nay")
    expect(row).to_contain_text("Bí thư")
    expect(row).to_contain_text("Đình chỉ, kỷ luật")
    expect(page.locator("main")).not_to_contain_text("Không nêu tên")
    assert taps.count <= 2
    assert axe_violations_of(page, seed, visit) == []


def axe_violations_of(page: Page, seed: Seed, visit: VisitorMaker) -> list[str]:
    """The same page where scripts run, because the checker is one."""
    return axe_violations(visit(seed.member).open("/du-lieu-cua-toi/ai-da-xem/"))


def test_a_member_asks_for_a_correction_in_four_taps(seed: Seed, visit: VisitorMaker) -> None:
    page, taps = visit(seed.member, scripts=False).open("/"), Taps()
    taps.on(page.locator("main").get_by_role("link", name="Đang lưu gì về tôi"))
    taps.on(page.locator("a[href*=workplace]"))
    taps.on(page.get_by_label("Sửa thành"))
    page.keyboard.type("Trường Trung học phổ thông")
    taps.on(page.get_by_role("button", name="Gửi văn phòng"))
    asked = DataRequest.objects.get(field="workplace")
    expect(page.locator("main")).to_contain_text(f"Văn phòng sẽ trả lời trước {asked.due_on:%d/%m/%Y}")
    assert asked.wish == "Trường Trung học phổ thông"
    assert taps.count <= 4


def test_the_office_lists_whom_a_breach_touches_on_a_phone(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office).open("/su-co-du-lieu/")
    page.get_by_label("Biết sự cố lúc").fill("08:00 1/11/2026")
    page.get_by_label("Từ ngày").fill("1/1/2026")
    page.get_by_label("Đến hết ngày").fill("31/12/2026")
    page.get_by_label("Tài khoản bị lộ").fill(seed.secretary.username)
    page.get_by_role("button", name="Lập danh sách").click()
    expect(page.locator("tbody tr").first).to_contain_text("Trong phạm vi xem được")
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
