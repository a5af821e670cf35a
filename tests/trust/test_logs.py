"""Item 27: what is said of people stands in no log, no address and no message that goes elsewhere."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse

from phancong.config import settings as real
from phancong.members.models import Member
from tests.trust.measures import measured
from tests.trust.visits import Place, all_parameters, all_places, body_of
from tests.trust.world import READERS, World

pytestmark = pytest.mark.sqlite_is_enough

ROOT = Path(__file__).resolve().parents[2]
CANARY = re.compile(r"kn(?:work|reason|discipline|exclusion)x\d+y")
SEARCHED = "Nguyễn Thị Bí Mật"
SENT = "knSentBySomebody7"
SECRETS = (
    "username",
    "password",
    "code",
    "again",
    "proof",
    "name",
    "value",
    "wish",
    "answer",
    "reason",
    "note",
)
ADDRESSES = frozenset({"href", "src", "action", "formaction", "poster", "data", "content", "ping", "srcset"})


class Addresses(HTMLParser):
    """Every address that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- its name
        self.found += [unquote_plus(value) for name, value in attrs if name in ADDRESSES and value]


def answers(world: World, places: list[Place]) -> Iterator[HttpResponse]:
    for persona in READERS:
        client = world.client(persona)
        client.raise_request_exception = False
        for place in places:
            yield client.get(place.url)  # type: ignore[misc]
            if place.name != "accounts:sign_out":
                yield client.post(place.url, {"ly-do": SEARCHED, "muc_dich": SEARCHED, "title": SEARCHED})  # type: ignore[misc]


def names(world: World) -> list[str]:
    return [SEARCHED, *Member.objects.values_list("full_name", flat=True)]


def test_no_address_and_no_redirect_names_a_person_or_holds_what_is_sensitive(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is read at its most talkative, with a page that breaks in the middle of somebody's data."""

    monkeypatch.setattr("phancong.members.views.file.file_of", _broken)
    _listen(caplog)
    people, addresses, tried = names(world), 0, 0
    hits: list[str] = []
    for answer in answers(world, all_places(world)):
        tried += 1
        page = Addresses()
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page.feed(body_of(answer).decode())
        else:
            body_of(answer)
        named = [*page.found, unquote_plus(answer.headers.get("Location", ""))]
        addresses += len(named)
        hits += [one for one in named if CANARY.search(one) or any(person in one for person in people)]
    lines = _lines(caplog)
    hits_in_log = [line for line in lines if CANARY.search(line) or any(person in line for person in people)]
    measured(
        27,
        "Mã canary, họ tên trong địa chỉ và chuyển hướng",
        n=addresses,
        wrong=len(hits),
        note=f"{tried} trang",
    )
    measured(27, "Mã canary, họ tên trong nhật ký máy chủ", n=len(lines), wrong=len(hits_in_log))
    broke = any("Internal Server Error" in line and "ValueError: for the test" in line for line in lines)
    caplog.clear()
    assert (hits, hits_in_log, len(mail.outbox)) == ([], [], 0)
    assert broke
    assert addresses > tried


def test_no_line_of_any_log_holds_what_somebody_sent(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passwords, codes, names, reasons in every field and parameter, also where the answer refuses or breaks down."""
    _listen(caplog)
    sent = dict.fromkeys((*all_parameters(), *SECRETS), SENT)
    statuses: Counter[int] = Counter()
    for persona in ("khách", "bí_thư_cùng", "văn_phòng"):
        for place in all_places(world):
            for client in (world.client(persona), world.client(persona, enforce_csrf_checks=True)):
                client.raise_request_exception = False
                file = SimpleUploadedFile(f"{SENT}.xlsx", SENT.encode())
                with transaction.atomic():  # a password that was changed would end what comes after
                    for answer in (
                        client.get(place.url, sent),
                        client.post(place.url, {**sent, "tep": file}),
                    ):
                        body_of(answer)  # type: ignore[arg-type]
                        statuses[answer.status_code] += 1
                    transaction.set_rollback(True)
        answer = client.post("/dang-nhap/khoa/tra-loi/", f'{{"{SENT}": ', content_type="application/json")
        statuses[answer.status_code] += 1
    monkeypatch.setattr("phancong.members.views.roll.ListFilterForm", _broken)
    client = world.client("văn_phòng")
    client.raise_request_exception = False
    client.get("/dang-vien/", sent)
    lines = _lines(caplog)
    hits = [line for line in lines if SENT in line]
    broke = any("Internal Server Error" in line for line in lines)
    measured(27, "Điều đã gửi (mật khẩu, mã, tên, lý do) trong nhật ký máy chủ", n=len(lines), wrong=len(hits),
             note=f"{statuses.total()} lần gửi")  # fmt: skip
    caplog.clear()
    assert hits == []
    assert broke
    assert {200, 302, 403, 404, 405} <= set(statuses)


def _broken(*_: object, **__: object) -> None:
    raise ValueError("for the test")


def _listen(caplog: pytest.LogCaptureFixture) -> None:
    """The log at its most talkative, but for what is logged only while somebody looks for a mistake."""
    caplog.set_level(logging.DEBUG)
    for name in ("django.db.backends", "django.template", "faker", "asyncio"):
        caplog.set_level(logging.ERROR, logger=name)


def _lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [logging.Formatter("%(name)s %(message)s").format(record) for record in caplog.records]


def test_no_other_site_learns_which_page_was_read() -> None:
    assert real.SECURE_REFERRER_POLICY == "same-origin"


def test_the_server_keeps_no_list_of_addresses_that_were_asked_for() -> None:
    """Searches stand in addresses, so a list of them would name people."""
    assert '"--no-access-log"' in (ROOT / "scripts" / "start.py").read_text("utf-8")
