"""What the eye and the finger need of a page, measured in the browser."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROWEST, PHONE, WIDE = 320, 360, 1366
LEAST_TARGET = 44
LEAST_TEXT = 16
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}

# A link inside a sentence may be as high as its line (WCAG 2.5.8, inline exception).
SMALL_TARGETS = """
(least) => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(el => el.getClientRects().length && getComputedStyle(el).visibility !== 'hidden')
  .filter(el => !el.closest('.skip, .visually-hidden') && !(el.tagName === 'A' && el.closest('p')))
  .map(el => [el, el.getBoundingClientRect()])
  .filter(([el, box]) => !el.labels || !el.labels.length || !['checkbox', 'radio'].includes(el.type))
  .filter(([el, box]) => box.height < least - 0.5 || box.width < least - 0.5)
  .map(([el, box]) => `${el.tagName} ${el.textContent.trim().slice(0, 30)} ${box.width}x${box.height}`)
"""
SMALL_TEXTS = """
(least) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), box = walker.currentNode.parentElement;
    if (!text || !box.getClientRects().length) continue;
    const size = parseFloat(getComputedStyle(box).fontSize);
    if (size < least - 0.01) found.push(`${text.slice(0, 30)} ${size}`);
  }
  return found;
}
"""


def faults(page: Page) -> list[str]:
    """What would keep somebody from using the page, on a phone and on a desktop."""
    opened_at = page.viewport_size
    assert opened_at is not None
    found = [f"{width} px: {fault}" for width in (PHONE, WIDE) for fault in _faults_at(page, width)]
    _turn_to(page, NARROWEST)
    found += [f"{NARROWEST} px: scrolls sideways"] * scrolls_sideways(page)
    page.set_viewport_size(opened_at)
    return found


def _faults_at(page: Page, width: int) -> list[str]:
    _turn_to(page, width)
    headings = page.locator("h1").count()
    return [
        *axe_violations(page),
        *(f"small target: {one}" for one in small_targets(page)),
        *(f"small text: {one}" for one in small_texts(page)),
        *(["scrolls sideways"] * scrolls_sideways(page)),
        *([f"{headings} headings of the page"] * (headings != 1)),
    ]


def _turn_to(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})


def axe_violations(page: Page) -> list[str]:
    response: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SMALL_TARGETS, LEAST_TARGET)
    return found


def small_texts(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SMALL_TEXTS, LEAST_TEXT)
    return found


def scrolls_sideways(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide
