"""The jobs of following up on a phone: counted taps, by keys alone, and without scripts."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from phancong.followups import actions
from phancong.followups.enums import EntryKind
from tests.browser.conftest import VisitorMaker
from tests.browser.seed import Seed
from tests.browser.works import SAID, TITLE, adopt_seed, first_work
from tests.followups.works import member_actor


@pytest.fixture
def adopted(seed: Seed) -> Seed:
    """The plan of the seed, adopted today."""
    adopt_seed(seed)
    return seed


@dataclass
class Hand:
    """Somebody's finger, or their keys; each press is counted, typing is not."""

    page: Page
    by_keys: bool = False
    presses: int = 0

    def press(self, target: Locator) -> None:
        self.presses += 1
        if self.by_keys:
            self._tab_to(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()
        self.page.wait_for_load_state()

    def _tab_to(self, target: Locator) -> None:
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Không đến được {target} bằng phím.")

    def link(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name).first)

    def type(self, text: str) -> None:
        """The field of a page with one question has the focus already."""
        expect(self.page.get_by_role("textbox")).to_be_focused()
        self.page.keyboard.type(text)


WAYS = pytest.mark.parametrize(
    ("scripts", "by_keys"),
    [(True, False), (False, False), (True, True)],
    ids=["finger", "no scripts", "keys"],
)


@WAYS
def test_j1_a_members_work_is_on_the_first_page(
    adopted: Seed, visit: VisitorMaker, scripts: bool, by_keys: bool
) -> None:
    page = visit(adopted.member, scripts=scripts).open("/")
    card = page.get_by_role("article").first
    expect(card.get_by_role("heading")).to_have_text(TITLE)
    expect(card).to_contain_text("Đang thực hiện")
    expect(card).to_contain_text("Báo cáo kết quả theo quý")


@WAYS
def test_j2_reporting_done_takes_four_presses(
    adopted: Seed, visit: VisitorMaker, scripts: bool, by_keys: bool
) -> None:
    hand = Hand(visit(adopted.member, scripts=scripts).open("/"), by_keys)
    hand.link(f"Báo kết quả việc {TITLE}")
    hand.button("Đã xong")
    hand.type(SAID)
    hand.button("Xem lại")
    hand.button("Gửi")
    expect(hand.page.get_by_role("status")).to_contain_text("Đã gửi lúc")
    assert (hand.presses, first_work(adopted).state) == (4, "awaiting")


@WAYS
def test_j3_asking_for_a_change_takes_five_presses(
    adopted: Seed, visit: VisitorMaker, scripts: bool, by_keys: bool
) -> None:
    hand = Hand(visit(adopted.member, scripts=scripts).open("/"), by_keys)
    hand.link(f"Xin điều chỉnh việc {TITLE}")
    hand.button("Sức khỏe")
    hand.type("Vừa mổ mắt, chưa đi lại được")
    hand.button("Tiếp")
    hand.type("Giao việc nhẹ hơn đến hết năm")
    hand.button("Xem lại")
    hand.button("Gửi")
    expect(hand.page.get_by_role("status")).to_contain_text("Đã gửi lúc")
    entry = first_work(adopted).assignment.entries.get()
    assert (hand.presses, entry.kind, entry.matter.reason) == (5, EntryKind.ASK, "health")


@WAYS
def test_j4_remarking_on_a_report_takes_three_presses(
    adopted: Seed, visit: VisitorMaker, scripts: bool, by_keys: bool
) -> None:
    work = first_work(adopted)
    member = member_actor(adopted.person, today=timezone.localdate())
    actions.report(work.assignment, kind=EntryKind.DONE, text=SAID, by=member)
    hand = Hand(visit(adopted.secretary, scripts=scripts).open("/"), by_keys)
    hand.press(hand.page.get_by_role("main").get_by_role("link", name="báo cáo chờ nhận xét"))
    hand.press(hand.page.get_by_role("main").get_by_role("link", name=TITLE))
    hand.button("Ghi nhận hoàn thành")
    expect(hand.page.get_by_role("status")).to_contain_text("Đã ghi nhận hoàn thành")
    assert (hand.presses, first_work(adopted).state) == (3, "done")


def test_what_was_typed_is_kept_when_the_page_is_left(adopted: Seed, visit: VisitorMaker) -> None:
    visitor = visit(adopted.member)
    hand = Hand(visitor.open("/"))
    hand.link(f"Báo kết quả việc {TITLE}")
    hand.button("Đang làm")
    hand.type("Đã gặp năm hộ")
    with hand.page.expect_response(lambda answer: answer.status == 204):
        hand.page.keyboard.press("Tab")
    work = first_work(adopted)
    visitor.open(f"/viec/{work.pk}/bao-ket-qua/?buoc=loi")
    expect(hand.page.get_by_role("textbox")).to_have_value("Đã gặp năm hộ")


def test_without_a_network_nothing_is_lost_and_nothing_is_said_to_be_sent(
    adopted: Seed, visit: VisitorMaker
) -> None:
    visitor = visit(adopted.member)
    hand = Hand(visitor.open(f"/viec/{first_work(adopted).pk}/bao-ket-qua/"))
    hand.button("Đã xong")
    hand.type(SAID)
    hand.button("Xem lại")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Xem lại rồi gửi")
    visitor.context.set_offline(True)
    hand.button("Gửi")
    expect(hand.page.get_by_role("alert")).to_contain_text("chưa gửi được")
    assert first_work(adopted).state == "running"
    visitor.context.set_offline(False)
    hand.button("Gửi")
    expect(hand.page.get_by_role("status")).to_contain_text("Đã gửi lúc")
    assert first_work(adopted).state == "awaiting"


def test_a_photograph_is_made_smaller_before_it_goes_over_a_slow_line(
    adopted: Seed, visit: VisitorMaker, tmp_path: Path
) -> None:
    sent = tmp_path / "anh.jpg"
    Image.effect_noise((2400, 1800), 80).convert("RGB").save(sent, quality=95)
    work = first_work(adopted)
    hand = Hand(visit(adopted.member).open(f"/viec/{work.pk}/bao-ket-qua/"))
    hand.button("Đang làm")
    hand.type(SAID)
    hand.button("Thêm ảnh")
    hand.page.set_input_files("input[type=file]", sent)
    hand.page.wait_for_function("document.querySelector('input[type=file]').files[0].name === 'anh.jpg'")
    hand.page.wait_for_function(
        "most => document.querySelector('input[type=file]').files[0].size < most",
        arg=sent.stat().st_size // 2,
    )
    hand.button("Dùng ảnh này")
    expect(hand.page.get_by_alt_text("Ảnh sẽ gửi kèm")).to_be_visible()
