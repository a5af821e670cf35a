"""Item 18 in a real browser: what people wrote stays words wherever it is shown, and nothing of it runs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Dialog, Page
from pytest_django.live_server_helper import LiveServer

from phancong.members.models import RosterImport
from tests.browser.conftest import VisitorMaker
from tests.members.test_roster_import import AN, NGA, book
from tests.trust.addresses import patterns, values
from tests.trust.measures import measured
from tests.trust.test_matrix import TABLE
from tests.trust.test_xss import SHAPES, poison
from tests.trust.world import PERSONAS, World, make_world

pytestmark = pytest.mark.trust
# Whoever opens a page first in this order opens it; all the others would see the same template.
READERS = ("bí_thư_cùng", "văn_phòng")
ALIVE = (
    "<img src=x onerror=alert({})>", "<svg onload=alert({})>", "<script>alert({})</script>",
    '"><script>alert({})</script>', "<details open ontoggle=alert({})>", "<iframe srcdoc='<script>alert({})</script>'>",
)  # fmt: skip
COUNTS = """
  window.broken = [];
  document.addEventListener('securitypolicyviolation', event => window.broken.push(event.violatedDirective));
"""
# What no template writes: a handler, a frame, a style, a script or an image from elsewhere.
STRANGE = """
() => [...document.querySelectorAll('*')].filter(element =>
    ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MATH'].includes(element.tagName)
    || ([...element.attributes].some(one => one.name.startsWith('on') || /^\\s*javascript:/i.test(one.value)))
    || (['SCRIPT', 'IMG'].includes(element.tagName) && !(element.getAttribute('src') || '').startsWith('/')))
  .map(element => element.outerHTML.slice(0, 120))
"""


def pages_of(world: World, reader: str) -> dict[str, str]:
    """Name → address of the pages that this reader is the first to open."""
    earlier = READERS[: READERS.index(reader)]
    found = {}
    for name, pattern in patterns():
        methods, marks = TABLE[name]
        opens = {persona for persona in READERS if marks[PERSONAS.index(persona)] == "v"}
        if "GET" in methods and reader in opens and opens.isdisjoint(earlier):
            found[name] = reverse(name, kwargs=values(world, pattern, "C1"))
    return found


def upload(world: World) -> str:
    """The preview of a list with markup in the name of the file and in its cells."""
    client: Client = world.client("văn_phòng")
    bad = ALIVE[0].format(7)
    rows = [[bad if isinstance(cell, str) and "/" not in cell else cell for cell in row] for row in (AN, NGA)]
    file = SimpleUploadedFile("<img src=x onerror=alert(8)>.xlsx", book(*rows))
    sent = client.post(
        reverse("members:import_start"), {"tep": file, "dang_bo": world.organizations["W1"].pk}
    )
    assert sent.status_code == 302
    return reverse("members:import_detail", args=[RosterImport.objects.latest("pk").pk])


@pytest.mark.parametrize("reader", READERS)
def test_nothing_that_somebody_wrote_runs_in_the_browser(
    reader: str, live_server: LiveServer, visit: VisitorMaker
) -> None:
    world = make_world()
    planted = set(poison((*ALIVE, *SHAPES)).values())
    pages = pages_of(world, reader)
    if reader == "văn_phòng":
        pages["preview"] = upload(world)
    visitor = visit(world.users[reader], width=1366)
    visitor.context.add_init_script(COUNTS)
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visitor.page.on("dialog", dismiss)
    found, seen = {}, set[str]()
    for name, address in pages.items():
        page = _open(visitor.page, live_server.url + address)
        if page is None:
            continue
        wrong = [*page.evaluate(STRANGE), *page.evaluate("window.broken")]
        words = page.locator("body").inner_text()
        seen |= {text for text in planted if text in words}
        if wrong:
            found[name] = wrong
    measured(18, "trang mở bằng trình duyệt thật: hộp thoại, mã chạy, báo vi phạm CSP", n=len(pages),
             wrong=len(found) + len(dialogs) + len(visitor.complaints))  # fmt: skip
    assert (found, dialogs, visitor.complaints) == ({}, [], [])
    assert seen, "các mã phải hiện ra thành chữ"


def _open(page: Page, address: str) -> Page | None:
    """The page, where it is one: files are downloaded, which a browser tells by breaking off."""
    answer = page.request.head(address)
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return None
    page.goto(address)
    return page
