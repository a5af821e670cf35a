"""The main jobs work where scripts are off."""

from playwright.sync_api import expect
from pytest_django import Settings

from tests.browser.conftest import VisitorMaker
from tests.browser.seed import Seed


def test_a_member_sees_their_work_on_the_first_page(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.member, scripts=False).open("/")
    assert page.locator("article h3").all_inner_texts() == [
        "Vận động hộ nghèo vươn lên thoát nghèo",
        "Phụ trách nhóm hộ số 2",
    ]


def test_the_menu_of_the_phone_unfolds(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.secretary, scripts=False).open("/")
    page.get_by_text("Mục lục").click()
    page.locator(".menu").get_by_role("link", name="Danh sách đảng viên").click()
    expect(page).to_have_url(page.url.split("/dang-vien")[0] + "/dang-vien/")


def test_somebody_chooses_a_sample_person_and_leaves_again(
    seed: Seed, visit: VisitorMaker, settings: Settings
) -> None:
    settings.DEMO = True
    page = visit(scripts=False).open("/dang-vien/?so_viec=0")
    page.get_by_role("button", name="Nguyễn Thị Hoà").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danh sách đảng viên")
    page.get_by_text("Mục lục").click()
    page.locator(".menu").get_by_role("button", name="Thoát").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_a_secretary_finds_a_person_without_typing_marks(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.secretary, scripts=False).open("/dang-vien/")
    page.get_by_label("Tìm theo tên hoặc số thẻ").fill("thuong siu")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Siu Y Thương").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siu Y Thương")


def test_the_progress_of_a_job_is_asked_for_by_a_link(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office, scripts=False).open(f"/viec-chay-nen/{seed.job.pk}/")
    seed.job.rows_done = 700
    seed.job.save()
    page.get_by_role("link", name="Xem tiến độ mới").click()
    expect(page.locator(".progress__text")).to_contain_text("700/1.378 chi bộ")
