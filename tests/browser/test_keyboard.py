"""Everything can be reached by keys alone, and one sees where one is."""

from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.seed import Seed


def test_the_first_key_leads_past_the_navigation(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office, width=1366).open("/dang-vien/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_stop_of_the_tab_key_is_seen(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office, width=1366).open("/to-chuc/")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const el = document.activeElement, box = el.getBoundingClientRect();
                const outlined = parseFloat(getComputedStyle(el).outlineWidth) >= 2;
                const inside = box.bottom > 0 && box.top < innerHeight;
                return el === document.body || (outlined && inside) ? '' : el.outerHTML.slice(0, 100);
            }"""
        )
        if seen:
            unseen.append(seen)
    assert unseen == []
