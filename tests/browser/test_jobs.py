"""The main jobs in a browser, each press counted; the page of a job follows its work by itself."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from phancong.jobs.models import Job
from phancong.members.models import MassOrganizationMembership
from phancong.organizations.models import Organization
from phancong.planning.actions import load_catalogue
from phancong.planning.models import Assignment, Duty, Plan, Unmet
from tests import factories
from tests.browser.conftest import Visitor, VisitorMaker
from tests.browser.seed import Seed


def test_progress_moves_and_the_end_is_said_without_a_press(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office).open(f"/viec-chay-nen/{seed.job.pk}/")
    expect(page.locator(".progress__text")).to_contain_text("640/1.378 chi bộ")
    Job.objects.filter(pk=seed.job.pk).update(rows_done=1200, beat_at=timezone.now())
    expect(page.locator(".progress__text")).to_contain_text("1.200/1.378 chi bộ")
    Job.objects.filter(pk=seed.job.pk).update(
        rows_done=1378, state=Job.State.DONE, ended_at=timezone.now(), message="Đã lập 4 kế hoạch."
    )
    expect(page.get_by_role("status")).to_contain_text("Đã lập 4 kế hoạch.")
    assert page.locator("[hx-get]").count() == 0


class Presses:
    """A finger that counts. Pages are small as a phone's, and every link and button can be reached by scrolling."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.count = visitor.open("/"), 0

    def press(self, target: Locator) -> None:
        target.click()
        self.count += 1

    def link(self, name: str) -> None:
        self.press(self.page.locator("main").get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.press(self.page.locator("main").get_by_role("button", name=name).first)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("width", "most"), [(360, 4), (1366, 3)])
def test_a_secretary_gives_one_task(
    seed: Seed, visit: VisitorMaker, width: int, most: int, scripts: bool
) -> None:
    """J5."""
    other = Duty.objects.create(
        plan=seed.plan, number=3, title="Hòa giải ở cơ sở", field="public_order", monthly_hours=4,
        source="catalogue", due_on=seed.plan.duties.all()[0].due_on, headcount_max=2,
    )  # fmt: skip
    Unmet.objects.all().delete()
    Unmet.objects.create(
        plan=seed.plan, duty=other, rule="headcount", sentence="Việc “Hòa giải ở cơ sở” chưa có người."
    )
    finger = Presses(visit(seed.secretary, width=width, scripts=scripts))
    finger.link("Kế hoạch phân công năm")
    finger.link("Giao việc này")
    finger.button("Giao đ/c")
    expect(finger.page.get_by_role("status")).to_contain_text("Đã giao “Hòa giải ở cơ sở” cho đ/c")
    expect(finger.page.get_by_role("status")).to_contain_text("giờ mỗi tháng, mức")
    assert finger.count <= most
    assert Assignment.objects.filter(duty=other).count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_secretary_makes_the_plan_of_a_year_for_14_members(
    seed: Seed, visit: VisitorMaker, scripts: bool
) -> None:
    """J6: proposed, read, three members looked at closely, accepted, opened for opinions."""
    cell = cell_of_14(seed)
    secretary = factories.make_user(cell.members.order_by("pk")[0])
    visitor = visit(secretary, scripts=scripts)
    visitor.page.set_viewport_size({"width": 360, "height": 640})
    finger = Presses(visitor)
    finger.link("Chưa có kế hoạch phân công năm")
    finger.button("Gợi ý phân công")
    page = finger.page
    assert page.locator("tbody tr[id^=dong-]").count() == 14
    assert page.locator("tbody tr[id^=dong-] .duties__row").count() >= 14
    finger.press(page.locator(".table__name a").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đ/c")
    finger.link("Tiếp")
    finger.link("Tiếp")
    finger.press(page.locator(".trail a").last)
    finger.button("Nhận cả bản gợi ý")
    finger.press(page.get_by_text("Việc khác với cả bản dự thảo"))
    finger.button("Lấy ý kiến")
    expect(page.get_by_role("status")).to_contain_text("lấy ý kiến về dự thảo")
    plan = Plan.objects.get(cell=cell)
    busy = set(Assignment.objects.filter(duty__plan=plan, is_locked=True).values_list("member", flat=True))
    assert (len(busy), plan.opinions_until is not None) == (14, True)
    assert finger.count <= 12


@pytest.mark.parametrize("scripts", [True, False])
def test_the_office_reminds_all_cells_without_a_plan(seed: Seed, visit: VisitorMaker, scripts: bool) -> None:
    """J9."""
    assert seed.idle_member.member is not None
    factories.make_post(seed.idle_member.member, seed.bare_cell)
    finger = Presses(visit(seed.office, scripts=scripts))
    finger.link("chi bộ chưa có kế hoạch phân công năm")
    finger.button("Nhắc 1 chi bộ")
    expect(finger.page.get_by_role("status")).to_contain_text("Đã nhắc 1 chi bộ")
    assert finger.count <= 3
    home = visit(seed.idle_member, scripts=False).open("/")
    expect(home.get_by_role("link", name="Được nhắc lập kế hoạch phân công năm")).to_contain_text("nhắc ngày")


def cell_of_14(seed: Seed) -> Organization:
    load_catalogue(by=factories.make_office(timezone.localdate()))
    cell = factories.make_cell(parent=seed.cell.parent, name="Chi bộ tổ dân phố 5")
    for number in range(14):
        member = factories.make_member(cell, full_name=f"Nguyễn Văn {'ABCDEGHIKLMNOP'[number]}n")
        MassOrganizationMembership.objects.create(
            member=member, organization_code="farmers", valid_from=factories.FOUNDED
        )
    factories.make_post(cell.members.order_by("pk")[0], cell)
    return cell


def test_two_who_change_one_plan_lose_nothing(seed: Seed, visit: VisitorMaker) -> None:
    """The second one sees both sides, and one press does it on the new state."""
    page = visit(seed.secretary, scripts=False).open(f"/phan-cong/viec/{seed.assignment.duty_id}/")
    Plan.objects.update(version=5)
    page.locator(".duties, .plain-list").get_by_role("button", name="Bỏ").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kế hoạch vừa có người sửa")
    assert Assignment.objects.filter(pk=seed.assignment.pk).exists()
    page.get_by_role("button", name="Làm trên bản mới").click()
    expect(page.get_by_role("status")).to_contain_text("thôi việc")
    assert not Assignment.objects.filter(pk=seed.assignment.pk).exists()


def test_a_member_says_what_speaks_against_the_draft(seed: Seed, visit: VisitorMaker) -> None:
    Plan.objects.update(opinions_until=timezone.localdate())
    finger = Presses(visit(seed.member, scripts=False))
    finger.link("Dự kiến việc của tôi")
    finger.press(finger.page.get_by_text("Gửi ý kiến về việc này").first)
    finger.page.get_by_label("Đồng chí muốn đổi điều gì, vì sao").first.fill("Tôi hay đau lưng")
    finger.button("Gửi ý kiến")
    expect(finger.page.get_by_role("status")).to_contain_text("Đã gửi ý kiến")
    assert finger.count <= 4
    board = visit(seed.secretary, scripts=False).open(f"/phan-cong/{seed.cell.pk}/{seed.plan.year}/")
    expect(board.get_by_text("Tôi hay đau lưng")).to_be_visible()
