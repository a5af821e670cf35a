"""A real browser of this machine against the site in this process."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from phancong.accounts.models import User
from phancong.accounts.sessions import ASSURED, BEGAN_AT, FRESH_AT, SEEN_AT
from tests.browser.seed import Seed, seed_committee

# Playwright keeps an event loop in this thread, which Django takes for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Answers that are pages of their own: nothing here, somebody else was first, a form to be mended.
TOLD_BY_PAGES = ("404 (Not Found)", "409 (Conflict)", "422 (Unprocessable Entity)")
QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-sync --disable-background-networking "
    "--disable-component-update --disable-dev-shm-usage"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.fail(
            "Không có trình duyệt để kiểm thử. Cài gói chromium của hệ điều hành, "
            "hoặc đặt biến CHROMIUM là đường dẫn tới nó."
        )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=QUIET.split())
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _plain_cookies(settings: Settings) -> None:
    """The server of the browser tests speaks HTTP, where a browser takes no `__Host-` cookie."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "sessionid", "csrftoken"


@pytest.fixture
def seed(live_server: LiveServer) -> Seed:
    """The database is emptied after each test, so each test sows its own."""
    return seed_committee(timezone.localdate())


class Visitor:
    """Somebody at a screen of a given width, with scripts or without."""

    def __init__(self, browser: Browser, base: str, *, width: int, scripts: bool) -> None:
        self.base = base
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 740}, java_script_enabled=scripts, locale="vi-VN"
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.responses: list[Response] = []
        self.page.on("response", self._keep)
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _keep(self, response: Response) -> None:
        self.responses.append(response)

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(answer in text for answer in TOLD_BY_PAGES):
            self.complaints.append(text)

    def sign_in(self, user: User) -> "Visitor":
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        stamp = timezone.now().timestamp()
        session.update({ASSURED: True, FRESH_AT: stamp, BEGAN_AT: stamp, SEEN_AT: stamp})
        session.save()
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": self.base}]
        )
        return self

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator["VisitorMaker"]:
    maker = VisitorMaker(browser, live_server.url)
    yield maker
    complaints = [complaint for visitor in maker.made for complaint in visitor.complaints]
    for visitor in maker.made:
        visitor.context.close()
    assert complaints == []


class VisitorMaker:
    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.made: list[Visitor] = []

    def __call__(self, user: User | None = None, *, width: int = 360, scripts: bool = True) -> Visitor:
        visitor = Visitor(self.browser, self.base, width=width, scripts=scripts)
        self.made.append(visitor)
        return visitor.sign_in(user) if user else visitor
