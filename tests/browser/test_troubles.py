"""What people see when a form is refused, when somebody else was first, and when a reason is asked for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from phancong.members.enums import LimitKind
from phancong.members.models import WorkLimit
from phancong.planning.enums import HealthNeed
from phancong.planning.models import Assignment, Duty, Plan
from tests import factories
from tests.browser.conftest import VisitorMaker
from tests.browser.measures import faults
from tests.browser.seed import Seed
from tests.factories import TODAY

# Who sends which form as it stands: a field of the seed, the page, the button.
EMPTY_FORMS = {
    "new duty": ("secretary", "/phan-cong/{0.cell.pk}/{0.plan.year}/them-viec/", "Thêm vào kế hoạch"),
    "new resolution": ("secretary", "/phan-cong/nguon/{0.cell.pk}/{0.plan.year}/them/", "Ghi, rồi thêm chỉ tiêu"),
    "own pledge": ("secretary", "/trong-nam/cua-toi/{0.plan.year}/cam-ket/", "Đăng ký"),
    "own note": ("member", "/trong-nam/cua-toi/", "Ghi vào sổ"),
    "study session": ("secretary", "/trong-nam/hoc-tap/them/{0.cell.pk}/", "Lập buổi học"),
    "remark": ("secretary", "/trong-nam/{0.cell.pk}/{0.plan.year}/nhan-xet/", "Ghi xin nhận xét"),
    "correction": (
        "member", "/du-lieu-cua-toi/sai/?dong=members.Member:{0.person.pk}&muc=education", "Gửi văn phòng",
    ),
    "objection": ("member", "/du-lieu-cua-toi/phan-doi/", "Gửi văn phòng"),
    "breach": ("office", "/su-co-du-lieu/", "Lập danh sách"),
    "import": ("office", "/dang-vien/nhap/", "3. Xem trước"),
    "transfer": ("secretary", "/chuyen-sinh-hoat/moi/{0.person.pk}/", "Xem ảnh hưởng"),
    "arrival": ("office", "/chuyen-sinh-hoat/den/{0.cell.pk}/", "Ghi đã tiếp nhận"),
    "reorganisation": ("office", "/sap-xep/lap/", "Lập phương án"),
}  # fmt: skip


@pytest.mark.parametrize("name", EMPTY_FORMS)
def test_a_form_sent_empty_can_be_mended_by_everybody(name: str, seed: Seed, visit: VisitorMaker) -> None:
    who, where, button = EMPTY_FORMS[name]
    page = visit(getattr(seed, who)).open(where.format(seed))
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert faults(page) == []


def test_a_day_that_is_none_can_be_mended_by_everybody(seed: Seed, visit: VisitorMaker) -> None:
    where = f"/trong-nam/{seed.cell.pk}/{seed.plan.year}/cu-tru/{seed.person.pk}/"
    page = visit(seed.secretary).open(where)
    page.get_by_label("Ngày giấy giới thiệu").fill("32/13/2026")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert faults(page) == []


def _outdated(seed: Seed, page: Page) -> None:
    page.goto(page.url + f"phan-cong/viec/{seed.assignment.duty_id}/")
    Plan.objects.update(version=5)
    page.get_by_role("button", name="Bỏ").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kế hoạch vừa có người sửa")


def _reason(seed: Seed, page: Page) -> None:
    member = factories.make_member(seed.cell, full_name="Nguyễn Thị Yếu")
    WorkLimit.objects.create(
        member=member, kind=LimitKind.LIGHT_WORK, valid_from=TODAY, valid_until=TODAY + timedelta(days=90)
    )
    Duty.objects.filter(plan=seed.plan).update(health_need=HealthNeed.choices[-1][0], headcount_max=9)
    page.goto(page.url + f"phan-cong/{seed.cell.pk}/{seed.plan.year}/dong-chi/{member.pk}/")
    page.get_by_text("Các việc cần cân nhắc").click()
    page.locator("details[open] button").first.click()
    expect(page.get_by_role("button", name="Vẫn giao")).to_be_visible()


def _left_out(seed: Seed, page: Page) -> None:
    last = Plan.objects.create(cell=seed.bare_cell, year=seed.plan.year - 1, drafted_at=factories.moment())
    duty = Duty.objects.create(
        plan=last, number=1, title="Việc riêng", field="economy", monthly_hours=2, source="own", due_on=TODAY
    )
    gone = factories.make_member(seed.cell, full_name="Nguyễn Thị Xa")
    Assignment.objects.create(duty=duty, member=gone, source="chosen")
    page.goto(page.url + f"phan-cong/{seed.bare_cell.pk}/{seed.plan.year}/")
    page.get_by_role("button", name="Dùng lại năm trước").click()
    expect(page.get_by_text("Không giữ được từ năm trước")).to_be_visible()


@pytest.mark.parametrize(
    ("who", "lead"), [("secretary", _outdated), ("secretary", _reason), ("office", _left_out)]
)
def test_a_page_that_asks_again_can_be_used_by_everybody(
    who: str, lead: Callable[[Seed, Page], None], seed: Seed, visit: VisitorMaker
) -> None:
    page = visit(getattr(seed, who)).open("/")
    lead(seed, page)
    assert faults(page) == []
